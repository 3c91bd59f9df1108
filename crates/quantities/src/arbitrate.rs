//! What the grammars propose, and the one place that chooses among proposals that overlap.

use copydesk_types::{Kind, Quantity, Span, Value};

/// A quantity as a grammar proposes it: the words around it are read once it is chosen.
pub(crate) const fn proposal(span: Span, value: Value) -> Quantity {
    /// What a grammar read whole is right at least this often in the development sets.
    const CONFIDENCE: f32 = 0.9;
    Quantity {
        span,
        value,
        modifier: None,
        direction: None,
        of: None,
        measured: None,
        confidence: CONFIDENCE,
    }
}

/// The proposals of all kinds, in text order and without overlaps: of two that overlap the longer one stays; of two with one
/// span, a date, time or duration before a count. Nothing stays inside the spans of `silent`, which are in text order.
pub(crate) fn choose(mut proposals: Vec<Quantity>, silent: &[Span]) -> Vec<Quantity> {
    let is_silent = |span: Span| {
        let at = silent.partition_point(|silent| silent.end < span.end);
        silent.get(at).is_some_and(|silent| silent.contains(span))
    };
    proposals.retain(|proposal| !is_silent(proposal.span));
    proposals.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end), rank(q.value.kind())));
    let mut chosen: Vec<Quantity> = Vec::with_capacity(proposals.len());
    for proposal in proposals {
        let Some(last) = chosen.last_mut().filter(|last| last.span.overlaps(proposal.span)) else {
            chosen.push(proposal);
            continue;
        };
        if proposal.span.len() > last.span.len() {
            *last = proposal;
        }
    }
    chosen
}

/// The lower, the sooner among proposals with one span.
const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Reference => 0,
        Kind::Duration | Kind::Time => 1,
        Kind::Date => 2,
        Kind::Cardinal => 3,
        Kind::Money | Kind::Percent | Kind::Measure | Kind::Ordinal => 4,
    }
}
