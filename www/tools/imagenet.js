// `node www/tools/imagenet.js FOLDER`: packs www/assets/imagenet from FOLDER's lite0.json, lite0.i8.bin, labels.txt and photos/*.webp.
//
// The network becomes one file that says what is in it, `UQNT`, read by `src/formats/quantized.rs`; each photo one of `UPIC`, read by
// `src/data/photo.rs`: the middle square, 0.875 of the shorter side, made 224 × 224 as Pillow's bicubic filter would (`resize.js`). Chromium decodes
// the webp, its colour profile left aside; the pixels are libwebp's own.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { crc32, gzipSync } from 'node:zlib';
import { launchChromium } from './browser.js';
import { bicubic } from './resize.js';

const OUT = fileURLToPath(new URL('../assets/imagenet/', import.meta.url));
const SIDE = 224;
/** Side of the pictures one chooses from. */
const SMALL = 96;
const OPS = ['conv', 'dw', 'pool', 'fc'];

/** @typedef {{ name: string, op: string, k: number, stride: number, cin: number, cout: number, relu6: boolean, residual: boolean, i8: number[], n: number }} Layer */

/** @param {Buffer} body */
function sealed(body) {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(body));
  return Buffer.concat([body, sum]);
}

/**
 * Weights as the engine's layers hold them, channels out varying fastest; in the source they vary slowest.
 *
 * @param {Layer} layer @param {Buffer} data
 */
function turned({ n, cin, cout, op }, data) {
  const inner = n / cout;
  const taps = op === 'dw' ? inner : inner / cin;
  const out = Buffer.alloc(n);
  for (let o = 0; o < cout; o += 1) {
    for (let i = 0; i < inner; i += 1) {
      // The source counts taps fastest, then channels in.
      const row = (i % taps) * (inner / taps) + Math.floor(i / taps);
      out[row * cout + o] = data[o * inner + i];
    }
  }
  return out;
}

/** One row of the table. @param {string} name @param {number[]} bytes @param {number[]} words */
function row(name, bytes, words) {
  const of = Buffer.alloc(6);
  words.forEach((word, i) => of.writeUInt16LE(word, 2 * i));
  return Buffer.concat([Buffer.from(bytes), of, Buffer.from([name.length]), Buffer.from(name, 'ascii')]);
}

/**
 * Magic `UQNT`, version 1, channels of the picture (both a byte), layers (16 bits). Then a row each: operation (0 convolution, 1
 * depthwise, 2 mean over all pixels, 3 dense), side of the window, stride, whether ReLU6 follows (a byte each), channels in,
 * channels out, the layer whose output is added, counted from 1, or 0 (16 bits each), length of the name (a byte), the name. Then
 * of each with parameters: a scale and a bias for each channel out (f32), the weights (i8). CRC-32 of all before it. Little-endian.
 *
 * @param {Layer[]} layers @param {Buffer} data
 */
export function packNetwork(layers, data) {
  const rows = [];
  const bodies = [];
  for (const layer of layers) {
    const { name, k, stride, cin, cout, relu6, residual, i8, n } = layer;
    if (layer.op === 'fc') rows.push(row('pool', [2, 0, 0, 0], [cin, cin, 0]));
    const op = OPS.indexOf(layer.op === 'pw' ? 'conv' : layer.op);
    // A block's project adds what its expand read, three layers back.
    rows.push(row(name, [op, k, stride, Number(relu6)], [cin, cout, residual ? rows.length - 2 : 0]));
    const [weights, scales, biases] = i8;
    bodies.push(data.subarray(scales, scales + 4 * cout), data.subarray(biases, biases + 4 * cout));
    bodies.push(turned(layer, data.subarray(weights, weights + n)));
  }
  const head = Buffer.from('UQNT....\0');
  head.writeUInt8(1, 4);
  head.writeUInt8(3, 5);
  head.writeUInt16LE(rows.length, 6);
  return sealed(Buffer.concat([head.subarray(0, 8), ...rows, ...bodies]));
}

/** What PNG's Paeth filter expects of a byte. @param {number} a @param {number} b @param {number} c */
function paeth(a, b, c) {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/**
 * Magic `UPIC`, version 1, channels (both a byte), height, width (16 bits), then every byte less what Paeth's filter (PNG) expects of
 * it, row by row, CRC-32 of all before it. Little-endian.
 *
 * @param {Uint8Array} pixels @param {number} side
 */
export function packPhoto(pixels, side) {
  const head = Buffer.from('UPIC......');
  head.writeUInt8(1, 4);
  head.writeUInt8(3, 5);
  head.writeUInt16LE(side, 6);
  head.writeUInt16LE(side, 8);
  const line = 3 * side;
  const rest = Buffer.from(pixels);
  rest.forEach((_, i) => {
    const left = i % line >= 3;
    const [a, b, c] = [left ? pixels[i - 3] : 0, i >= line ? pixels[i - line] : 0, left && i >= line ? pixels[i - line - 3] : 0];
    rest[i] = pixels[i] - paeth(a, b, c);
  });
  return sealed(Buffer.concat([head, rest]));
}

/** The middle square of a picture. @param {{ width: number, height: number, rgb: Uint8Array }} picture */
function square({ width, height, rgb }) {
  const side = Math.round(0.875 * Math.min(width, height));
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const rows = Array.from({ length: side }, (_, y) => rgb.subarray(3 * ((top + y) * width + left)).subarray(0, 3 * side));
  return { side, rgb: Buffer.concat(rows) };
}

/** Runs in the page: what a webp file holds, RGB, as base64. @param {string} base64 */
async function decode(base64) {
  const file = await (await fetch(`data:image/webp;base64,${base64}`)).blob();
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const { width, height } = bitmap;
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }));
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const rgb = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i += 1) rgb.set(data.subarray(4 * i, 4 * i + 3), 3 * i);
  return { width, height, url: await text(new Blob([rgb])) };

  /** @param {Blob} blob @returns {Promise<string>} */
  function text(blob) {
    const reader = new FileReader();
    return new Promise((done) => {
      reader.onload = () => done(String(reader.result));
      reader.readAsDataURL(blob);
    });
  }
}

/** Runs in the page: a square of RGB as webp. @param {{ side: number, rgb: number[] }} picture @returns {Promise<number[]>} */
async function encode({ side, rgb }) {
  const canvas = new OffscreenCanvas(side, side);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(side, side);
  for (let i = 0; i < side * side; i += 1) image.data.set([rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2], 255], 4 * i);
  context.putImageData(image, 0, 0);
  return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 })).arrayBuffer())];
}

/** @param {string} folder @returns {Promise<Map<string, { pixels: Uint8Array, small: Buffer }>>} */
async function photos(folder) {
  const found = new Map();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.webp')).sort()) {
      const { url, ...size } = await page.evaluate(decode, readFileSync(join(folder, file)).toString('base64'));
      const { side, rgb } = square({ ...size, rgb: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64') });
      const small = await page.evaluate(encode, { side: SMALL, rgb: [...bicubic(rgb, side, SMALL)] });
      found.set(basename(file, '.webp').replaceAll('_', '-'), { pixels: bicubic(rgb, side, SIDE), small: Buffer.from(small) });
    }
  } finally {
    await browser.close();
  }
  return found;
}

/** @param {Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Writes it gzipped, and says so. @param {string} name @param {Buffer} raw @returns {import('../lib/asset.js').Entry} */
function write(name, raw) {
  const packed = gzipSync(raw, { level: 9, memLevel: 9 });
  packed[9] = 255; // the byte that names the packer's operating system: no one's
  const file = `${name}.bin.gz`;
  writeFileSync(`${OUT}${file}`, packed);
  console.log(`${name}: ${raw.length} bytes, ${packed.length} packed`);
  return { file, bytes: packed.length, sha256: sha256(packed), raw: { bytes: raw.length, sha256: sha256(raw) } };
}

/** A file that lies as it is. @param {string} file @param {Buffer} raw @returns {import('../lib/asset.js').Entry} */
function plain(file, raw) {
  const sum = { bytes: raw.length, sha256: sha256(raw) };
  writeFileSync(`${OUT}${file}`, raw);
  return { file, ...sum, raw: sum };
}

/** Classes named like one before them: all the names of their WordNet synsets. @type {Record<number, string>} */
const SECOND = { 744: 'projectile, missile', 837: 'sunglasses, dark glasses, shades' };

/** @param {string} source */
async function main(source) {
  mkdirSync(OUT, { recursive: true });
  const { layers } = JSON.parse(readFileSync(join(source, 'lite0.json'), 'utf8'));
  const names = readFileSync(join(source, 'labels.txt'), 'utf8').trimEnd().split('\n');
  if (names.length !== 1000) throw new Error(`labels.txt: ${names.length} names`);
  Object.assign(names, SECOND);
  /** @type {Record<string, import('../lib/asset.js').Entry>} */
  const manifest = {
    lite0: write('lite0', packNetwork(layers, readFileSync(join(source, 'lite0.i8.bin')))),
    labels: plain('labels.txt', Buffer.from(`${names.join('\n')}\n`)),
  };
  for (const [name, { pixels, small }] of await photos(join(source, 'photos'))) {
    manifest[name] = write(name, packPhoto(pixels, SIDE));
    writeFileSync(`${OUT}${name}.webp`, small);
  }
  writeFileSync(`${OUT}LICENSE-weights.txt`, readFileSync(join(source, 'LICENSE-weights.txt')));
  writeFileSync(`${OUT}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [source] = process.argv.slice(2);
  if (!source) throw new Error('usage: node www/tools/imagenet.js FOLDER');
  await main(source);
}
