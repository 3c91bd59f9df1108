//! Reads a number in digits, exactly, by the way that its page groups digits: `1,234.5`, `1.234,5`, `12,34,567`.

use rust_decimal::Decimal;

/// Which mark stands before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// A full stop: `1,234.5`.
    #[default]
    Point,
    /// A comma: `1.234,5`.
    Comma,
}

impl Style {
    /// The style of a page, from all its numbers: only those that can be read one way tell.
    pub fn of_page<'a>(numbers: impl Iterator<Item = &'a str>) -> Self {
        let mut balance = 0_i64;
        for number in numbers {
            balance += match told_by(number) {
                Some(Self::Point) => 1,
                Some(Self::Comma) => -1,
                None => 0,
            };
        }
        if balance < 0 { Self::Comma } else { Self::Point }
    }
}

/// The style that a number tells by itself.
fn told_by(number: &str) -> Option<Style> {
    let bytes = number.as_bytes();
    let mark = bytes.iter().rposition(|b| !b.is_ascii_digit())?;
    let other = if bytes[mark] == b'.' { b',' } else { b'.' };
    let decimals = bytes.len() - mark - 1;
    let decimal_style = if bytes[mark] == b'.' { Style::Point } else { Style::Comma };
    let grouping_style = if bytes[mark] == b'.' { Style::Comma } else { Style::Point };
    let marks = bytes.iter().filter(|&&b| b == bytes[mark]).count();
    if bytes[..mark].contains(&other) {
        return (marks == 1).then_some(decimal_style);
    }
    match (marks, decimals) {
        (1, 3) if bytes[0] != b'0' && mark <= 3 => None,
        (1, _) => Some(decimal_style),
        (_, 3) => Some(grouping_style),
        _ => None,
    }
}

/// Whether `number` means different things in the two styles: `19.042`.
pub fn depends_on_style(number: &str) -> bool {
    let groups_of = |mark| number.split_once(mark).is_some_and(|(_, rest)| rest.len() == 3);
    told_by(number).is_none() && (groups_of('.') || groups_of(','))
}

/// The value of digits with separators; none where they are grouped in no known way (`1,2,3`, `192.168.1.1`) or are
/// more than a [`Decimal`] holds.
pub fn decimal(number: &str, style: Style) -> Option<Decimal> {
    if let Some(decimals) = number.strip_prefix('.') {
        return if decimals.is_empty() { None } else { fixed("", decimals) };
    }
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let style = told_by(number).unwrap_or(style);
    let (group, point) = match style {
        Style::Point => (',', '.'),
        Style::Comma => ('.', ','),
    };
    let (whole, decimals) =
        number.split_once(point).map_or((number, ""), |(whole, decimals)| (whole, decimals));
    if is_grouped(whole, group) { fixed(whole, decimals) } else { None }
}

/// The decimal with these digits before its point, marks between them passed over, and these behind it.
fn fixed(whole: &str, decimals: &str) -> Option<Decimal> {
    if !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = whole.bytes().filter(u8::is_ascii_digit).chain(decimals.bytes());
    let mut mantissa = 0_i128;
    for digit in digits {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
    }
    Decimal::try_from_i128_with_scale(mantissa, decimals.len().try_into().ok()?).ok()
}

/// Digits without a mark, in groups of three, or in the Indian way: three at the end, two before.
fn is_grouped(whole: &str, mark: char) -> bool {
    let mut groups = whole.rsplit(mark).map(str::len);
    let (Some(last), count) = (groups.next(), whole.matches(mark).count()) else { return false };
    if count == 0 {
        return whole.bytes().all(|b| b.is_ascii_digit());
    }
    let rest: (bool, bool) =
        whole.split(mark).take(count).enumerate().fold((true, true), |(by_3, by_2), (i, group)| {
            let fits = |size| if i == 0 { (1..=size).contains(&group.len()) } else { group.len() == size };
            (by_3 && fits(3), by_2 && fits(2))
        });
    let digits_only = whole.bytes().all(|b| b.is_ascii_digit() || char::from(b) == mark);
    last == 3 && digits_only && !whole.starts_with('0') && (rest.0 || rest.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of() {
        use Style::{Comma, Point};
        for (number, style, expected) in [
            ("7", Point, Some("7")),
            ("0033", Point, Some("33")),
            ("1,234.5", Comma, Some("1234.5")),
            ("1.234,5", Point, Some("1234.5")),
            ("19.042", Point, Some("19.042")),
            ("19.042", Comma, Some("19042")),
            ("19,042", Point, Some("19042")),
            ("19,042", Comma, Some("19.042")),
            ("0.125", Comma, Some("0.125")),
            ("1.5", Comma, Some("1.5")),
            ("1,5", Point, Some("1.5")),
            ("12,34,567", Point, Some("1234567")),
            ("12,34,567.25", Point, Some("1234567.25")),
            ("1.234.567", Point, Some("1234567")),
            ("22,240,260,310", Point, Some("22240260310")),
            (".08", Point, Some("0.08")),
            (".0.8", Point, None),
            ("1,2,3", Point, None),
            ("192.168.1.1", Point, None),
            ("1,2345,678", Point, None),
            ("0,123,456", Point, None),
            ("", Point, None),
            (".", Point, None),
            ("99999999999999999999999999999999999999999999", Point, None),
            ("1.23456789012345678901234567890123456789", Point, None),
        ] {
            let found = decimal(number, style).map(|d| d.normalize().to_string());
            assert_eq!(found.as_deref(), expected, "{number} {style:?}");
        }
    }

    #[test]
    fn pages_tell_their_style() {
        for (numbers, style) in [
            (&["19.042", "1,234.5"][..], Style::Point),
            (&["19.042", "12,5"], Style::Comma),
            (&["19.042"], Style::Point),
            (&["1.234.567"], Style::Comma),
            (&[], Style::Point),
        ] {
            assert_eq!(Style::of_page(numbers.iter().copied()), style, "{numbers:?}");
        }
    }

    #[test]
    fn three_decimals_depend_on_the_style() {
        for (number, expected) in
            [("19.042", true), ("19,042", true), ("0.042", false), ("1.5", false), ("2024", false)]
        {
            assert_eq!(depends_on_style(number), expected, "{number}");
        }
    }
}
