//! `C = A B`: our own matrix product, one order of summation on every target.
//!
//! Panels of eight columns of B are packed (or read in place) and met by tiles of four rows of A. Every element of C
//! sums its products in ascending k, in blocks of [`KC`], whatever the tile: so a result never depends on its neighbours.
//! Rows of C are finished [`MC`] at a time: they and those of A stay in the cache while panels go by.

use super::columns::turn;
use super::lanes::{HIGH, madd_tile};
use super::tile::tile;
use super::vector::{axpy, copy_few};

/// Longest run of k summed in registers before C is touched.
const KC: usize = 256;

/// Rows of C between two sights of the same panel.
const MC: usize = 128;

/// Fewest rows that are worth a packed panel where B could be read in place.
const PACKED: usize = 48;

/// Fewest columns for which a single row of A lets B go by row after row.
const BY_ROW: usize = 64;

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
    gemm_then(a, b, c, write, &|_, _| ());
}

/// [`gemm`], and `then` of a few rows of C at a time, once they are whole: where they begin, and they.
pub fn gemm_then(a: Mat, b: Mat, c: &mut [f32], write: Write, then: &dyn Fn(usize, &mut [f32])) {
    assert_eq!(a.cols, b.rows, "inner sizes");
    assert_eq!(c.len(), a.rows * b.cols, "result of {} × {}", a.rows, b.cols);
    let row = match write {
        Write::Onto(row) => row,
        _ => &[],
    };
    assert!(row.is_empty() || row.len() == b.cols, "row added to every row");
    if b.cols == 0 {
        return;
    }
    // A single row of A lets B go by once, as it lies in memory.
    let by_row = a.rows == 1 && b.col_stride == 1 && b.cols >= BY_ROW;
    if a.cols == 0 || by_row {
        if write != Write::Add {
            c.fill(0.0);
        }
        if !row.is_empty() {
            c.chunks_exact_mut(b.cols).for_each(|c| c.copy_from_slice(row));
        }
        for (k, row) in b.data.chunks_exact(b.cols).enumerate() {
            axpy(a.data[k * a.col_stride], row, c);
        }
        return then(0, c);
    }
    // Two sizes of room: clearing 8 KB for a 2 × 8 product would cost more than the product.
    let (mut few, mut many);
    let room = if a.cols <= 64 {
        few = [[0.0; 8]; 64];
        &mut few[..]
    } else {
        many = [[0.0; 8]; KC];
        &mut many[..]
    };
    for (n, c) in c.chunks_mut(MC * b.cols).enumerate() {
        block(&a, &b, n * MC, c, (write, row), room);
        then(n * MC * b.cols, c);
    }
}

/// Rows of C from row `i` on.
#[inline(never)]
fn block(a: &Mat, b: &Mat, i: usize, c: &mut [f32], (write, row): (Write, &[f32]), room: &mut [[f32; 8]]) {
    let rows = c.len() / b.cols;
    for k0 in (0..a.cols).step_by(KC) {
        let kc = KC.min(a.cols - k0);
        let from = &a.data[i * a.row_stride + k0 * a.col_stride..];
        for j in (0..b.cols).step_by(8) {
            let width = (b.cols - j).min(8);
            let mut start = [0.0; 8];
            if !row.is_empty() {
                copy_few(&row[j..j + width], &mut start[..width]);
            }
            let start = (write != Write::Add && k0 == 0).then_some(&start);
            // Whole rows of B may lie in memory as a tile wants them. A transposed column is one row whose stride is 1.
            let placed = b.col_stride == 1 && width.is_multiple_of(4) && rows < PACKED;
            let panel = if placed {
                (&b.data[k0 * b.row_stride + j..], b.row_stride.max(width))
            } else {
                pack(b, (k0, j), width, &mut room[..kc]);
                (room.as_flattened(), 8)
            };
            let (a, at) = ((from, a.row_stride, a.col_stride), (j, width, b.cols));
            let strip = Strip { a, kc, panel, start, at };
            if width > 4 {
                strip.tiles::<2>(rows, c);
            } else {
                strip.tiles::<1>(rows, c);
            }
        }
    }
}

/// Columns `j .. j + width` of B, from row k on, in rows of eight.
#[inline(never)]
fn pack(b: &Mat, (k, j): (usize, usize), width: usize, room: &mut [[f32; 8]]) {
    let mut from = &b.data[k * b.row_stride + j * b.col_stride..];
    if b.col_stride > 1 {
        return turn(from, [width, room.len()], b.col_stride, room.as_flattened_mut(), 8);
    }
    for row in room {
        match from.first_chunk() {
            Some(eight) if width == 8 => *row = *eight,
            _ => copy_few(&from[..width], &mut row[..width]),
        }
        from = from.get(b.row_stride..).unwrap_or_default();
    }
}

/// Rows of C under one panel of B, and how they are made.
struct Strip<'a> {
    /// The first row of A, from a row to the next and from a column to the next.
    a: (&'a [f32], usize, usize),
    kc: usize,
    /// Rows of B and their distance.
    panel: (&'a [f32], usize),
    /// What sums begin with, if not with what C holds.
    start: Option<&'a [f32; 8]>,
    /// Which columns of C, how many, of how many.
    at: (usize, usize, usize),
}

impl Strip<'_> {
    /// In tiles of [`HIGH`] rows, then of one.
    #[inline(never)]
    fn tiles<const NV: usize>(&self, rows: usize, c: &mut [f32]) {
        let mut i = 0;
        while i < rows {
            i += if rows - i >= HIGH { self.tile::<HIGH, NV>(i, c) } else { self.tile::<1, NV>(i, c) };
        }
    }

    /// `MR` rows × `NV` vectors of C; gives `MR`.
    #[inline(always)]
    fn tile<const MR: usize, const NV: usize>(&self, i: usize, c: &mut [f32]) -> usize {
        let (j, width, ldc) = self.at;
        let (a, row, column) = self.a;
        let run = |mut sums| {
            madd_tile::<MR, NV>(self.kc, &a[i * row..], (row, column), self.panel.0, self.panel.1, &mut sums);
            sums
        };
        tile(&mut c[i * ldc + j..], ldc, width, self.start, run);
        MR
    }
}
