//! Exact arithmetic of numbers; what does not fit is none, never rounded.

use copydesk_types::Number;
use rust_decimal::Decimal;

/// `10^power`, for powers up to 28.
pub(crate) fn power_of_ten(power: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(10_i128.checked_pow(power)?, 0).ok()
}

/// `p / q` as a decimal where it is a finite one, otherwise in lowest terms.
pub(crate) fn ratio(p: i64, q: i64) -> Option<Number> {
    if q <= 0 {
        return None;
    }
    let divisor = gcd(p.unsigned_abs(), q.unsigned_abs());
    let (p, q) = (p / i64::try_from(divisor).ok()?, q / i64::try_from(divisor).ok()?);
    let mut rest = q;
    for prime in [2, 5] {
        while rest % prime == 0 {
            rest /= prime;
        }
    }
    if rest == 1 {
        return Decimal::from(p).checked_div(Decimal::from(q)).map(Number::Decimal);
    }
    Some(Number::Ratio(p, q))
}

/// `a + b`
pub(crate) fn add(a: Number, b: Number) -> Option<Number> {
    if let (Number::Decimal(a), Number::Decimal(b)) = (a, b) {
        // A sum of very unlike sizes would be rounded.
        let sum = a.checked_add(b)?;
        let exact = sum.checked_sub(b)? == a && sum.checked_sub(a)? == b;
        return exact.then_some(Number::Decimal(sum));
    }
    let ((p, q), (r, s)) = (fraction(a)?, fraction(b)?);
    ratio(p.checked_mul(s)?.checked_add(r.checked_mul(q)?)?, q.checked_mul(s)?)
}

/// `a * b`
pub(crate) fn mul(a: Number, b: Number) -> Option<Number> {
    if let (Number::Decimal(a), Number::Decimal(b)) = (a, b) {
        let (a, b) = (a.normalize(), b.normalize());
        let digits = a.scale() + b.scale();
        let mantissa = a.mantissa().checked_mul(b.mantissa())?;
        return Decimal::try_from_i128_with_scale(mantissa, digits)
            .ok()
            .map(|d| Number::Decimal(d.normalize()));
    }
    let ((p, q), (r, s)) = (fraction(a)?, fraction(b)?);
    ratio(p.checked_mul(r)?, q.checked_mul(s)?)
}

/// `a / b`
pub(crate) fn div(a: Number, b: Number) -> Option<Number> {
    let ((p, q), (r, s)) = (fraction(a)?, fraction(b)?);
    (r > 0).then(|| ratio(p.checked_mul(s)?, q.checked_mul(r)?))?
}

/// `base^exponent`
pub(crate) fn power(base: Number, exponent: i32) -> Option<Number> {
    if base == Number::Decimal(Decimal::TEN) && exponent < 0 {
        return Decimal::try_new(1, exponent.unsigned_abs()).ok().map(Number::Decimal);
    }
    let one = Number::Decimal(Decimal::ONE);
    let power = (0..exponent.unsigned_abs()).try_fold(one, |power, _| mul(power, base))?;
    if exponent < 0 { div(one, power) } else { Some(power) }
}

/// `-a`
pub(crate) fn negate(a: Number) -> Number {
    match a {
        Number::Decimal(d) => Number::Decimal(-d),
        Number::Ratio(p, q) => Number::Ratio(-p, q),
    }
}

/// Whether `a < b`, by value.
pub(crate) fn less(a: Number, b: Number) -> bool {
    match (a, b) {
        (Number::Decimal(a), Number::Decimal(b)) => a < b,
        _ => a.to_f64() < b.to_f64(),
    }
}

/// The number as a whole number, if it is one.
pub(crate) fn whole(a: Number) -> Option<i64> {
    let Number::Decimal(d) = a else { return None };
    let d = d.normalize();
    (d.scale() == 0).then_some(())?;
    i64::try_from(d.mantissa()).ok()
}

fn fraction(a: Number) -> Option<(i64, i64)> {
    match a {
        Number::Ratio(p, q) => Some((p, q)),
        Number::Decimal(d) => {
            let d = d.normalize();
            Some((i64::try_from(d.mantissa()).ok()?, 10_i64.checked_pow(d.scale())?))
        }
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn n(text: &str) -> Number {
        match text.split_once('/') {
            Some((p, q)) => ratio(p.parse().expect("p"), q.parse().expect("q")).expect("a ratio"),
            None => Number::Decimal(text.parse().expect("a decimal")),
        }
    }

    #[test]
    fn sums_and_products() {
        for (a, b, sum, product) in [
            ("1.5", "2", Some("3.5"), Some("3")),
            ("1/3", "2", Some("7/3"), Some("2/3")),
            ("1/3", "2/3", Some("1"), Some("2/9")),
            ("1/4", "1/4", Some("0.5"), Some("0.0625")),
            ("79228162514264337593543950335", "79228162514264337593543950335", None, None),
            ("79228162514264337593543950335", "0.1", None, Some("7922816251426433759354395033.5")),
        ] {
            assert_eq!(add(n(a), n(b)).map(|x| x.to_string()).as_deref(), sum, "{a} + {b}");
            assert_eq!(mul(n(a), n(b)).map(|x| x.to_string()).as_deref(), product, "{a} * {b}");
        }
    }

    #[test]
    fn powers() {
        for (base, exponent, expected) in [
            ("10", 6, Some("1000000")),
            ("10", -5, Some("0.00001")),
            ("1.1", 23, Some("8.95430243255237372246531")),
            ("2500", -1, Some("0.0004")),
            ("3", -1, Some("1/3")),
            ("7", 0, Some("1")),
            ("0", -1, None),
            ("10", 999, None),
        ] {
            assert_eq!(
                power(n(base), exponent).map(|x| x.to_string()).as_deref(),
                expected,
                "{base}^{exponent}"
            );
        }
    }

    proptest! {
        #[test]
        fn arithmetic_is_total(p in any::<i64>(), q in any::<i64>(), r in any::<i64>(), s in any::<i64>()) {
            for a in [ratio(p, q), Some(Number::Decimal(p.into()))].into_iter().flatten() {
                for b in [ratio(r, s), Some(Number::Decimal(Decimal::new(r, 9)))].into_iter().flatten() {
                    prop_assert_eq!(add(a, b), add(b, a));
                    prop_assert_eq!(mul(a, b), mul(b, a));
                    prop_assert!(!(less(a, b) && less(b, a)));
                }
            }
        }
    }
}
