//! Decimal numbers, read and written. std's parser and printer are 40 KB of wasm, for the last bit of numbers nobody writes.

/// Reads `-12.5e-3` and the like; none for anything else, or for a number no `f32` holds.
///
/// Up to 15 significant digits are exact, so whatever Rust or JavaScript prints of an `f32` comes back bit for bit;
/// further digits are dropped.
pub fn parse(text: &str) -> Option<f32> {
    let (text, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (mut digits, mut any, mut point) = (0u64, false, false);
    let mut exponent: i32 = power.parse().ok()?;
    for byte in number.bytes() {
        match byte {
            b'0'..=b'9' => {
                any = true;
                if digits < 100_000_000_000_000 {
                    digits = digits * 10 + u64::from(byte - b'0');
                    exponent = exponent.saturating_sub(i32::from(point));
                } else {
                    exponent = exponent.saturating_add(i32::from(!point));
                }
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    let value = scale(digits as f64, exponent);
    let value = if negative { -value } else { value } as f32;
    value.is_finite().then_some(value)
}

/// `value · 10^exponent`. Each step is exact up to 10²²; beyond, an f32 is zero or infinite anyway, or off by far less
/// than its last bit.
fn scale(mut value: f64, mut exponent: i32) -> f64 {
    for _ in 0..exponent.unsigned_abs().min(700).div_ceil(22) {
        let part = exponent.clamp(-22, 22);
        value = if part < 0 { value / TEN[part.unsigned_abs() as usize] } else { value * TEN[part as usize] };
        exponent -= part;
    }
    value
}

/// The fewest digits that are read as `x` again, as std prints it.
pub fn text(x: f32) -> String {
    shortest(x.into(), 9, &|value| value as f32 == x)
}

/// A number in a message: to 15 digits.
#[derive(Debug)]
pub struct Shown(pub f64);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&shortest(self.0, 15, &|value| value == self.0))
    }
}

#[inline(never)]
fn shortest(x: f64, most: i32, same: &dyn Fn(f64) -> bool) -> String {
    let sign = if x.is_sign_negative() && !x.is_nan() { "-" } else { "" };
    let size = x.abs();
    if !(size > 0.0 && size < f64::INFINITY) {
        let word = if x.is_nan() {
            "NaN"
        } else if size > 0.0 {
            "inf"
        } else {
            "0"
        };
        return [sign, word].concat();
    }
    // 10^(power − 1) ≤ size < 10^power: the decimal point stands after so many digits.
    let mut power = ((size.to_bits() >> 52) as i32 - 1022) * 1233 / 4096;
    while scale(size, -power) >= 1.0 {
        power += 1;
    }
    while scale(size, -power) < 0.1 {
        power -= 1;
    }
    let at = |count: i32| (scale(size, count - power).round(), power - count);
    let (mut digits, mut exponent) = at(most);
    for count in 1..most {
        let (few, by) = at(count);
        if same(scale(few, by) * if x < 0.0 { -1.0 } else { 1.0 }) {
            (digits, exponent) = (few, by);
            break;
        }
    }
    let digits = (digits as u64).to_string();
    let point = digits.len() as i32 + exponent;
    let zeros = |count: i32| "0".repeat(count.max(0) as usize);
    let (whole, rest) = digits.split_at_checked(point.max(0) as usize).unwrap_or((&digits, ""));
    let rest = rest.trim_end_matches('0');
    let (lead, dot) = (if point > 0 { "" } else { "0" }, if rest.is_empty() { "" } else { "." });
    [sign, lead, whole, &zeros(exponent), dot, &zeros(-point), rest].concat()
}

const TEN: [f64; 23] = {
    let (mut powers, mut i) = ([1.0; 23], 1);
    while i < 23 {
        powers[i] = powers[i - 1] * 10.0;
        i += 1;
    }
    powers
};

#[cfg(test)]
mod tests {
    use super::{Shown, parse, text};

    #[test]
    fn what_rust_prints_comes_back_bit_for_bit() {
        let mut bits = 1u32;
        for _ in 0..200_000 {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let x = f32::from_bits(bits);
            if x.is_finite() {
                assert_eq!(parse(&x.to_string()).map(f32::to_bits), Some(bits), "{x}");
                assert_eq!(parse(&format!("{x:e}")).map(f32::to_bits), Some(bits), "{x:e}");
            }
        }
    }

    #[test]
    fn numbers_are_written_as_rust_writes_them() {
        let mut bits = 1u32;
        for _ in 0..200_000 {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let x = f32::from_bits(bits);
            assert_eq!(text(x), x.to_string());
        }
        for x in [
            0.0,
            -0.0,
            1.0,
            0.1,
            1e-45,
            f32::MAX,
            f32::MIN_POSITIVE,
            16_777_216.0,
            1e9,
            f32::INFINITY,
            -f32::INFINITY,
            f32::NAN,
        ] {
            assert_eq!(text(x), x.to_string());
        }
        for x in [
            1e-5,
            10.0,
            1e9,
            1e300,
            1e-300,
            -0.5,
            1_000_000.0,
            0.999_999,
            f64::NAN,
            f64::INFINITY,
            4_294_967_296.0,
        ] {
            assert_eq!(Shown(x).to_string(), x.to_string());
        }
        assert_eq!(Shown(0.1 + 0.2).to_string(), "0.3", "15 digits");
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in
            ["", "-", ".", "e5", "1e", "1.2.3", "0x10", "nan", "inf", "1e99", "1 2", "--1", "1e1e1", "é"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        for (text, value) in [("5", 5.0), ("-.5", -0.5), ("+1.", 1.0), ("1e-60", 0.0), ("0.1e1", 1.0)] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
    }
}
