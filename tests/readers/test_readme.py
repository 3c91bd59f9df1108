"""README's examples work as printed: every `sql` block in DuckDB, every `python` block in Python, on a run in `output/`."""
import contextlib
import io
import os
import re
import tempfile
import unittest

import duckdb

from tests.samples import ROOT, output_of_run

FENCE = re.compile(r"^```(sql|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: Libraries that an example may show though the tests don't install them.
OPTIONAL = {"polars"}


class Readme(unittest.TestCase):
    def test_examples_run_as_printed(self):
        output = output_of_run()
        examples = FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
        self.assertTrue(examples, "README.md has no example")
        with tempfile.TemporaryDirectory() as folder, inside(folder):
            os.symlink(output, "output")
            for language, code in examples:
                with self.subTest(code=code):
                    RUN[language](code)


@contextlib.contextmanager
def inside(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run_sql(code: str) -> None:
    database = duckdb.connect()
    for statement in duckdb.extract_statements(code):
        database.execute(statement).fetchall()


def run_python(code: str) -> None:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL:
            raise


RUN = {"sql": run_sql, "python": run_python}


if __name__ == "__main__":
    unittest.main()
