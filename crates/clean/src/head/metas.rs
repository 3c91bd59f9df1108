//! The names of `meta` elements, by what they state.

use std::sync::LazyLock;

/// What a `meta` element states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Published,
    Modified,
    Author,
}

static NAMES: LazyLock<Vec<(Fact, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/metas.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).filter_map(|(of, name)| Some((fact(of)?, name))).collect()
});

/// The names of the elements that state something, most trusted first.
pub(super) fn names(wanted: Fact) -> impl Iterator<Item = &'static str> {
    NAMES.iter().filter(move |(fact, _)| *fact == wanted).map(|(_, name)| *name)
}

fn fact(name: &str) -> Option<Fact> {
    match name {
        "published" => Some(Fact::Published),
        "modified" => Some(Fact::Modified),
        "author" => Some(Fact::Author),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_names_are_lower_case() {
        let rows = include_str!("../../data/metas.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(NAMES.len(), rows.count());
        assert!(NAMES.iter().all(|(_, name)| name.to_lowercase() == *name));
        assert_eq!(names(Fact::Author).next(), Some("author"));
    }
}
