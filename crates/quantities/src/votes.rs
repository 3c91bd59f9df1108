//! What a page tells about its currencies, and which of several a shared sign means there.

/// What a page tells about its currencies, each in the order of the table.
#[derive(Debug)]
pub(crate) struct Votes {
    /// How often the page speaks of a currency's places.
    places: Vec<u32>,
    /// Whether the page writes the currency with a sign of its own: then a shared sign is not it.
    signed: Vec<bool>,
}

impl Votes {
    /// No votes yet for any of so many currencies.
    pub(crate) fn new(currencies: usize) -> Self {
        Self { places: vec![0; currencies], signed: vec![false; currencies] }
    }

    /// Counts a mention of a currency's place.
    pub(crate) fn speak_of(&mut self, currency: usize) {
        self.places[currency] += 1;
    }

    /// Notes that a currency stands with its own sign.
    pub(crate) fn sign(&mut self, currency: usize) {
        self.signed[currency] = true;
    }

    /// How often the page speaks of a currency's places.
    pub(crate) fn of(&self, currency: usize) -> u32 {
        self.places[currency]
    }

    /// Votes for a currency as the meaning of a shared sign.
    fn of_unsigned(&self, currency: usize) -> u32 {
        if self.signed[currency] { 0 } else { self.places[currency] }
    }
}

/// The currencies that share a sign or name.
#[derive(Debug)]
pub(crate) struct Candidates {
    /// All of them.
    pub(crate) all: Vec<usize>,
    /// The one that is meant where the page tells nothing.
    pub(crate) usual: Option<usize>,
}

/// Votes from which another currency takes a sign from the usual one; set by reading news of Australia and Canada.
const VOTES_AGAINST_USUAL: u32 = 2;

impl Candidates {
    /// The one that a page with these votes means. The usual one needs no vote, but gives way where the page speaks of
    /// another alone; where it speaks of another more than of the usual one, the sign stays open. Without a usual one, a
    /// candidate needs twice the votes of the next.
    pub(crate) fn choose(&self, votes: &Votes) -> Option<usize> {
        let best = self.all.iter().copied().rev().max_by_key(|&currency| votes.of_unsigned(currency))?;
        let most = votes.of_unsigned(best);
        let Some(usual) = self.usual else {
            let others = self.all.iter().filter(|&&currency| currency != best);
            let rival = others.map(|&currency| votes.of_unsigned(currency)).max().unwrap_or(0);
            return (most > 0 && rival * 2 <= most).then_some(best);
        };
        match votes.of(usual) {
            usually if most <= usually || most < VOTES_AGAINST_USUAL => Some(usual),
            0 => Some(best),
            _ => None,
        }
    }
}
