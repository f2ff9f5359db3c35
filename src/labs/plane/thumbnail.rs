//! Small pictures of the plane's sets to choose from.

use crate::data::{PlaneSet, Points};
use crate::error::{Error, Result, short};
use crate::kernel;
use crate::rng::Rng;

/// The answer to the question `thumbnail` (number of the set, number of points): x, y, class of each.
///
/// # Errors
/// What is wrong with the numbers.
pub fn thumbnail(data: &[f32]) -> Result<Vec<f32>> {
    if data.len() != 2 {
        return Err(Error::Length { what: "question", expected: 2, got: data.len() });
    }
    if data.iter().any(|v| !v.is_finite()) {
        return Err(Error::NonFinite { name: short("thumbnail") });
    }
    let name = PlaneSet::NAMES.get(data[0] as usize);
    let set = name.map_or(Ok(None), |name| PlaneSet::from_name(name).map(Some))?;
    let count = kernel::clamp(data[1], 10.0, 500.0) as usize;
    let sample = |set: PlaneSet| set.sample(count, set.default_noise(), &mut Rng::seeded(1));
    let points = set.map_or_else(Points::default, sample);
    let triple = |i: usize| [points.x[2 * i], points.x[2 * i + 1], points.class[i] as f32];
    Ok((0..points.len()).flat_map(triple).collect())
}
