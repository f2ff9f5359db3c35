//! Which JavaScript file may import which, and what the pure ones may not touch.

use crate::script::{Import, Script};
use crate::text::names;
use crate::{Source, none, sources};
use std::collections::BTreeSet;

const WORKER: &str = "www/worker/worker.js";
const PROTOCOL: &str = "www/worker/protocol.js";

/// Files that run in the browser: no tests, no tools, no bundler's settings.
fn shipped() -> Vec<Script> {
    let all = sources("www", &[".js"]);
    // What runs in Node is neither the page's nor the worker's.
    let node = ["www/vite.config.js", "www/package/node.js"];
    let ours = |s: &&Source| !s.path.starts_with("www/tools/") && !node.contains(&s.path.as_str());
    all.iter().filter(ours).map(Script::new).collect()
}

/// Every file that runs where `start` runs.
fn reached<'a>(scripts: &'a [Script], start: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let (mut seen, mut next) = (BTreeSet::new(), start.collect::<Vec<_>>());
    while let Some(path) = next.pop() {
        if !seen.insert(path) {
            continue;
        }
        for import in
            scripts.iter().filter(|s| s.path == path).flat_map(|s| &s.imports).filter(|i| !i.address)
        {
            next.extend(scripts.iter().map(|s| s.path.as_str()).filter(|p| stands_for(&import.target, p)));
        }
    }
    seen
}

/// Whether `target`, in which `…` is any name, may be `path`.
fn stands_for(target: &str, path: &str) -> bool {
    match target.split_once('…') {
        None => target == path,
        Some((start, end)) => {
            path.strip_prefix(start).and_then(|p| p.strip_suffix(end)).is_some_and(|name| !name.contains('/'))
        }
    }
}

fn pkg_faults(scripts: &[Script]) -> Vec<String> {
    let imports = |i: &Import| i.target.starts_with("www/pkg/") || i.target.contains("/pkg/");
    let others = scripts.iter().filter(|s| s.path != WORKER && s.imports.iter().any(imports));
    others.map(|s| format!("{}: only {WORKER} imports pkg/", s.path)).collect()
}

fn thread_faults(scripts: &[Script]) -> Vec<String> {
    let inside = reached(scripts, [WORKER].into_iter());
    let page = reached(scripts, scripts.iter().map(|s| s.path.as_str()).filter(|p| !inside.contains(p)));
    let both = inside.intersection(&page).filter(|path| **path != PROTOCOL);
    let both = both.map(|path| format!("{path}: runs in the page and in the worker; only {PROTOCOL} may"));
    both.collect()
}

/// A folder whose files are functions of their arguments: words it may not say, folders and packages it may import.
struct Pure {
    folder: &'static str,
    words: &'static [&'static str],
    imports: &'static [&'static str],
}

const PURE: [Pure; 2] = [
    Pure {
        folder: "www/draw/",
        words: &[
            "document",
            "window",
            "localStorage",
            "navigator",
            "fetch",
            "customElements",
            "Math.random",
            "Date",
        ],
        imports: &["www/draw/", "www/lib/", "d3-"],
    },
    Pure {
        folder: "www/lib/",
        words: &[
            "document",
            "window",
            "localStorage",
            "sessionStorage",
            "navigator",
            "fetch",
            "self",
            "globalThis",
            "location",
            "customElements",
            "requestAnimationFrame",
            "setTimeout",
            "Math.random",
            "Date",
            "performance",
        ],
        imports: &["www/lib/", "d3-"],
    },
];

fn purity_faults(scripts: &[Script]) -> Vec<String> {
    let mut faults = Vec::new();
    for pure in &PURE {
        for script in scripts.iter().filter(|s| s.path.starts_with(pure.folder)) {
            let words = pure.words.iter().filter(|w| names(&script.code.code, w));
            faults.extend(words.map(|w| format!("{}: `{w}` in what should be pure", script.path)));
            let stranger = |i: &&Import| !pure.imports.iter().any(|start| i.target.starts_with(start));
            let strangers = script.imports.iter().filter(stranger);
            faults.extend(strangers.map(|i| format!("{}: imports {}", script.path, i.target)));
        }
    }
    faults
}

fn all_faults(scripts: &[Script]) -> Vec<String> {
    [pkg_faults(scripts), thread_faults(scripts), purity_faults(scripts)].concat()
}

#[test]
fn scripts_keep_to_their_threads_and_folders() {
    none(all_faults(&shipped()));
}

#[test]
fn the_files_the_rules_are_about_are_there() {
    let scripts = shipped();
    for path in [WORKER, PROTOCOL] {
        assert!(scripts.iter().any(|s| s.path == path), "{path} is gone: these rules look at nothing");
    }
    let glue = |i: &Import| i.target.starts_with("www/pkg/");
    assert!(
        scripts.iter().any(|s| s.path == WORKER && s.imports.iter().any(glue)),
        "the worker loads the wasm"
    );
    let inside = reached(&scripts, [WORKER].into_iter());
    assert!(inside.contains(PROTOCOL), "the worker speaks the protocol");
    assert!(PURE.iter().all(|pure| scripts.iter().any(|s| s.path.starts_with(pure.folder))));
}

fn faults_of(files: &[(&str, &str)]) -> Vec<String> {
    let source = |(path, text): &(&str, &str)| Source { path: (*path).into(), text: (*text).into() };
    all_faults(&files.iter().map(source).map(|s| Script::new(&s)).collect::<Vec<_>>())
}

#[test]
fn the_rules_of_scripts_can_fail() {
    let worker = (
        WORKER,
        "import { x } from './protocol.js'; import { y } from './pace.js'; import('../pkg/simd/u.js');",
    );
    let (protocol, pace) = ((PROTOCOL, "export const x = 1;"), ("www/worker/pace.js", "export const y = 1;"));
    let client = (
        "www/worker/client.js",
        "import { x } from './protocol.js'; import url from './worker.js?worker&url';",
    );
    let house = [worker, protocol, pace, client];
    assert_eq!(faults_of(&house), [""; 0]);
    let broken = [
        ("www/element/x.js", "import init from '../pkg/simd/uncrumple.js';"),
        ("www/element/x.js", "const glue = await import(`../pkg/${kind}/uncrumple.js`);"),
        ("www/element/x.js", "import { y } from '../worker/pace.js';"),
        ("www/element/x.js", "import '../worker/worker.js';"),
        ("www/draw/x.js", "export const f = () => document.body;"),
        ("www/draw/x.js", "import { f } from '../element/run.js';"),
        ("www/lib/x.js", "export const f = () => localStorage.getItem('a');"),
        ("www/lib/x.js", "import { html } from 'lit';"),
    ];
    for file in broken {
        let mut files = house.to_vec();
        files.push(file);
        assert_eq!(faults_of(&files).len().min(1), 1, "{}: {}", file.0, file.1);
    }
}
