// Assets arrive whole and as they were built, or not at all, and it is said why.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import test from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { AssetError, asset } from './asset.js';

/** @typedef {import('./asset.js').Entry} Entry */

// Of little pattern, so that there is something left to send.
let state = 1;
const RAW = Uint8Array.from({ length: 60_000 }, () => (state = (state * 48_271) % 0x7fff_ffff) >> 20);
const PACKED = new Uint8Array(gzipSync(RAW));
const sum = (/** @type {Uint8Array} */ bytes) => ({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
/** @type {Entry} */
const ENTRY = { file: 'x.bin.gz', ...sum(PACKED), raw: sum(RAW) };

/** A host that answers `bytes`, in parts. @param {Uint8Array} bytes @param {ResponseInit} [init] @param {number} [part] */
const host = (bytes, init, part = 1000) => async () => {
  let at = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += part)));
    },
  });
  return new Response(body, init);
};

/** @param {Promise<unknown>} promise @param {string} code @returns {Promise<AssetError>} */
async function refused(promise, code) {
  const error = await promise.then(() => assert.fail('it was taken'), (/** @type {unknown} */ e) => e);
  assert.ok(error instanceof AssetError, String(error));
  assert.equal(error.code, code);
  assert.equal(error.fatal, false);
  return error;
}

test('a packed file is unpacked, and its progress rises from 0 to 1', async () => {
  /** @type {number[]} */
  const shares = [];
  const bytes = await asset('x', ENTRY, { get: host(PACKED), progress: (share) => shares.push(share) });
  assert.deepEqual(bytes, RAW);
  assert.deepEqual([shares[0], shares.at(-1)], [0, 1]);
  assert.ok(shares.length > 5 && shares.every((share, i) => i === 0 || share > shares[i - 1]));
});

test('a file that the host has unpacked on the way is taken as it is', async () => {
  /** @type {number[]} */
  const shares = [];
  assert.deepEqual(await asset('x', ENTRY, { get: host(RAW), progress: (share) => shares.push(share) }), RAW);
  assert.equal(shares.at(-1), 1);
});

test('it works over a real connection, with and without Content-Encoding', async () => {
  const server = createServer((request, response) => {
    response.writeHead(200, request.url === '/encoded' ? { 'content-encoding': 'gzip' } : {});
    response.end(PACKED);
  });
  await new Promise((then) => server.listen(0, '127.0.0.1', () => then(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    for (const path of ['/plain', '/encoded']) {
      assert.deepEqual(await asset(`http://127.0.0.1:${port}${path}`, ENTRY, { get: fetch }), RAW, path);
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('a byte that changed is seen, packed or not, in every part of the file', async () => {
  for (const whole of [PACKED, RAW]) {
    for (const at of [2, 9, whole.length >> 1, whole.length - 9, whole.length - 1]) {
      const altered = whole.slice();
      altered[at] ^= 1;
      await refused(asset('x', ENTRY, { get: host(altered) }), 'asset-altered');
    }
  }
});

test('without SHA-256 a packed file still has the checksum of gzip', async () => {
  const altered = PACKED.slice();
  altered[altered.length >> 1] ^= 1;
  const error = await asset('x', ENTRY, { get: host(altered), digest: null }).catch((e) => e);
  assert.ok(['asset-altered', 'asset-truncated'].includes(error.code), error.code);
  assert.deepEqual(await asset('x', ENTRY, { get: host(PACKED), digest: null }), RAW);
});

test('another file of the same length inside is refused', async () => {
  const other = RAW.slice().reverse();
  const packed = new Uint8Array(gzipSync(other));
  await refused(asset('x', { ...ENTRY, ...sum(packed) }, { get: host(packed) }), 'asset-altered');
});

test('a file cut short or gone on says how many bytes there were', async () => {
  for (const whole of [PACKED, RAW]) {
    const error = await refused(asset('x', ENTRY, { get: host(whole.slice(0, -1)) }), 'asset-truncated');
    assert.deepEqual(error.data, { file: 'x.bin.gz', expected: whole.length, got: whole.length - 1 });
    await refused(asset('x', ENTRY, { get: host(new Uint8Array([...whole, 0])) }), 'asset-truncated');
  }
  await refused(asset('x', ENTRY, { get: host(new Uint8Array()) }), 'asset-truncated');
});

test('a host that never ends is left as soon as it has sent too much', async () => {
  let sent = 0;
  let left = false;
  const get = async () =>
    new Response(
      new ReadableStream({
        pull: (controller) => void (sent++, controller.enqueue(new Uint8Array(10_000))),
        cancel: () => void (left = true),
      }),
    );
  await refused(asset('x', ENTRY, { get }), 'asset-truncated');
  assert.ok(left && sent < 40, `${sent} parts`);
});

test('a few bytes that unpack into very many are stopped', async () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(50_000_000)));
  await refused(asset('x', { ...ENTRY, ...sum(bomb) }, { get: host(bomb, {}, 1 << 20) }), 'asset-truncated');
});

test('a host without the file, and no host at all', async () => {
  const error = await refused(asset('x', ENTRY, { get: host(PACKED, { status: 404 }) }), 'asset-http');
  assert.deepEqual(error.data, { file: 'x.bin.gz', status: 404 });
  const gone = () => Promise.reject(new TypeError('Failed to fetch'));
  await refused(asset('x', ENTRY, { get: gone }), 'asset-offline');
  const breaks = async () => new Response(new ReadableStream({ pull: (c) => c.error(new TypeError('connection reset')) }));
  await refused(asset('x', ENTRY, { get: breaks }), 'asset-offline');
});

test('what is called off ends with the caller’s own reason, before, at the beginning and on the way', async () => {
  const before = AbortSignal.abort();
  await assert.rejects(asset('x', ENTRY, { get: () => assert.fail('not even asked'), signal: before }), { name: 'AbortError' });
  const early = new AbortController();
  const waiting = asset('x', ENTRY, {
    get: (_, { signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    signal: early.signal,
  });
  early.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  const late = new AbortController();
  const progress = (/** @type {number} */ share) => void (share > 0.3 && late.abort());
  await assert.rejects(asset('x', ENTRY, { get: host(PACKED), signal: late.signal, progress }), { name: 'AbortError' });
});

for (const [folder, names] of /** @type {[string, string[]][]} */ ([
  ['digits', ['digits-train', 'digits-test', 'clothes-test', 'digits-net']],
  ['imagenet', ['lite0', 'labels', 'panda', 'gibbon', 'giraffe']],
])) {
  test(`the manifest of ${folder} is of the files that ship`, () => {
    const from = new URL(`../assets/${folder}/`, import.meta.url);
    /** @type {Record<string, Entry>} */
    const manifest = JSON.parse(readFileSync(new URL('manifest.json', from), 'utf8'));
    assert.deepEqual(names.filter((name) => !Object.hasOwn(manifest, name)), []);
    for (const { file, raw, ...packed } of Object.values(manifest)) {
      const bytes = readFileSync(new URL(file, from));
      assert.deepEqual(packed, sum(bytes), file);
      assert.deepEqual(raw, sum(file.endsWith('.gz') ? gunzipSync(bytes) : bytes), file);
    }
  });
}
