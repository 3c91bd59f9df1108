"""Tables in Hive folders: every reader finds all rows and the key, and runs replace rows wherever they stand."""
import unittest
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from tests.runs.history import PAGE_TABLES, History, sql
from tests.samples import SEEDS

try:
    import polars
except ModuleNotFoundError:
    polars = None

NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))
ALONE = "--no-site-memory"
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"
ARTICLE = """The port of {town} is busy

Published {day}

The port office of {town} said on Monday that {n} lorries had passed the gate in the last week of the month.

Clerks on duty there counted {n} of them by hand, and the office sent the figures to the ministry of transport.
"""


class Partitions(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)

    def page(self, name: str, day: str = "", n: int = 7, town: str = "Haiphong") -> None:
        self.history.write(name, ARTICLE.format(town=town, day=day, n=n))

    def run_by(self, key: str, *options: str) -> int:
        return self.history.run(ALONE, "--partition-by", key, *options)

    def months(self) -> dict:
        """Months of the sources, as DuckDB reads them."""
        return dict(sql(f"SELECT source, published_month FROM {self.table('documents')}"))

    def table(self, name: str) -> str:
        return f"read_parquet('{self.history.output}/{name}/**/*.parquet', hive_partitioning = true)"

    def folders(self, table: str = "documents") -> set:
        return {path.parent.name for path in (self.history.output / table).glob("*/*.parquet")}

    def assert_whole(self):
        self.assertEqual(self.history.command_status("verify", str(self.history.output)), 0)

    def test_every_reader_finds_the_rows_and_the_key_of_every_table(self):
        self.history.add(*NAMES)
        meta = self.history.meta(*({"path": f"pages/{name}", "url": f"https://www.site-{n % 3}.vn/{n}"}
                                   for n, name in enumerate(NAMES[1:])))
        flat = self.history.folder / "flat"
        self.assertEqual(self.history.run(ALONE, "--meta", meta, output=flat), 0)
        for key in ("published_month", "site", "language"):
            with self.subTest(key=key):
                self.history.output = self.history.folder / key
                self.assertEqual(self.run_by(key, "--meta", meta), 0)
                self.assert_whole()
                for table in PAGE_TABLES:
                    rows = len(self.history.rows(table, output=flat))
                    self.assert_read(table, key, rows)

    def assert_read(self, table: str, key: str, rows: int):
        folder = self.history.output / table
        values = {unquote(name.split("=", 1)[1]) for name in self.folders(table)}
        self.assertGreater(len(values), 1 if key != "language" else 0)
        # DuckDB knows no null among strings of a path.
        duck = sql(f"SELECT {key}, count(*) FROM {self.table(table)} GROUP BY ALL")
        self.assertEqual(sum(count for _, count in duck), rows)
        found = {"duckdb": {value for value, _ in duck}}
        # pandas takes the key for a category by default, and a category for one without nulls.
        strings = ds.partitioning(pa.schema([(key, pa.string())]), flavor="hive")
        frame = pd.read_parquet(folder, partitioning=strings)
        self.assertEqual(len(frame), rows)
        found["pandas"] = set(frame[key].fillna(UNKNOWN))
        arrow = ds.dataset(folder, partitioning="hive")
        self.assertEqual(arrow.count_rows(), rows)
        found["pyarrow"] = {value or UNKNOWN for value in arrow.to_table(columns=[key]).column(key).to_pylist()}
        if polars is not None:
            read = polars.scan_parquet(f"{folder}/**/*.parquet", hive_partitioning=True).collect()
            self.assertEqual(len(read), rows)
            found["polars"] = {value or UNKNOWN for value in read[key].to_list()}
        for reader, keys in found.items():
            # A page without findings has an empty file in its folder.
            self.assertLessEqual(keys, values, reader)
            self.assertTrue(keys == values or table != "documents", reader)

    def test_tables_join_across_partitions(self):
        self.history.add(*NAMES)
        self.assertEqual(self.run_by("published_month"), 0)
        for table in PAGE_TABLES[1:]:
            joined = sql(f"SELECT count(*) FROM {self.table(table)} JOIN {self.table('documents')} "
                         "USING (doc_id, published_month)")
            self.assertEqual(joined, sql(f"SELECT count(*) FROM {self.table(table)}"))

    def test_a_month_stands_in_the_path_only_and_a_page_without_date_in_the_folder_of_the_unknown(self):
        self.page("a.txt", "November 3, 2024")
        self.page("b.txt", "", town="Danang")
        self.assertEqual(self.run_by("published_month"), 0)
        self.assertEqual(self.folders(), {"published_month=2024-11", f"published_month={UNKNOWN}"})
        self.assertEqual(self.months(), {"pages/a.txt": "2024-11", "pages/b.txt": UNKNOWN})

    def test_a_page_whose_month_changed_moves(self):
        self.page("a.txt", "November 3, 2024")
        self.page("b.txt", "November 9, 2024", town="Danang")
        self.run_by("published_month")
        self.page("a.txt", "December 4, 2024")
        self.assertEqual(self.history.run(ALONE), 0, "the key is remembered")
        self.assertEqual(self.months(), {"pages/a.txt": "2024-12", "pages/b.txt": "2024-11"})
        self.page("b.txt", "December 5, 2024", town="Danang")
        self.history.run(ALONE)
        self.assertEqual(self.folders(), {"published_month=2024-12"}, "a partition without pages goes")
        self.assert_whole()

    def test_a_partition_that_was_all_and_goes_leaves_readable_tables(self):
        self.page("a.txt", "November 3, 2024")
        self.run_by("published_month")
        (self.history.pages / "a.txt").unlink()
        self.page("b.txt", "May 5, 2023", town="Danang")
        self.assertEqual(self.history.run(ALONE, "--prune"), 0)
        self.assertEqual(self.months(), {"pages/b.txt": "2023-05"})
        (self.history.pages / "b.txt").unlink()
        self.history.add(NAMES[0])
        self.assertEqual(self.history.run(ALONE, "--prune", "--full"), 0)
        self.assertEqual(list(self.months()), [f"pages/{NAMES[0]}"])
        self.assert_whole()

    def test_another_key_needs_full(self):
        self.page("a.txt", "November 3, 2024")
        self.assertEqual(self.run_by("published_month"), 0)
        before = self.history.files()
        self.assertEqual(self.run_by("site"), 78)
        self.assertEqual(self.run_by("none"), 78)
        self.assertEqual(self.run_by("site", "--dry-run"), 78)
        self.assertEqual(self.history.files(), before)
        self.assertEqual(self.run_by("site", "--full"), 0)
        self.assertEqual(self.folders(), {f"site={UNKNOWN}"})
        self.assert_whole()
        self.assertEqual(self.run_by("none", "--full"), 0)
        self.assertEqual(self.folders(), set())
        self.assertEqual(self.history.sources(), ["pages/a.txt"])
        self.assert_whole()

    def test_many_small_runs_leave_few_files_in_each_partition(self):
        for n in range(40):
            self.page(f"{n:02}.txt", f"{'May' if n % 2 else 'June'} {1 + n // 2}, 2023", n=n)
            self.assertEqual(self.run_by("published_month"), 0)
        months = self.months()
        self.assertEqual(len(months), 40)
        self.assertEqual(set(months.values()), {"2023-05", "2023-06"})
        self.assertEqual(self.history.command_status("compact", str(self.history.output)), 0)
        files = sorted(str(path.parent.name) for path in (self.history.output / "documents").glob("*/*.parquet"))
        self.assertEqual(files, ["published_month=2023-05", "published_month=2023-06"])
        self.assertEqual(self.months(), months)
        self.assert_whole()


if __name__ == "__main__":
    unittest.main()
