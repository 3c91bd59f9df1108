"""DuckDB reads a run as SCHEMA.md says: joins, offsets, order."""
import unittest

import duckdb

from tests.readers import contract
from tests.samples import output_of_run

WHOLE_JOIN = """
    SELECT count(DISTINCT d.doc_id),
           count(DISTINCT (e.doc_id, e.mention)) FILTER (e.mention IS NOT NULL),
           count(DISTINCT (q.doc_id, q.quantity)) FILTER (q.quantity IS NOT NULL)
    FROM documents d
    JOIN blocks b USING (doc_id)
    LEFT JOIN entities e ON e.doc_id = b.doc_id AND e.block = b.block
    LEFT JOIN quantities q ON q.doc_id = b.doc_id AND q.block = b.block
"""


class DuckDb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        output = output_of_run()
        cls.db = duckdb.connect()
        for table in contract.tables():
            if any((output / table).glob("*.parquet")):
                cls.db.execute(f"CREATE VIEW {table} AS SELECT * FROM '{output}/{table}/*.parquet'")

    def one(self, query: str):
        return self.db.execute(query).fetchone()[0]

    def test_joins_all_tables_without_losing_a_finding(self):
        documents, mentions, quantities = self.db.execute(WHOLE_JOIN).fetchone()
        self.assertEqual(documents, self.one("SELECT count(*) FROM documents"))
        self.assertEqual(mentions, self.one("SELECT count(*) FROM entities"))
        self.assertEqual(quantities, self.one("SELECT count(*) FROM quantities"))
        self.assertGreater(min(documents, mentions, quantities), 0)

    def test_a_page_stands_once(self):
        self.assertEqual(self.one("SELECT count(*) - count(DISTINCT doc_id) FROM documents"), 0)
        self.assertEqual(self.one("SELECT count(*) FROM documents WHERE NOT regexp_full_match(doc_id, '[0-9a-f]{32}')"), 0)

    def test_offsets_cut_the_text_of_every_finding(self):
        for table in ("entities", "quantities"):
            wrong = self.one(f"""SELECT count(*) FROM {table} f JOIN documents d USING (doc_id)
                                 WHERE d.text[f.start + 1 : f."end"] <> f.text OR f."end" <= f.start""")
            self.assertEqual(wrong, 0, table)

    def test_a_finding_stands_in_its_block_and_in_its_sentence(self):
        for table in ("entities", "quantities"):
            wrong = self.one(f"""SELECT count(*) FROM {table} f JOIN blocks b USING (doc_id, block)
                                 WHERE NOT b.kept OR f.start < b.start OR f."end" > b."end"
                                    OR f.start < f.sentence_start OR f."end" > f.sentence_end
                                    OR f.sentence_start < b.start OR f.sentence_end > b."end" """)
            self.assertEqual(wrong, 0, table)

    def test_kept_blocks_rebuild_the_text(self):
        wrong = self.one(r"""
            SELECT count(*) FROM documents d
            LEFT JOIN (SELECT doc_id, string_agg(text, E'\n\n' ORDER BY block) AS text FROM blocks WHERE kept GROUP BY doc_id) b
            USING (doc_id) WHERE d.text <> coalesce(b.text, '')""")
        self.assertEqual(wrong, 0)

    def test_blocks_are_numbered_from_zero_without_a_gap(self):
        for table, number in (("blocks", "block"), ("entities", "mention"), ("quantities", "quantity")):
            wrong = self.one(f"""SELECT count(*) FROM (SELECT {number} AS n,
                row_number() OVER (PARTITION BY doc_id ORDER BY {number}) - 1 AS i FROM {table}) WHERE n <> i""")
            self.assertEqual(wrong, 0, table)

    def test_pages_stand_in_the_order_of_their_sources(self):
        sources = [row[0] for row in self.db.execute("SELECT source FROM documents").fetchall()]
        self.assertEqual(sources, sorted(sources))

    def test_money_has_a_value_and_no_other_kind_a_currency(self):
        self.assertGreater(self.one("SELECT count(*) FROM quantities WHERE kind = 'money' AND currency IS NOT NULL"), 0)
        self.assertEqual(self.one("SELECT count(*) FROM quantities WHERE kind = 'money' AND value IS NULL"), 0)
        self.assertEqual(self.one("SELECT count(*) FROM quantities WHERE kind <> 'money' AND currency IS NOT NULL"), 0)

    def test_dates_are_days_in_order(self):
        self.assertEqual(self.one("SELECT count(*) FROM quantities WHERE start_date > end_date"), 0)
        self.assertGreater(self.one("SELECT count(*) FROM quantities WHERE end_date - start_date >= 0"), 0)

    def test_the_run_counts_its_rows(self):
        counted = self.db.execute("SELECT rows FROM runs ORDER BY finished_at DESC LIMIT 1").fetchone()[0]
        counted = {entry["table"]: entry["rows"] for entry in counted}
        for table in contract.PAGE_TABLES:
            self.assertEqual(counted[table], self.one(f"SELECT count(*) FROM {table}"), table)


if __name__ == "__main__":
    unittest.main()
