//! The cosine transform of 8 × 8 numbers and its inverse, in whole numbers, as libjpeg's default has it (Loeffler, Ligtenberg & Moschytz 1989).

/// Bits after the point of the constants, and those kept between the two passes.
const BITS: u32 = 13;
const KEPT: u32 = 2;

// √2 times sums of cosines of multiples of π / 16, in 2⁻¹³.
const C0_298: i32 = 2446;
const C0_390: i32 = 3196;
const C0_541: i32 = 4433;
const C0_765: i32 = 6270;
const C0_899: i32 = 7373;
const C1_175: i32 = 9633;
const C1_501: i32 = 12299;
const C1_847: i32 = 15137;
const C1_961: i32 = 16069;
const C2_053: i32 = 16819;
const C2_562: i32 = 20995;
const C3_072: i32 = 25172;

/// Numbers of one block, row by row.
pub type Block = [i32; 64];

/// `x / 2ⁿ`, rounded.
fn shifted(x: i32, n: u32) -> i32 {
    (x + (1 << (n - 1))) >> n
}

fn rows_then_columns(
    block: &mut Block,
    row: impl Fn([i32; 8]) -> [i32; 8],
    column: impl Fn([i32; 8]) -> [i32; 8],
) {
    for line in block.as_chunks_mut::<8>().0 {
        *line = row(*line);
    }
    for i in 0..8 {
        let line = column(std::array::from_fn(|k| block[8 * k + i]));
        line.into_iter().enumerate().for_each(|(k, v)| block[8 * k + i] = v);
    }
}

/// The transform, eight times too large.
pub fn forward(block: &mut Block) {
    let pass = |d: [i32; 8], whole: &dyn Fn(i32) -> i32, bits: u32| {
        let [s0, s1, s2, s3] = [d[0] + d[7], d[1] + d[6], d[2] + d[5], d[3] + d[4]];
        let odd = odd([d[3] - d[4], d[2] - d[5], d[1] - d[6], d[0] - d[7]]);
        let (e0, e3, e1, e2) = (s0 + s3, s0 - s3, s1 + s2, s1 - s2);
        let z = (e2 + e3) * C0_541;
        let even = [z + e3 * C0_765, z - e2 * C1_847].map(|v| shifted(v, bits));
        let [d7, d5, d3, d1] = odd.map(|v| shifted(v, bits));
        [whole(e0 + e1), d1, even[0], d3, whole(e0 - e1), d5, even[1], d7]
    };
    rows_then_columns(
        block,
        |d| pass(d, &|v| v << KEPT, BITS - KEPT),
        |d| pass(d, &|v| shifted(v, KEPT), BITS + KEPT),
    );
}

/// The rotations that both ways share.
fn odd([a, b, c, d]: [i32; 4]) -> [i32; 4] {
    let z5 = (a + c + b + d) * C1_175;
    let (z1, z2) = (-(a + d) * C0_899, -(b + c) * C2_562);
    let (z3, z4) = (z5 - (a + c) * C1_961, z5 - (b + d) * C0_390);
    [a * C0_298 + z1 + z3, b * C2_053 + z2 + z4, c * C3_072 + z2 + z3, d * C1_501 + z1 + z4]
}

/// The way back.
pub fn inverse(block: &mut Block) {
    let pass = |d: [i32; 8], bits: u32| {
        let z = (d[2] + d[6]) * C0_541;
        let (e2, e3) = (z - d[6] * C1_847, z + d[2] * C0_765);
        let (e0, e1) = ((d[0] + d[4]) << BITS, (d[0] - d[4]) << BITS);
        let even = [e0 + e3, e1 + e2, e1 - e2, e0 - e3];
        let odd = odd([d[7], d[5], d[3], d[1]]);
        std::array::from_fn(|k| {
            let (k, sign) = if k < 4 { (k, 1) } else { (7 - k, -1) };
            shifted(even[k] + sign * odd[3 - k], bits)
        })
    };
    // libjpeg goes down the columns first.
    transpose(block);
    rows_then_columns(block, |d| pass(d, BITS - KEPT), |d| pass(d, BITS + KEPT + 3));
    transpose(block);
}

fn transpose(block: &mut Block) {
    for i in 0..8 {
        for k in 0..i {
            block.swap(8 * i + k, 8 * k + i);
        }
    }
}
