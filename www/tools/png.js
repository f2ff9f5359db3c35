// A PNG of few colours: flat drawings need no more, and weigh a fifth.
import { crc32, deflateSync } from 'node:zlib';

/** Bits of a channel that count when colours are grouped. */
const BITS = 4;

/**
 * @param {Uint8Array} rgba opaque pixels, row by row
 * @param {number} width
 * @param {number} height
 * @param {number} colours at most 256; the most frequent groups of colours are kept, the others drawn in the nearest of them
 */
export function indexedPng(rgba, width, height, colours) {
  /** @type {Map<number, { n: number, sum: number[], at: number }>} */
  const groups = new Map();
  const pixels = width * height;
  const keys = new Uint16Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const rgb = rgba.subarray(4 * i, 4 * i + 3);
    const key = rgb.reduce((sum, v) => (sum << BITS) | (v >> (8 - BITS)), 0);
    const group = groups.get(key) ?? { n: 0, sum: [0, 0, 0], at: 0 };
    group.n++;
    rgb.forEach((v, c) => (group.sum[c] += v));
    groups.set(key, group);
    keys[i] = key;
  }
  const all = [...groups.values()].sort((a, b) => b.n - a.n);
  const mean = (/** @type {{ n: number, sum: number[] }} */ { n, sum }) => sum.map((v) => Math.round(v / n));
  const palette = all.slice(0, colours).map(mean);
  for (const group of all) {
    const own = mean(group);
    const far = palette.map((entry) => entry.reduce((sum, v, c) => sum + (v - own[c]) ** 2, 0));
    group.at = far.indexOf(Math.min(...far));
  }
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = groups.get(keys[y * width + x])?.at ?? 0;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // eight bits, by palette
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const body = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(named, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}
