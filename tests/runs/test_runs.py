"""How a run behaves beside others, under signals and in other surroundings."""
import fcntl
import json
import os
import re
import signal
import subprocess
import time
import unittest

import duckdb

from tests.runs.history import PAGE_TABLES, History, sql
from tests.samples import SEEDS

NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))
ALONE = "--no-site-memory"
DONE, IO, HELD, CONFIG, NO_INPUT = 0, 74, 75, 78, 66
#: A signal is obeyed within this time, in seconds: far above what a batch takes, far below what is left of the run.
AT_ONCE = 20


class Held(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)
        self.history.add(*NAMES[:2])
        self.assertEqual(self.history.run(ALONE), DONE)
        self.lock = self.history.output / ".copydesk" / "lock"

    def test_a_second_run_ends_at_once_with_75_and_names_the_holder(self):
        with open(self.lock, "r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            held.truncate()
            held.write("4711\n")
            held.flush()
            ended = subprocess.run(self.history.command(ALONE), cwd=self.history.folder, text=True, check=False,
                                   stderr=subprocess.PIPE)
        self.assertEqual(ended.returncode, HELD)
        self.assertIn("process 4711", ended.stderr)

    def test_with_wait_it_waits(self):
        with open(self.lock, "r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            waiting = self.history.start(ALONE, "--wait")
            time.sleep(1)
            self.assertIsNone(waiting.poll())
        self.assertEqual(waiting.wait(timeout=60), DONE)

    def test_a_lock_that_a_killed_run_has_left_holds_nobody(self):
        run = self.history.start(ALONE, "--full")
        time.sleep(0.2)
        run.kill()
        run.wait()
        self.assertTrue(self.lock.exists())
        self.assertEqual(self.history.run(ALONE), DONE)


class Signals(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)
        self.history.add(NAMES[0])
        self.history.run(ALONE)
        self.before = self.history.files()
        text = "\n".join((SEEDS / name).read_text(encoding="utf-8") for name in NAMES)
        for n in range(600):
            self.history.write(f"many-{n}.txt", f"{text}\n{n}\n")

    def test_a_signal_ends_the_run_soon_and_the_output_is_as_it_was(self):
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            run = self.history.start(ALONE)
            time.sleep(1)
            run.send_signal(number)
            self.assertEqual(run.wait(timeout=AT_ONCE), status)
            self.assertEqual(self.history.files(), self.before)

    def test_a_second_signal_ends_it_at_once(self):
        run = self.history.start(ALONE)
        time.sleep(1)
        run.send_signal(signal.SIGINT)
        time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(timeout=1), 130)
        self.assertEqual(self.history.files(), self.before)
        self.assertEqual(self.history.sources(), [f"pages/{NAMES[0]}"])


class Surroundings(unittest.TestCase):
    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)

    def bytes_of(self, output) -> dict:
        return {(table, path.name): path.read_bytes()
                for table in PAGE_TABLES for path in (output / table).glob("*.parquet")}

    def test_time_zone_locale_folder_and_second_change_no_byte(self):
        self.history.add(*NAMES)
        outputs = []
        for zone, locale in (("UTC", "C"), ("Asia/Tokyo", "tr_TR.UTF-8"), ("America/St_Johns", "vi_VN")):
            outputs.append(self.history.folder / zone.replace("/", "-"))
            environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale}
            command = self.history.command(output=outputs[-1])
            self.assertEqual(subprocess.run(command, cwd=self.history.folder, env=environment, check=False).returncode, 0)
        first = self.bytes_of(outputs[0])
        for output in outputs[1:]:
            self.assertTrue(self.bytes_of(output) == first, output)

    def test_odd_dates_are_typed_nulls_or_flags(self):
        dates = ("December 31, 9999", "1 January 1970", "3 March 1402", "31 February 2024", "12/31/99999")
        for n, day in enumerate(dates):
            self.history.write(f"{n}.txt", f"A port opens\n\nPublished {day}\n\nThe port of Haiphong opened on {day}, "
                                           "the clerks of the office told the ministry, and 40 lorries came.\n")
        url = "https://example.org/late"
        meta = self.history.meta({"path": "pages/1.txt", "url": url, "fetched_at": "1969-01-01T00:00:00Z"},
                                 {"path": "pages/0.txt", "url": url + "r", "fetched_at": "2024-01-01T00:00:00Z"})
        self.assertEqual(self.history.run(ALONE, "--meta", meta), DONE)
        documents = f"'{self.history.output}/documents/*.parquet'"
        self.assertEqual(sql(f"SELECT count(*), count(published_date IS NULL OR published_date > '0001-01-01') "
                             f"FROM {documents}"), [(len(dates), len(dates))])
        self.assertEqual(self.history.command_status("verify", str(self.history.output)), DONE)

    def test_modes_of_files_follow_the_umask(self):
        self.history.add(NAMES[0])
        for umask, mode in ((0o022, 0o644), (0o027, 0o640), (0o077, 0o600)):
            output = self.history.folder / f"{umask:o}"
            subprocess.run(self.history.command("--metrics", str(output) + ".prom", output=output),
                           cwd=self.history.folder, check=True, preexec_fn=lambda: os.umask(umask))
            files = [path for path in output.rglob("*") if path.is_file()] + [output.with_suffix(".prom")]
            self.assertGreater(len(files), 6)
            self.assertEqual({oct(path.stat().st_mode & 0o777) for path in files}, {oct(mode)})

    def test_ten_thousand_inputs_without_anything_new_take_a_moment(self):
        for n in range(10_000):
            self.history.write(f"{n}.txt", f"Page {n}.\n")
        self.assertEqual(self.history.run(), DONE)
        before = self.history.files()
        began = time.monotonic()
        self.assertEqual(self.history.run(), DONE)
        took = time.monotonic() - began
        self.assertEqual(self.history.files(), before)
        self.assertLess(took, float(os.environ.get("COPYDESK_MOMENT", "10")), "seconds")


class OtherContract(unittest.TestCase):
    def test_an_output_of_another_contract_ends_with_78_naming_both_and_nothing_is_touched(self):
        history = History()
        self.addCleanup(history.close)
        history.add(NAMES[0])
        history.run(ALONE)
        state = history.output / ".copydesk" / "state"
        header = '{"state":{"contract":"9.7","made_with":""}}\n'
        # A zstd frame with one raw block: the state is written compressed.
        state.write_bytes(b"\x28\xb5\x2f\xfd\x00\x58" + (len(header) << 3 | 1).to_bytes(3, "little") + header.encode())
        before = history.files()
        for command in (history.command(ALONE), history.command("--full"), [str(history.program), "compact", "output"]):
            ended = subprocess.run(command, cwd=history.folder, text=True, stderr=subprocess.PIPE, check=False)
            self.assertEqual(ended.returncode, CONFIG, command)
            self.assertRegex(ended.stderr, r"9\.7.*\d+\.\d+")
        self.assertEqual(history.files(), before)


class Commands(unittest.TestCase):
    """What CLI options and commands promise, beside the tables."""

    def setUp(self):
        self.history = History()
        self.addCleanup(self.history.close)
        self.history.add(*NAMES[:3])

    def call(self, *arguments: str, **options) -> subprocess.CompletedProcess:
        return subprocess.run([str(self.history.program), *arguments], cwd=self.history.folder, text=True,
                              capture_output=True, check=False, **options)

    def test_a_reader_that_has_seen_enough_ends_every_command_quietly(self):
        self.history.run(ALONE)
        for arguments in (["--help"], ["schema"], ["man"], ["completions", "bash"], ["config", "show"], ["doctor"],
                          ["inspect", "output"], ["clean", "pages"], ["explain", f"pages/{NAMES[0]}"],
                          ["run", "pages", "-o", "output", "--dry-run"], ["extract", f"pages/{NAMES[0]}"]):
            with self.subTest(command=arguments):
                read, write = os.pipe()
                os.close(read)
                ended = subprocess.run([str(self.history.program), *arguments], cwd=self.history.folder, stdout=write,
                                       stderr=subprocess.PIPE, text=True, check=False)
                os.close(write)
                self.assertEqual((ended.returncode, ended.stderr), (DONE, ""))

    def test_a_folder_that_no_run_has_written_is_no_output(self):
        for command in ("verify", "inspect", "compact"):
            for folder in ("pages", "nowhere"):
                self.assertEqual(self.call(command, folder).returncode, NO_INPUT, (command, folder))
        self.assertFalse((self.history.folder / "nowhere").exists())
        self.assertFalse((self.history.pages / ".copydesk").exists())

    def test_a_page_without_a_row_is_a_fault_that_verify_tells(self):
        self.history.run(ALONE)
        self.assertEqual(self.call("verify", "output").returncode, DONE)
        entities = next((self.history.output / "entities").glob("*.parquet"))
        duckdb.execute(f"COPY (SELECT * REPLACE ('0' AS doc_id) FROM '{entities}') TO '{entities}'")
        told = self.call("verify", "output")
        self.assertEqual(told.returncode, 1)
        self.assertIn("has no row in documents", told.stderr)

    def test_inspect_counts_what_stands_there(self):
        self.history.run(ALONE)
        told = self.call("inspect", "output").stdout
        self.assertRegex(told, r"documents +3 rows +1 files")
        self.assertRegex(told, r"remembers +3 inputs, 3 captures")

    def test_log_lines_are_json_where_asked_for(self):
        (self.history.pages / "broken.html.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
        ended = self.call("run", "pages", "-o", "output", "--log-format", "json")
        self.assertEqual((ended.returncode, ended.stdout), (3, ""))
        line = next(line for line in ended.stderr.splitlines() if "broken.html.gz" in line)
        self.assertRegex(line, r'^\{"timestamp":".*"level":"WARN".*"code":"\w+".*\}$')
        last = json.loads(ended.stderr.splitlines()[-1])
        self.assertEqual((last["message"], last["pages"], last["rejected"]), ("run ended", 3, 1))

    def test_metrics_tell_what_the_row_of_the_run_tells(self):
        metrics = self.history.folder / "copydesk.prom"
        self.assertEqual(self.history.run(ALONE, "--metrics", str(metrics)), DONE)
        values = dict(re.findall(r"^(copydesk_last_run_\w+) (\S+)$", metrics.read_text(), re.MULTILINE))
        run = self.history.last_run()
        for name in ("pages", "inputs", "rejected", "unchanged"):
            self.assertEqual(float(values[f"copydesk_last_run_{name}"]), run[name], name)

    def test_only_the_last_runs_are_kept_where_asked_for(self):
        for n in range(5):
            self.assertEqual(self.history.run(ALONE, "--keep-runs", "3"), DONE)
        runs = f"'{self.history.output}/runs/*.parquet'"
        self.assertEqual(sql(f"SELECT count(*) FROM {runs}"), [(3,)])

    def test_a_dry_run_says_what_would_be_read_skipped_and_written_and_does_nothing(self):
        self.history.run(ALONE)
        before = self.history.files()
        self.history.write(NAMES[1], "Another page.\n")
        told = self.call("run", "pages", "-o", "output", ALONE, "--dry-run")
        self.assertEqual(told.returncode, DONE)
        self.assertEqual(told.stdout.splitlines(), [
            f"read       pages/{NAMES[1]}", f"unchanged  pages/{NAMES[0]}", f"unchanged  pages/{NAMES[2]}",
            "1 to read, 2 unchanged, 0 rejected", "writes to output: rows of 1 inputs, in place of those of 1 pages"])
        self.assertEqual(self.history.files(), before)

    def test_the_summary_counts_pages_rejects_by_reason_and_rows(self):
        (self.history.pages / "broken.html.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
        ended = self.call("run", "pages", "-o", "output", ALONE)
        self.assertEqual((ended.returncode, ended.stdout), (3, ""))
        self.assertRegex(ended.stderr, r"3 pages from 4 inputs, 1 rejected \(1 \w+\)\n3 documents, \d+ blocks, .* in output\n"
                                       r".* MB/s, .* of memory at most")

    def test_settings_come_from_flags_the_environment_the_file_and_defaults_in_this_order(self):
        (self.history.folder / "copydesk.toml").write_text('output = "filed"\nthreads = 3\nmax_record = "1M"\n')
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
        environment = {**inherited, "COPYDESK_THREADS": "2"}
        shown = self.call("config", "show", "--max-record", "5M", env=environment).stdout
        for setting in (r'output +"filed" +copydesk.toml', r'threads +"2" +environment variable COPYDESK_THREADS',
                        r'max_record +"5M" +command line', r'keep_runs +"1000" +default'):
            self.assertRegex(shown, setting)
        self.assertEqual(self.call("run", "pages", "-q", env=environment).returncode, DONE)
        self.history.output = self.history.folder / "filed"
        self.assertEqual(self.history.last_run()["threads"], 2)
        (self.history.folder / "copydesk.toml").write_text("thread = 3\n")
        wrong = self.call("doctor")
        self.assertEqual(wrong.returncode, CONFIG)
        self.assertIn('did you mean "threads"', wrong.stderr)

    def test_inputs_come_from_lists_globs_and_standard_input(self):
        paths = [str(self.history.pages / name) for name in NAMES[:2]]
        for n, (arguments, given) in enumerate(((["--files-from", "-"], "\n".join(paths)),
                                                (["--files-from", "-", "-0"], "\0".join(paths)),
                                                (["pages/*.txt"], ""), (["-"], "A page, 7 lorries.\n"))):
            output = f"output-{n}"
            ended = self.call("run", *arguments, "-o", output, input=given)
            self.assertEqual(ended.returncode, DONE, ended.stderr)
            found = sql(f"SELECT count(*) FROM '{self.history.folder / output}/documents/*.parquet'")
            self.assertEqual(found, [((2, 2, 3, 1)[n],)], arguments)

    def test_the_version_tells_commit_and_contract(self):
        self.assertRegex(self.call("--version").stdout, r"^copydesk \d+\.\d+\.\d+ \(.*contract \d+\.\d+\)\n$")

    def test_full_and_prune_need_all_pages(self):
        for all_pages in ("--full", "--prune"):
            for some in (("--limit", "1"), ("--sample", "0.5"), ("--shard", "1/2")):
                self.assertEqual(self.history.run(all_pages, *some), 2, (all_pages, some))


if __name__ == "__main__":
    unittest.main()
