//! Tiers of the crate, and what no module of it may do.

use crate::text::{Language, names, scrub};
use crate::{Source, none, sources};

/// Modules by tier: one names only modules of lower tiers.
const TIERS: [&[&str]; 8] = [
    &["tensor", "rng", "decimal"],
    &["error"],
    &["kernel"],
    &["objective", "optim", "data", "sim", "synth"],
    &["nn"],
    &["attack", "formats", "probe", "rl", "train"],
    &["labs"],
    &["web"],
];

fn tier(module: &str) -> Option<usize> {
    TIERS.iter().position(|tier| tier.contains(&module))
}

/// `src/nn/layers/dense.rs` is `["nn", "layers", "dense"]`, `src/nn/mod.rs` is `["nn"]`, the façade is nothing.
fn module(path: &str) -> Vec<&str> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    inner.split('/').filter(|part| !["mod", "lib"].contains(part)).collect()
}

/// Code of a file without comments, strings, and what is compiled for tests only.
fn code(source: &Source) -> String {
    let mut code = scrub(&source.text, Language::Rust).code;
    while let Some(start) = code.find("#[cfg(test)]") {
        let Some(open) = code[start..].find('{').map(|i| start + i) else { break };
        let end = matching(&code[open..]).map_or(code.len(), |i| open + i + 1);
        code.replace_range(start..end, "");
    }
    code
}

/// Where the brace that `text` starts with is closed.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(i, c)| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        (depth == 0).then_some(i)
    })
}

/// First names of a path's continuation: one, or those of each branch of its braces.
fn heads(rest: &str) -> Vec<String> {
    let rest = rest.trim_start();
    if !rest.starts_with('{') {
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        return if word.is_empty() { vec![] } else { vec![word] };
    }
    let inside = &rest[1..matching(rest).unwrap_or(rest.len())];
    let (mut depth, mut found, mut start) = (0, Vec::new(), 0);
    for (i, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            found.extend(heads(&inside[start..i]));
            start = i + 1;
        }
    }
    found
}

/// Top-level modules that the file names through `crate::` or by climbing with `super::`.
fn named(path: &str, code: &str) -> Vec<String> {
    let squeezed =
        code.replace([' ', '\n', '\t'], "").replace("usecrate", "use crate").replace("usesuper", "use super");
    let mut found: Vec<String> = squeezed.split("crate::").skip(1).flat_map(heads).collect();
    // A file as deep as its path reaches the crate's root by climbing as often; inner modules climb once more.
    let depth = module(path).len();
    let climb = "super::".repeat(depth);
    if depth > 0 {
        found.extend(
            squeezed.split(climb.as_str()).skip(1).flat_map(heads).filter(|head| tier(head).is_some()),
        );
    }
    found
}

fn tier_faults(source: &Source) -> Vec<String> {
    let path = &source.path;
    let parts = module(path);
    let Some(own) = parts.first().copied() else { return vec![] };
    let Some(height) = tier(own) else { return vec![format!("{path}: `{own}` stands in no tier")] };
    let other = |name: &String| name != own && name != "self";
    let named = named(path, &code(source)).into_iter().filter(other);
    let faults = named.filter_map(|name| match tier(&name) {
        Some(t) if t < height => None,
        Some(t) => Some(format!("{path}: `{own}` of tier {height} names `{name}` of tier {t}")),
        // `crate::Error` and `crate::Result` are the façade's; they live in tier 1.
        None if ["Error", "Result"].contains(&name.as_str()) && height > 1 => None,
        None => Some(format!("{path}: names `crate::{name}`, which stands in no tier")),
    });
    faults.collect()
}

/// What is forbidden where: (words, allowed here, why).
type Ban = (&'static [&'static str], fn(&str) -> bool, &'static str);

const BANS: [Ban; 7] = [
    (
        &["wasm_bindgen", "js_sys", "web_sys", "serde_wasm_bindgen", "console_error_panic_hook"],
        |path| path.starts_with("src/web/"),
        "the browser is the outermost ring",
    ),
    (&["unsafe"], |path| path == "src/kernel/lanes.rs", "unsafe stays in one file"),
    (
        &["core::arch", "std::arch"],
        |path| path == "src/kernel/lanes.rs" || path.starts_with("src/kernel/lanes/"),
        "intrinsics stay in one module",
    ),
    (
        &[
            "std::time",
            "Instant",
            "SystemTime",
            "std::env",
            "std::fs",
            "std::net",
            "std::process",
            "std::thread",
            "thread_local!",
            "static mut",
            "OnceLock",
            "LazyLock",
            "Mutex",
            "AtomicUsize",
            "AtomicU32",
            "AtomicU64",
            "println!",
            "eprintln!",
            "print!",
            "eprint!",
            "dbg!",
            "todo!",
            "unimplemented!",
        ],
        |_| false,
        "no clock, global, environment, thread or print in the core",
    ),
    (
        &["HashMap", "HashSet", "RandomState", "getrandom", "thread_rng"],
        |_| false,
        "order and chance come from a seed",
    ),
    (
        &[
            ".exp(",
            ".exp2(",
            ".exp_m1(",
            ".ln(",
            ".ln_1p(",
            ".log(",
            ".log2(",
            ".log10(",
            ".sin(",
            ".cos(",
            ".tan(",
            ".sin_cos(",
            ".asin(",
            ".acos(",
            ".atan(",
            ".atan2(",
            ".sinh(",
            ".cosh(",
            ".tanh(",
            ".powf(",
            ".powi(",
            ".cbrt(",
            ".hypot(",
            ".mul_add(",
            "f32::exp",
            "f32::ln",
            "f32::tanh",
            "f32::sin",
            "f32::cos",
            "f32::powf",
            "f32::powi",
            "f32::mul_add",
            "f64::exp",
            "f64::ln",
            "f64::tanh",
            "f64::sin",
            "f64::cos",
            "f64::powf",
            "f64::powi",
            "f64::mul_add",
            ".dot(",
        ],
        |_| false,
        "the platform's functions differ between native and wasm: use `kernel` or `libm`",
    ),
    (&[".unwrap("], |_| false, "`expect` says why it holds"),
];

fn ban_faults(source: &Source) -> Vec<String> {
    let code = code(source);
    let broken = BANS.iter().filter(|ban| !ban.1(&source.path)).flat_map(|ban| {
        let found = ban.0.iter().filter(|word| names(&code, word));
        found.map(|word| format!("{}: `{word}`: {}", source.path, ban.2))
    });
    broken.collect()
}

#[test]
fn modules_name_only_lower_tiers() {
    none(sources("src", &[".rs"]).iter().flat_map(tier_faults).collect());
}

#[test]
fn the_core_does_nothing_that_is_forbidden() {
    none(sources("src", &[".rs"]).iter().flat_map(ban_faults).collect());
}

fn snippet(path: &str, text: &str) -> Source {
    Source { path: path.into(), text: text.into() }
}

#[test]
fn tiers_can_fail() {
    let upward = [
        ("src/kernel/gemm.rs", "use crate::nn::Network;"),
        ("src/tensor.rs", "use crate::{rng::Rng};"),
        ("src/nn/layers/dense.rs", "use crate::{error::{Error, Result}, kernel::{Mat, gemm}, labs::{Lab}};"),
        ("src/objective/mod.rs", "fn f() -> crate::optim::Rule { crate :: optim::Rule::Sgd }"),
        ("src/attack/pgd.rs", "use {crate::kernel, crate::probe};"),
        ("src/rng.rs", "use super::labs::Frame;"),
        ("src/kernel/lanes.rs", "pub(in crate::web) fn f() {}"),
        ("src/nn/layers/add.rs", "use super::super::super::attack;"),
        ("src/plot/mod.rs", "use crate::tensor::Batch;"),
        ("src/error.rs", "use crate::elsewhere::Thing;"),
    ];
    for (path, text) in upward {
        assert!(!tier_faults(&snippet(path, text)).is_empty(), "{path}: {text}");
    }
    let fine = [
        ("src/nn/network.rs", "use super::{Layer, labs}; use crate::kernel; // crate::labs\n\"crate::web\";"),
        ("src/labs/boundary.rs", "use crate::{attack::{Pgd, Stop}, nn::Network}; use super::Lab;"),
        ("src/attack/pgd.rs", "use crate::attack::Task; use crate::Result;"),
        ("src/lib.rs", "pub mod web; pub use crate::web::Lab;"),
        ("src/kernel/mod.rs", "#[cfg(test)] mod tests { use crate::nn::Network; fn f() {} }"),
    ];
    for (path, text) in fine {
        assert_eq!(tier_faults(&snippet(path, text)), [""; 0], "{path}: {text}");
    }
}

#[test]
fn bans_can_fail() {
    let forbidden = [
        ("src/labs/mod.rs", "use wasm_bindgen::prelude::*;"),
        ("src/kernel/gemm.rs", "unsafe { read(p) }"),
        ("src/kernel/lanes/simd128.rs", "unsafe { read(p) }"),
        ("src/kernel/lanes_of_others.rs", "use core::arch::wasm32::*;"),
        ("src/web/mod.rs", "unsafe { read(p) }"),
        ("src/train/mod.rs", "let t = std::time::Instant::now();"),
        ("src/rng.rs", "std::env::var(\"SEED\")"),
        ("src/nn/mod.rs", "println!(\"{}\", 1)"),
        ("src/data/mod.rs", "let m: HashMap<u32, f32>;"),
        ("src/optim/rules.rs", "let y = x.exp();"),
        ("src/optim/rules.rs", "let y = a.mul_add(b, c);"),
        ("src/optim/rules.rs", "values.map(f32::tanh)"),
        ("src/nn/layers/dense.rs", "let y = x.dot(&w);"),
        ("src/labs/mod.rs", "value.unwrap()"),
    ];
    for (path, text) in forbidden {
        assert_eq!(ban_faults(&snippet(path, text)).len().min(1), 1, "{path}: {text}");
    }
    let fine = [
        ("src/web/mod.rs", "use wasm_bindgen::prelude::*;"),
        ("src/kernel/lanes.rs", "use core::arch::wasm32::*; unsafe { v128_load(p) }"),
        ("src/kernel/lanes/simd128.rs", "use core::arch::wasm32::*; f32x4_splat(x)"),
        ("src/kernel/pointwise.rs", "// x.exp()\nlet y = exp(x); kernel::dot(a, b); x.sqrt().abs()"),
        ("src/error.rs", "let message = \"println! unsafe\"; value.unwrap_or(0)"),
    ];
    for (path, text) in fine {
        assert_eq!(ban_faults(&snippet(path, text)), [""; 0], "{path}: {text}");
    }
}
