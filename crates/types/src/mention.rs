//! A named thing, mentioned.

use crate::Span;

/// OntoNotes 5 named-entity labels without its number labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityLabel {
    /// People.
    Person,
    /// Agencies, companies, institutions, teams.
    Org,
    /// Countries, provinces, cities.
    Gpe,
    /// Other places.
    Loc,
    /// Buildings, ports, border gates.
    Fac,
    /// Nationalities, religions, parties' adherents.
    Norp,
    /// Meetings, operations, wars, storms.
    Event,
    /// Agreements, laws, decisions.
    Law,
    /// Systems, vehicles, products.
    Product,
    /// Titles of works, awards.
    WorkOfArt,
    /// Languages.
    Language,
}

impl EntityLabel {
    /// Every label, in the order of the contract.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Org,
        Self::Gpe,
        Self::Loc,
        Self::Fac,
        Self::Norp,
        Self::Event,
        Self::Law,
        Self::Product,
        Self::WorkOfArt,
        Self::Language,
    ];

    /// The name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Org => "ORG",
            Self::Gpe => "GPE",
            Self::Loc => "LOC",
            Self::Fac => "FAC",
            Self::Norp => "NORP",
            Self::Event => "EVENT",
            Self::Law => "LAW",
            Self::Product => "PRODUCT",
            Self::WorkOfArt => "WORK_OF_ART",
            Self::Language => "LANGUAGE",
        }
    }

    /// The label of a name in the tables.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

/// One mention of a named thing. Mentions of a text don't overlap and stand in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands in the article's text.
    pub span: Span,
    /// What it names.
    pub label: EntityLabel,
    /// The fullest name for the same thing in the page.
    pub canonical: String,
    /// The same for the same thing across pages and runs.
    pub entity_id: String,
    /// Where the page defines one.
    pub acronym: Option<String>,
    /// ISO 3166-1 alpha-2, for a GPE or NORP.
    pub country: Option<String>,
    /// For a PERSON: office or profession, as printed.
    pub role: Option<String>,
    /// What the role is of.
    pub role_of: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
}
