"""Very many small pages: memory stays bounded, speed stays the same, and later runs cost what has changed."""
import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from tests.runs.generate import change, write
from tests.runs.history import sql
from tests.samples import binary

PAGES = int(os.environ.get("COPYDESK_PAGES", "3000"))
CHANGED = 100
#: What holds for a million pages; a run over fewer takes less.
MEMORY_MAX = 1 << 30
NOTHING_NEW_SECONDS = 10
#: Below this size of a part its table would be cut into too many files.
LEAST_PART_BYTES = 8 << 20
#: How much slower the last pages may be than the first.
SLOWER = 1.3


class ManyPages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = binary()
        cls.folder = Path(tempfile.mkdtemp(prefix="copydesk-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.output = cls.folder / "output"
        write(cls.folder / "pages", PAGES)
        cls.log, cls.first_seconds = cls.run_once()

    @classmethod
    def run_once(cls):
        """Runs over all pages; returns the log and the seconds."""
        started = time.monotonic()
        command = [str(cls.program), "run", "pages", "-o", str(cls.output), "--threads", "2", "--log-format", "json"]
        done = subprocess.run(command, cwd=cls.folder, stderr=subprocess.PIPE, text=True, check=True)
        return done.stderr, time.monotonic() - started

    def last_run(self, column: str):
        return sql(f"SELECT {column} FROM '{self.output}/runs/*.parquet' ORDER BY started_at DESC LIMIT 1")[0][0]

    def documents(self):
        return sorted((self.output / "documents").glob("*.parquet"))

    def test_1_memory_is_bounded_and_files_are_neither_many_nor_small(self):
        self.assertEqual(self.last_run("pages"), PAGES)
        self.assertLess(self.last_run("peak_memory_bytes"), MEMORY_MAX)
        for path in self.documents()[:-1]:
            self.assertGreater(path.stat().st_size, LEAST_PART_BYTES)

    def test_2_the_last_pages_take_as_long_as_the_first(self):
        lines = re.findall(r'"timestamp":"([^"]+)".*?"pages":(\d+)', self.log)
        if len(lines) < 20:
            self.skipTest("the run was too short to tell")
        times = [time.mktime(time.strptime(at[:19], "%Y-%m-%dT%H:%M:%S")) for at, _ in lines]
        counts = [int(pages) for _, pages in lines]
        tenth = len(lines) // 10
        rate = lambda a, b: (counts[b] - counts[a]) / (times[b] - times[a])
        self.assertGreater(rate(-1 - tenth, -1) * SLOWER, rate(0, tenth))

    def test_3_a_run_with_nothing_new_is_quick_and_writes_no_page(self):
        before = [(path, path.stat().st_mtime_ns) for path in self.documents()]
        _, seconds = self.run_once()
        self.assertLess(seconds, NOTHING_NEW_SECONDS)
        self.assertEqual((self.last_run("pages"), self.last_run("unchanged")), (0, PAGES))
        self.assertEqual([(path, path.stat().st_mtime_ns) for path in self.documents()], before)

    def test_4_changed_pages_alone_are_read(self):
        changed = list(change(self.folder / "pages", PAGES, CHANGED))
        _, seconds = self.run_once()
        self.assertLess(seconds, max(5, self.first_seconds / 10))
        self.assertEqual(self.last_run("pages"), len(changed))
        rows = sql(f"SELECT count(*), count(DISTINCT doc_id) FROM '{self.output}/documents/*.parquet'")
        self.assertEqual(rows, [(PAGES, PAGES)])


if __name__ == "__main__":
    unittest.main()
