//! Decimal numbers from a file. std's parser brings 15 KB of tables for the last bit of numbers nobody writes.

/// Reads `-12.5e-3` and the like; none for anything else, or for a number no `f32` holds.
///
/// Up to 15 significant digits are exact, so whatever Rust or JavaScript prints of an `f32` comes back bit for bit;
/// further digits are dropped.
pub fn parse(text: &str) -> Option<f32> {
    let (text, negative) = match text.as_bytes().first()? {
        b'-' => (&text[1..], true),
        b'+' => (&text[1..], false),
        _ => (text, false),
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
    // Both steps are exact up to 10²²; beyond, an f32 is zero or infinite anyway, or off by far less than its last bit.
    let mut value = digits as f64;
    for _ in 0..exponent.unsigned_abs().min(400).div_ceil(22) {
        let part = exponent.clamp(-22, 22);
        value = if part < 0 { value / TEN[part.unsigned_abs() as usize] } else { value * TEN[part as usize] };
        exponent -= part;
    }
    let value = if negative { -value } else { value } as f32;
    value.is_finite().then_some(value)
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
    use super::parse;

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
