//! The shape of the house: who may name whom in Rust and in JavaScript, and what neither may do.
//!
//! Every rule is tried on a snippet that breaks it, so that a rule that no longer sees anything fails too.
#![cfg(not(target_arch = "wasm32"))]

mod rust;
mod script;
mod scripts;
mod text;

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository: path from its root with `/`, and text.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every file under `folder` that ends in one of `endings`; what is generated or fetched is left out.
pub(crate) fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                if !["node_modules", "dist", "dist-package", "pkg", "target"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|e| name.ends_with(e)) {
                let text = fs::read_to_string(&path).expect("text");
                let path =
                    path.strip_prefix(root).expect("under the root").to_string_lossy().replace('\\', "/");
                found.push(Source { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "nothing found under {folder}");
    found
}

/// Fails with one line a fault.
pub(crate) fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn files_open_with_what_they_are_and_stay_short() {
    let mut faults = Vec::new();
    for source in sources("src", &[".rs"]).into_iter().chain(sources("tests", &[".rs"])) {
        if !source.text.starts_with("//! ") {
            faults.push(format!("{}: no sentence says what it is", source.path));
        }
        faults.extend(too_long(&source));
    }
    for source in sources("www", &[".js", ".mjs"]) {
        if !["// ", "/**", "/*", "#!"].iter().any(|start| source.text.starts_with(start)) {
            faults.push(format!("{}: no sentence says what it is", source.path));
        }
        faults.extend(too_long(&source));
    }
    none(faults);
}

fn too_long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    (lines > 400).then(|| format!("{}: {lines} lines", source.path))
}

#[test]
fn the_limit_of_length_can_fail() {
    let long = Source { path: "long.rs".into(), text: "//! x\n".repeat(401) };
    assert!(too_long(&long).is_some());
}
