#!/usr/bin/env bash
# Builds, serves, tests and measures Uncrumple; each command first fetches what it alone needs. `./build.sh help` lists them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

ROOT=$PWD
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
TOOLS=${UNCRUMPLE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/uncrumple/tools}
CARGO_HOME=${CARGO_HOME:-$HOME/.cargo}
export PATH="$TOOLS/bin:$PATH" CARGO_HOME
unset CARGO_TARGET_DIR RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
[ -t 1 ] || export CARGO_TERM_COLOR=never NO_COLOR=1

say() { printf '%s\n' "$*"; }
step() { printf '\n==> %s\n' "$*"; }
die() {
  printf '\nbuild.sh: %s\n' "$*" >&2
  exit 1
}

# shellcheck source=www/tools/setup.sh
source www/tools/setup.sh
# shellcheck source=www/tools/wasm.sh
source www/tools/wasm.sh
# shellcheck source=www/tools/test.sh
source www/tools/test.sh

usage() {
  cat <<'TEXT'
usage: ./build.sh [command]

  (none)     build the static site into www/dist/
  serve      build it, then serve it on this machine and print the address (PORT=… chooses the port)
  dev        serve with live reload; a change in src/ builds the wasm again
  test       everything that can fail: format, lints, Rust tests (native, Node, Chromium, Firefox), types,
             JavaScript tests, the site, sizes, browser tests
  lessons    the trainings behind the bars with twenty seeds (`test` runs five), and their table
  bench      how fast it is, beside other libraries in the same browser
  package    the npm package, into www/dist-package/
  wasm       only the wasm, into www/pkg/ (`wasm simd` or `wasm scalar`: one of the two)
  clean      remove everything that was built (not the tools)
  help       this

The tools built on the way (wasm-bindgen; for `test` also wasm-pack and geckodriver) are kept in
$UNCRUMPLE_TOOLS, else ~/.cache/uncrumple/tools, and are shared by every clone.
TEXT
}

build_site() {
  step "site: www/dist"
  (cd www && node_modules/.bin/vite build --logLevel warn)
  say "built: www/dist ($(du -sh www/dist | cut -f1))"
}

setup_site() {
  need_rust
  need_wasm_target
  need_node
  need_wasm_bindgen
  need_packages www
}

cmd_build() {
  setup_site
  build_wasm
  print_sizes || say "(the site is built all the same)"
  build_site
}

cmd_serve() {
  cmd_build
  exec node www/tools/serve.js
}

cmd_dev() {
  setup_site
  build_wasm
  cd www
  exec node_modules/.bin/vite
}

cmd_lessons() {
  need_rust
  step "lessons, every seed"
  LESSONS=all native_cargo test --release --test 'lessons*' -- --nocapture
}

cmd_bench() {
  setup_site
  need_chromium
  if compgen -G 'benches/*.rs' >/dev/null; then
    step "bench: native"
    CARGO_TARGET_DIR=$TARGET/bench cargo bench
  fi
  if [ -f benches/run.mjs ]; then
    need_packages benches
    build_bench
    step "bench: Chromium"
    node benches/run.mjs "$@"
  fi
  need_packages tests/browser
  build_wasm
  build_site
  step "bench: the page"
  node benches/figure.mjs
  node benches/scrub.mjs
  step "bench: Lighthouse"
  node benches/lighthouse.mjs
}

build_package() {
  step "npm package: www/dist-package"
  node www/tools/package.js
}

cmd_package() {
  setup_site
  build_wasm
  build_package
}

cmd_clean() { rm -rf "$TARGET" www/pkg www/dist www/dist-package www/node_modules benches/pkg benches/node_modules tests/formats/node_modules tests/browser/node_modules; }

command=${1:-build}
[ $# -eq 0 ] || shift
case $command in
  build) cmd_build ;;
  serve) cmd_serve ;;
  dev) cmd_dev ;;
  test) cmd_test ;;
  lessons) cmd_lessons ;;
  bench) cmd_bench "$@" ;;
  package) cmd_package ;;
  wasm)
    setup_site
    build_wasm "$@"
    ;;
  clean) cmd_clean ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    die "there is no command '$command'"
    ;;
esac
