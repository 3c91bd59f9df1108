"""Copies of a text page in which names, places, numbers, dates and menu words are others of the same kind.

Page and annotation change together, so that the copy says other things in the same structure.
"""
import dataclasses
import json
import random
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import List, Optional, Tuple

from tests.samples import Sample, lines

TABLE = json.loads((Path(__file__).parent / "exchanges.json").read_text(encoding="utf-8"))
VARIANTS = (1, 2)

YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w])(?![.,]\d)")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
DAY_OF_MONTH = re.compile(r"(?<![\d/])\d{1,2}(?![\d/])")
WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
NUMBER_WORD = re.compile(r"\b(" + "|".join(WORDS) + r")\b", re.IGNORECASE)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTED = {"money", "percent", "cardinal", "measure", "duration"}
LAST_SAFE_DAY = 28


class Exchange:
    """One variant: a column of the table of exchanges, a shift in years and a seed for the numbers."""

    def __init__(self, variant: int, seed: int):
        self.years = -2 * variant
        self.random = random.Random(seed)
        people = TABLE["people"]
        surnames = [[surname(name) for name in row] for row in people]
        self.names = Words(people + surnames + TABLE["places and bodies"], variant)
        self.menu = Words(TABLE["menu words"], variant)

    def page(self, sample: Sample) -> Tuple[str, Sample]:
        """The text of the copy and its annotation."""
        gold = json.loads(json.dumps(sample.gold))
        written = {}
        for unit in sample.units:
            written[unit.number] = self.unit(sample, unit, gold)
        for field in ("title", "lead"):
            whole = [written[u.number] for u in sample.units if u.label == field]
            gold[field] = "\n".join(whole) or None
        gold["authors"] = [self.swap(name) for name in gold["authors"]]
        for field in ("published", "anchor_date"):
            gold[field] = self.shift(gold[field])
        raw = sample.path.read_text(encoding="utf-8").split("\n")
        text = "\n".join(written.get(i, line) for i, line in enumerate(raw, 1))
        return text, dataclasses.replace(sample, gold=gold, units=lines(text, gold["blocks"]))

    def unit(self, sample: Sample, unit, gold: dict) -> str:
        """Rewrites a line from one finding to the next; `gold` is corrected in place."""
        out, position = "", 0
        for finding, start, end in findings_in(sample, unit, gold):
            out += self.swap(unit.text[position:start])
            was_anchor = finding.get("start") == gold["anchor_date"]
            new = self.name(finding) if "label" in finding else self.quantity(finding, was_anchor)
            finding["text"], finding["n"] = new, occurrences(out + new, new)
            out, position = out + new, end
        rest = unit.text[position:]
        return out + self.swap(rest if unit.kept else self.menu.swap(rest))

    def name(self, entity: dict) -> str:
        for field in ("canonical", "role_of"):
            if entity.get(field):
                entity[field] = self.swap(entity[field])
        return self.swap(entity["text"])

    def quantity(self, quantity: dict, is_anchor: bool) -> str:
        text = quantity["text"]
        if quantity.get("of"):
            quantity["of"] = self.swap(quantity["of"])
        if quantity["kind"] == "date":
            return self.date(quantity, text, is_anchor)
        return self.number(quantity, text) if quantity["kind"] in COUNTED else text

    def date(self, quantity: dict, text: str, is_anchor: bool) -> str:
        single = quantity["start"] and quantity["start"] == quantity["end"]
        for end in ("start", "end"):
            quantity[end] = self.shift(quantity[end])
        if single and text in WEEKDAYS:
            return WEEKDAYS[date.fromisoformat(quantity["start"]).weekday()]
        if single and not is_anchor and YEAR.search(text) and DAY_OF_MONTH.search(text):
            day = self.random.randint(1, LAST_SAFE_DAY)
            text = DAY_OF_MONTH.sub(str(day), text, count=1)
            quantity["start"] = quantity["end"] = f"{quantity['start'][:8]}{day:02}"
        return self.swap(text)

    def number(self, quantity: dict, text: str) -> str:
        """Another number of as many digits, or another small number word; a range stays."""
        found = NUMBER.findall(text)
        if len(found) == 1:
            new = "".join(self.digit(c, i == 0) for i, c in enumerate(found[0]))
            ratio = Fraction(new.replace(",", "")) / Fraction(found[0].replace(",", ""))
            quantity["value"] = float(Fraction(str(quantity["value"])) * ratio)
            return text.replace(found[0], new)
        word = NUMBER_WORD.match(text)
        if word and not found:
            old = word[0].lower()
            new = self.random.choice([w for w in WORDS if w != old])
            quantity["value"] = quantity["value"] * (WORDS.index(new) + 2) / (WORDS.index(old) + 2)
            return (new.capitalize() if word[0][0].isupper() else new) + text[word.end():]
        return text

    def digit(self, character: str, first: bool) -> str:
        if not character.isdigit():
            return character
        return str(self.random.randint(2 if first else 0, 9))

    def swap(self, text: str) -> str:
        """Names by the table, years by the shift."""
        return YEAR.sub(lambda found: str(int(found[0]) + self.years), self.names.swap(text))

    def shift(self, day: Optional[str]) -> Optional[str]:
        return day and f"{int(day[:4]) + self.years}{day[4:]}"


class Words:
    """Whole words or phrases and what stands for them in one variant."""

    def __init__(self, rows: List[List[str]], variant: int):
        self.instead = {row[0]: row[variant] for row in rows}
        longest_first = sorted(self.instead, key=len, reverse=True)
        self.pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    def swap(self, text: str) -> str:
        return self.pattern.sub(lambda found: self.instead[found[0]], text)


def surname(name: str) -> str:
    return name.split(" ")[-1]


def findings_in(sample: Sample, unit, gold: dict) -> List[Tuple[dict, int, int]]:
    """The findings of a line with their places in the original, in order."""
    here = [f for table in ("entities", "quantities") for f in gold[table] if f["line"] == unit.number]
    placed = [(f, *sample.place(f)[1:]) for f in here]
    return sorted(placed, key=lambda found: found[1])


def occurrences(text: str, part: str) -> int:
    """How often `part` stands in `text`, overlaps counted, as an annotation numbers them."""
    return sum(text.startswith(part, i) for i in range(len(text)))
