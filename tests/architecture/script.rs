//! What one JavaScript file imports, and where that is.

use crate::Source;
use crate::text::{Language, Scrubbed, scrub};

/// A file of `www/`, its imports resolved.
pub(crate) struct Script {
    pub(crate) path: String,
    pub(crate) code: Scrubbed,
    pub(crate) imports: Vec<Import>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Import {
    /// A path from the root, or the name of a package. What stands for any name is `…`.
    pub(crate) target: String,
    /// Only the address is taken (`?url`, `?worker&url`, `new URL`): the code runs elsewhere.
    pub(crate) address: bool,
}

impl Script {
    pub(crate) fn new(source: &Source) -> Self {
        let code = scrub(&source.text, Language::JavaScript);
        let imports = imports(&source.path, &code);
        Self { path: source.path.clone(), code, imports }
    }
}

fn imports(path: &str, scrubbed: &Scrubbed) -> Vec<Import> {
    let mut found = Vec::new();
    for (i, text) in scrubbed.strings.iter().enumerate() {
        let mark = format!("\"{i}\"");
        let at = scrubbed.code.find(&mark).expect("every string is marked once");
        let before: String = scrubbed.code[..at].chars().filter(|c| !c.is_whitespace()).collect();
        let wrapped = ["import(", "newURL("].iter().any(|w| before.ends_with(w));
        let word = |w: &str| {
            let rest = before.strip_suffix(w);
            rest.is_some_and(|r| !r.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.'))
        };
        // `import x from '…'` squeezed is `importxfrom`, so what precedes `from` may be a letter.
        let from = before.ends_with("from") && scrubbed.code[..at].trim_end().ends_with(" from")
            || before.ends_with("}from");
        if !(wrapped || from || word("import")) {
            continue;
        }
        let (name, query) = text.split_once('?').unwrap_or((text, ""));
        let relative = name.starts_with('.');
        if before.ends_with("newURL(") && !relative {
            continue;
        }
        let address = before.ends_with("newURL(") || query.contains("url") || query.contains("worker");
        found.push(Import { target: if relative { resolve(path, name) } else { name.into() }, address });
    }
    found
}

/// `../draw/axes.js` seen from `www/labs/boundary.js` is `www/draw/axes.js`.
pub(crate) fn resolve(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_way_to_import_is_seen() {
    let text = "import a from './a.js';\nimport { b, c } from '../b.js';\nimport '../c.css';\nexport * from './d.js';\n\
        const e = await import('./e.js');\nconst f = await import(`../labs/${g}.js`);\nimport h from './h.js?worker&url';\n\
        const i = new URL('./i.js', import.meta.url);\nimport { line } from 'd3-shape';\n\
        /** @typedef {import('./types.js').T} T */\nconst j = 'from'; Array.from('./k.js'); new URL('https://x.org');";
    let script = Script::new(&Source { path: "www/element/x.js".into(), text: text.into() });
    let import = |target: &str, address| Import { target: target.into(), address };
    let expected = [
        import("www/element/a.js", false),
        import("www/b.js", false),
        import("www/c.css", false),
        import("www/element/d.js", false),
        import("www/element/e.js", false),
        import("www/labs/….js", false),
        import("www/element/h.js", true),
        import("www/element/i.js", true),
        import("d3-shape", false),
    ];
    assert_eq!(script.imports, expected);
}
