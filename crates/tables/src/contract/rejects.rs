//! `rejects`.

use copydesk_types::Reject;
use jiff::Timestamp;

use crate::cell::{Cell, Type};
use crate::table::{Column, Table, columns};

/// The table `rejects`.
#[derive(Debug)]
pub struct Rejects;

/// A row of `rejects`.
#[derive(Debug)]
pub struct RejectRow<'a> {
    /// What was rejected.
    pub reject: &'a Reject,
    /// The run that met it.
    pub run_id: &'a str,
    /// When.
    pub at: Timestamp,
}

impl Table for Rejects {
    type Row<'a> = RejectRow<'a>;
    const NAME: &'static str = "rejects";
    const ROW: &'static str = "one row an input that could not be read";
    const COLUMNS: &'static [Column<Self>] = columns! { row;
        source: Type::String, required = row.reject.source.as_str(), "the input as found, `#` and the record's locator";
        code: Type::String, required = row.reject.code.name(),
            "`unreadable` `not_a_file` `unknown_format` `bad_compression` `truncated` `too_large` `bad_record` `bad_column` `no_records` `internal`";
        message: Type::String, required = row.reject.message.as_str(), "what was expected and what was found";
        offset: Type::I64, optional = row.reject.offset.map(saturate), "byte in the input";
        line: Type::I64, optional = row.reject.line.map(saturate), "line in the input, from 1";
        bytes: Type::I64, optional = row.reject.bytes.map(saturate), "bytes lost, where known";
        run_id: Type::String, required = row.run_id, "the run that met it";
        at: Type::Instant, required = row.at, "when";
    };
}

fn saturate(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk_types::RejectCode;

    #[test]
    fn every_code_is_documented() {
        let documented = Rejects::COLUMNS.iter().find(|c| c.name == "code").unwrap().description;
        let all: Vec<String> = RejectCode::ALL.iter().map(|c| format!("`{}`", c.name())).collect();
        assert_eq!(documented, all.join(" "));
    }
}
