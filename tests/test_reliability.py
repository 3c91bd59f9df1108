"""Every test that tests/README.md names is there."""
import re
import unittest

from tests.samples import ROOT


class Table(unittest.TestCase):
    def test_names_tests_that_exist(self):
        rows = (ROOT / "tests" / "README.md").read_text(encoding="utf-8").partition("| what happens | test |")[2]
        named = set(re.findall(r"`([a-z0-9_]{15,})`", rows))
        self.assertGreater(len(named), 40)
        sources = [path.read_text(encoding="utf-8") for folder in ("crates", "tests")
                   for path in (ROOT / folder).rglob("*") if path.suffix in (".rs", ".py")]
        defined = set(re.findall(r"\b(?:fn|def) (?:test_(?:\d_)?)?(\w+)\(", "\n".join(sources)))
        self.assertEqual(named - defined, set())


if __name__ == "__main__":
    unittest.main()
