//! `C = A B`: our own matrix product, one order of summation on every target.
//!
//! Panels of eight columns of B are packed (or read in place) and met by tiles of four rows of A. Every element of C
//! sums its products in ascending k, in blocks of [`KC`], whatever the tile: so a result never depends on its neighbours.

use super::lanes::{F32x4, madd_tile};
use super::vector::copy_few;
use std::array::from_fn;

/// Longest run of k summed in registers before C is touched.
const KC: usize = 256;

/// A borrowed matrix with strides.
#[derive(Debug, Clone, Copy)]
pub struct Mat<'a> {
    data: &'a [f32],
    rows: usize,
    cols: usize,
    row_stride: usize,
    col_stride: usize,
}

impl<'a> Mat<'a> {
    /// A row-major matrix.
    pub fn new(data: &'a [f32], rows: usize, cols: usize) -> Self {
        assert_eq!(data.len(), rows * cols, "matrix of {rows} × {cols}");
        Self { data, rows, cols, row_stride: cols, col_stride: 1 }
    }

    /// The transpose; nothing moves.
    pub fn t(self) -> Self {
        Self {
            rows: self.cols,
            cols: self.rows,
            row_stride: self.col_stride,
            col_stride: self.row_stride,
            ..self
        }
    }

    #[inline(always)]
    fn at(&self, i: usize, j: usize) -> f32 {
        self.data[i * self.row_stride + j * self.col_stride]
    }
}

/// What the product is added to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Write<'a> {
    /// `C = A B`
    Set,
    /// `C += A B`
    Add,
    /// `C = A B + row`, the row (`N`) added to every row.
    Onto(&'a [f32]),
}

/// `C = A B`, `C += A B` or `C = A B + row`. `a: M × K, b: K × N, c: M × N` row-major.
pub fn gemm(a: Mat, b: Mat, c: &mut [f32], write: Write) {
    assert_eq!(a.cols, b.rows, "inner sizes");
    assert_eq!(c.len(), a.rows * b.cols, "result of {} × {}", a.rows, b.cols);
    if a.cols == 0 {
        match write {
            Write::Set => c.fill(0.0),
            Write::Add => {}
            Write::Onto(row) => c.chunks_exact_mut(b.cols.max(1)).for_each(|c| c.copy_from_slice(row)),
        }
        return;
    }
    if let Write::Onto(row) = write {
        assert_eq!(row.len(), b.cols, "row added to every row");
    }
    for k0 in (0..a.cols).step_by(KC) {
        let block = Block { k0, kc: KC.min(a.cols - k0), write: if k0 > 0 { Write::Add } else { write } };
        for j in (0..b.cols).step_by(8) {
            match b.cols - j {
                1..=4 => panel::<1>(&a, &b, c, j, block),
                _ => panel::<2>(&a, &b, c, j, block),
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Block<'a> {
    k0: usize,
    kc: usize,
    write: Write<'a>,
}

/// Columns `j .. j + 4 NV` of C, fewer at the right edge.
fn panel<const NV: usize>(a: &Mat, b: &Mat, c: &mut [f32], j: usize, block: Block) {
    let width = (4 * NV).min(b.cols - j);
    if b.col_stride == 1 && width == 4 * NV {
        // Whole rows of B lie in memory as the tile wants them. A transposed column is one row whose stride is 1.
        let rows = &b.data[block.k0 * b.row_stride + j..];
        return strips::<NV>(a, c, (j, width, b.cols), block, (rows, b.row_stride.max(width)));
    }
    // Two sizes of buffer: clearing 8 KB for a 2 × 8 product would cost more than the product.
    if block.kc <= 64 {
        packed::<NV>(a, b, c, (j, width), block, &mut [[0.0; 8]; 64]);
    } else {
        packed::<NV>(a, b, c, (j, width), block, &mut [[0.0; 8]; KC]);
    }
}

fn packed<const NV: usize>(
    a: &Mat,
    b: &Mat,
    c: &mut [f32],
    (j, width): (usize, usize),
    block: Block,
    buffer: &mut [[f32; 8]],
) {
    for (p, row) in buffer[..block.kc].iter_mut().enumerate() {
        for (q, x) in row[..width].iter_mut().enumerate() {
            *x = b.at(block.k0 + p, j + q);
        }
    }
    strips::<NV>(a, c, (j, width, b.cols), block, (buffer.as_flattened(), 8));
}

/// All rows of C under one panel of B (its rows and their distance), in tiles of four, then two, then one.
#[inline(never)]
fn strips<const NV: usize>(
    a: &Mat,
    c: &mut [f32],
    at: (usize, usize, usize),
    block: Block,
    b: (&[f32], usize),
) {
    let mut i = 0;
    while i + 4 <= a.rows {
        tile::<4, NV>(a, c, i, at, block, b);
        i += 4;
    }
    if i + 2 <= a.rows {
        tile::<2, NV>(a, c, i, at, block, b);
        i += 2;
    }
    if i < a.rows {
        tile::<1, NV>(a, c, i, at, block, b);
    }
}

/// `MR` rows × `NV` vectors of C, held in registers while k runs.
#[inline(always)]
fn tile<const MR: usize, const NV: usize>(
    a: &Mat,
    c: &mut [f32],
    i: usize,
    (j, width, ldc): (usize, usize, usize),
    block: Block,
    (b, stride): (&[f32], usize),
) {
    let full = width == 4 * NV;
    let begin = |row: &[f32]| if full { lanes(row) } else { padded(row) };
    let mut sums = match block.write {
        Write::Set => [[F32x4::splat(0.0); NV]; MR],
        Write::Add => from_fn(|r| begin(&c[(i + r) * ldc + j..][..width])),
        Write::Onto(row) => [begin(&row[j..][..width]); MR],
    };
    let from = &a.data[i * a.row_stride + block.k0 * a.col_stride..];
    madd_tile(block.kc, from, (a.row_stride, a.col_stride), b, stride, &mut sums);
    for (r, sums) in sums.iter().enumerate() {
        let row = &mut c[(i + r) * ldc + j..][..width];
        if full {
            spill(sums, row);
        } else {
            cut(sums, row);
        }
    }
}

#[inline(always)]
fn lanes<const NV: usize>(row: &[f32]) -> [F32x4; NV] {
    from_fn(|v| F32x4::load(row[4 * v..].first_chunk().expect("panel is 4 NV wide")))
}

#[inline(always)]
fn spill<const NV: usize>(sums: &[F32x4; NV], row: &mut [f32]) {
    for (sum, out) in sums.iter().zip(row.as_chunks_mut::<4>().0) {
        sum.store(out);
    }
}

/// The edge of C: rare, and written once.
#[inline(never)]
fn padded<const NV: usize>(row: &[f32]) -> [F32x4; NV] {
    let mut wide = [0.0; 8];
    copy_few(row, &mut wide[..row.len()]);
    lanes(&wide)
}

#[inline(never)]
fn cut<const NV: usize>(sums: &[F32x4; NV], row: &mut [f32]) {
    let mut wide = [0.0; 8];
    spill(sums, &mut wide);
    copy_few(&wide[..row.len()], row);
}
