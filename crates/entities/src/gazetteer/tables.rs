//! The rows of the tables that carry more than a name.

/// A country of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2; `XK` for Kosovo.
    pub code: &'static str,
    /// Its usual English short name.
    pub name: &'static str,
    /// The adjective, where it has one.
    pub adjective: Option<&'static str>,
}

/// An organisation known everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// The usual name.
    pub name: &'static str,
    /// Its Wikidata id, where the table has it.
    pub wikidata: Option<&'static str>,
}
