//! Settles what entities and quantities both claim: the one place between the two crates.

use copydesk_types::{Kind, Mention, Quantity};

/// Keeps, of a mention and a quantity that overlap, the one that the text means.
///
/// A number inside a name belongs to the name (`33rd` in a named meeting), but for a document's number, which is a
/// reference of its own (`Decision 135/QD-TCHQ`); a name inside an amount belongs to the amount (`100 million Vietnamese
/// Dong`, `US$5`). Where they only cross, the amount stays: its grammar is the stricter.
pub(crate) fn reconcile(mentions: &mut Vec<Mention>, quantities: &mut Vec<Quantity>) {
    let overlapping = |mention: &Mention, quantities: &[Quantity]| {
        let from = quantities.partition_point(|q| q.span.end <= mention.span.start);
        let upto = quantities.partition_point(|q| q.span.start < mention.span.end);
        from..upto.max(from)
    };
    let mut in_a_name = vec![false; quantities.len()];
    mentions.retain(|mention| {
        let range = overlapping(mention, quantities);
        let inside = |q: &Quantity| mention.span.contains(q.span) && mention.span != q.span;
        if !quantities[range.clone()].iter().all(inside) {
            return false;
        }
        in_a_name[range].fill(true);
        true
    });
    let mut name = in_a_name.into_iter();
    quantities.retain(|q| !name.next().unwrap_or(false) || q.value.kind() == Kind::Reference);
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk_types::{Amount, EntityLabel, Span, Value};

    fn mention(start: usize, end: usize) -> Mention {
        Mention {
            span: Span::new(start, end),
            label: EntityLabel::Law,
            canonical: String::new(),
            entity_id: String::new(),
            acronym: None,
            country: None,
            role: None,
            role_of: None,
            confidence: 1.0,
        }
    }

    fn quantity(start: usize, end: usize, value: Value) -> Quantity {
        Quantity {
            span: Span::new(start, end),
            value,
            modifier: None,
            direction: None,
            of: None,
            measured: None,
            confidence: 1.0,
        }
    }

    #[test]
    fn overlaps_are_settled() {
        let count = || Value::Cardinal(Amount::exact(rust_decimal::Decimal::ONE));
        for (name, m, q, value, mentions_left, quantities_left) in [
            ("number in a name", (0, 9), (2, 4), count(), 1, 0),
            ("reference in a law", (0, 9), (2, 9), Value::Reference, 1, 1),
            ("name in an amount", (2, 4), (0, 9), count(), 0, 1),
            ("same span", (2, 4), (2, 4), count(), 0, 1),
            ("crossing", (0, 5), (3, 9), count(), 0, 1),
            ("side by side", (0, 5), (5, 9), count(), 1, 1),
        ] {
            let (mut mentions, mut quantities) = (vec![mention(m.0, m.1)], vec![quantity(q.0, q.1, value)]);
            reconcile(&mut mentions, &mut quantities);
            assert_eq!((mentions.len(), quantities.len()), (mentions_left, quantities_left), "{name}");
        }
    }
}
