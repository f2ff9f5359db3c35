//! `A = U Σ Vᵀ` of small matrices by one-sided Jacobi rotations (Hestenes 1958), in f64. Only + − × ÷ and the square
//! root take part, which are the same bits everywhere.

/// More sweeps than a matrix of any size here has needed: convergence is quadratic.
const SWEEPS: usize = 30;
/// Columns whose cosine is below this are orthogonal.
const FLAT: f64 = 1e-14;

/// Singular value decomposition of `a` (`rows × cols`, row-major), which becomes `U Σ`; `v` (`cols × cols`) becomes V.
///
/// Columns stand in descending order of their singular values, the lengths of the columns of `U Σ`.
///
/// # Panics
/// If `v` is not `cols × cols` or `a` no whole number of rows.
pub fn svd(a: &mut [f64], cols: usize, v: &mut [f64]) {
    assert_eq!(v.len(), cols * cols, "V");
    assert_eq!(a.len() % cols.max(1), 0, "rows of A");
    v.fill(0.0);
    v.iter_mut().step_by(cols + 1).for_each(|one| *one = 1.0);
    for _ in 0..SWEEPS {
        let mut turned = false;
        for p in 0..cols {
            for q in p + 1..cols {
                turned |= orthogonalise(a, v, cols, p, q);
            }
        }
        if !turned {
            break;
        }
    }
    // Few columns: selection is as quick as any sort, and leaves equal ones as they stand.
    for p in 0..cols {
        let mut largest = p;
        for q in p + 1..cols {
            if product(a, cols, q, q) > product(a, cols, largest, largest) {
                largest = q;
            }
        }
        for matrix in [&mut *a, &mut *v] {
            matrix.chunks_exact_mut(cols).for_each(|row| row.swap(p, largest));
        }
    }
}

/// Length of column `p`.
pub fn column_norm(a: &[f64], cols: usize, p: usize) -> f64 {
    product(a, cols, p, p).sqrt()
}

fn product(a: &[f64], cols: usize, p: usize, q: usize) -> f64 {
    a.chunks_exact(cols).map(|row| row[p] * row[q]).sum()
}

/// Turns columns `p` and `q` in their plane until they are orthogonal; whether they were not.
fn orthogonalise(a: &mut [f64], v: &mut [f64], cols: usize, p: usize, q: usize) -> bool {
    let (pp, qq, pq) = (product(a, cols, p, p), product(a, cols, q, q), product(a, cols, p, q));
    // A NaN ends the sweeps instead of filling them.
    let turned = pq != 0.0 && pq.abs() > FLAT * (pp * qq).sqrt();
    if !turned {
        return false;
    }
    let zeta = (qq - pp) / (2.0 * pq);
    let sign = if zeta < 0.0 { -1.0 } else { 1.0 };
    let t = sign / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
    let c = 1.0 / (1.0 + t * t).sqrt();
    let s = c * t;
    for matrix in [a, v] {
        for row in matrix.chunks_exact_mut(cols) {
            let (x, y) = (row[p], row[q]);
            (row[p], row[q]) = (c * x - s * y, s * x + c * y);
        }
    }
    true
}
