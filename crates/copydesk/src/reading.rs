//! Reads the inputs of a run one after the other, from the start or from where an earlier run stopped.

use std::ops::ControlFlow;

use copydesk_ingest::{Input, Position, read_from};
use copydesk_types::{Page, Reject};
use serde::{Deserialize, Serialize};

use crate::run::{Stop, stopped};
use crate::settings::Settings;
use crate::stream::Sink;

/// One thing read.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) place: Place,
    /// The page, or why there is none.
    pub(crate) page: Result<Page, Reject>,
}

/// Where something was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The number of the input.
    pub(crate) input: usize,
    /// The number of the item in the input, of those that the selection takes.
    pub(crate) item: usize,
    /// Pages that the selection has taken before it, of all inputs.
    taken: usize,
    /// Where its record starts: byte, decompressed bytes of the member, ordinal.
    record: (u64, u64, u64),
}

impl Item {
    pub(crate) fn bytes(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.bytes.len())
    }
}

/// Hands every page and reject of the inputs that are `wanted` to `sink`, numbered in their order, until a signal comes.
/// Goes on behind the page that was read at `behind`.
pub(crate) fn read_all(
    settings: &Settings,
    inputs: &[Input],
    wanted: impl Fn(&Input) -> bool,
    behind: Option<Place>,
    stop: &Stop,
    sink: &mut Sink<'_, Item>,
) {
    let limit = settings.selection.limit.unwrap_or(usize::MAX);
    let mut taken = behind.map_or(0, |place| place.taken);
    let first = behind.map_or(0, |place| place.input);
    for (input, from) in inputs.iter().enumerate().skip(first).filter(|(_, from)| wanted(from)) {
        let last = behind.filter(|place| place.input == input);
        let mut item = last.map_or(0, |place| place.item);
        let mut known = last.is_some();
        let start = last.map_or(Position::default(), |Place { record: (byte, within, ordinal), .. }| {
            Position { byte, within, ordinal }
        });
        let (_, flow) = read_from(&settings.ingest, from, start, &mut |found| {
            if stopped(stop).is_some() || taken == limit {
                return ControlFlow::Break(());
            }
            if let Ok(page) = &found.result
                && !settings.selection.takes(page)
            {
                return ControlFlow::Continue(());
            }
            let Position { byte, within, ordinal } = found.position;
            let place = Place { input, item, taken, record: (byte, within, ordinal) };
            taken += usize::from(found.result.is_ok());
            item += 1;
            // The first one is the page that reading goes on behind.
            if std::mem::take(&mut known) {
                return ControlFlow::Continue(());
            }
            let item = Item { place, page: found.result };
            let bytes = item.bytes();
            sink(item, bytes)
        });
        if flow.is_break() {
            return;
        }
    }
}
