# shellcheck shell=bash
# `./build.sh test`: a list of stages. One that fails fails the whole, the others still run, and the last lines say which.

PASSED=0
FAILED=0
FAILURES=()
LOG=

# Native tests need no link-time optimisation; without it they compile in less than half the time. In one unit and at level 3 the
# trainings run four times as fast, in a third more time to compile. The bits are the same.
native_cargo() {
  CARGO_TARGET_DIR=$TARGET/native CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 CARGO_PROFILE_RELEASE_OPT_LEVEL=3 cargo "$@"
}

# Adds the numbers found in a stage's output at the places cargo, wasm-bindgen and Node print them.
sum_of() {
  sed -E $'s/\x1b\\[[0-9;]*m//g' "$LOG" |
    sed -nE "s/^test result: .*[^0-9]([0-9]+) $1.*/\1/p; s/^(ℹ|#) $2 ([0-9]+)$/\2/p" |
    awk '{ n += $1 } END { print n + 0 }'
}

# stage NAME NEEDS KIND COMMAND…: NEEDS names a stage that must not have failed, or '-'.
# KIND is `check` (counts as one) or `tests` (its tests are counted, and it must have had some).
stage() {
  local name=$1 needs=$2 kind=$3 started=$SECONDS status passed=0 failed=0 failure
  shift 3
  for failure in "${FAILURES[@]}"; do
    if [ "$failure" = "$needs" ]; then
      step "$name: left out, because '$needs' failed"
      FAILURES+=("$name")
      FAILED=$((FAILED + 1))
      return
    fi
  done
  step "$name"
  set +e
  (
    set -e
    "$@"
  ) 2>&1 | tee "$LOG"
  status=${PIPESTATUS[0]}
  set -e
  if [ "$kind" = tests ]; then
    passed=$(sum_of passed pass)
    failed=$(sum_of failed fail)
    if [ "$status" = 0 ] && [ "$passed" = 0 ]; then
      say "not one test ran"
      status=1
    fi
  elif [ "$status" = 0 ]; then
    passed=1
  fi
  if [ "$status" != 0 ]; then
    FAILURES+=("$name")
    [ "$failed" != 0 ] || failed=1
  fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  say "--- $name: $([ "$status" = 0 ] && echo "ok" || echo "FAILED"), $passed passed, $failed failed, $((SECONDS - started)) s"
}

clippy_wasm() { with_kind "$1" cargo clippy --all-targets --target wasm32-unknown-unknown -- -D warnings; }

rust_docs() { RUSTDOCFLAGS='-D warnings' native_cargo doc --no-deps --document-private-items; }

# wasm_tests KIND PREFIXES FLAGS…: runs the tests whose file in tests/ (or folder there) starts with one of the words in PREFIXES.
wasm_tests() {
  local kind=$1 names=() prefix file
  for prefix in $2; do
    for file in "tests/$prefix"*.rs "tests/$prefix"*/main.rs; do
      [ -f "$file" ] || continue
      file=${file#tests/}
      file=${file%/main.rs}
      names+=(--test "${file%.rs}")
    done
  done
  [ ${#names[@]} -gt 0 ] || {
    say "no file of tests/ starts with: $2"
    return 1
  }
  shift 2
  WASM_BINDGEN_TEST_TIMEOUT=600 with_kind "$kind" wasm-pack test --mode no-install --release "$@" . "${names[@]}"
}

# In a browser the portable tests run too: the same bits everywhere is what they are for.
browser_tests() {
  local kind=$1
  shift
  WASM_BINDGEN_USE_BROWSER=1 wasm_tests "$kind" 'portable web' --headless "$@"
}

types() {
  local config
  for config in tsconfig.json tsconfig.worker.json tsconfig.node.json; do
    say "tsc $config"
    www/node_modules/.bin/tsc --project "www/$config"
  done
}

# node_tests FOLDER: every *.test.mjs under it.
node_tests() {
  local files=()
  mapfile -d '' files < <(find "$1" \( -name node_modules -o -name dist -o -name dist-package \) -prune -o -name '*.test.mjs' -print0 | LC_ALL=C sort -z)
  [ ${#files[@]} -gt 0 ] || {
    say "there is no *.test.mjs under $1"
    return 1
  }
  node --test --test-concurrency=1 --test-timeout=600000 --test-reporter=spec "${files[@]}"
}

package_tests() {
  build_package
  node_tests tests/package
}

cmd_test() {
  local started=$SECONDS kind
  setup_site
  need_wasm_pack
  need_geckodriver
  need_browsers
  need_packages tests/browser
  need_packages tests/formats
  export CARGO_INCREMENTAL=0
  LOG=$(mktemp)
  trap 'rm -f "$LOG"' EXIT

  stage 'format' - check cargo fmt --check
  stage 'lints, native' - check native_cargo clippy --all-targets -- -D warnings
  stage 'lints, wasm simd' - check clippy_wasm simd
  stage 'lints, wasm scalar' - check clippy_wasm scalar
  stage 'Rust docs' - check rust_docs
  stage 'Rust tests, native' - tests native_cargo test --release --no-fail-fast
  stage 'wasm' - check build_wasm
  stage 'wasm sizes' wasm check hold_sizes
  for kind in simd scalar; do
    stage "Rust tests, Node, $kind" - tests wasm_tests "$kind" portable --node
    stage "Rust tests, Chromium, $kind" - tests browser_tests "$kind" --chrome --chromedriver /usr/bin/chromedriver
    stage "Rust tests, Firefox, $kind" - tests browser_tests "$kind" --firefox --geckodriver "$(command -v geckodriver)"
  done
  stage 'JavaScript types' wasm check types
  stage 'JavaScript tests' wasm tests node_tests www
  stage 'ONNX' - tests node_tests tests/formats
  stage 'site' wasm check build_site
  stage 'browser tests' site tests node_tests tests/browser
  stage 'npm package' wasm tests package_tests

  local took=$(((SECONDS - started) / 60)) failure
  for failure in "${FAILURES[@]}"; do say "failed: $failure"; done
  step "$PASSED passed, $FAILED failed ($took min)"
  [ "$FAILED" = 0 ]
}
