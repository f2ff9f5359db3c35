//! The same bits natively, in scalar wasm and in simd128 wasm: hashes of results, compared with those in `bits.txt`.
//!
//! The hashes say nothing of right or wrong (other tests do that); they were made natively and are only there to tie
//! the targets together. After a change that means to change results, the first command writes them anew; the other
//! two must then agree.
//!
//! ```text
//! BITS=write cargo test --release --test portable
//! CARGO_TARGET_DIR=target/scalar wasm-pack test --node --mode no-install --release . --test portable
//! CARGO_TARGET_DIR=target/simd RUSTFLAGS='-C target-feature=+simd128' wasm-pack test … (the same)
//! ```

mod attacks;
mod chance;
mod data;
mod errors;
mod formats;
mod gemm;
mod kernels;
mod labs;
mod lite;
mod networks;
mod photos;
mod pictures;
#[path = "../shipped/mod.rs"]
mod shipped;
mod training;

/// FNV-1a, 64 bits, over the bits of numbers; every NaN is the same one.
pub(crate) struct Hash(u64);

impl Hash {
    pub(crate) fn bits(&mut self, bits: u32) {
        for byte in bits.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
        }
    }

    pub(crate) fn numbers(&mut self, x: &[f32]) {
        x.iter().for_each(|x| self.bits(if x.is_nan() { 0x7FC0_0000 } else { x.to_bits() }));
    }
}

/// `name`, and what all that `write` hashes comes to.
pub(crate) fn hashed(name: &str, write: impl FnOnce(&mut Hash)) -> String {
    let mut hash = Hash(0xCBF2_9CE4_8422_2325);
    write(&mut hash);
    format!("{name} {:016x}", hash.0)
}

/// Fails unless `found` are the lines of `group` in `bits.txt`.
pub(crate) fn same_bits(group: &str, found: &[String]) {
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("BITS").is_some_and(|v| v == "write") {
        return write_bits(group, found);
    }
    let lines = include_str!("bits.txt").lines();
    let expected: Vec<_> = lines.filter_map(|line| line.strip_prefix(group)?.strip_prefix(": ")).collect();
    assert_eq!(found, expected, "{group}: these bits are not those of the other targets");
}

/// Puts `found` in the place of the lines of `group`; groups stand in the order of their names.
#[cfg(not(target_arch = "wasm32"))]
fn write_bits(group: &str, found: &[String]) {
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().expect("no writer panicked");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/portable/bits.txt");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let prefix = format!("{group}: ");
    let mut lines: Vec<String> =
        text.lines().filter(|l| !l.starts_with(&prefix)).map(str::to_owned).collect();
    lines.extend(found.iter().map(|line| format!("{prefix}{line}")));
    lines.sort_by(|a, b| a.split(": ").next().cmp(&b.split(": ").next()));
    std::fs::write(path, lines.join("\n") + "\n").expect("the tests folder can be written");
}
