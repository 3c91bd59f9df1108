//! copydesk turns news pages into tables: this crate chains the stages.
//!
//! ```text
//! inputs ─ingest→ Page ─clean→ Article ─text→ Reading ─┬ entities ──┐
//!                  └→ Reject                           └ quantities ┴ reconcile → Story ─tables→ Parquet
//! ```
//!
//! It owns threads, settings, progress and the exit status; what a page becomes is decided in the stages.

pub mod analysis;
pub mod dry_run;
pub mod explain;
pub mod explain_html;
pub mod filter;
mod identity;
mod ledger;
mod memory;
mod plan;
mod reading;
mod reconcile;
pub mod run;
mod selection;
mod settings;
pub mod status;
mod stream;
mod survey;

pub use analysis::{Rules, Stopwatch};
pub use memory::default_limit;
pub use selection::Selection;
pub use settings::Settings;
pub use status::{Failure, Status};
pub use stream::Crew;
