// Which characters a WOFF2 file has: its `cmap`, read without a library (w3.org/TR/WOFF2, OpenType `cmap` formats 4 and 12).
import { brotliDecompressSync } from 'node:zlib';

const HEADER = 48;
/** Known tables have a number in place of a name; these are the two kinds whose bytes are rearranged, and the one we want. */
const CMAP = 0;
const [GLYF, LOCA] = [10, 11];
const NAMED = 63;

/** @param {Buffer} file @returns {Set<number>} code points */
export function charactersOf(file) {
  if (file.toString('latin1', 0, 4) !== 'wOF2') throw new Error('this is no WOFF2 file');
  let at = HEADER;
  const number = () => {
    let value = 0;
    for (let byte = 0x80; byte & 0x80; ) {
      byte = file[at++];
      value = value * 128 + (byte & 0x7f);
    }
    return value;
  };
  let offset = 0;
  let start = -1;
  for (let left = file.readUInt16BE(12); left > 0; left--) {
    const flags = file[at++];
    const kind = flags & 0x3f;
    if (kind === NAMED) at += 4;
    let length = number();
    const version = flags >> 6;
    // Version 3 of glyf and loca, and version 0 of all others, are the bytes as they were.
    if (kind === GLYF || kind === LOCA ? version !== 3 : version !== 0) length = number();
    if (kind === CMAP) start = offset;
    offset += length;
  }
  if (start < 0) throw new Error('this font has no cmap');
  const packed = file.subarray(at, at + file.readUInt32BE(20));
  return readCmap(brotliDecompressSync(packed).subarray(start));
}

/** @param {Buffer} cmap */
function readCmap(cmap) {
  const found = /** @type {Set<number>} */ (new Set());
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + 8 * i + 4));
    const format = table.readUInt16BE(0);
    if (format === 4) readSegments(table, found);
    if (format === 12) readGroups(table, found);
  }
  return found;
}

/** @param {Buffer} table @param {Set<number>} found */
function readSegments(table, found) {
  const twice = table.readUInt16BE(6);
  for (let i = 0; i < twice; i += 2) {
    const last = table.readUInt16BE(14 + i);
    const first = table.readUInt16BE(16 + twice + i);
    const delta = table.readUInt16BE(16 + 2 * twice + i);
    const place = 16 + 3 * twice + i;
    const range = table.readUInt16BE(place);
    for (let c = first; c <= last && c < 0xffff; c++) {
      const glyph = range === 0 ? c + delta : table.readUInt16BE(place + range + 2 * (c - first));
      if ((glyph & 0xffff) !== 0) found.add(c);
    }
  }
}

/** @param {Buffer} table @param {Set<number>} found */
function readGroups(table, found) {
  for (let i = 0; i < table.readUInt32BE(12); i++) {
    const [first, last] = [table.readUInt32BE(16 + 12 * i), table.readUInt32BE(20 + 12 * i)];
    for (let c = first; c <= last; c++) found.add(c);
  }
}
