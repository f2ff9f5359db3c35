//! The visitor's own photo: width and height (u32, little-endian), then four bytes a pixel (red, green, blue, opacity), row by row.

use crate::data::{self, Photo};
use crate::error::{Error, Result, short};
use crate::labs::Trail;

/// Its name for [`Lab::load`](crate::labs::Lab::load).
pub const PHOTO: &str = "photo";
const HEADER: usize = 8;

/// The middle square of the photo in such a file, made `side × side`; what shines through is white.
///
/// # Errors
/// Before anything is allocated: [`Error::ImageFile`], `length` for less than its header and `size` for no pixel; else as
/// [`data::square`].
pub fn square(bytes: &[u8], side: usize) -> Result<Photo> {
    let bad = |what, expected, got| Error::ImageFile { what, expected, got };
    let Some((head, rgba)) = bytes.split_at_checked(HEADER) else {
        return Err(bad("length", HEADER, bytes.len()));
    };
    let [width, height] =
        [0, 4].map(|at| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize);
    if width == 0 || height == 0 {
        return Err(bad("size", 1, 0));
    }
    data::square(rgba, [height, width], side)
}

/// The file that [`square`] makes this photo of: all that is kept of a larger one.
fn packed(photo: &Photo) -> Vec<u8> {
    let shape = photo.shape();
    let mut bytes = Vec::with_capacity(HEADER + 4 * shape.height * shape.width);
    [shape.width, shape.height].iter().for_each(|side| bytes.extend((*side as u32).to_le_bytes()));
    photo.pixels().as_chunks::<3>().0.iter().for_each(|[r, g, b]| bytes.extend([*r, *g, *b, 255]));
    bytes
}

/// [`Lab::kept`](crate::labs::Lab::kept) of a lab that takes no other file: the middle square, made `side × side`.
///
/// # Errors
/// [`Error::UnknownAsset`] for another file; else as [`square`].
pub fn kept(asset: &str, bytes: &[u8], side: usize) -> Result<Vec<u8>> {
    Ok(packed(&own(asset, bytes, side)?))
}

/// The photo that [`Lab::load`](crate::labs::Lab::load) of such a lab takes.
///
/// # Errors
/// As [`kept`].
pub fn own(asset: &str, bytes: &[u8], side: usize) -> Result<Photo> {
    if asset == PHOTO { square(bytes, side) } else { Err(Error::UnknownAsset { name: short(asset) }) }
}

/// Into what a link holds, where there is room for it.
pub fn write(photo: &Photo, trail: &mut Trail) {
    let shape = photo.shape();
    if trail.has_room(4 * shape.height * shape.width) {
        trail.load(PHOTO, &packed(photo));
    }
}

/// Why a lab that has not begun takes no step: what it `lacks`, or the visitor's photo.
pub fn not_begun(lacks: &[&str]) -> Error {
    if lacks.is_empty() { Error::Refused { what: "no-photo" } } else { Error::not_supplied(lacks) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(width: u32, height: u32, rgba: &[u8]) -> Vec<u8> {
        [&width.to_le_bytes()[..], &height.to_le_bytes(), rgba].concat()
    }

    #[test]
    fn what_is_kept_of_a_photo_makes_the_same_again() {
        let pixels: Vec<u8> = (0..5 * 3 * 4).map(|i| (i * 37 % 256) as u8).collect();
        let photo = square(&file(5, 3, &pixels), 3).unwrap();
        assert_eq!(photo.shape().len(), 27);
        assert_eq!(square(&packed(&photo), 3).unwrap(), photo);
    }

    #[test]
    fn what_is_no_photo_is_refused_before_anything_is_made_of_it() {
        for (bytes, code) in [
            (vec![], "image-file"),
            (vec![1, 0, 0, 0, 1, 0, 0], "image-file"),
            (file(0, 4, &[]), "image-file"),
            (file(4, 0, &[]), "image-file"),
            (file(2, 2, &[0; 15]), "length"),
            (file(2, 2, &[0; 17]), "length"),
            (file(10_001, 10_000, &[0; 16]), "too-many"),
            (file(u32::MAX, u32::MAX, &[0; 16]), "too-many"),
        ] {
            assert_eq!(square(&bytes, 8).unwrap_err().code(), code, "{:?}", &bytes[..bytes.len().min(8)]);
        }
    }
}
