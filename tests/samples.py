"""The sample pages with their annotation, and how findings are placed in them.

A page is a list of units: the lines of a text page, the blocks of an HTML page. Each has the label that a person gave
it; entities and quantities stand in a unit, as the n-th occurrence of their text. Labels and fields are those of the
tables, see SCHEMA.md.
"""
import json
import os
import unittest
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"

KEPT = {"title", "lead", "byline", "dateline", "heading", "paragraph", "caption", "list_item", "quote", "table"}
DROPPED = {"related", "navigation", "comments", "repeat", "advertisement", "legal"}


def output_of_run() -> Path:
    """The folder that `copydesk run seeds -o …` wrote: COPYDESK_OUTPUT, else `output`."""
    output = Path(os.environ.get("COPYDESK_OUTPUT", ROOT / "output")).resolve()
    if not any((output / "documents").glob("*.parquet")):
        raise unittest.SkipTest(f"no run in {output}: `make run`, or name its folder in COPYDESK_OUTPUT")
    return output


def binary() -> Path:
    """The program under test: COPYDESK_BIN."""
    path = os.environ.get("COPYDESK_BIN")
    if not path:
        raise unittest.SkipTest("COPYDESK_BIN does not name the program")
    return Path(path).resolve()


@dataclass(frozen=True)
class Unit:
    """A line or a block; `number` counts from 1 and is what `line` or `block` of a finding refers to."""

    number: int
    text: str
    label: str

    @property
    def kept(self) -> bool:
        return self.label in KEPT


@dataclass(frozen=True)
class Sample:
    name: str
    path: Path
    gold: dict
    units: List[Unit]

    @property
    def is_text(self) -> bool:
        return self.path.suffix == ".txt"

    def unit_of(self, finding: dict) -> Optional[Unit]:
        number = finding["line" if self.is_text else "block"]
        return next((u for u in self.units if u.number == number), None)

    def place(self, finding: dict) -> Optional[Tuple[Unit, int, int]]:
        """The unit of a finding and its code points in there, None where the text doesn't occur so often."""
        unit = self.unit_of(finding)
        if unit is None:
            return None
        start = -1
        for _ in range(finding["n"]):
            start = unit.text.find(finding["text"], start + 1)
            if start < 0:
                return None
        return unit, start, start + len(finding["text"])


def squash(text: str) -> str:
    """Runs of white space become one blank."""
    return " ".join(text.split())


def lines(text: str, labels: Dict[str, str]) -> List[Unit]:
    """The non-blank lines of a text page; a line without a label gets an empty one."""
    numbered = enumerate(text.split("\n"), 1)
    return [Unit(i, line, labels.get(str(i), "")) for i, line in numbered if line.strip()]


def blocks(listed: List[dict]) -> List[Unit]:
    """The blocks of an HTML page."""
    return [Unit(i, block["text"], block["label"]) for i, block in enumerate(listed, 1)]


def load(name: str) -> Sample:
    gold = json.loads((GOLD / (name + ".json")).read_text(encoding="utf-8"))
    path = SEEDS / (name + ".txt")
    if path.exists():
        return Sample(name, path, gold, lines(path.read_text(encoding="utf-8"), gold["blocks"]))
    return Sample(name, SEEDS / (name + ".html"), gold, blocks(gold["blocks"]))


def load_all() -> List[Sample]:
    return [load(path.stem) for path in sorted(GOLD.glob("*.json"))]
