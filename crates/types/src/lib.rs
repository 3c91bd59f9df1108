//! The nouns that cross crate borders, and their invariants.
//!
//! Data flows one way: a [`Page`] is found, becomes an [`Article`], is read into a [`Reading`], gets its [`Mention`]s
//! and [`Quantity`]s, and leaves as a [`Story`]. What cannot be read is a [`Reject`]. Inside the program every offset is
//! a byte offset; only the tables count code points.

mod article;
mod mention;
mod page;
mod quantity;
mod reading;
mod reject;
mod span;
mod story;

pub use article::{
    Anchor, Article, Block, Flag, Head, Label, MetadataField, MetadataSource, Precision, SourcedMetadata,
};
pub use mention::{EntityLabel, Mention};
pub use page::{Given, MediaType, Page};
pub use quantity::{
    Amount, DateRange, Direction, Kind, Measure, Modifier, Number, Quantity, TimeRange, TimeUnit, Value,
};
pub use reading::{Reading, Sentence, Token, TokenKind};
pub use reject::{Reject, RejectCode};
pub use span::Span;
pub use story::{Duplicate, Story};
