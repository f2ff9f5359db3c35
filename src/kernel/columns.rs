//! What turns rows into columns.

use super::lanes::{F32x4, load_tile, store_tile};

/// Writes the columns of `x` as rows of `y`. `x` has `size[0]` rows of `size[1]` numbers, `from` apart; the rows of `y` are `to`
/// apart, and what lies between them is left alone.
#[inline(never)]
pub fn turn(x: &[f32], size: [usize; 2], from: usize, y: &mut [f32], to: usize) {
    let [rows, columns] = size;
    let mut even = 0;
    // Squares of four by four, as long as there are numbers: columns that are too many are read and left.
    while even + 4 <= rows && (even + 3) * from + columns.next_multiple_of(4) <= x.len() {
        for j in (0..columns).step_by(4) {
            let square = load_tile::<4, 1>(&x[even * from + j..], from).map(|[row]| row);
            for (c, column) in F32x4::transpose(square).into_iter().enumerate().take(columns - j) {
                store_tile(&[[column]], &mut y[(j + c) * to + even..], to);
            }
        }
        even += 4;
    }
    let left = rows - even;
    let (turns, of, read, write) = if left < columns {
        (left, columns, (from, 1), (1, to))
    } else {
        (columns, left, (1, from), (to, 1))
    };
    for turn in 0..turns {
        let (mut r, mut w) = (even * from + turn * read.0, even + turn * write.0);
        for _ in 0..of {
            y[w] = x[r];
            (r, w) = (r + read.1, w + write.1);
        }
    }
}
