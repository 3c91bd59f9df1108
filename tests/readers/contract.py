"""The columns that SCHEMA.md promises, as Arrow types."""
import re
from typing import Dict

import pyarrow as pa

from tests.samples import ROOT

TYPES = {
    "string": pa.string(),
    "i32": pa.int32(),
    "i64": pa.int64(),
    "f32": pa.float32(),
    "f64": pa.float64(),
    "bool": pa.bool_(),
    "day": pa.date32(),
    "ts": pa.timestamp("us", tz="UTC"),
    # Whole seconds, in the coarsest unit that Parquet has.
    "timestamp(s), no zone": pa.timestamp("ms"),
}
PAGE_TABLES = ("documents", "blocks", "entities", "quantities")


def tables() -> Dict[str, Dict[str, pa.Field]]:
    """Table to column to field, in the order of SCHEMA.md."""
    out, columns = {}, {}
    for line in (ROOT / "SCHEMA.md").read_text(encoding="utf-8").splitlines():
        heading = re.match(r"## (\w+): ", line)
        row = re.match(r"\| (\w+) \| (.+?) \| ", line)
        if heading:
            columns = out.setdefault(heading[1], {})
        elif row and row[1] != "column":
            columns[row[1]] = pa.field(row[1], arrow_type(row[2].rstrip("?")), nullable=row[2].endswith("?"))
    return {name: columns for name, columns in out.items() if columns}


def arrow_type(name: str) -> pa.DataType:
    inner = re.fullmatch(r"list<(.+)>", name)
    if inner:
        return pa.list_(arrow_type(inner[1]))
    members = re.fullmatch(r"struct<(.+)>", name)
    if members:
        pairs = (member.split(": ") for member in members[1].split(", "))
        return pa.struct([(field, arrow_type(kind)) for field, kind in pairs])
    return TYPES[name]
