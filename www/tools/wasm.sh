# shellcheck shell=bash
# How the Rust becomes wasm: once with simd128 and once without, each with its own glue and its own cargo folder.

# with_kind KIND COMMAND…: runs cargo, or what calls it, with that kind's flags. ONLY_LAB=… leaves the other labs out.
with_kind() {
  local kind=$1 flags folder
  shift
  # A panic names its source file: from the crate on, not from this machine's folders.
  flags="--remap-path-prefix=$ROOT=uncrumple"
  for folder in "$CARGO_HOME"/registry/src/*/; do flags+=$'\x1f'"--remap-path-prefix=${folder%/}=crates"; done
  # Kernels inline what they need by attribute; elsewhere small code counts: 12 % less wasm at the same speed.
  flags+=$'\x1f-C\x1fllvm-args=--inline-threshold=5'
  # Never relaxed-simd: its results depend on the processor.
  [ "$kind" = scalar ] || flags+=$'\x1f-C\x1ftarget-feature=+simd128'
  [ -z "${ONLY_LAB:-}" ] || flags+=$'\x1f--cfg\x1fone_lab\x1f--cfg\x1flab="'$ONLY_LAB'"'
  CARGO_ENCODED_RUSTFLAGS=$flags CARGO_TARGET_DIR=$TARGET/$kind${ONLY_LAB:+-$ONLY_LAB} "$@"
}

# What wasm-opt may use is what rustc already uses. No --fast-math: results must not change by a bit.
# rustc has inlined what is worth it: left to itself wasm-opt inlines more, and gzip finds 1.6 KB less to share.
WASM_OPT=(-O3 --converge --always-inline-max-function-size=2 --flexible-inline-max-function-size=2 --one-caller-inline-max-function-size=0
  --strip-producers --strip-target-features --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue)

# A sum over everything the wasm is made from.
wasm_inputs() {
  {
    find src benches/workloads -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
    sha256sum Cargo.toml Cargo.lock build.sh www/tools/wasm.sh www/package-lock.json
    rustc -vV
    wasm-bindgen --version
  } | sha256sum
}

# build_wasm_kind KIND [bench]: into www/pkg/, or with the bench's way in, which never ships, into benches/pkg/.
build_wasm_kind() {
  local kind=$1 feature=${2:-} inputs started=$SECONDS out next made opt=("${WASM_OPT[@]}")
  out=${feature:+benches/pkg/$kind}
  out=${out:-www/pkg/$kind}
  next=$out.next
  made=$TARGET/$kind/bindgen$feature
  inputs=$(wasm_inputs)
  if [ -f "$out/stamp" ] && [ "$(cat "$out/stamp")" = "$inputs" ]; then
    say "wasm, $kind: unchanged"
    return
  fi
  step "wasm, $kind: cargo"
  cargo fetch --quiet
  with_kind "$kind" cargo build --release --lib --target wasm32-unknown-unknown ${feature:+--features "$feature"}
  say "wasm, $kind: wasm-bindgen"
  rm -rf "$made" "$next"
  wasm-bindgen --target web --out-name uncrumple --out-dir "$made" \
    "$TARGET/$kind/wasm32-unknown-unknown/release/uncrumple.wasm"
  say "wasm, $kind: wasm-opt"
  [ "$kind" = scalar ] || opt+=(--enable-simd)
  mkdir -p "$next"
  cp "$made"/*.js "$made"/*.d.ts "$next/"
  www/node_modules/.bin/wasm-opt "${opt[@]}" "$made/uncrumple_bg.wasm" -o "$next/uncrumple_bg.wasm"
  printf '%s\n' "$inputs" >"$next/stamp"
  # The page that `dev` serves keeps the last good build until this one is whole.
  rm -rf "$out"
  mv "$next" "$out"
  say "wasm, $kind: $out ($((SECONDS - started)) s)"
}

# build_wasm [KIND…]: both unless told.
build_wasm() {
  [ $# -gt 0 ] || set -- simd scalar
  local kind
  for kind in "$@"; do
    case $kind in simd | scalar) ;; *) die "wasm is built as simd or scalar, not '$kind'" ;; esac
    build_wasm_kind "$kind"
  done
}

# lab_alone LAB: the module, without SIMD, which weighs more, that a site of this one lab would have; into target/.
lab_alone() {
  local ONLY_LAB=$1 made=$TARGET/scalar-$1/bindgen
  step "wasm, scalar, of $1 alone"
  with_kind scalar cargo build --release --lib --target wasm32-unknown-unknown
  wasm-bindgen --target web --out-name uncrumple --out-dir "$made" \
    "$TARGET/scalar-$1/wasm32-unknown-unknown/release/uncrumple.wasm"
  www/node_modules/.bin/wasm-opt "${WASM_OPT[@]}" "$made/uncrumple_bg.wasm" -o "$made/small.wasm"
}

# The module as it was before wasm-opt still has its functions' names: they say what each lab adds.
print_sizes() { node www/tools/sizes.js "$TARGET/scalar/bindgen/uncrumple_bg.wasm" "$@"; }

# The first lab alone has a budget of its own.
hold_sizes() {
  lab_alone boundary
  print_sizes "$TARGET/scalar-boundary/bindgen/small.wasm"
}
