"""The gate: a run of the samples reads them at least as well as `floors.toml` asks."""
import sys
import unittest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from tests.samples import ROOT, load_all, output_of_run
from tests.scoring import Run, score


class Samples(unittest.TestCase):
    def test_are_read_as_well_as_the_floors_ask(self):
        total = score(load_all(), Run(output_of_run()))
        figures = total.figures()
        for name, floor in tomllib.loads((ROOT / "tests" / "floors.toml").read_text()).items():
            with self.subTest(name):
                self.assertGreaterEqual(figures[name], floor, "\n".join(["", *total.errors]))


if __name__ == "__main__":
    unittest.main()
