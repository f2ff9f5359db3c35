# shellcheck shell=bash
# How the Rust becomes wasm: every module (some labs and what they need, the table is `labs!`) once with simd128 and once without.

MODULES=(plane pictures)

# with_kind KIND COMMAND…: runs cargo, or what calls it, with that kind's flags and in that kind's folder.
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
  CARGO_ENCODED_RUSTFLAGS=$flags CARGO_TARGET_DIR=$TARGET/$kind "$@"
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

# make_wasm KIND OUT [--features …] [-- --cfg …]: cargo, wasm-bindgen and wasm-opt, into OUT. What was there stays until the new is whole.
make_wasm() {
  local kind=$1 out=$2 started=$SECONDS made=$TARGET/$1/bindgen/$2 opt=("${WASM_OPT[@]}")
  shift 2
  step "wasm, $out: cargo"
  cargo fetch --quiet
  with_kind "$kind" cargo rustc --release --lib --target wasm32-unknown-unknown "$@"
  say "wasm, $out: wasm-bindgen"
  rm -rf "$made" "$out.next"
  wasm-bindgen --target web --out-name uncrumple --out-dir "$made" \
    "$TARGET/$kind/wasm32-unknown-unknown/release/uncrumple.wasm"
  say "wasm, $out: wasm-opt"
  [ "$kind" = scalar ] || opt+=(--enable-simd)
  mkdir -p "$out.next"
  cp "$made"/*.js "$made"/*.d.ts "$out.next/"
  www/node_modules/.bin/wasm-opt "${opt[@]}" "$made/uncrumple_bg.wasm" -o "$out.next/uncrumple_bg.wasm"
  # The page that `dev` serves keeps the last good build until this one is whole.
  rm -rf "$out"
  mv "$out.next" "$out"
  say "wasm, $out: $((SECONDS - started)) s"
}

# once OUT COMMAND…: unless OUT was made from what there is now.
once() {
  local out=$1 inputs
  shift
  inputs=$(wasm_inputs)
  if [ "$(cat "$out/stamp" 2>/dev/null)" = "$inputs" ]; then
    say "wasm, $out: unchanged"
    return
  fi
  "$@"
  printf '%s\n' "$inputs" >"$out/stamp"
}

# part NAME VALUE: of all labs those whose `labs!` entry has it: `module "plane"`, `lab "boundary"`.
part() { printf '%s\n' -- --cfg part --cfg "$1=\"$2\""; }

# build_wasm [KIND…]: every module, into www/pkg/, both kinds unless told.
build_wasm() {
  [ $# -gt 0 ] || set -- simd scalar
  local kind module flags
  for kind in "$@"; do
    case $kind in simd | scalar) ;; *) die "wasm is built as simd or scalar, not '$kind'" ;; esac
    for module in "${MODULES[@]}"; do
      mapfile -t flags < <(part module "$module")
      once "www/pkg/$module/$kind" make_wasm "$kind" "www/pkg/$module/$kind" "${flags[@]}"
    done
  done
  node www/tools/modules.js
}

# All labs and the bench's way in, which never ships.
build_bench() {
  local kind
  for kind in simd scalar; do once "benches/pkg/$kind" make_wasm "$kind" "benches/pkg/$kind" --features bench; done
}

# lab_alone LAB: the module, without SIMD, which weighs more, that a site of this one lab would have.
lab_alone() {
  local flags
  mapfile -t flags < <(part lab "$1")
  once "$TARGET/alone/$1" make_wasm scalar "$TARGET/alone/$1" "${flags[@]}"
}

# The modules as they were before wasm-opt still have their functions' names: they say what each lab adds.
print_sizes() { node www/tools/sizes.js "$TARGET/scalar/bindgen/www/pkg" "$@"; }

# The first lab alone has a budget of its own.
hold_sizes() {
  lab_alone boundary
  print_sizes "$TARGET/alone/boundary/uncrumple_bg.wasm"
}
