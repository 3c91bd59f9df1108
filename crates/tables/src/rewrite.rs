//! Published files without some of their rows, or several in one.
//!
//! Row groups that stay as they are, are copied without a look into them: what a run costs hangs on what has changed.

use std::collections::HashSet;
use std::path::Path;

use arrow_array::BooleanArray;
use arrow_select::filter::filter_record_batch;

use crate::error::Error;
use crate::file::{TableFile, arrow};
use crate::source::{Source, strings};

/// Copies the file `from` of a table to `to` without the rows whose `column` is in `gone`; returns rows and bytes left.
pub(crate) fn without(
    from: &Path,
    to: &Path,
    table: &str,
    column: &str,
    gone: &HashSet<String>,
) -> Result<(u64, u64), Error> {
    let source = Source::open(from)?;
    let mut out = TableFile::create(to, table, source.schema())?;
    let mut rows = 0;
    for group in 0..source.groups() {
        if !source.holds(group, column, gone)? {
            rows += source.size(group).0;
            out.copy(&source, group)?;
            continue;
        }
        source.each_batch([group], |batch| {
            let keep: BooleanArray = strings(from, &batch, column)?
                .map(|id| Some(!id.is_some_and(|id| gone.contains(id))))
                .collect();
            let batch = filter_record_batch(&batch, &keep).map_err(|e| arrow(from, e))?;
            rows += batch.num_rows();
            out.append(&batch)
        })?;
        out.end_group()?;
    }
    Ok((rows as u64, out.finish()?))
}

/// Copies the rows of several files of a table into one, in order; returns its bytes.
pub(crate) fn concatenated(from: &[impl AsRef<Path>], to: &Path, table: &str) -> Result<u64, Error> {
    let sources: Vec<Source> =
        from.iter().map(|path| Source::open(path.as_ref())).collect::<Result<_, _>>()?;
    let Some(first) = sources.first() else { return Ok(0) };
    let mut out = TableFile::create(to, table, first.schema())?;
    for source in &sources {
        for group in 0..source.groups() {
            let (rows, bytes) = source.size(group);
            if out.is_worth_copying(rows, bytes) {
                out.copy(source, group)?;
            } else {
                source.each_batch([group], |batch| out.append(&batch))?;
            }
        }
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::sync::Arc;

    use arrow_array::{ArrayRef, RecordBatch, StringArray};

    /// Writes a file with a row group for each list of values.
    fn write(folder: &Path, name: &str, groups: &[Vec<String>]) -> PathBuf {
        let path = folder.join(name);
        let batch = |values: &Vec<String>| {
            let column: ArrayRef = Arc::new(StringArray::from_iter_values(values));
            RecordBatch::try_from_iter([("id", column)]).unwrap()
        };
        let mut file = TableFile::create(&path, "blocks", batch(&Vec::new()).schema()).unwrap();
        for values in groups {
            file.append(&batch(values)).unwrap();
            file.end_group().unwrap();
        }
        file.finish().unwrap();
        path
    }

    /// The values of each row group.
    fn read(path: &Path) -> Vec<Vec<String>> {
        let source = Source::open(path).unwrap();
        let values = |group| {
            let mut values = Vec::new();
            source
                .each_batch([group], |batch| {
                    values.extend(strings(path, &batch, "id")?.flatten().map(str::to_owned));
                    Ok(())
                })
                .unwrap();
            values
        };
        (0..source.groups()).map(values).collect()
    }

    fn values(range: std::ops::Range<usize>) -> Vec<String> {
        range.map(|n| format!("page {n}")).collect()
    }

    #[test]
    fn row_groups_without_a_row_that_goes_are_copied_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let groups = [values(0..50), values(50..52), values(52..90)];
        let from = write(folder.path(), "from", &groups);
        let to = folder.path().join("to");
        for (gone, expected) in [
            (vec![], vec![values(0..50), values(50..52), values(52..90)]),
            (vec![0, 49], vec![values(1..49), values(50..52), values(52..90)]),
            (vec![50, 51, 89], vec![values(0..50), values(52..89)]),
            ((0..90).collect(), vec![]),
        ] {
            let ids = gone.iter().map(|n| format!("page {n}")).collect();
            let (rows, bytes) = without(&from, &to, "blocks", "id", &ids).unwrap();
            assert_eq!(read(&to), expected, "{gone:?}");
            assert_eq!(rows as usize, 90 - gone.len());
            assert_eq!(bytes, std::fs::metadata(&to).unwrap().len());
        }
        without(&from, &to, "blocks", "id", &HashSet::new()).unwrap();
        assert!(
            std::fs::read(&from).unwrap() == std::fs::read(&to).unwrap(),
            "nothing goes, nothing changes"
        );
    }

    #[test]
    fn small_row_groups_are_merged_and_large_ones_copied() {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            write(folder.path(), "a", &[values(0..5), values(5..9)]),
            write(folder.path(), "b", &[values(9..20_000), values(20_000..20_001)]),
            write(folder.path(), "c", &[values(20_001..60_000)]),
            write(folder.path(), "d", &[]),
        ];
        let to = folder.path().join("to");
        let bytes = concatenated(&files, &to, "blocks").unwrap();
        let expected = [0..9, 9..20_000, 20_000..20_001, 20_001..52_769, 52_769..60_000].map(values);
        assert_eq!(read(&to), expected);
        assert_eq!(bytes, std::fs::metadata(&to).unwrap().len());
    }
}
