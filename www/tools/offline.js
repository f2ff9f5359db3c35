// A Vite plugin: writes dist/sw.js, the service worker with the list of everything that was built.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { SIMD_PROBE } from '../worker/simd.js';

const SOURCE = fileURLToPath(new URL('../worker/offline.js', import.meta.url));
const NAME = 'sw.js';
/** What pages are made of is kept at the first visit; pictures and data when they are used. */
const PAGE_PARTS = /\.(?:html|js|css|woff2|svg)$/;
const ENGINE = /\bengine-\w+-(simd|scalar)-/;

/** @returns {import('vite').Plugin} */
export function offline() {
  let folder = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = `${resolve(root, build.outDir)}/`),
    closeBundle: { order: 'post', sequential: true, handler: () => writeServiceWorker(folder) },
  };
}

/** @param {string} folder a built site, ending with a slash */
export function writeServiceWorker(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => path !== NAME)
    .sort();
  const files = Object.fromEntries(paths.map((path) => [path, { sum: sums(path, readFileSync(folder + path)), keep: keep(path) }]));
  const source = readFileSync(SOURCE, 'utf8');
  const version = createHash('sha256').update(source).update(JSON.stringify(files)).digest('hex').slice(0, 16);
  writeFileSync(folder + NAME, `const SITE = ${JSON.stringify({ version, probe: SIMD_PROBE, files })};\n${source}`);
}

/** @param {string} path @returns {'first' | 'simd' | 'scalar' | 'used'} */
function keep(path) {
  const kind = ENGINE.exec(path)?.[1];
  if (kind === 'simd' || kind === 'scalar') return kind;
  return PAGE_PARTS.test(path) ? 'first' : 'used';
}

/**
 * A host may unpack a `.gz` file on the way, and a browser compares what it then holds: either sum is right.
 *
 * @param {string} path
 * @param {Uint8Array} bytes
 */
const sums = (path, bytes) => (path.endsWith('.gz') ? `${sha256(bytes)} ${sha256(gunzipSync(bytes))}` : sha256(bytes));

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
