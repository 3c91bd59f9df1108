"""What a page says must not matter for how it is read: other names, places, numbers, dates and menu words, same structure."""
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.robustness.exchange import VARIANTS, Exchange
from tests.samples import binary, load_all
from tests.scoring import Run, score

SEEDS = (7, 11)
#: How far a figure of the copies may lie from that of the originals.
TOLERANCE = {"lines": 0.02, "entities": 0.05, "quantities": 0.05}


class Exchanges(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.samples = [sample for sample in load_all() if sample.is_text]

    def test_keep_every_finding_where_the_annotation_says(self):
        for variant in VARIANTS:
            for seed in SEEDS:
                exchange = Exchange(variant, seed)
                for sample in self.samples:
                    _, copy = exchange.page(sample)
                    for finding in copy.gold["entities"] + copy.gold["quantities"]:
                        self.assertIsNotNone(copy.place(finding), f"{sample.name}: {finding}")

    def test_change_the_larger_part_of_the_findings(self):
        for variant in VARIANTS:
            exchange = Exchange(variant, SEEDS[0])
            copies = [exchange.page(sample)[1] for sample in self.samples]
            for table in ("entities", "quantities"):
                old = [finding["text"] for sample in self.samples for finding in sample.gold[table]]
                new = [finding["text"] for copy in copies for finding in copy.gold[table]]
                changed = sum(a != b for a, b in zip(old, new))
                self.assertGreater(changed, len(old) / 2, table)

    def test_leave_the_structure_as_it_was(self):
        original, _ = self.read([(s.path.read_text(encoding="utf-8"), s) for s in self.samples])
        for variant in VARIANTS:
            for seed in SEEDS:
                exchange = Exchange(variant, seed)
                figures, errors = self.read([exchange.page(s) for s in self.samples])
                for name, tolerance in TOLERANCE.items():
                    with self.subTest(variant=variant, seed=seed, figure=name):
                        apart = round(abs(figures[name] - original[name]), 4)
                        self.assertLessEqual(apart, tolerance, "\n".join(["", *errors]))

    def read(self, pages):
        """Figures and errors of a run over pages given as text and annotated sample."""
        with tempfile.TemporaryDirectory() as folder:
            inputs = Path(folder) / "pages"
            inputs.mkdir()
            for text, sample in pages:
                (inputs / (sample.name + ".txt")).write_text(text, encoding="utf-8")
            output = Path(folder) / "tables"
            subprocess.run([binary(), "run", inputs, "-o", output], check=True, stderr=subprocess.PIPE)
            total = score([sample for _, sample in pages], Run(output))
            return total.figures(), total.errors


if __name__ == "__main__":
    unittest.main()
