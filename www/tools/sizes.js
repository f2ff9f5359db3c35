// Prints what the wasm weighs, what each lab adds, and fails when it weighs more than a visitor should have to wait for.
//   node tools/sizes.js [folder-of-modules-with-names [module-of-boundary-alone.wasm]]
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { functionSizes } from './wasm-names.js';

const PKG = fileURLToPath(new URL('../pkg/', import.meta.url));
const KINDS = ['simd', 'scalar'];
const FILES = ['uncrumple_bg.wasm', 'uncrumple.js'];
/** Thousands of bytes, gzipped: of the first lab alone, and of any module. */
const BUDGET = { alone: 120, module: 250 };

const kb = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(8);
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
const gzip = (/** @type {Uint8Array} */ bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }).length;

/**
 * Code by the module of the crate it was compiled from. Inlined code counts where it landed.
 * @param {string} path
 */
function parts(path) {
  /** @type {Map<string, number>} */
  const total = new Map();
  for (const { name, bytes } of functionSizes(readFileSync(path))) {
    const found = /uncrumple(?:\[[0-9a-f]+\])?::(labs::\w+|\w+)/.exec(name);
    const part = found?.[1] ?? 'Rust and its libraries';
    total.set(part, (total.get(part) ?? 0) + bytes);
  }
  return [...total].sort((a, b) => b[1] - a[1]);
}

let over = false;

/** @param {string} name @param {string} path @param {number} limit KB gzipped */
function weigh(name, path, limit) {
  const bytes = readFileSync(path);
  const packed = gzip(bytes);
  const heavy = packed > limit * 1000;
  over ||= heavy;
  say(`  ${name.padEnd(25)} ${kb(bytes.length)} ${kb(packed)}${limit < Infinity ? `   of ${limit}` : ''}${heavy ? ': over budget' : ''}`);
}

const { MODULE_OF } = await import(`${PKG}modules.js`);
const [named, alone] = process.argv.slice(2);
say('                              raw KB  gzip KB');
for (const module of new Set(Object.values(MODULE_OF))) {
  say(`  ${module}: ${Object.keys(MODULE_OF).filter((lab) => MODULE_OF[lab] === module).join(', ')}`);
  for (const kind of KINDS) {
    for (const file of FILES) {
      weigh(`${kind}/${file}`, `${PKG}${module}/${kind}/${file}`, file.endsWith('.wasm') ? BUDGET.module : Infinity);
    }
  }
  const path = `${named}/${module}/scalar/uncrumple_bg.wasm`;
  if (named === undefined || !existsSync(path)) continue;
  say('  its code by part, before wasm-opt, raw KB:');
  for (const [part, bytes] of parts(path)) say(`    ${part.padEnd(23)} ${kb(bytes)}`);
  if (functionSizes(readFileSync(path)).some(({ name }) => name.includes('flt2dec'))) {
    say('  std’s printing of floats is in it, some 10 KB gzip: a `{}` or `{:?}` of an f32, or its `clamp` (see src/decimal.rs).');
  }
}
if (alone !== undefined) weigh('boundary alone, scalar', alone, BUDGET.alone);
if (over) {
  say('The wasm is over its budget.');
  process.exitCode = 1;
}
