"""Inputs that are larger than the memory, or pretend to be, or hold nothing."""
import gzip
import json
import os
import resource
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.runs.generate import page
from tests.runs.history import PAGE_TABLES, sql
from tests.samples import SEEDS, binary

#: Megabytes of pages, of address space, and of text in a run.
INPUT_MB = int(os.environ.get("COPYDESK_LIMITED_MB", "8"))
SPACE_MB = 512
TEXT_MB = int(os.environ.get("COPYDESK_TEXT_MB", "4"))
BOMB_MB = 200


class Limits(unittest.TestCase):
    def setUp(self):
        self.program = binary()
        self.folder = Path(tempfile.mkdtemp(prefix="copydesk-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def pages(self, megabytes: int) -> Path:
        path = self.folder / f"{megabytes}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            number = 0
            while file.tell() < megabytes << 20:
                # Several pages to a line, as articles are longer than those.
                text = "\n\n".join(page(n) for n in range(number, number + 4))
                file.write(json.dumps({"text": text, "url": f"https://daily.example/{number}"}) + "\n")
                number += 4
        return path

    def run_on(self, source: Path, name: str, *options: str, space_mb: int = None, expected: int = 0):
        output = self.folder / name
        limit = (lambda: resource.setrlimit(resource.RLIMIT_AS, (space_mb << 20,) * 2)) if space_mb else None
        command = [str(self.program), "run", str(source), "-o", str(output), "--quiet", *options]
        done = subprocess.run(command, preexec_fn=limit, check=False)
        self.assertEqual(done.returncode, expected)
        return output

    def contents(self, output: Path) -> dict:
        return {f"{table}/{path.name}": path.read_bytes()
                for table in PAGE_TABLES for path in (output / table).glob("*.parquet")}

    def peak(self, output: Path) -> int:
        return sql(f"SELECT max(peak_memory_bytes) FROM '{output}/runs/*.parquet'")[0][0]

    def test_a_small_address_space_is_enough_and_changes_nothing(self):
        source = self.pages(INPUT_MB)
        limited = self.run_on(source, "limited", "--threads", "2", space_mb=SPACE_MB)
        self.assertLess(self.peak(limited), SPACE_MB << 20)
        self.assertEqual(self.contents(limited), self.contents(self.run_on(source, "free")))

    def test_much_text_is_cut_into_several_files_that_are_read_everywhere(self):
        output = self.run_on(self.pages(TEXT_MB), "much", "--part-size", f"{max(TEXT_MB // 20, 1)}M")
        for table in PAGE_TABLES:
            self.assertGreater(len(list((output / table).glob("*.parquet"))), 1, table)
        text = sql(f"SELECT sum(strlen(text)), count(DISTINCT doc_id), count(*) FROM '{output}/documents/*.parquet'")[0]
        self.assertGreater(text[0], (TEXT_MB << 20) / 2)
        self.assertEqual(text[1], text[2])

    def test_a_bomb_costs_neither_memory_nor_its_neighbours(self):
        folder = self.folder / "pages"
        folder.mkdir()
        shutil.copy(next(SEEDS.glob("*.txt")), folder / "good.txt")
        bomb = gzip.compress(bytes(BOMB_MB << 20))
        (folder / "bomb.txt.gz").write_bytes(bomb)
        (folder / "nested.txt.gz").write_bytes(gzip.compress(bomb))
        output = self.run_on(folder, "bombs", "--memory-limit", "64M", expected=3)
        self.assertLess(self.peak(output), SPACE_MB << 20)
        rejects = sql(f"SELECT source, code FROM '{output}/rejects/*.parquet' ORDER BY 1")
        self.assertEqual([(Path(source).name, code) for source, code in rejects],
                         [("bomb.txt.gz", "too_large"), ("nested.txt.gz", "unknown_format")])
        self.assertEqual(sql(f"SELECT count(*) FROM '{output}/documents/*.parquet'"), [(1,)])

    def test_inputs_without_any_page_give_empty_tables(self):
        folder = self.folder / "none"
        folder.mkdir()
        (folder / "none.jsonl").write_text("\n\n", encoding="utf-8")
        output = self.run_on(folder, "empty")
        for table in PAGE_TABLES:
            self.assertEqual(sql(f"SELECT count(*) FROM '{output}/{table}/*.parquet'"), [(0,)], table)

    def test_what_has_its_directory_at_the_end_is_refused_from_a_pipe(self):
        archive = shutil.make_archive(str(self.folder / "pages"), "zip", SEEDS)
        output = self.folder / "piped"
        with open(archive, "rb") as pipe:
            command = [str(self.program), "run", "-", "-o", str(output), "--quiet"]
            self.assertEqual(subprocess.run(command, input=pipe.read(), check=False).returncode, 3)
        message = sql(f"SELECT message FROM '{output}/rejects/*.parquet'")[0][0]
        self.assertIn("must be a file, neither piped nor compressed", message)


if __name__ == "__main__":
    unittest.main()
