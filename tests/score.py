"""Figures on the development data, by its own scorers: `make score`, or `python -m tests.score [pages|content|entities|quantities …]`.

COPYDESK_SHARED names the folder that holds the data and the scorers, COPYDESK_BIN the program. Without the data this says
so and ends well: users don't have it.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SHARED = Path(os.environ.get("COPYDESK_SHARED", ""))
PROGRAM = os.environ.get("COPYDESK_BIN", "target/release/copydesk")
CONTENT = ("scrapinghub", "atf", "fundus", "wcxb", "fundus-news")
DUMPS = ("scrapinghub", "atf", "fundus")
ENTITY_SETS = ("voa-gold.dev", "desk.dev", "wikigold.dev", "uner-ewt.dev", "gum.dev", "wnut17.dev", "btc.dev")


def main() -> None:
    if not os.environ.get("COPYDESK_SHARED") or not (SHARED / "score").is_dir():
        print("skipped: no development data (COPYDESK_SHARED names no folder with score/)")
        return
    parts = {"pages": pages, "content": content, "entities": entities, "quantities": quantities}
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as scratch:
            parts[name](Path(scratch))


def pages(scratch: Path) -> None:
    print("annotated pages")
    for name, texts, gold in (("pages", SHARED / "seeds", SHARED / "gold/pages"),
                              ("news", SHARED / "gold/news/pages", SHARED / "gold/news/gold")):
        output = scratch / name
        copydesk("run", texts, "-o", output, "--quiet")
        r = scored("score_pages.py", "--gold", gold, "--pages", texts, "--output", output, "--json")
        figures = {k: r[k]["f1"] for k in ("lines", "text", "entities", "entity_spans", "quantities")}
        figures.update({k: r[k]["acc"] for k in ("canonical", "role", "values", "dates")})
        figures.update({k: v["acc"] for k, v in {**r["meta"], **r["around"]}.items()})
        show(name, figures)


def content(scratch: Path) -> None:
    print("main content (4-word shingles)")
    for name in CONTENT:
        show(name, body(scratch, SHARED / f"data/content/{name}/pages", name))
    for name in DUMPS:
        texts = SHARED / f"data/content/{name}-text/pages"
        show(f"{name}-text", body(scratch, texts, name, "--no-site-memory"))
        show(f"{name}-text, memory", body(scratch, texts, name))


def body(scratch: Path, texts: Path, name: str, *options: str) -> dict:
    printed = scratch / "clean.jsonl"
    printed.write_bytes(copydesk("clean", *options, texts))
    truth = SHARED / f"data/content/{name}/truth.jsonl"
    r = scored("score_articles.py", "--truth", truth, "--pred", printed)
    return {**r["shingle"], **{k: v for k, v in r.items() if k not in ("shingle", "pages")}}


def entities(scratch: Path) -> None:
    print("entities (strict F1)")
    for name in ENTITY_SETS:
        data = SHARED / f"data/ner/{name}.jsonl"
        printed = extracted(scratch, scorer("score_ner.py", "prepare", data))
        r = scored("score_ner.py", "score", data, printed)
        show(name, {"f1": r["f1"], "p": r["p"], "r": r["r"], **r["by_label"]})


def quantities(scratch: Path) -> None:
    """The scorer reads `value_text` as a number, which it is not for a range (`5..10`): `ranges` is `relval` with the
    ranges read from `value` and `value_high`."""
    print("quantities (F1 in percent)")
    for data in sorted((SHARED / "data/quantities").glob("*.jsonl")):
        printed = extracted(scratch, scorer("score_quantities.py", "prepare", data))
        r = scored("score_quantities.py", data, printed)
        ranges = scored("score_quantities.py", data, without_range_texts(printed))
        show(data.stem, {"cases": r["cases"], **{k: r[k][2] for k in ("span", "val", "rel", "relval")},
                         "ranges": ranges["relval"][2], "negatives_failed": r["negatives_failed"]})


def without_range_texts(printed: Path) -> Path:
    lines = [json.loads(line) for line in printed.read_text().splitlines()]
    for quantity in (quantity for line in lines for quantity in line["quantities"]):
        if quantity.get("value_high") is not None:
            del quantity["value_text"]
    plain = printed.with_name("plain.jsonl")
    plain.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return plain


def extracted(scratch: Path, texts: bytes) -> Path:
    (scratch / "texts.jsonl").write_bytes(texts)
    (scratch / "found.jsonl").write_bytes(copydesk("extract", "--format", "jsonl", scratch / "texts.jsonl"))
    return scratch / "found.jsonl"


def copydesk(*arguments) -> bytes:
    done = subprocess.run([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{PROGRAM} {arguments[0]} ended with status {done.returncode}")
    return done.stdout


def scorer(name: str, *arguments) -> bytes:
    return subprocess.run([sys.executable, SHARED / "score" / name, *map(str, arguments)],
                          stdout=subprocess.PIPE, check=True).stdout


def scored(name: str, *arguments) -> dict:
    return json.loads(scorer(name, *arguments).splitlines()[0])


def show(name: str, figures: dict) -> None:
    cells = (f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
    print(f"  {name:<24} " + "  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
