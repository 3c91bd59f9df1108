"""How well a run read the sample pages: `python -m tests.scoring OUTPUT`.

Everything is counted end to end. A unit is right where it was kept or dropped as in the annotation. A mention is right
where span and label agree, a quantity where span and kind agree; one in a unit that was dropped wrongly is missed, one
in a unit that was kept wrongly is too much. Values and dates are judged over the quantities found.
"""
import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Dict, Iterable, List, Optional

import pyarrow.parquet as pq

from tests.samples import Sample, Unit, load_all, squash

#: Units with more than one usual name for the same thing.
SAME_UNIT = {"metric ton": "tonne", "ton": "tonne", "kilo": "kilogram", "mph": "mile per hour"}
#: A block of fewer characters than this has to stand alone to count as found: short ones occur by chance.
ALONE_BELOW = 25


@dataclass
class Count:
    """Right, too much, missed; or right and wrong where something was found for sure."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, other: "Count") -> None:
        self.right += other.right
        self.extra += other.extra
        self.missed += other.missed

    @property
    def f1(self) -> float:
        found = 2 * self.right
        return found / (found + self.extra + self.missed) if found else 0.0

    @property
    def accuracy(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0


@dataclass
class Score:
    lines: Count = field(default_factory=Count)
    entities: Count = field(default_factory=Count)
    quantities: Count = field(default_factory=Count)
    values: Count = field(default_factory=Count)
    dates: Count = field(default_factory=Count)
    canonical: Count = field(default_factory=Count)
    roles: Count = field(default_factory=Count)
    heads: Count = field(default_factory=Count)
    errors: List[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name in FIGURES:
            getattr(self, name).add(getattr(other, name))
        self.errors += other.errors

    def figures(self) -> Dict[str, float]:
        """F1 of what has to be found, accuracy of what is judged over the things found."""
        return {name: round(getattr(getattr(self, name), kind), 4) for name, kind in FIGURES.items()}


FIGURES = {
    "lines": "f1",
    "entities": "f1",
    "quantities": "f1",
    "values": "accuracy",
    "dates": "accuracy",
    "canonical": "accuracy",
    "roles": "accuracy",
    "heads": "accuracy",
}


class Run:
    """What a run wrote, by page."""

    def __init__(self, output: Path):
        self.documents = {Path(row["source"]).stem: row for row in rows(output, "documents")}
        self.findings: Dict[str, Dict[str, List[dict]]] = {}
        for table in ("blocks", "entities", "quantities"):
            by_page = defaultdict(list)
            for row in rows(output, table):
                by_page[row["doc_id"]].append(row)
            self.findings[table] = by_page

    def of(self, table: str, name: str) -> List[dict]:
        document = self.documents.get(name)
        return self.findings[table][document["doc_id"]] if document else []


def rows(output: Path, table: str) -> List[dict]:
    files = sorted((output / table).rglob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def score(samples: Iterable[Sample], run: Run) -> Score:
    total = Score()
    for sample in samples:
        total.add(score_page(sample, run))
    return total


def score_page(sample: Sample, run: Run) -> Score:
    out = Score()
    document = run.documents.get(sample.name)
    if document is None:
        out.errors.append(f"{sample.name}: not in the run")
        document = {"text": "", "title": None, "authors": [], "published_date": None}
    score_lines(sample, run.of("blocks", sample.name), out)
    score_head(sample, document, out)
    starts = unit_starts(sample, document["text"])
    for table in ("entities", "quantities"):
        score_findings(sample, table, run.of(table, sample.name), starts, out)
    return out


def score_lines(sample: Sample, blocks: List[dict], out: Score) -> None:
    kept = [b for b in blocks if b["kept"]]
    in_lines = {n for b in kept if b["line"] for n in range(b["line"], (b["line_end"] or b["line"]) + 1)}
    texts = Counter(squash(b["text"]) for b in kept)
    everything = "\n".join(squash(b["text"]) for b in kept)
    for unit in sample.units:
        found = unit.number in in_lines if sample.is_text else has_block(unit, texts, everything)
        if found and unit.kept:
            out.lines.right += 1
        elif found or unit.kept:
            out.lines.extra += found
            out.lines.missed += unit.kept
            what = "kept" if found else "dropped"
            out.errors.append(f"{sample.name}:{unit.number}: {what}, but it is {unit.label}: {unit.text[:70]!r}")


def has_block(unit: Unit, texts: Counter, everything: str) -> bool:
    text = squash(unit.text)
    if texts[text]:
        texts[text] -= 1
        return True
    return len(text) >= ALONE_BELOW and text in everything


def score_head(sample: Sample, document: dict, out: Score) -> None:
    published = document["published_date"]
    pairs = {
        "title": (sample.gold["title"], document["title"]),
        "authors": (sorted(sample.gold["authors"]), sorted(document["authors"])),
        "published": ((sample.gold["published"] or "")[:10], published.isoformat() if published else ""),
    }
    for name, (want, got) in pairs.items():
        judge(out.heads, want == got, f"{sample.name}: {name} is {want!r}, read as {got!r}", out)


def unit_starts(sample: Sample, text: str) -> Dict[int, int]:
    """Where the kept units stand in the run's text, those that it kept."""
    starts, position = {}, 0
    flat = text.replace("\n", " ").replace("\t", " ")
    for unit in sample.units:
        if unit.kept:
            words = squash(unit.text)
            at = flat.find(words, position)
            at = at if at >= 0 else flat.find(words)
            if at >= 0:
                starts[unit.number] = at
                position = max(position, at + len(words))
    return starts


def span_of(sample: Sample, finding: dict, starts: Dict[int, int]):
    unit, start, _ = sample.place(finding)
    if unit.number not in starts:
        return None
    before = len(squash(unit.text[:start] + "|")) - 1
    first = starts[unit.number] + before
    return first, first + len(squash(finding["text"]))


def score_findings(sample: Sample, table: str, found: List[dict], starts: Dict[int, int], out: Score) -> None:
    kind = {"entities": "label", "quantities": "kind"}[table]
    count = getattr(out, table)
    left = {(row["start"], row["end"]): row for row in found}
    for want in sample.gold[table]:
        span = span_of(sample, want, starts)
        got = left.get(span)
        if got is None or got[kind] != want[kind]:
            count.missed += 1
            what = f"read as {got[kind]}" if got else "not found"
            out.errors.append(f"{sample.name}: {want[kind]} {want['text']!r} {what}")
            continue
        count.right += 1
        del left[span]
        judge_fields(sample, want, got, out)
    count.extra += len(left)
    out.errors += [f"{sample.name}: {row[kind]} {row['text']!r} is not in the annotation" for row in left.values()]


def judge_fields(sample: Sample, want: dict, got: dict, out: Score) -> None:
    where = f"{sample.name}: {want['text']!r}"
    if "label" in want:
        judge(out.canonical, fold(want["canonical"]) == fold(got["canonical"]),
              f"{where} is {want['canonical']}, named {got['canonical']}", out)
        if want.get("role") or got["role"]:
            judge(out.roles, fold(want.get("role")) == fold(got["role"]),
                  f"{where} has the role {want.get('role')}, read as {got['role']}", out)
    elif want["kind"] == "date":
        days = (day(want["start"]), day(want["end"]))
        judge(out.dates, days == (got["start_date"], got["end_date"]),
              f"{where} is {days}, read as {(got['start_date'], got['end_date'])}", out)
    elif want["kind"] not in ("reference", "time"):
        read = (got["value"], got["value_high"], got["currency"], got["unit"])
        judge(out.values, same_value(want, got), f"{where} is read as {read}", out)


def judge(count: Count, right: bool, message: str, out: Score) -> None:
    count.right += right
    count.missed += not right
    if not right:
        out.errors.append(message)


def same_value(want: dict, got: dict) -> bool:
    return (near(want.get("value"), got["value"]) and near(want.get("value_high"), got["value_high"])
            and want.get("currency") == got["currency"] and same_unit(want.get("unit"), got["unit"]))


def near(want: Optional[float], got: Optional[float]) -> bool:
    if want is None or got is None:
        return want is got
    return abs(want - got) <= 1e-9 * max(1.0, abs(want))


def same_unit(want: Optional[str], got: Optional[str]) -> bool:
    return SAME_UNIT.get(want, want) == SAME_UNIT.get(got, got)


def fold(name: Optional[str]) -> str:
    return squash(name or "").casefold()


def day(text: Optional[str]) -> Optional[date]:
    return date.fromisoformat(text) if text else None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("output", type=Path)
    arguments.add_argument("--errors", action="store_true", help="list what is wrong")
    given = arguments.parse_args()
    total = score(load_all(), Run(given.output))
    for name, figure in total.figures().items():
        print(f"{name:<12}{figure:.4f}  {getattr(total, name)}")
    if given.errors:
        print("\n".join(total.errors))


if __name__ == "__main__":
    main()
