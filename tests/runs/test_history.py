"""A run works on what is new or changed, and the tables are as if everything had been read at once."""
import os
import random
import signal
import time
import unittest

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from tests.runs.history import PAGE_TABLES, History, sql
from tests.samples import SEEDS

NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))
ALONE = "--no-site-memory"
KILLS = int(os.environ.get("COPYDESK_KILLS", "12"))


class Runs(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)

    def assert_as_one_full_run(self, *options):
        fresh = self.history.folder / "fresh"
        self.assertEqual(self.history.run(ALONE, *options, output=fresh), 0)
        for table in PAGE_TABLES:
            self.assertEqual(self.history.rows(table), self.history.rows(table, output=fresh), table)

    def test_nothing_new_touches_no_data_file(self):
        self.history.add(*NAMES[:3])
        self.assertEqual(self.history.run(), 0)
        before = self.history.files()
        self.assertEqual(self.history.run(), 0)
        self.assertEqual(self.history.files(), before)
        run = self.history.last_run()
        self.assertEqual((run["pages"], run["unchanged"]), (0, 3))

    def test_a_file_touched_but_not_changed_is_not_read(self):
        self.history.add(*NAMES[:2])
        self.history.run()
        os.utime(self.history.pages / NAMES[0], (1, 1))
        self.history.run()
        self.assertEqual(self.history.last_run()["unchanged"], 2)

    def test_added_and_changed_inputs_alone_are_read(self):
        self.history.add(*NAMES[:4])
        self.history.run(ALONE)
        self.history.add(NAMES[4])
        self.history.write(NAMES[1], (SEEDS / NAMES[2]).read_text(encoding="utf-8"))
        self.assertEqual(self.history.run(ALONE), 0)
        run = self.history.last_run()
        self.assertEqual((run["pages"], run["unchanged"]), (2, 3))
        self.assert_as_one_full_run()

    def test_rows_of_a_removed_input_stay_until_pruned(self):
        self.history.add(*NAMES[:3])
        self.history.run(ALONE)
        (self.history.pages / NAMES[1]).unlink()
        self.history.run(ALONE)
        self.assertEqual(len(self.history.sources()), 3)
        self.history.run(ALONE, "--prune")
        self.assertEqual(self.history.sources(), [f"pages/{NAMES[0]}", f"pages/{NAMES[2]}"])
        self.assert_as_one_full_run()

    def test_full_reads_everything_anew(self):
        self.history.add(*NAMES[:3])
        self.history.run()
        before = {path: data for path, (_, data) in self.history.files().items()}
        self.history.run("--full")
        self.assertEqual(self.history.last_run()["pages"], 3)
        self.assertEqual({path: data for path, (_, data) in self.history.files().items()}, before)

    def test_pages_of_a_site_whose_template_changed_are_labelled_anew(self):
        article = "The harbour master told the council on {day} that berth {n} was cleared of sand.\n\n" \
                  "Ships of up to {n}0,000 tonnes can now moor there again, and two lines plan to return in spring.\n\n" \
                  "The ministry had said in March that work on the berths would go on until the end of the year.\n"
        days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
        for n, day in enumerate(days, 1):
            self.history.write(f"{n}.txt", article.format(n=n, day=day))
            self.assertEqual(self.history.run(), 0)
        fresh = self.history.folder / "fresh"
        self.assertEqual(self.history.run(output=fresh), 0)
        dropped = self.history.rows("blocks", output=fresh)
        self.assertTrue(any("of 5 pages of this site" in str(row) for row in dropped), dropped)
        for table in PAGE_TABLES:
            self.assertEqual(self.history.rows(table), self.history.rows(table, output=fresh), table)

    def test_of_two_captures_the_later_stands_in_whatever_order_they_come(self):
        text = "The port office reported a calm week.\n\nNothing else was {} by the clerks on duty there.\n"
        _, late = (self.history.write(f"{n}.txt", text.format(word)) for n, word in ((2, "seen"), (1, "noted")))
        url = "https://example.org/port"
        meta = self.history.meta({"path": "pages/2.txt", "url": url, "fetched_at": "2024-01-01T00:00:00Z"},
                                 {"path": "pages/1.txt", "url": url, "fetched_at": "2024-02-01T00:00:00Z"})
        hidden = late.rename(self.history.folder / "late")
        options = (ALONE, "--meta", meta)
        self.history.run(*options)
        self.assertEqual(self.history.sources(), ["pages/2.txt"])
        hidden.rename(late)
        self.history.run(*options)
        self.assertEqual(self.history.sources(), ["pages/1.txt"])
        late.unlink()
        self.history.run(*options, "--prune")
        self.assertEqual(self.history.sources(), ["pages/2.txt"], "the capture that is left comes back")

    def test_a_repeated_article_names_the_page_that_was_there_first(self):
        self.history.add(NAMES[0])
        self.history.run(ALONE)
        self.history.write("zz-copy.txt", (SEEDS / NAMES[0]).read_text(encoding="utf-8"))
        self.history.run(ALONE)
        documents = f"'{self.history.output}/documents/*.parquet'"
        first, copy = sql(f"SELECT doc_id, duplicate_of, duplicate_similarity FROM {documents} ORDER BY source")
        self.assertEqual((first[1], copy[1], copy[2]), (None, first[0], 1.0))

    def test_many_small_runs_leave_few_files(self):
        for n in range(40):
            self.history.write(f"{n:02}.txt", f"Clerk number {n} counted {n} lorries at the gate on Monday morning.\n")
            self.assertEqual(self.history.run(ALONE), 0)
        self.assertLess(len(list((self.history.output / "documents").glob("*.parquet"))), 40)
        self.assertEqual(sql(f"SELECT count(*) FROM '{self.history.output}/runs/*.parquet'"), [(40,)])
        self.assert_as_one_full_run()

    def test_a_run_killed_at_any_moment_leaves_a_readable_dataset_and_the_next_finishes(self):
        self.killed_history()

    def test_a_killed_run_leaves_readable_partitions_too(self):
        self.killed_history("--partition-by", "published_month")

    def killed_history(self, *options):
        """Pages come and change, each run is killed; readers look after every kill, and the last run is left alone."""
        draw = random.Random(7)
        self.history.add(*NAMES[:3])
        self.assertEqual(self.history.run(ALONE, *options), 0)
        strings = ds.partitioning(pa.schema([("published_month", pa.string())]), flavor="hive")
        for kill in range(KILLS):
            self.history.add(NAMES[3 + kill % (len(NAMES) - 3)])
            self.history.write(NAMES[kill % 3], f"{(SEEDS / NAMES[kill % 3]).read_text(encoding='utf-8')}\n{kill}\n")
            run = self.history.start(ALONE)
            time.sleep(draw.uniform(0, 0.6))
            run.send_signal(signal.SIGKILL)
            run.wait()
            for table in PAGE_TABLES:
                rows = len(self.history.rows(table))
                frame = pd.read_parquet(self.history.output / table, partitioning=strings if options else None)
                self.assertEqual(len(frame), rows)
            sources = self.history.sources()
            self.assertEqual(len(sources), len(set(sources)), "no page stands twice")
        self.assertEqual(self.history.run(ALONE), 0)
        self.assert_as_one_full_run(*options)

    def test_an_interrupted_run_leaves_the_output_as_it_was(self):
        self.history.add(*NAMES[:2])
        self.history.run(ALONE)
        before = self.history.files()
        for name in range(400):
            self.history.write(f"{name}.txt", (SEEDS / NAMES[0]).read_text(encoding="utf-8"))
        run = self.history.start(ALONE)
        time.sleep(0.5)
        run.send_signal(signal.SIGTERM)
        self.assertIn(run.wait(timeout=60), (143, 0))
        if run.returncode == 143:
            self.assertEqual(self.history.files(), before)
            self.assertFalse((self.history.output / ".copydesk" / "staging").exists())
