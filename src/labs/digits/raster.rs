//! A drawing made into a digit as MNIST's are: its ink scaled into 20 × 20 pixels, grey at the edges, and put into 28 × 28 with
//! its centre of mass in the middle (LeCun et al. 1998).

use super::drawing::Deed;
use super::files::{PIXELS, SHAPE};
use crate::kernel::clamp;
use crate::train::Shift;

/// Radius of the pen, as a share of the pad.
const PEN: f32 = 0.045;
/// Side of the box that the ink is scaled into.
const BOX: f32 = 20.0;
/// Pixels around it.
const EDGE: f32 = 4.0;
/// Samples a side of each pixel.
const SAMPLES: usize = 4;

/// 784 numbers from 0 to 1; where there is no ink, nothing but zeros.
pub fn digit(deeds: &[Deed]) -> Vec<f32> {
    let cover = |x: f32, y: f32| {
        deeds.iter().fold(0.0, |most: f32, deed| {
            let ink = match deed {
                Deed::Stroke(points) => f32::from(u8::from(touches(points, [x, y]))),
                Deed::Picture(width, pixels) => sample(*width, pixels, x, y),
                Deed::Clear => 0.0,
            };
            if ink > most { ink } else { most }
        })
    };
    let Some([left, top, right, bottom]) = bounds(deeds) else { return vec![0.0; PIXELS] };
    let side = longer(right - left, bottom - top);
    let draft = raster(&cover, [left, top], BOX / side);
    let mass: f32 = draft.iter().sum();
    if mass == 0.0 {
        return draft;
    }
    // By whole pixels, as there: their test digits weigh from 14.0 to just under 15.0 from either edge.
    let over = |of: fn(usize) -> usize| {
        let at = draft.iter().enumerate().map(|(i, v)| v * (of(i) as f32 + 0.5)).sum::<f32>() / mass;
        14 - at as i32
    };
    let by = (over(|i| i / SHAPE.width), over(|i| i % SHAPE.width));
    let mut digit = vec![0.0; PIXELS];
    Shift { shape: SHAPE, most: 0 }.apply(&draft, by, &mut digit);
    digit
}

/// 28 × 28 pixels of `cover`, `scale` of them a unit of the pad, the box that begins at `corner` in their middle. Whole 255ths, as
/// of every picture here.
fn raster(cover: &impl Fn(f32, f32) -> f32, corner: [f32; 2], scale: f32) -> Vec<f32> {
    let fine = |k: usize, s: usize| k as f32 + (s as f32 + 0.5) / SAMPLES as f32 - EDGE;
    let pixel = |i: usize| {
        let (row, column) = (i / SHAPE.width, i % SHAPE.width);
        let samples = (0..SAMPLES * SAMPLES).map(|s| {
            let (x, y) = (fine(column, s % SAMPLES), fine(row, s / SAMPLES));
            cover(corner[0] + x / scale, corner[1] + y / scale)
        });
        (samples.sum::<f32>() / (SAMPLES * SAMPLES) as f32 * 255.0).round() / 255.0
    };
    (0..PIXELS).map(pixel).collect()
}

/// Left, top, right, bottom of the ink; none without ink.
fn bounds(deeds: &[Deed]) -> Option<[f32; 4]> {
    let mut bounds: Option<[f32; 4]> = None;
    let mut add = |[left, top, right, bottom]: [f32; 4]| {
        let [l, t, r, b] = bounds.unwrap_or([left, top, right, bottom]);
        bounds = Some([-longer(-l, -left), -longer(-t, -top), longer(r, right), longer(b, bottom)]);
    };
    for deed in deeds {
        match deed {
            Deed::Stroke(points) => {
                points.iter().for_each(|[x, y]| add([x - PEN, y - PEN, x + PEN, y + PEN]));
            }
            Deed::Picture(width, pixels) => {
                let unit = unit(*width, pixels);
                for (i, _) in pixels.iter().enumerate().filter(|(_, v)| **v > 0) {
                    let (x, y) = ((i % width) as f32 * unit, (i / width) as f32 * unit);
                    add([x, y, x + unit, y + unit]);
                }
            }
            Deed::Clear => {}
        }
    }
    bounds
}

fn longer(a: f32, b: f32) -> f32 {
    if a < b { b } else { a }
}

/// Side of a picture's pixel on the pad.
fn unit(width: usize, pixels: &[u8]) -> f32 {
    1.0 / width.max(pixels.len() / width) as f32
}

/// A picture's ink at a point of the pad, between its pixels in proportion.
fn sample(width: usize, pixels: &[u8], x: f32, y: f32) -> f32 {
    let (height, unit) = (pixels.len() / width, unit(width, pixels));
    let (x, y) = (x / unit - 0.5, y / unit - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let ink = |column: f32, row: f32| {
        let inside = column >= 0.0 && row >= 0.0 && column < width as f32 && row < height as f32;
        if inside { f32::from(pixels[row as usize * width + column as usize]) / 255.0 } else { 0.0 }
    };
    let (right, down) = (x - left, y - top);
    let line = |row: f32| (1.0 - right) * ink(left, row) + right * ink(left + 1.0, row);
    (1.0 - down) * line(top) + down * line(top + 1.0)
}

/// Whether the pen, drawn along `points`, covers `at`.
fn touches(points: &[[f32; 2]], at: [f32; 2]) -> bool {
    let near = |a: [f32; 2], b: [f32; 2]| {
        let (along, to) = ([b[0] - a[0], b[1] - a[1]], [at[0] - a[0], at[1] - a[1]]);
        let length = along[0] * along[0] + along[1] * along[1];
        let t = if length > 0.0 { clamp((to[0] * along[0] + to[1] * along[1]) / length, 0.0, 1.0) } else { 0.0 };
        let (dx, dy) = (to[0] - t * along[0], to[1] - t * along[1]);
        dx * dx + dy * dy <= PEN * PEN
    };
    points.len() == 1 && near(points[0], points[0]) || points.windows(2).any(|w| near(w[0], w[1]))
}
