//! What the gazetteers and word classes say of a token, a bit each.
//!
//! A token of a name of several words carries the bits of the whole name. The numbers stand in trained models: a new
//! class takes the next free bit, none changes its place.

/// A set of the bits below.
pub type Flags = u64;

/// In a country's name (`Viet`, `Nam`).
pub const COUNTRY: Flags = 1;
/// In a city's name.
pub const CITY: Flags = 1 << 1;
/// In the name of a first-level division: province, state, governorate.
pub const DIVISION: Flags = 1 << 2;
/// In a nationality, religion, people or the like.
pub const NORP: Flags = 1 << 3;
/// A given name somewhere in the world.
pub const GIVEN: Flags = 1 << 4;
/// A family name somewhere in the world.
pub const SURNAME: Flags = 1 << 5;
/// In the long or short name of a world body or another organisation known everywhere.
pub const BODY: Flags = 1 << 6;
/// In the name of a continent, region, sea, river or mountain range.
pub const REGION: Flags = 1 << 7;
/// In a language's name.
pub const LANGUAGE: Flags = 1 << 8;
/// `department`, `ministry`, `committee` …
pub const ORG_HEAD: Flags = 1 << 9;
/// `Ltd`, `JSC`, `Holdings` …
pub const COMPANY_SUFFIX: Flags = 1 << 10;
/// `port`, `bridge`, `gate`, `airport` …
pub const FAC_HEAD: Flags = 1 << 11;
/// `river`, `island`, `delta` …
pub const LOC_HEAD: Flags = 1 << 12;
/// `province`, `city`, `district` …
pub const GPE_HEAD: Flags = 1 << 13;
/// `director`, `minister`, `spokesman` …
pub const ROLE: Flags = 1 << 14;
/// `deputy`, `former`, `vice` …
pub const ROLE_MODIFIER: Flags = 1 << 15;
/// `Mr`, `Dr`, `Datuk` …
pub const HONORIFIC: Flags = 1 << 16;
/// `meeting`, `summit`, `festival` …
pub const EVENT_HEAD: Flags = 1 << 17;
/// `operation`, `typhoon` …: stands before the name.
pub const EVENT_START: Flags = 1 << 18;
/// `agreement`, `decree`, `protocol` …
pub const LAW_HEAD: Flags = 1 << 19;
/// `system`, `programme`, `platform` …
pub const PRODUCT_HEAD: Flags = 1 << 20;
/// `prize`, `film`, `index` …
pub const WORK_HEAD: Flags = 1 << 21;
/// A month or a weekday.
pub const CALENDAR: Flags = 1 << 22;
/// The first token of a gazetteer's name.
pub const BEGINS: Flags = 1 << 23;
/// A token of a gazetteer's name of several words.
pub const LONG: Flags = 1 << 24;
/// The acronym of a world body or country, in its exact letters.
pub const ACRONYM: Flags = 1 << 25;
/// In the name of a company, medium, team, party or group known at large.
pub const ORG_NAME: Flags = 1 << 26;
/// In a product's name known at large.
pub const PRODUCT_NAME: Flags = 1 << 27;
/// In the name of a holiday, war, tournament or the like.
pub const EVENT_NAME: Flags = 1 << 28;
/// In the name of a building, airport, stadium or the like known at large.
pub const FAC_NAME: Flags = 1 << 29;

/// In the title of a work, prize or report known at large.
pub const WORK_NAME: Flags = 1 << 30;
/// In the name of a treaty, an act or the like known at large.
pub const LAW_NAME: Flags = 1 << 31;

/// What the lists of `data/names` say.
pub(crate) const OF_NAMES: Flags = ORG_NAME | PRODUCT_NAME | EVENT_NAME | FAC_NAME | WORK_NAME | LAW_NAME;

/// A word that may open a sentence without being a name: `the`, `according`. For the rules alone.
pub(crate) const FUNCTION: Flags = 1 << 62;
/// `first`, `second` … For the rules alone.
pub(crate) const ORDINAL_WORD: Flags = 1 << 63;
/// What models see: all but the bits that are for the rules alone.
pub(crate) const PUBLIC: Flags = !(FUNCTION | ORDINAL_WORD);

/// The classes of `data/words.tsv` with their bits.
pub(super) const WORD_CLASSES: [(&str, Flags); 16] = [
    ("org_head", ORG_HEAD),
    ("company_suffix", COMPANY_SUFFIX),
    ("fac_head", FAC_HEAD),
    ("loc_head", LOC_HEAD),
    ("gpe_head", GPE_HEAD),
    ("role", ROLE),
    ("role_modifier", ROLE_MODIFIER),
    ("honorific", HONORIFIC),
    ("event_head", EVENT_HEAD),
    ("event_start", EVENT_START),
    ("law_head", LAW_HEAD),
    ("product_head", PRODUCT_HEAD),
    ("work_head", WORK_HEAD),
    ("calendar", CALENDAR),
    ("function", FUNCTION),
    ("ordinal", ORDINAL_WORD),
];
