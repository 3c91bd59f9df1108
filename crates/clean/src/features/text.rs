//! What a block's text alone shows, counted in one pass over its characters, in any language.

/// Marks that close a quotation or bracket; the mark before them tells how the sentence ends.
const CLOSERS: [char; 9] = ['"', '\'', '”', '’', '»', ')', ']', '」', '“'];

/// How a text ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// A letter or a digit.
    #[default]
    Bare,
    /// Some other mark.
    Mark,
    /// A closing bracket or quotation mark, no sentence end before it.
    Closer,
    /// A comma, semicolon or dash.
    Comma,
    /// A colon.
    Colon,
    /// An ellipsis.
    Ellipsis,
    /// A question or exclamation mark.
    Question,
    /// A full stop.
    Stop,
}

impl Ending {
    /// Whether it is a full stop.
    pub(crate) const fn is_stop(self) -> bool {
        matches!(self, Self::Stop)
    }

    /// Whether a sentence ends here.
    pub(crate) const fn ends_sentence(self) -> bool {
        matches!(self, Self::Ellipsis | Self::Question | Self::Stop)
    }
}

/// How a text begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Anything else.
    #[default]
    Other,
    /// A bullet, dash, arrow or another mark.
    Mark,
    /// A digit.
    Digit,
    /// A small letter.
    Small,
    /// A letter without case.
    Uncased,
    /// An opening quotation mark.
    Quote,
    /// A capital.
    Capital,
}

/// Counts over one text.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextStats {
    /// Words; in scripts without blanks every two characters count as one.
    pub(crate) words: usize,
    /// Characters other than white space.
    pub(crate) chars: usize,
    /// Letters.
    pub(crate) letters: usize,
    /// Digits.
    pub(crate) digits: usize,
    /// Words that open with a capital.
    pub(crate) capitalised: usize,
    /// Words of two letters or more without a small one.
    pub(crate) all_capitals: usize,
    /// Words that open with a small letter.
    pub(crate) small: usize,
    /// Words of three letters or fewer.
    pub(crate) short: usize,
    /// Commas and semicolons.
    pub(crate) commas: usize,
    /// Sentence ends.
    pub(crate) stops: usize,
    /// Question and exclamation marks.
    pub(crate) questions: usize,
    /// Quotation marks.
    pub(crate) quotes: usize,
    /// Colons.
    pub(crate) colons: usize,
    /// Bars, slashes, bullets and arrows, as menus have between their items.
    pub(crate) separators: usize,
    /// Symbols of copyright, trade marks and the like.
    pub(crate) symbols: usize,
    /// Numbers of four digits from 1900 to 2099.
    pub(crate) years: usize,
    /// Digits with a colon, full stop, slash or dash between them: times, numeric dates.
    pub(crate) clock: usize,
    /// `@name`, `#tag`, addresses.
    pub(crate) handles: usize,
    /// Words of the longest sentence.
    pub(crate) longest_sentence: usize,
    /// A small letter with a capital glued to it: two texts without a blank between.
    pub(crate) glued: usize,
    /// The beginning.
    pub(crate) opening: Opening,
    /// The end.
    pub(crate) ending: Ending,
    /// Hash of its letters and digits, case folded: equal for texts that say the same.
    pub(crate) fold: u64,
    /// Whether its second half says again what the first does.
    pub(crate) doubled: bool,
}

/// Counts over `text`, and the hashes of its folded words, appended to `hashes`.
pub(crate) fn read(text: &str, hashes: &mut Vec<u32>) -> TextStats {
    let mut stats = TextStats { opening: opening(text), ending: ending(text), ..TextStats::default() };
    let first = hashes.len();
    let mut sentence = 0;
    for word in text.split([' ', '\t', '\n']) {
        let seen = read_word(word, &mut stats);
        if let Some(hash) = seen.hash {
            hashes.push(hash);
            stats.words += seen.weight;
            sentence += seen.weight;
            stats.longest_sentence = stats.longest_sentence.max(sentence);
        }
        if seen.ends_sentence {
            stats.stops += 1;
            sentence = 0;
        }
    }
    let words = &hashes[first..];
    stats.fold = words.iter().fold(HASH_SEED, |hash, &word| mix(hash, u64::from(word)));
    let (left, right) = words.split_at(words.len() / 2);
    stats.doubled = words.len() >= 4 && left == right;
    stats
}

/// What one word shows besides what is counted.
struct Word {
    /// Hash of its letters and digits, folded; none where it has neither.
    hash: Option<u32>,
    weight: usize,
    ends_sentence: bool,
}

const HASH_SEED: u64 = 0xcbf2_9ce4_8422_2325;

const fn mix(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

#[allow(clippy::cast_possible_truncation, reason = "the upper half of a hash")]
fn read_word(word: &str, stats: &mut TextStats) -> Word {
    let (mut letters, mut digits, mut smalls, mut capitals, mut ideographs) = (0_usize, 0_usize, 0, 0, 0);
    let mut hash = HASH_SEED;
    let mut before = '\0';
    let (mut first, mut last_mark) = ('\0', '\0');
    for c in word.chars() {
        stats.chars += 1;
        if c.is_alphabetic() {
            if c.is_lowercase() {
                smalls += 1;
            } else if c.is_uppercase() {
                capitals += 1;
                stats.glued += usize::from(before.is_lowercase());
            }
            ideographs += usize::from(is_ideograph(c));
            letters += 1;
            hash = mix(hash, u64::from(fold(c)));
        } else if c.is_ascii_digit() || c.is_numeric() {
            digits += 1;
            hash = mix(hash, u64::from(c));
        } else {
            match c {
                ',' | ';' | '、' | '，' | '،' => stats.commas += 1,
                '?' | '!' | '？' | '！' | '؟' => stats.questions += 1,
                '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => stats.quotes += 1,
                ':' | '：' => stats.colons += 1,
                '|' | '/' | '•' | '·' | '›' | '→' | '>' | '►' => stats.separators += 1,
                '©' | '®' | '™' => stats.symbols += 1,
                '@' | '#' => stats.handles += 1,
                _ => {}
            }
            if before.is_ascii_digit() && matches!(c, ':' | '.' | '/' | '-') {
                stats.clock += 1;
            }
            if !CLOSERS.contains(&c) {
                last_mark = c;
            }
        }
        if before == '\0' || (letters == 1 && first == '\0') {
            first = if c.is_alphanumeric() { c } else { first };
        }
        if c.is_alphanumeric() {
            last_mark = '\0';
        }
        before = c;
    }
    stats.letters += letters;
    stats.digits += digits;
    if letters + digits == 0 {
        return Word { hash: None, weight: 0, ends_sentence: false };
    }
    stats.capitalised += usize::from(first.is_uppercase());
    stats.small += usize::from(first.is_lowercase());
    stats.all_capitals += usize::from(capitals >= 2 && smalls == 0);
    stats.short += usize::from(letters + digits <= 3);
    stats.years += usize::from(digits == 4 && letters == 0 && is_year(word));
    stats.handles += usize::from(word.starts_with("http") || word.starts_with("www."));
    Word {
        hash: Some((hash >> 32) as u32),
        weight: (ideographs / 2).max(1),
        ends_sentence: matches!(last_mark, '.' | '?' | '!' | '…' | '。' | '？' | '！' | '।' | '؟'),
    }
}

fn fold(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// Characters of scripts that put no blanks between words.
const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_year(word: &str) -> bool {
    let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

fn opening(text: &str) -> Opening {
    match text.chars().next() {
        Some('"' | '“' | '„' | '«' | '‘' | '\'' | '「') => Opening::Quote,
        Some(c) if c.is_uppercase() => Opening::Capital,
        Some(c) if c.is_lowercase() => Opening::Small,
        Some(c) if c.is_numeric() => Opening::Digit,
        Some(c) if c.is_alphabetic() => Opening::Uncased,
        Some(_) => Opening::Mark,
        None => Opening::Other,
    }
}

fn ending(text: &str) -> Ending {
    let bare = text.trim_end_matches(CLOSERS);
    match bare.chars().next_back() {
        Some('…') => Ending::Ellipsis,
        Some('.') if bare.ends_with("...") => Ending::Ellipsis,
        Some('.' | '。' | '।' | '۔') => Ending::Stop,
        Some('?' | '!' | '？' | '！' | '؟') => Ending::Question,
        _ if bare.len() < text.len() => Ending::Closer,
        Some(':' | '：') => Ending::Colon,
        Some(',' | ';' | '-' | '–' | '—' | '，' | '、') => Ending::Comma,
        Some(c) if !c.is_alphanumeric() => Ending::Mark,
        _ => Ending::Bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stats(text: &str) -> TextStats {
        read(text, &mut Vec::new())
    }

    #[test]
    fn endings() {
        for (text, expected) in [
            ("The port opened.", Ending::Stop),
            ("\"It opened.\"", Ending::Stop),
            ("Read on…", Ending::Ellipsis),
            ("Read on...", Ending::Ellipsis),
            ("Why now?", Ending::Question),
            ("Tariffs (new)", Ending::Closer),
            ("Contents:", Ending::Colon),
            ("World news", Ending::Bare),
            ("港が開いた。", Ending::Stop),
            ("", Ending::Bare),
        ] {
            assert_eq!(ending(text), expected, "{text}");
        }
    }

    #[test]
    fn counts() {
        let found = stats("On 3 May 2024, the U.N. met in Geneva; \"good,\" it said. At 10:30 it ended.");
        assert_eq!((found.words, found.years, found.clock, found.quotes), (16, 1, 1, 2));
        assert_eq!(found.commas, 3);
        assert_eq!(found.opening, Opening::Capital);
        assert_eq!(stats("MenuSearch").glued, 1);
        assert_eq!(stats("東京港が再開した").words, 4);
    }

    #[test]
    fn the_same_said_again() {
        assert!(stats("Port opens again Port opens again").doubled);
        assert!(!stats("Port opens again Port opens").doubled);
        assert!(!stats("Ha ha").doubled);
        assert_eq!(stats("Port opens: again").fold, stats("PORT OPENS AGAIN").fold);
        assert_ne!(stats("Port opens again").fold, stats("again opens Port").fold);
    }
}
