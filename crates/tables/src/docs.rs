//! The contract as a document, from the declarations.

use std::fmt::Write as _;

use crate::contract::{Blocks, CONTRACT_VERSION, Documents, Entities, Quantities, Rejects, Runs};
use crate::table::Table;

const PREFACE: &str = include_str!("../data/schema_preface.md");

/// The documentation of all tables, in Markdown.
pub fn schema_docs() -> String {
    let mut out = PREFACE.replace("{contract_version}", CONTRACT_VERSION);
    table::<Documents>(&mut out);
    table::<Blocks>(&mut out);
    table::<Entities>(&mut out);
    table::<Quantities>(&mut out);
    table::<Rejects>(&mut out);
    table::<Runs>(&mut out);
    out
}

fn table<T: Table>(out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\n## {}: {}\n\n| column | type | what |\n| --- | --- | --- |\n", T::NAME, T::ROW);
    for column in T::COLUMNS {
        let null = if column.nullable { "?" } else { "" };
        let description = column.description.replace('|', "\\|");
        let _ = writeln!(out, "| {} | {}{null} | {description} |", column.name, column.kind.name());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_shows_the_contract_as_declared() {
        let shown = include_str!("../../../SCHEMA.md");
        assert!(shown == super::schema_docs(), "SCHEMA.md is old: `copydesk schema > SCHEMA.md`");
    }
}
