//! What there is to see: the channels, as `filters.rs` lists them.

use super::Filters;
use super::known::SHOWN;
use super::seen::Seen;
use super::way::Way;
use crate::labs::Frame;
use crate::labs::handwriting::{CLASSES, PIXELS};

/// Puts all of it into `frame`.
pub fn draw(lab: &Filters, frame: &mut Frame) {
        let (way, seen, unit) = (lab.way.borrow(), lab.seen.get(), lab.unit());
        let (way, seen) = (way.as_ref(), &*seen);
        let len = way.map_or(0, |way| way.subject.shape().len());
        let (count, row) = way.map_or((0, 0), |way| (way.rows(), way.row(unit)));
        let pictures = frame.channel("pictures", count, len);
        if let Some(way) = way {
            way.subject.shown(way.ascent.pictures(), pictures);
        }
        let start = frame.channel("start", count.min(1), len);
        if let Some(way) = way {
            way.subject.shown(&way.start[row * len..][..len], start);
        }
        let found = seen.revision.is_some() && seen.activations.len() == count;
        let mut put = |name, cols: usize, data: &[f32]| {
            let data = if found { data } else { &[] };
            frame.channel(name, data.len() / cols, cols).copy_from_slice(data);
        };
        let digits = way.and_then(|way| way.subject.digits.as_ref());
        let told = if digits.is_some() { CLASSES } else { 2 };
        put("activations", 1, &seen.activations);
        put("answers", told, &seen.answers);
        put("startAnswers", told, &seen.start_answers);
        let best = digits_beside(frame, way, seen, row);
        for name in ["curve", "history"] {
            let points: Vec<[f32; 2]> = way.map_or(Vec::new(), |way| way.curve(unit).collect());
            let out = frame.channel(name, points.len(), 2);
            out.copy_from_slice(points.as_flattened());
            out.chunks_exact_mut(2).for_each(|point| point[0] += lab.from as f32);
        }
        let of = |value: Option<f32>| value.filter(|_| found).unwrap_or(f32::NAN);
        let readouts = [
            of(seen.activations.get(row).copied()),
            best,
            of(Some(seen.confidence)),
            of(seen.nearest.map(|(distance, _)| distance)),
            of(Some(seen.fine)),
            lab.steps as f32,
        ];
        frame.channel("readouts", 1, readouts.len()).copy_from_slice(&readouts);
    }

    /// The channels that are of digits only; what the best of them brings picture `row`'s unit to.
fn digits_beside(frame: &mut Frame, way: Option<&Way>, seen: &Seen, row: usize) -> f32 {
        let digits = way.and_then(|way| way.subject.digits.as_ref().map(|digits| (way, digits)));
        let hits: Vec<_> = match digits {
            Some((way, (known, which))) => (0..way.rows()).map(|row| known.best(*which, way.aim(row))).collect(),
            None => Vec::new(),
        };
        let shown = hits.iter().map(|hits| hits.len()).min().unwrap_or(0).min(SHOWN);
        let rows = if shown > 0 { hits.len() } else { 0 };
        let all = || hits.iter().flat_map(|hits| &hits[..shown]);
        let best = frame.channel("best", rows, shown * PIXELS);
        if let Some((_, (known, _))) = digits {
            best.chunks_exact_mut(PIXELS).zip(all()).for_each(|(out, (_, i))| known.write(*i, out));
        }
        let values = frame.channel("bestActivation", rows, shown);
        values.iter_mut().zip(all()).for_each(|(out, (value, _))| *out = *value);
        let nearest = digits.zip(seen.nearest);
        let neighbour = frame.channel("neighbour", usize::from(nearest.is_some()), PIXELS);
        if let Some(((_, (known, _)), (_, i))) = nearest {
            known.write(i, neighbour);
        }
        hits.get(row).and_then(|hits| hits.first()).map_or(f32::NAN, |hit| hit.0)
    }
