// `node www/tools/digits.js FOLDER`: packs the pictures of www/assets/digits from FOLDER/mnist and FOLDER/fashion-mnist.
// `node www/tools/digits.js --network FILE`: packs a network that `tests/lessons_filters.rs` trains on them, and writes to FILE.
//
// Both hold the four IDX files of their set, gzipped, under their usual names. Taken are the first pictures of every class, as
// many of each, in the order of the source: guessing is then right one time in ten exactly. `src/data/images.rs` reads the result.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { crc32, gunzipSync, gzipSync } from 'node:zlib';

const OUT = fileURLToPath(new URL('../assets/digits/', import.meta.url));
const CLASSES = 10;
/** What is packed: name, folder, the source's own prefix, pictures of each class. @type {[string, string, string, number][]} */
const SETS = [
  ['digits-train', 'mnist', 'train', 1200],
  ['digits-test', 'mnist', 't10k', 200],
  ['clothes-test', 'fashion-mnist', 't10k', 50],
];

/** An IDX file of unsigned bytes. @param {string} path @returns {{ dims: number[], data: Buffer }} */
function idx(path) {
  const bytes = gunzipSync(readFileSync(path));
  if (bytes.readUInt16BE(0) !== 0 || bytes[2] !== 0x08) throw new Error(`${path}: no IDX file of unsigned bytes`);
  const dims = Array.from({ length: bytes[3] }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const data = bytes.subarray(4 + 4 * dims.length);
  if (data.length !== dims.reduce((a, b) => a * b)) throw new Error(`${path}: ${data.length} values for ${dims}`);
  return { dims, data };
}

/**
 * Magic `UIMG`, version 1, classes (both a byte), height, width (16 bits), count (32 bits), a class a picture, its pixels row
 * by row, CRC-32 of all before it. Little-endian.
 *
 * @param {{ classes: number[], height: number, width: number, pixels: Buffer[] }} pictures
 */
export function pack({ classes, height, width, pixels }) {
  const head = Buffer.alloc(14);
  head.write('UIMG');
  head.writeUInt8(1, 4);
  head.writeUInt8(CLASSES, 5);
  head.writeUInt16LE(height, 6);
  head.writeUInt16LE(width, 8);
  head.writeUInt32LE(classes.length, 10);
  const body = Buffer.concat([head, Buffer.from(classes), ...pixels]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(body));
  return Buffer.concat([body, sum]);
}

/** The first `each` pictures of every class. @param {string} folder @param {string} prefix @param {number} each */
function take(folder, prefix, each) {
  const { dims, data } = idx(join(folder, `${prefix}-images-idx3-ubyte.gz`));
  const labels = idx(join(folder, `${prefix}-labels-idx1-ubyte.gz`)).data;
  const [count, height, width] = dims;
  if (labels.length !== count) throw new Error(`${folder}: ${labels.length} labels for ${count} pictures`);
  const taken = Array(CLASSES).fill(0);
  const chosen = [...labels.keys()].filter((i) => taken[labels[i]]++ < each);
  if (chosen.length !== CLASSES * each) throw new Error(`${folder}: a class has fewer than ${each} pictures`);
  const size = height * width;
  return { classes: chosen.map((i) => labels[i]), height, width, pixels: chosen.map((i) => data.subarray(i * size, (i + 1) * size)) };
}

/** @param {Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Packs one file, and says so in the manifest. @param {string} name @param {Buffer} raw */
function put(name, raw) {
  const at = `${OUT}manifest.json`;
  /** @type {Record<string, import('../lib/asset.js').Entry>} */
  const manifest = existsSync(at) ? JSON.parse(readFileSync(at, 'utf8')) : {};
  const packed = gzipSync(raw, { level: 9, memLevel: 9 });
  packed[9] = 255; // the byte that names the packer's operating system: no one's
  writeFileSync(`${OUT}${name}.bin.gz`, packed);
  manifest[name] = {
    file: `${name}.bin.gz`,
    bytes: packed.length,
    sha256: sha256(packed),
    raw: { bytes: raw.length, sha256: sha256(raw) },
  };
  writeFileSync(at, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`${name}: ${raw.length} bytes, ${packed.length} packed`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [source, network] = process.argv.slice(2);
  if (!source || (source === '--network') !== Boolean(network)) {
    throw new Error('usage: node www/tools/digits.js FOLDER, or --network FILE');
  }
  mkdirSync(OUT, { recursive: true });
  if (network) put(basename(network, '.bin'), readFileSync(network));
  else SETS.forEach(([name, folder, prefix, each]) => put(name, pack(take(join(source, folder), prefix, each))));
}
