"""pandas reads a run as SCHEMA.md says: a folder is a table, offsets are Python's own."""
import unittest

import pandas as pd

from tests.readers import contract
from tests.samples import output_of_run


class Pandas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        output = output_of_run()
        cls.frames = {table: pd.read_parquet(output / table) for table in contract.PAGE_TABLES}
        cls.texts = cls.frames["documents"].set_index("doc_id")["text"]

    def test_every_table_has_the_promised_columns(self):
        for table, columns in contract.tables().items():
            if table in self.frames:
                self.assertEqual(list(self.frames[table].columns), list(columns))

    def test_a_page_stands_once(self):
        self.assertTrue(self.texts.index.is_unique)

    def test_joins_all_tables(self):
        joined = self.frames["documents"].merge(self.frames["blocks"], on="doc_id", suffixes=("", "_block"))
        for table in ("entities", "quantities"):
            found = joined.merge(self.frames[table], on=["doc_id", "block"], suffixes=("", "_found"))
            self.assertEqual(len(found), len(self.frames[table]), table)

    def test_offsets_cut_the_text_of_every_finding(self):
        for table in ("entities", "quantities"):
            for row in self.frames[table].itertuples():
                self.assertEqual(self.texts[row.doc_id][row.start:row.end], row.text)

    def test_sentences_hold_their_findings(self):
        for table in ("entities", "quantities"):
            for row in self.frames[table].itertuples():
                sentence = self.texts[row.doc_id][row.sentence_start:row.sentence_end]
                self.assertIn(row.text, sentence)
                self.assertEqual(sentence, sentence.strip())

    def test_kept_blocks_stand_where_they_say(self):
        blocks = self.frames["blocks"]
        kept = blocks[blocks["kept"]]
        for row in kept.itertuples():
            self.assertEqual(self.texts[row.doc_id][int(row.start):int(row.end)], row.text)
        dropped = blocks[~blocks["kept"]]
        self.assertTrue(dropped["start"].isna().all() and dropped["end"].isna().all())

    def test_kept_blocks_rebuild_the_text(self):
        blocks = self.frames["blocks"].sort_values(["doc_id", "block"])
        for doc_id, text in self.texts.items():
            kept = blocks[(blocks["doc_id"] == doc_id) & blocks["kept"]]
            self.assertEqual("\n\n".join(kept["text"]), text)

    def test_sizes_are_those_of_the_text(self):
        for row in self.frames["documents"].itertuples():
            self.assertEqual(row.kept_chars, len(row.text))
            self.assertEqual(row.words, len(row.text.split()))
            self.assertGreaterEqual(row.raw_chars, row.kept_chars // 2)

    def test_exact_values_agree_with_the_floats(self):
        quantities = self.frames["quantities"]
        single = quantities[quantities["value_text"].str.fullmatch(r"-?\d+(\.\d+)?", na=False)]
        self.assertTrue((single["value_text"].astype(float) == single["value"]).all())
        self.assertGreater(len(single), 0)


if __name__ == "__main__":
    unittest.main()
