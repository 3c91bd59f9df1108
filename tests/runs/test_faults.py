"""A disk that fails, is full or may not be written to: the status says so, what stood there still stands, and the next run
finishes."""
import os
import resource
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.runs.history import PAGE_TABLES, History, sql
from tests.samples import SEEDS

NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))
ALONE = "--no-site-memory"
#: Of the calls that can fail every n-th does.
STEP = int(os.environ.get("COPYDESK_FAULT_STEP", "9"))
IO, CANNOT_CREATE = 74, 73


class BrokenDisk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        compiler = shutil.which("cc")
        if not compiler:
            raise unittest.SkipTest("no C compiler")
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.shim = Path(cls.folder.name) / "faults.so"
        source = Path(__file__).with_name("faults.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", cls.shim, source, "-ldl"], check=True)

    def test_whichever_write_sync_or_rename_fails_the_run_ends_with_74_and_the_next_finishes(self):
        for options in ([], ["--partition-by", "published_month"]):
            with self.subTest(options=options):
                self.every_fault([ALONE, *options])

    def every_fault(self, options: list):
        start = History()
        self.addCleanup(start.close)
        start.add(*NAMES[:3])
        self.assertEqual(start.run(*options), 0)
        start.add(NAMES[3])
        start.write(NAMES[1], (SEEDS / NAMES[2]).read_text(encoding="utf-8"))
        shutil.copytree(start.output, start.folder / "before")
        self.assertEqual(start.run(*options), 0)
        end = {table: start.rows(table) for table in PAGE_TABLES}
        old, new = (start.rows("documents", output=start.folder / name) for name in ("before", "output"))
        fault, status = 1, None
        while status != 0:
            shutil.rmtree(start.output)
            shutil.copytree(start.folder / "before", start.output)
            status = self.run_with_fault(start, fault, options)
            if status != 0:
                self.assertEqual(status, IO, f"call {fault}")
            documents = start.rows("documents")
            self.assertEqual(len(documents), len({row[0] for row in documents}), "no page stands twice")
            known = set(map(repr, old + new))
            self.assertLessEqual(set(map(repr, documents)), known, f"call {fault}")
            self.assertEqual(start.run(*options), 0, f"after call {fault}")
            for table in PAGE_TABLES:
                self.assertEqual(start.rows(table), end[table], f"{table} after call {fault}")
            fault += STEP
        self.assertGreater(fault, 20, "the calls are counted")

    def run_with_fault(self, history: History, call: int, options: list) -> int:
        environment = {**os.environ, "LD_PRELOAD": str(self.shim), "FAULTS_BELOW": str(history.output),
                       "FAULTS_AT": str(call)}
        return subprocess.run(history.command(*options), cwd=history.folder, env=environment,
                              stderr=subprocess.DEVNULL, check=False).returncode


class FullDisk(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)
        self.history.add(*NAMES[:2])

    def assert_whole_after(self, ended: subprocess.CompletedProcess, before: dict):
        self.assertEqual(ended.returncode, IO, ended.stderr)
        self.assertRegex(ended.stderr, r"\.copydesk/staging/.*: cannot .*\bbyte", "path and size are told")
        self.assertFalse((self.history.output / ".copydesk" / "staging").exists())
        self.assertEqual(self.history.files(), before)

    def many_pages(self):
        text = (SEEDS / NAMES[0]).read_text(encoding="utf-8")
        for n in range(60):
            words = " ".join(f"{n * 7919 * i % 100003}" for i in range(4000))
            self.history.write(f"{n:03}.txt", f"{text}\n{words}\n")

    def run_limited(self, **options) -> subprocess.CompletedProcess:
        return subprocess.run(self.history.command(ALONE), cwd=self.history.folder, text=True, check=False,
                              stderr=subprocess.PIPE, **options)

    def test_past_the_limit_of_a_file_the_run_ends_with_74_and_old_data_is_whole(self):
        self.assertEqual(self.history.run(ALONE), 0)
        before = self.history.files()
        self.many_pages()
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        self.assert_whole_after(self.run_limited(preexec_fn=limit), before)
        self.assertEqual(self.history.run(ALONE), 0)

    def test_a_full_file_system_ends_the_run_with_74_and_old_data_is_whole(self):
        disk = self.history.output
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], check=False,
                                 stderr=subprocess.DEVNULL) if shutil.which("mount") else None
        if mounted is None or mounted.returncode != 0:
            self.skipTest("may not mount a file system")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        self.assertEqual(self.history.run(ALONE), 0)
        before = self.history.files()
        self.many_pages()
        self.assert_whole_after(self.run_limited(), before)
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        self.assertEqual(self.history.run(ALONE), 0)


class NoOutput(unittest.TestCase):
    def test_an_output_that_cannot_be_written_ends_with_73_before_any_work(self):
        history = History()
        self.addCleanup(history.close)
        history.add(NAMES[0])
        file = history.folder / "file"
        file.write_text("in the way")
        for output in (file, file / "below", history.folder / "no" / "parent", Path("/proc/tables")):
            ended = subprocess.run(history.command("-v", output=output), cwd=history.folder, text=True,
                                   stderr=subprocess.PIPE, check=False)
            self.assertEqual(ended.returncode, CANNOT_CREATE, output)
            self.assertIn(str(output), ended.stderr)
        self.assertEqual(file.read_text(), "in the way")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_an_output_without_permission_ends_with_73(self):
        history = History()
        self.addCleanup(history.close)
        history.add(NAMES[0])
        history.output.mkdir(mode=0o500)
        self.assertEqual(history.run(), CANNOT_CREATE)


if __name__ == "__main__":
    unittest.main()
