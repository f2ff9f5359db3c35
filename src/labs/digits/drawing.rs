//! The reader's own drawing: strokes and pictures, as the list of what was done.

use super::raster;
use super::knobs::PICTURE;
use crate::error::{Error, Result, short};
use crate::kernel::clamp;
use crate::labs::Trail;

/// Of all strokes shown: each is asked about 25,000 samples.
const MAX_POINTS: usize = 2_000;
const MAX_DEEDS: usize = 200;
const MAX_SIDE: usize = 64;

/// One thing done on the pad.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A polyline of points in `[0, 1]²`, y down.
    Stroke(Vec<[f32; 2]>),
    /// Width and pixels, row by row, of a picture that takes the place of all before it.
    Picture(usize, Vec<u8>),
    Clear,
}

/// The reader's own drawing, as the list of what was done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing(Vec<Deed>);

impl Drawing {
    /// This after `draw` (x, y of each point), `undo` or `clear`.
    ///
    /// # Errors
    /// [`Error::UnknownInput`], or what is wrong with the numbers.
    pub fn input(&self, kind: &str, data: &[f32]) -> Result<Self> {
        let mut deeds = self.0.clone();
        let none = |data: &[f32]| {
            let got = data.len();
            if got == 0 { Ok(()) } else { Err(Error::Length { what: "input", expected: 0, got }) }
        };
        match kind {
            "draw" => {
                let got = data.len();
                if got < 2 || !got.is_multiple_of(2) {
                    return Err(Error::Length { what: "input", expected: got / 2 * 2 + 2, got });
                }
                if data.iter().any(|v| !v.is_finite()) {
                    return Err(Error::NonFinite { name: kind.into() });
                }
                let inside = |v: f32| clamp(v, 0.0, 1.0);
                deeds.push(Deed::Stroke(data.chunks_exact(2).map(|p| [inside(p[0]), inside(p[1])]).collect()));
            }
            "undo" => {
                none(data)?;
                deeds.pop();
            }
            "clear" => {
                none(data)?;
                deeds.push(Deed::Clear);
            }
            _ => return Err(Error::UnknownInput { name: short(kind) }),
        }
        Self::of(deeds)
    }

    /// This after a picture was brought: width, height, then a byte a pixel, 0 paper and 255 ink.
    ///
    /// # Errors
    /// [`Error::ImageFile`]: `size` for sides outside 1 to 64, `length` for another number of pixels.
    pub fn opened(&self, bytes: &[u8]) -> Result<Self> {
        let bad = |what, expected, got| Err(Error::ImageFile { what, expected, got });
        let [width, height, pixels @ ..] = bytes else { return bad("length", 3, bytes.len()) };
        let (width, height) = (usize::from(*width), usize::from(*height));
        for side in [width, height] {
            if !(1..=MAX_SIDE).contains(&side) {
                return bad("size", MAX_SIDE, side);
            }
        }
        if pixels.len() != width * height {
            return bad("length", 2 + width * height, bytes.len());
        }
        let mut deeds = self.0.clone();
        deeds.push(Deed::Picture(width, pixels.to_vec()));
        Self::of(deeds)
    }

    fn of(deeds: Vec<Deed>) -> Result<Self> {
        if deeds.len() > MAX_DEEDS {
            return Err(Error::TooMany { what: "edits", max: MAX_DEEDS, got: deeds.len() });
        }
        let drawing = Self(deeds);
        let points = |deed: &Deed| if let Deed::Stroke(points) = deed { points.len() } else { 0 };
        let got = drawing.shown().iter().map(points).sum();
        if got > MAX_POINTS {
            return Err(Error::TooMany { what: "points", max: MAX_POINTS, got });
        }
        Ok(drawing)
    }

    /// The inputs and files that make it again.
    pub fn own(&self, trail: &mut Trail) {
        for deed in &self.0 {
            match deed {
                Deed::Stroke(points) if trail.has_room(2 * points.len()) => {
                    trail.input("draw", points.as_flattened());
                }
                Deed::Picture(width, pixels) if trail.has_room(pixels.len()) => {
                    let mut bytes = vec![*width as u8, (pixels.len() / width) as u8];
                    bytes.extend_from_slice(pixels);
                    trail.load(PICTURE, &bytes);
                }
                Deed::Clear => trail.input("clear", &[]),
                _ => return,
            }
        }
    }

    /// What is left after the last that took the place of all before.
    fn shown(&self) -> &[Deed] {
        let from = self.0.iter().rposition(|deed| !matches!(deed, Deed::Stroke(_))).unwrap_or(0);
        &self.0[from..]
    }

    /// As the network receives it, 784 numbers from 0 to 1, each a whole 255th like every picture's here. Nothing drawn: nothing
    /// but zeros.
    pub fn digit(&self) -> Vec<f32> {
        raster::digit(self.shown())
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::PIXELS;
    use super::*;

    fn drawn(strokes: &[&[f32]]) -> Drawing {
        strokes.iter().fold(Drawing::default(), |d, s| d.input("draw", s).unwrap())
    }

    /// A seven: two strokes.
    const SEVEN: [&[f32]; 2] = [&[0.3, 0.25, 0.7, 0.25, 0.45, 0.8], &[0.4, 0.5, 0.65, 0.5]];

    fn moved(scale: f32, right: f32, down: f32) -> Drawing {
        let strokes: Vec<Vec<f32>> = SEVEN
            .iter()
            .map(|s| s.chunks(2).flat_map(|p| [p[0] * scale + right, p[1] * scale + down]).collect())
            .collect();
        drawn(&strokes.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    /// Ink, and its centre.
    fn mass(digit: &[f32]) -> [f32; 3] {
        let sum: f32 = digit.iter().sum();
        let of = |at: fn(usize) -> usize| {
            digit.iter().enumerate().map(|(i, v)| v * (at(i) as f32 + 0.5)).sum::<f32>() / sum
        };
        [sum, of(|i| i % 28), of(|i| i / 28)]
    }

    #[test]
    fn its_place_on_the_pad_does_not_matter_and_its_size_only_to_the_pen() {
        let digit = moved(1.0, 0.0, 0.0).digit();
        for (right, down) in [(-0.2, -0.15), (0.2, 0.1), (0.0625, 0.0)] {
            let other = moved(1.0, right, down).digit();
            let far = digit.iter().zip(&other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(far <= 0.25, "({right}, {down}): {far} apart");
            let all: f32 = digit.iter().zip(&other).map(|(a, b)| (a - b).abs()).sum();
            assert!(all < 0.03 * mass(&digit)[0], "({right}, {down}): {all} apart in all");
        }
        // Larger, it is the same digit with a thinner pen.
        let larger = moved(1.2, -0.1, -0.1).digit();
        let (small, large) = (mass(&digit), mass(&larger));
        assert!(large[0] < small[0] && large[0] > 0.7 * small[0], "{small:?} {large:?}");
        let (a, b) = (digit.iter().map(|v| v * v).sum::<f32>(), larger.iter().map(|v| v * v).sum::<f32>());
        let cosine = digit.iter().zip(&larger).map(|(a, b)| a * b).sum::<f32>() / (a * b).sqrt();
        assert!(cosine > 0.9, "{cosine}");
    }

    #[test]
    fn it_is_scaled_into_20_pixels_and_its_mass_is_in_the_middle() {
        for drawing in [moved(1.0, 0.0, 0.0), moved(0.3, 0.6, 0.1), drawn(&[&[0.1, 0.5, 0.9, 0.5]])] {
            let digit = drawing.digit();
            let [_, x, y] = mass(&digit);
            assert!((14.0..15.0).contains(&x) && (14.0..15.0).contains(&y), "{x} {y}");
            let side = |at: fn(usize) -> usize| {
                let inked = || digit.iter().enumerate().filter(|(_, v)| **v > 0.0).map(|(i, _)| at(i));
                inked().max().unwrap() - inked().min().unwrap() + 1
            };
            let longest = side(|i| i % 28).max(side(|i| i / 28));
            assert_eq!(longest, 20);
            assert!(digit.contains(&1.0) && digit.iter().any(|v| *v > 0.0 && *v < 1.0));
        }
    }

    #[test]
    fn nothing_drawn_is_a_blank_and_a_dot_is_a_disc() {
        assert_eq!(Drawing::default().digit(), vec![0.0; PIXELS]);
        assert_eq!(drawn(&SEVEN).input("clear", &[]).unwrap().digit(), vec![0.0; PIXELS]);
        let blank = [&[3, 2][..], &[0; 6]].concat();
        assert_eq!(Drawing::default().opened(&blank).unwrap().digit(), vec![0.0; PIXELS]);
        let [sum, ..] = mass(&drawn(&[&[0.2, 0.9]]).digit());
        assert!((sum - std::f32::consts::PI * 100.0).abs() < 5.0, "{sum}");
    }

    #[test]
    fn a_stroke_taken_back_was_never_there_and_a_picture_takes_the_place_of_all() {
        let one = drawn(&SEVEN[..1]);
        assert_eq!(drawn(&SEVEN).input("undo", &[]).unwrap(), one);
        assert_eq!(one.input("undo", &[]).unwrap().input("undo", &[]).unwrap(), Drawing::default());
        let cleared = one.input("clear", &[]).unwrap();
        assert_eq!(cleared.input("undo", &[]).unwrap(), one);
        // A picture of a digit as the network receives one comes out as it was.
        let digit = one.digit();
        let mut file = vec![28, 28];
        file.extend(digit.iter().map(|v| (v * 255.0) as u8));
        let again = one.opened(&file).unwrap().digit();
        let (sum, apart) =
            (mass(&digit)[0], digit.iter().zip(&again).map(|(a, b)| (a - b).abs()).sum::<f32>());
        assert!(apart < 0.25 * sum, "{apart} of {sum}");
    }

    #[test]
    fn what_is_no_stroke_and_no_picture_is_refused() {
        let pad = Drawing::default();
        for (kind, data, code) in [
            ("draw", &[][..], "length"),
            ("draw", &[0.5], "length"),
            ("draw", &[0.5, f32::NAN], "non-finite"),
            ("draw", &[0.5; 2 * MAX_POINTS + 2], "too-many"),
            ("undo", &[1.0], "length"),
            ("clear", &[1.0], "length"),
            ("paint", &[], "unknown-input"),
        ] {
            assert_eq!(pad.input(kind, data).unwrap_err().code(), code, "{kind} {}", data.len());
        }
        for bytes in [&[][..], &[28], &[0, 3], &[3, 0], &[65, 1], &[2, 2, 0, 0, 0], &[2, 2, 0, 0, 0, 0, 0]] {
            assert_eq!(pad.opened(bytes).unwrap_err().code(), "image-file", "{bytes:?}");
        }
        // Many strokes, too, are too many.
        let long = vec![0.5; 2 * MAX_POINTS];
        let full = pad.input("draw", &long).unwrap();
        assert_eq!(full.input("draw", &[0.5, 0.5]).unwrap_err().code(), "too-many");
    }
}
