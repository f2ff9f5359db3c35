//! Inner loops: slices in, slices out, no word of learning. Every result has the same bits on every target.

mod ball;
mod columns;
mod conv;
mod depthwise;
mod finish;
mod gemm;
mod hartley;
mod lanes;
mod norm;
mod pointwise;
mod pool;
mod svd;
mod tile;
mod vector;

pub use ball::{Ball, Domain};
pub use columns::turn;
pub use conv::{
    Runs, bias_gradient, correlate, correlate_one, correlate_to, frame, pack, packed_len, place,
    weight_gradient,
};
pub use depthwise::Depthwise;
pub use finish::Finish;
pub use gemm::{Mat, Write, gemm, gemm_then};
pub use hartley::Hartley;
pub use lanes::{F32x4, outer, product};
pub use norm::{Norm, sign};
pub use pointwise::{exp, gelu, gelu_slope, ln, sigmoid, sin, tanh};
pub use pool::{Windows, max_pool, max_pool_back, mean_pool, mean_pool_back};
pub use svd::{column_norm, svd};
pub use vector::{
    all_finite, axpy, clamp, copy_few, copy_tail, dot, each, fill_rows, madd, map, map_in_place, map2, scale,
    sort_few, squared_distance, sum, sum_rows,
};
