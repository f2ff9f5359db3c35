//! Names of the classes, one a line in the order of the network's answers.

use crate::error::{Error, Result};

/// More than any network here tells apart.
const MOST: usize = 10_000;

/// The name of every class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels(Vec<Box<str>>);

impl Labels {
    /// The names of a file.
    ///
    /// # Errors
    /// [`Error::Csv`] for a line that is empty, no text or another's name, [`Error::TooMany`] for more than 10,000.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let bad = |line: usize, what: &str| Error::Csv { line: line + 1, what: what.into() };
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let before = bytes[..e.valid_up_to()].iter().filter(|byte| **byte == b'\n');
            bad(before.count(), "this is no text")
        })?;
        let got = text.lines().count();
        if got > MOST {
            return Err(Error::TooMany { what: "class names", max: MOST, got });
        }
        if got == 0 {
            return Err(bad(0, "a name is missing"));
        }
        let mut labels = Self(Vec::with_capacity(got));
        for (i, line) in text.lines().enumerate() {
            let name = line.trim();
            if name.is_empty() {
                return Err(bad(i, "a name is missing"));
            }
            if labels.class(name).is_some() {
                return Err(bad(i, "another class has this name"));
            }
            labels.0.push(name.into());
        }
        Ok(labels)
    }

    /// Classes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The name of class `i`.
    pub fn name(&self, i: usize) -> &str {
        &self.0[i]
    }

    /// The class called `name`.
    pub fn class(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|known| **known == *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_name() {
        let labels = Labels::read(b"tench\nmissile\r\ncrane\n").unwrap();
        assert_eq!((labels.len(), labels.name(1), labels.class("missile")), (3, "missile", Some(1)));
        assert_eq!(labels.class("Tench"), None);
    }

    #[test]
    fn every_class_that_ships_can_be_asked_for_and_links_to_those_once_named_alike_say_what_they_did() {
        let labels = Labels::read(include_bytes!("../../../www/assets/imagenet/labels.txt")).unwrap();
        assert_eq!(labels.len(), 1000);
        assert!((0..1000).all(|i| labels.class(labels.name(i)) == Some(i)));
        let classes = ["missile", "projectile, missile", "sunglasses", "sunglasses, dark glasses, shades"];
        assert_eq!(classes.map(|name| labels.class(name)), [657, 744, 836, 837].map(Some));
    }

    #[test]
    fn what_is_no_list_of_names_is_refused_with_its_line() {
        for (bytes, at) in [
            (&b""[..], 1),
            (b"\n", 1),
            (b"tench\n\ncrane", 2),
            (b"tench\ncrane\n\xFFx", 3),
            (b"tench\ncrane\n tench\r\n", 3),
        ] {
            assert!(matches!(Labels::read(bytes), Err(Error::Csv { line, .. }) if line == at), "{bytes:?}");
        }
        assert!(matches!(Labels::read(&b"a\n".repeat(10_001)), Err(Error::TooMany { got: 10_001, .. })));
    }
}
