/**
 * Data that comes after the page: fetched with progress, unpacked, and held to the length and checksum its manifest states.
 *
 * How it is fetched is handed in (`fetch` of the page, of a worker, of Node). A host may unpack a `.gz` file on the way
 * (`Content-Encoding: gzip`) or not: what arrived is asked, by gzip's first two bytes.
 *
 * @typedef {{ bytes: number, sha256: string }} Sum          length, and SHA-256 in hex
 * @typedef {Sum & { file: string, raw: Sum }} Entry         a file of a manifest: packed, and what is inside
 * @typedef {(address: string, init: { signal?: AbortSignal }) => Promise<Response>} Get
 * @typedef {{ get: Get, signal?: AbortSignal, progress?: (share: number) => void, digest?: Digest | null }} Options
 * @typedef {(bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>} Digest  SHA-256, where there is one
 */

/**
 * What went wrong: `code` and `data` are stable, `message` is English. `asset-offline`: nothing answered. `asset-http`: no file
 * there, `status` says what the host said. `asset-truncated`: fewer bytes than stated, or more. `asset-altered`: other bytes.
 * A fetch that was called off is no such error but the signal's own reason.
 */
export class AssetError extends Error {
  /** The figure goes on as it was. */
  fatal = false;

  /** @param {'asset-offline' | 'asset-http' | 'asset-truncated' | 'asset-altered'} code @param {string} message @param {Record<string, string | number>} data */
  constructor(code, message, data) {
    super(message);
    this.name = 'AssetError';
    this.code = code;
    this.data = data;
  }
}

/**
 * What is inside the file at `address`.
 *
 * @param {string} address
 * @param {Entry} entry
 * @param {Options} options  `progress` hears shares from 0 to 1, rising; `digest: null` leaves checksums to who reads the bytes
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function asset(address, entry, { get, signal, progress, digest = sha256() }) {
  const { file } = entry;
  signal?.throwIfAborted();
  const response = await answered(get(address, { signal }), file, signal);
  if (!response.ok || !response.body) {
    throw new AssetError('asset-http', `${file}: the host answered ${response.status}`, { file, status: response.status });
  }
  const body = await received(response.body, entry, signal, progress);
  const packed = isGzip(body);
  await hold(body, packed ? entry : entry.raw, file, digest);
  if (!packed) return body;
  const raw = await unpacked(body, entry);
  await hold(raw, entry.raw, file, digest);
  return raw;
}

/** @param {Promise<Response>} response @param {string} file @param {AbortSignal} [signal] */
function answered(response, file, signal) {
  return response.catch((error) => {
    throw lost(error, file, signal);
  });
}

/** What a connection that failed is told as. @param {unknown} error @param {string} file @param {AbortSignal} [signal] */
function lost(error, file, signal) {
  if (signal?.aborted) return signal.reason;
  return new AssetError('asset-offline', `${file}: no answer (${error instanceof Error ? error.message : error})`, { file });
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {Entry} entry
 * @param {AbortSignal} [signal]
 * @param {(share: number) => void} [progress]
 */
async function received(stream, { file, bytes, raw }, signal, progress) {
  const reader = stream.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  progress?.(0);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) break;
      parts.push(value);
      length += value.length;
      const whole = isGzip(parts[0]) ? bytes : raw.bytes;
      if (length > whole) throw wrongLength(file, whole, length);
      progress?.(length / whole);
    }
  } catch (error) {
    // Whoever calls it off has a host that stops sending; the rest is not waited for.
    reader.cancel(error).catch(() => {});
    throw error instanceof AssetError ? error : lost(error, file, signal);
  }
  return joined(parts, length);
}

/** @param {Uint8Array[]} parts @param {number} length */
function joined(parts, length) {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param {Uint8Array} bytes */
const isGzip = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * No more than it should be: a few bytes can be made to unpack into as many as a tab can hold.
 *
 * @param {Uint8Array<ArrayBuffer>} packed @param {Entry} entry
 */
async function unpacked(packed, { file, raw }) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const all = new Uint8Array(raw.bytes);
  let at = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > all.length) throw wrongLength(file, all.length, at + value.length);
      all.set(value, at);
      at += value.length;
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    if (error instanceof AssetError) throw error;
    throw new AssetError('asset-altered', `${file} cannot be unpacked`, { file });
  }
  return at === all.length ? all : all.subarray(0, at);
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {Sum} stated @param {string} file @param {Digest | null} digest */
async function hold(bytes, stated, file, digest) {
  if (bytes.length !== stated.bytes) throw wrongLength(file, stated.bytes, bytes.length);
  if (digest && hex(await digest(bytes)) !== stated.sha256) {
    throw new AssetError('asset-altered', `${file} is not the file that was built`, { file });
  }
}

/** @param {string} file @param {number} expected @param {number} got */
function wrongLength(file, expected, got) {
  return new AssetError('asset-truncated', `${file}: expected ${expected} bytes, got ${got}`, { file, expected, got });
}

/** Browsers give it to secure addresses alone; elsewhere the engine's own checksum has to do. @returns {Digest | null} */
function sha256() {
  const subtle = typeof crypto === 'undefined' ? undefined : crypto.subtle;
  return subtle ? (bytes) => subtle.digest('SHA-256', bytes) : null;
}

/** @param {ArrayBuffer} digest */
const hex = (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
