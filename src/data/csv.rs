//! Points as lines `x,y,class[,held-out]`.
//!
//! By hand and line by line, since a bad line must cost no other: a general reader lets one stray quote swallow the rest
//! of the file, and weighs more than this.

use super::{MAX_CLASSES, MAX_POINTS, Points};
use crate::decimal;
use crate::error::{Error, Result};
use crate::kernel;

/// What to do with a line that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// Refuse the whole, naming the line.
    Refuse,
    /// Leave it out and count it.
    Skip,
}

/// What a file held.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The points, inside [−1, 1]².
    pub points: Points,
    /// Whether they had to be moved and shrunk (all alike) to fit.
    pub scaled: bool,
    /// Lines left out.
    pub skipped: usize,
}

struct Row<'a> {
    at: [f32; 2],
    label: &'a str,
    held_out: Option<bool>,
}

/// Reads `bytes`. Commas, semicolons (then with decimal commas, too) or tabs separate; a line of names may come first;
/// blank lines and those after `#` are passed over. A class is any text, of five at most: whole numbers from 0 to 4 mean
/// themselves if 0 occurs or what is held out is said (as in our own files); other numbers count up from the
/// smallest, other texts in order of appearance.
///
/// # Errors
/// [`Error::Csv`] with the line; [`Error::TooMany`] rows or classes.
pub fn parse(bytes: &[u8], bad: Bad) -> Result<Imported> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (mut rows, mut skipped, mut separator) = (Vec::new(), 0, None);
    for (number, line) in lines(bytes) {
        if rows.len() == MAX_POINTS {
            let got = MAX_POINTS + lines(bytes).filter(|(n, _)| *n >= number).count();
            return Err(Error::TooMany { what: "rows", max: MAX_POINTS, got });
        }
        let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8 text".to_owned());
        let first = separator.is_none();
        let read = text.and_then(|text| {
            let by = *separator
                .get_or_insert_with(|| *[b'\t', b';'].iter().find(|s| line.contains(s)).unwrap_or(&b','));
            // A line of names is one that begins with no number.
            let name = text.split(by as char).next().is_some_and(|cell| number_of(cell, by).is_none());
            if first && name { Ok(None) } else { row(text, by).map(Some) }
        });
        match (read, bad) {
            (Ok(row), _) => rows.extend(row),
            (Err(_), Bad::Skip) => skipped += 1,
            (Err(what), Bad::Refuse) => return Err(Error::Csv { line: number, what }),
        }
    }
    if rows.is_empty() {
        return Err(Error::Csv { line: 1, what: "there is no point in it".into() });
    }
    let classes = classes(&rows)?;
    let (points, scaled) = place(&rows, &classes);
    Ok(Imported { points, scaled, skipped })
}

/// Every line that is neither blank nor a comment, with its number from 1. CR, LF or both end a line.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let ends = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    let lines = bytes.split(move |b| *b == ends).map(<[u8]>::trim_ascii).enumerate();
    lines.filter(|(_, line)| !line.is_empty() && line[0] != b'#').map(|(i, line)| (i + 1, line))
}

fn row(text: &str, by: u8) -> Result<Row<'_>, String> {
    let mut cells = text.split(by as char).map(bare);
    let mut next = || cells.next().unwrap_or_default();
    let (x, y, label, held_out) = (next(), next(), next(), next());
    if text.split(by as char).skip(4).any(|rest| !bare(rest).is_empty()) {
        return Err("there are more than four values".into());
    }
    let coordinate = |name: &str, cell: &str| match number_of(cell, by) {
        Some(v) if v.is_finite() => Ok(v),
        _ if cell.is_empty() => Err(format!("{name} is missing")),
        _ => Err(format!("{name} is not a number: {}", shown(cell))),
    };
    let at = [coordinate("x", x)?, coordinate("y", y)?];
    if label.is_empty() {
        return Err("the class is missing".into());
    }
    let held_out = match held_out.to_ascii_lowercase().as_str() {
        "" => None,
        "0" | "false" | "train" => Some(false),
        "1" | "true" | "test" => Some(true),
        _ => return Err(format!("held-out is neither 0 nor 1: {}", shown(held_out))),
    };
    Ok(Row { at, label, held_out })
}

/// Without spaces and quotes around it.
fn bare(cell: &str) -> &str {
    let cell = cell.trim_ascii();
    let quoted = |quote| cell.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(cell).trim_ascii()
}

fn number_of(cell: &str, by: u8) -> Option<f32> {
    let cell = bare(cell);
    if by == b',' { decimal::parse(cell) } else { decimal::parse(&cell.replace(',', ".")) }
}

/// A cell in a message, kept short.
fn shown(cell: &str) -> String {
    let start: String = cell.chars().filter(|c| !c.is_control()).take(20).collect();
    if start.len() < cell.len() { format!("{start}…") } else { start }
}

/// The class of every row.
fn classes(rows: &[Row]) -> Result<Vec<u32>> {
    let mut labels: Vec<(&str, Option<f32>)> = Vec::new();
    for row in rows {
        if !labels.iter().any(|(label, _)| *label == row.label) {
            labels.push((row.label, decimal::parse(row.label)));
        }
    }
    if labels.len() > MAX_CLASSES {
        return Err(Error::TooMany { what: "classes", max: MAX_CLASSES, got: labels.len() });
    }
    let own = |v: f32| v.trunc() == v && (0.0..MAX_CLASSES as f32).contains(&v);
    let said = labels.iter().any(|l| l.1 == Some(0.0)) || rows.iter().any(|row| row.held_out.is_some());
    if said && labels.iter().all(|l| l.1.is_some_and(own)) {
        let class = |row: &Row| decimal::parse(row.label).expect("checked above") as u32;
        return Ok(rows.iter().map(class).collect());
    }
    if labels.iter().all(|l| l.1.is_some_and(f32::is_finite)) {
        kernel::sort_few(&mut labels, |a, b| a.1 < b.1);
    }
    let class =
        |row: &Row| labels.iter().position(|l| l.0 == row.label).expect("every label is listed") as u32;
    Ok(rows.iter().map(class).collect())
}

/// The rows as points; where one lies outside the plot, all are centred and scaled alike until none does.
fn place(rows: &[Row], classes: &[u32]) -> (Points, bool) {
    let range = |axis: usize| {
        let each = || rows.iter().map(|row| f64::from(row.at[axis]));
        (each().fold(f64::INFINITY, f64::min), each().fold(f64::NEG_INFINITY, f64::max))
    };
    let ends = [range(0), range(1)];
    let scaled = ends.iter().any(|(low, high)| *low < -1.0 || *high > 1.0);
    let middle = ends.map(|(low, high)| low / 2.0 + high / 2.0);
    let half = ends.iter().map(|(low, high)| high / 2.0 - low / 2.0).fold(0.0, f64::max);
    let mut points = Points::default();
    for (row, class) in rows.iter().zip(classes) {
        let fit = |axis: usize| match half {
            _ if !scaled => row.at[axis],
            0.0 => 0.0,
            _ => ((f64::from(row.at[axis]) - middle[axis]) / half * 0.95) as f32,
        };
        points.push([fit(0), fit(1)], *class, row.held_out == Some(true));
    }
    (points, scaled)
}

/// The points as such lines, a line of names first; [`parse`] gives the same bits back.
pub fn to_csv(points: &Points) -> String {
    let mut text = String::from("x,y,class,held-out\n");
    for i in 0..points.len() {
        let ([x, y], class, held_out) = (points.at(i), points.class[i], u8::from(points.held_out[i]));
        let (x, y) = (decimal::text(x), decimal::text(y));
        text += &format!("{x},{y},{class},{held_out}\n");
    }
    text
}
