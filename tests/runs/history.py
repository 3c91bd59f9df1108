"""A folder of pages that changes between runs, and a look at what a run leaves behind."""
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Dict, List

import duckdb

from tests.samples import SEEDS, binary

PAGE_TABLES = ("documents", "blocks", "entities", "quantities")


class History:
    """Pages, an output, and runs over them in a folder of its own."""

    def __init__(self) -> None:
        self.program = binary()
        self.folder = Path(tempfile.mkdtemp(prefix="copydesk-"))
        self.pages = self.folder / "pages"
        self.output = self.folder / "output"
        self.pages.mkdir()

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, *names: str) -> None:
        for name in names:
            shutil.copy(SEEDS / name, self.pages / name)

    def write(self, name: str, text: str) -> Path:
        path = self.pages / name
        path.write_text(text, encoding="utf-8")
        return path

    def command(self, *options: str, output: Path = None) -> List[str]:
        return [str(self.program), "run", "pages", "-o", str(output or self.output), "--quiet", *options]

    def run(self, *options: str, output: Path = None) -> int:
        return subprocess.run(self.command(*options, output=output), cwd=self.folder, check=False).returncode

    def command_status(self, *arguments: str) -> int:
        """How another command than `run` ends."""
        return subprocess.run([str(self.program), *arguments], cwd=self.folder, check=False).returncode

    def start(self, *options: str) -> subprocess.Popen:
        return subprocess.Popen(self.command(*options), cwd=self.folder)

    def meta(self, *entries: dict) -> str:
        path = self.folder / "meta.jsonl"
        path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
        return str(path)

    def rows(self, table: str, output: Path = None) -> List[tuple]:
        """All rows of a table, sorted; what hangs on which page was there first is left out."""
        without = " EXCLUDE (duplicate_of, duplicate_similarity)" if table == "documents" else ""
        return sorted(sql(f"SELECT *{without} FROM '{output or self.output}/{table}/**/*.parquet'"), key=repr)

    def sources(self) -> List[str]:
        return [row[0] for row in sql(f"SELECT source FROM '{self.output}/documents/**/*.parquet' ORDER BY 1")]

    def files(self) -> Dict[str, tuple]:
        """The data files with what shows that they were written again."""
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes())
                for table in PAGE_TABLES for path in (self.output / table).rglob("*.parquet")}

    def last_run(self) -> dict:
        query = f"SELECT * FROM '{self.output}/runs/*.parquet' ORDER BY started_at DESC LIMIT 1"
        cursor = duckdb.sql(query)
        return dict(zip(cursor.columns, cursor.fetchall()[0]))


def sql(query: str) -> List[tuple]:
    return duckdb.sql(query).fetchall()
