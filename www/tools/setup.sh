# shellcheck shell=bash
# What build.sh needs on the machine: each function checks for one thing, fetches it if that is ours to do, else says how to get it.

WASM_PACK=0.15.1
GECKODRIVER=0.37.1
NODE_AT_LEAST=20.19

# Installs Debian packages, as root or through sudo.
apt_install() {
  command -v apt-get >/dev/null || die "these Debian packages are missing: $*
  There is no apt-get here: install the same programs with your system's own package manager."
  local sudo=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these Debian packages are missing: $*
  Install them as root:  apt-get install $*"
    sudo=(sudo)
  fi
  step "apt-get install $*"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

need_rust() {
  command -v cargo >/dev/null || die "Rust is missing. Get it from https://rustup.rs, open a new shell and run this again."
  command -v cc >/dev/null || apt_install gcc libc6-dev
  cargo --version >/dev/null || die "cargo does not start. rust-toolchain.toml names the toolchain: 'rustup toolchain install' fetches it."
  [ -f Cargo.lock ] || cargo generate-lockfile
}

has_wasm_target() {
  compgen -G "$(rustc --print target-libdir --target wasm32-unknown-unknown)/libcore-*.rlib" >/dev/null
}

need_wasm_target() {
  has_wasm_target && return 0
  step "Rust's wasm32-unknown-unknown target"
  if command -v rustup >/dev/null; then rustup target add wasm32-unknown-unknown || true; fi
  has_wasm_target || die "Rust has no standard library for wasm32-unknown-unknown.
  With rustup:     rustup target add wasm32-unknown-unknown
  Without rustup:  put a rustc that has this target first on PATH
                   (Debian: libstd-rust-dev-wasm32 of the same version as rustc)"
}

need_node() {
  local name have
  for name in node npm; do
    command -v "$name" >/dev/null || die "Node ($name) is missing. Get version $NODE_AT_LEAST or newer from https://nodejs.org."
  done
  have=$(node --version)
  printf 'v%s\n%s\n' "$NODE_AT_LEAST" "$have" | sort -V -C ||
    die "Node $have is too old: version $NODE_AT_LEAST or newer is needed (https://nodejs.org)."
}

# need_packages DIR: the npm packages its lock file names, once.
need_packages() {
  local stamp=$1/node_modules/.installed sum
  sum=$(sha256sum <"$1/package-lock.json")
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ]; then return 0; fi
  step "npm packages for $1/"
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund) || die "npm could not install the packages of $1/package-lock.json."
  printf '%s\n' "$sum" >"$stamp"
}

# need_tool BINARY CRATE VERSION: built from crates.io once and kept.
need_tool() {
  local binary=$1 crate=$2 version=$3 have
  have=$("$binary" --version 2>/dev/null || true)
  case " ${have%%$'\n'*} " in *" $version "*) return 0 ;; esac
  step "building $crate $version (once, a few minutes; kept in $TOOLS)"
  local install=(cargo install --force --root "$TOOLS" --version "=$version" "$crate")
  "${install[@]}" --locked || {
    say "its lock file cannot be used with the registry as it is now: taking the newest versions that fit"
    "${install[@]}"
  } || die "cargo could not build $crate $version.
  To do it yourself:  cargo install --root '$TOOLS' --version '=$version' $crate"
}

# The tool and the crate must be of one version: the lock file says which.
need_wasm_bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)
  [ -n "$version" ] || die "Cargo.lock has no wasm-bindgen."
  need_tool wasm-bindgen wasm-bindgen-cli "$version"
}

need_wasm_pack() { need_tool wasm-pack wasm-pack "$WASM_PACK"; }
need_geckodriver() { need_tool geckodriver geckodriver "$GECKODRIVER"; }

need_chromium() { [ -x /usr/bin/chromium ] || apt_install chromium; }

# Browsers come from Debian; nothing here downloads one.
need_browsers() {
  local missing=()
  [ -x /usr/bin/chromium ] || missing+=(chromium)
  [ -x /usr/bin/chromedriver ] || missing+=(chromium-driver)
  [ -x /usr/bin/firefox-esr ] || missing+=(firefox-esr)
  [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
}
