//! Rewrites sentences as headlines have them, so that capitals there say as little as they should.

/// How a copy of a sentence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recasing {
    /// All in capitals.
    Upper,
    /// Every word but the small ones with a capital.
    Title,
    /// All in lower case.
    Lower,
}

/// Small words that headlines leave in lower case.
const SMALL: [&str; 22] = [
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "n't", "of", "on", "or", "over",
    "s", "the", "to", "via", "vs", "with",
];

/// What the copy of sentence `number` is, for those that get one: one in ten in capitals, one in ten as a headline, one in
/// forty in lower case.
pub(super) const fn of_sentence(number: usize) -> Option<Recasing> {
    match number % 40 {
        0 | 10 | 20 | 30 => Some(Recasing::Upper),
        5 | 15 | 25 | 35 => Some(Recasing::Title),
        1 => Some(Recasing::Lower),
        _ => None,
    }
}

/// The tokens rewritten.
pub(super) fn rewrite(tokens: &[String], recasing: Recasing) -> Vec<String> {
    tokens
        .iter()
        .enumerate()
        .map(|(at, token)| match recasing {
            Recasing::Upper => token.to_uppercase(),
            Recasing::Lower => token.to_lowercase(),
            Recasing::Title if at > 0 && SMALL.contains(&token.as_str()) => token.clone(),
            Recasing::Title => capitalised(token),
        })
        .collect()
}

fn capitalised(token: &str) -> String {
    let mut chars = token.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rewritten() {
        let tokens: Vec<String> = "Customs officers of Laos".split(' ').map(str::to_owned).collect();
        for (recasing, expected) in [
            (Recasing::Upper, "CUSTOMS OFFICERS OF LAOS"),
            (Recasing::Title, "Customs Officers of Laos"),
            (Recasing::Lower, "customs officers of laos"),
        ] {
            assert_eq!(rewrite(&tokens, recasing).join(" "), expected);
        }
    }
}
