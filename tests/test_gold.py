"""The annotation of the samples is whole: every line labelled, every finding where it says, nothing overlapping."""
import re
import unittest
from datetime import date
from html.parser import HTMLParser
from itertools import combinations

from tests.samples import DROPPED, GOLD, KEPT, SEEDS, load_all, squash

ENTITY_LABELS = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE"}
WITH_VALUE = {"money", "percent", "cardinal", "ordinal", "measure", "duration"}
WITH_UNIT = {"measure", "duration"}
MODIFIERS = {None, "approx", "over", "under", "at_least", "at_most"}
DIRECTIONS = {None, "up", "down"}


class Annotation(unittest.TestCase):
    def test_there_is_one_for_every_page_and_a_page_for_every_one(self):
        pages = sorted(p.stem for p in SEEDS.iterdir() if p.suffix in (".txt", ".html"))
        self.assertEqual(pages, sorted(p.stem for p in GOLD.glob("*.json")))
        self.assertGreaterEqual(len(pages), 10)

    def test_every_unit_has_a_known_label(self):
        for sample in load_all():
            for unit in sample.units:
                self.assertIn(unit.label, KEPT | DROPPED, f"{sample.name}:{unit.number}")

    def test_no_blank_line_has_a_label(self):
        for sample in load_all():
            if sample.is_text:
                self.assertEqual(len(sample.units), len(sample.gold["blocks"]), sample.name)

    def test_the_title_is_the_text_of_its_unit(self):
        for sample in load_all():
            titles = [unit.text for unit in sample.units if unit.label == "title"]
            self.assertEqual(titles, [sample.gold["title"]] if sample.gold["title"] else [], sample.name)

    def test_every_finding_stands_in_a_kept_unit(self):
        for sample, finding in findings():
            placed = sample.place(finding)
            self.assertIsNotNone(placed, f"{sample.name}: {finding}")
            self.assertTrue(placed[0].kept, f"{sample.name}: {finding}")

    def test_no_two_findings_overlap_but_a_reference_inside_a_law(self):
        for sample in load_all():
            placed = [(f, *sample.place(f)) for _, f in findings([sample])]
            for (f, unit, start, end), (g, other, first, last) in combinations(placed, 2):
                apart = unit.number != other.number or end <= first or last <= start
                self.assertTrue(apart or "reference" in (f.get("kind"), g.get("kind")), f"{sample.name}: {f} {g}")

    def test_entities_have_a_label_and_a_name(self):
        for sample in load_all():
            for entity in sample.gold["entities"]:
                self.assertIn(entity["label"], ENTITY_LABELS)
                self.assertTrue(entity["canonical"].strip())
                self.assertEqual("role" in entity, entity["label"] == "PERSON", entity)

    def test_quantities_have_the_fields_of_their_kind(self):
        for sample in load_all():
            for quantity in sample.gold["quantities"]:
                kind = quantity["kind"]
                self.assertEqual("value" in quantity, kind in WITH_VALUE, quantity)
                self.assertEqual("currency" in quantity, kind == "money", quantity)
                self.assertEqual("unit" in quantity, kind in WITH_UNIT, quantity)
                self.assertEqual("start" in quantity, kind in ("date", "time"), quantity)
                self.assertIn(quantity.get("modifier"), MODIFIERS)
                self.assertIn(quantity.get("direction"), DIRECTIONS)

    def test_dates_are_days_in_order(self):
        for sample in load_all():
            for quantity in sample.gold["quantities"]:
                if quantity["kind"] == "date" and quantity["start"] and quantity["end"]:
                    first, last = map(date.fromisoformat, (quantity["start"], quantity["end"]))
                    self.assertLessEqual(first, last, quantity)

    def test_blocks_of_html_pages_stand_in_the_page(self):
        for sample in load_all():
            if not sample.is_text:
                page = text_of_html(sample.path.read_bytes())
                for unit in sample.units:
                    self.assertIn(squash(unit.text), page, sample.name)


def findings(samples=None):
    for sample in samples or load_all():
        for table in ("entities", "quantities"):
            for finding in sample.gold[table]:
                yield sample, finding


class Text(HTMLParser):
    """The text of a page; a tag that may end a block leaves a blank."""

    INLINE = {"a", "strong", "b", "i", "font"}

    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_starttag(self, tag, attrs):
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_data(self, data):
        self.parts.append(data)


def text_of_html(raw: bytes) -> str:
    charset = re.search(rb"charset=[\"']?([\w-]+)", raw)[1].decode()
    parser = Text()
    parser.feed(raw.decode(charset))
    return squash("".join(parser.parts))


if __name__ == "__main__":
    unittest.main()
