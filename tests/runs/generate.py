"""Many small news pages, the same ones in every run: `python -m tests.runs.generate FOLDER --pages 1000000`.

Pages stand in folders of a thousand. Each folder is a site with a menu of its own; each article says something else.
"""
import argparse
import random
from pathlib import Path
from typing import Iterator

FOLDER_PAGES = 1000

SUBJECTS = ("The port office", "The rail authority", "A customs team", "The river commission", "A council of growers",
            "The ministry of transport", "The harbour union", "A group of lenders", "The energy board", "The fish market")
VERBS = ("reported", "announced", "counted", "planned", "reviewed", "approved", "confirmed", "postponed", "described")
THINGS = ("containers", "lorries", "permits", "tonnes of rice", "ships", "new berths", "workers", "inspections", "wagons",
          "boxes of fruit", "solar panels", "loans", "students", "houses", "kilometres of road", "letters")
PLACES = ("Hanoi", "Lyon", "Osaka", "Nairobi", "Lima", "Gdańsk", "Perth", "Da Nang", "Porto", "Quito", "Bergen", "Izmir")
PEOPLE = ("Maria Keller", "Tran Van Minh", "John Okafor", "Elena Petrova", "Luis Romero", "Aiko Tanaka", "Peter Lindqvist")
REASONS = ("after a slow spring", "despite higher fuel prices", "because of the long drought", "ahead of the election",
           "as demand from abroad grew", "while the main road was closed", "under a plan agreed last year")
MENU = ("Home", "World", "Business", "Sport", "Culture", "Weather", "Jobs", "Podcasts", "Letters", "Archive", "Photos")


def page(number: int, edition: int = 0) -> str:
    """The text of a page; another edition tells other figures."""
    draw = random.Random(number * 1009 + edition)
    site = number // FOLDER_PAGES
    menu = [MENU[(site + n) % len(MENU)] for n in range(4)]
    title = f"{draw.choice(SUBJECTS)} {draw.choice(VERBS)} {draw.randint(2, 9000)} {draw.choice(THINGS)}"
    paragraphs = "\n\n".join(" ".join(sentence(draw) for _ in range(2)) for _ in range(2))
    day = f"{draw.randint(1, 28)} {draw.choice(('March', 'May', 'July', 'October'))} {2015 + number % 10}"
    return (f"The Daily {site}\n" + "\n".join(menu) + f"\n\n{title}\n\nBy {draw.choice(PEOPLE)}\n{day}\n\n{paragraphs}\n\n"
            f"Related News\n© The Daily {site}. All rights reserved.\nSubscribe to the letter of The Daily {site}\n")


def sentence(draw: random.Random) -> str:
    return (f"{draw.choice(SUBJECTS)} in {draw.choice(PLACES)} {draw.choice(VERBS)} {draw.randint(2, 99999):,} "
            f"{draw.choice(THINGS)} {draw.choice(REASONS)}, {draw.choice(PEOPLE)} said, "
            f"up {draw.randint(1, 80)}.{draw.randint(0, 9)}% on the year before.")


def write(folder: Path, pages: int) -> None:
    for number in range(pages):
        path = place(folder, number)
        if number % FOLDER_PAGES == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number), encoding="utf-8")


def change(folder: Path, pages: int, changed: int) -> Iterator[Path]:
    """Gives some pages, spread over all, another edition."""
    for number in range(0, pages, pages // changed):
        path = place(folder, number)
        path.write_text(page(number, edition=1), encoding="utf-8")
        yield path


def place(folder: Path, number: int) -> Path:
    return folder / f"{number // FOLDER_PAGES:04}" / f"{number % FOLDER_PAGES:03}.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=FOLDER_PAGES)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.pages)


if __name__ == "__main__":
    main()
