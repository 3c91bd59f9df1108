"""A run over a big input that was killed goes on where it stopped, and writes what an uninterrupted one writes."""
import json
import os
import random
import signal
import subprocess
import time
import unittest

from tests.runs.generate import page
from tests.runs.history import PAGE_TABLES, History, sql

PAGES = int(os.environ.get("COPYDESK_BIG_PAGES", "3000"))
KILLS = int(os.environ.get("COPYDESK_BIG_KILLS", "3"))
#: Small parts, so that there are some in a small input.
OPTIONS = ("--part-size", os.environ.get("COPYDESK_BIG_PART", "128K"), "--threads", "2")
FOLDER = ".copydesk/staging"


class GoingOn(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)
        with (self.history.pages / "big.jsonl").open("w", encoding="utf-8") as big:
            for number in range(PAGES):
                line = {"text": page(number), "url": f"https://daily.example/{number % (PAGES - PAGES // 50)}"}
                big.write("not a line\n" if number % 97 == 0 else json.dumps(line) + "\n")

    def checkpoints(self, output, run) -> int:
        """Waits for another checkpoint; returns the size of the log, 0 where the run was quicker."""
        log = output / FOLDER / "progress"
        before = log.stat().st_size if log.exists() else 0
        while run.poll() is None:
            if log.exists() and log.stat().st_size > before:
                return log.stat().st_size
            time.sleep(0.002)
        return 0

    def uninterrupted(self) -> dict:
        output = self.history.folder / "whole"
        self.assertEqual(self.history.run(*OPTIONS, output=output), 3)
        return self.contents(output)

    def contents(self, output) -> dict:
        return {f"{table}/{path.name}": path.read_bytes()
                for table in PAGE_TABLES for path in (output / table).glob("*.parquet")}

    def test_a_killed_run_goes_on_behind_its_last_closed_part(self):
        whole = self.uninterrupted()
        draw = random.Random(11)
        killed = 0
        for _ in range(KILLS):
            run = self.history.start(*OPTIONS)
            killed += self.checkpoints(self.history.output, run) > 0
            time.sleep(draw.uniform(0, 0.1))
            run.send_signal(signal.SIGKILL)
            run.wait()
            for table in PAGE_TABLES:
                self.assertEqual(sql(f"SELECT count(*) FROM glob('{self.history.output}/{table}/*.parquet')"), [(0,)])
        self.assertGreater(killed, 0)
        log = self.last(*OPTIONS)
        self.assertIn("going on where a run was stopped", log)
        self.assertEqual(self.contents(self.history.output), whole)
        run = self.history.last_run()
        expected = sql(f"SELECT count(*) FROM '{self.history.output}/documents/*.parquet'")[0][0]
        rejects = sql(f"SELECT count(*) FROM '{self.history.output}/rejects/*.parquet'")[0][0]
        self.assertEqual((run["pages"], run["rejected"]), (expected, rejects))
        self.assertEqual(self.history.run(*OPTIONS), 0)
        self.assertEqual(self.history.last_run()["unchanged"], 1, "what was done before the kill is remembered")

    def test_a_stopped_run_goes_on_too(self):
        whole = self.uninterrupted()
        run = self.history.start(*OPTIONS)
        self.assertGreater(self.checkpoints(self.history.output, run), 0)
        run.send_signal(signal.SIGTERM)
        self.assertEqual(run.wait(timeout=60), 143)
        self.assertIn("going on where a run was stopped", self.last(*OPTIONS))
        self.assertEqual(self.contents(self.history.output), whole)

    def test_what_has_changed_since_is_not_gone_on_with(self):
        run = self.history.start(*OPTIONS)
        self.checkpoints(self.history.output, run)
        run.send_signal(signal.SIGKILL)
        run.wait()
        with (self.history.pages / "big.jsonl").open("a", encoding="utf-8") as big:
            big.write(json.dumps({"text": page(PAGES), "url": "https://daily.example/new"}) + "\n")
        self.assertNotIn("going on", self.last(*OPTIONS))
        self.assertEqual(self.contents(self.history.output), self.uninterrupted())

    def last(self, *options: str) -> str:
        """Runs to the end; returns the log."""
        command = [part for part in self.history.command(*options) if part != "--quiet"]
        done = subprocess.run(command, cwd=self.history.folder, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 3)
        return done.stderr
