//! The six tables of the contract, a file each.

mod blocks;
mod documents;
mod entities;
mod quantities;
mod rejects;
mod runs;

pub use blocks::Blocks;
pub use documents::Documents;
pub use entities::Entities;
pub use quantities::{Quantities, value_text};
pub use rejects::{RejectRow, Rejects};
pub use runs::{Run, Runs};

/// The version of the contract: a column added at the end of a table raises the second number, any other change the
/// first.
pub const CONTRACT_VERSION: &str = "1.0";
