// Files a lab ships with reach its run whole or not at all, each once, and only while somebody waits for them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { shipped } from './ships.js';

const sum = (/** @type {Uint8Array} */ bytes) => ({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
/** @param {string} name @param {number} length */
function file(name, length) {
  const raw = Uint8Array.from({ length }, (_, i) => (i * 7) % 251);
  return { raw, at: { address: `https://x.example/${name}`, entry: { file: name, ...sum(raw), raw: sum(raw) } } };
}
const [big, small] = [file('big.bin', 3000), file('small.bin', 1000)];
const FILES = { 'big.bin': big.at, 'small.bin': small.at };
const NAMES = Object.keys(FILES);

/** A host that hands out parts when it is let. @param {{ cut?: boolean, held?: Promise<void> }} [how] */
function host({ cut = false, held } = {}) {
  const asked = /** @type {string[]} */ ([]);
  const called = /** @type {AbortSignal[]} */ ([]);
  /** @type {import('../lib/asset.js').Get} */
  const get = async (address, { signal }) => {
    asked.push(address);
    if (signal) called.push(signal);
    await held;
    signal?.throwIfAborted();
    const bytes = address.endsWith('big.bin') ? big.raw : small.raw;
    return new Response(cut ? bytes.slice(0, -10) : bytes);
  };
  return { get, asked, called };
}

function taker() {
  /** @type {Record<string, Uint8Array>} */
  const had = {};
  return { had, supply: async (/** @type {string} */ name, /** @type {Uint8Array<ArrayBuffer>} */ bytes) => void (had[name] = bytes) };
}
const signal = () => new AbortController().signal;

test('every file is given to the run, and bytes are counted over all of them', async () => {
  const run = taker();
  /** @type {{ had: number, all: number }[]} */
  const told = [];
  await shipped(NAMES, FILES, run, { signal: signal(), get: host().get, progress: (bytes) => told.push(bytes) });
  assert.deepEqual(run.had, { 'big.bin': big.raw, 'small.bin': small.raw });
  assert.deepEqual(told.at(-1), { had: 4000, all: 4000 });
  assert.ok(told.every(({ had }, i) => i === 0 || had >= told[i - 1].had));
});

test('two figures that begin together fetch a file once and have bytes of their own', async () => {
  const { get, asked } = host();
  const [one, two] = [taker(), taker()];
  await Promise.all([one, two].map((run) => shipped(NAMES, FILES, run, { signal: signal(), get })));
  assert.equal(asked.length, 2);
  assert.deepEqual(one.had, two.had);
  assert.notEqual(one.had['big.bin'].buffer, two.had['big.bin'].buffer);
});

test('a figure that leaves does not take the file from one that stays', async () => {
  let open = () => {};
  const { get, asked, called } = host({ held: new Promise((then) => (open = then)) });
  const [left, stays] = [new AbortController(), taker()];
  const first = shipped(['big.bin'], FILES, taker(), { signal: left.signal, get });
  const second = shipped(['big.bin'], FILES, stays, { signal: signal(), get });
  left.abort(new DOMException('left', 'AbortError'));
  await assert.rejects(first, { name: 'AbortError' });
  assert.equal(called[0].aborted, false);
  open();
  await second;
  assert.deepEqual([asked.length, stays.had['big.bin']], [1, big.raw]);
});

test('what nobody waits for is called off, and is fetched anew when it is wanted again', async () => {
  const { get, called } = host({ held: new Promise(() => {}) });
  const left = new AbortController();
  const waiting = shipped(['big.bin'], FILES, taker(), { signal: left.signal, get });
  left.abort(new DOMException('left', 'AbortError'));
  await assert.rejects(waiting, { name: 'AbortError' });
  assert.equal(called[0].aborted, true);
  const again = taker();
  await shipped(['big.bin'], FILES, again, { signal: signal(), get: host().get });
  assert.deepEqual(again.had['big.bin'], big.raw);
});

test('a file that came short is told as a fatal error with its code, and the next try begins anew', async () => {
  await assert.rejects(shipped(NAMES, FILES, taker(), { signal: signal(), get: host({ cut: true }).get }), { name: 'LabError', code: 'asset-truncated', fatal: true });
  const run = taker();
  await shipped(NAMES, FILES, run, { signal: signal(), get: host().get });
  assert.deepEqual(Object.keys(run.had).sort(), NAMES);
});

test('a file the stage does not know is a fault of ours', async () => {
  await assert.rejects(shipped(['constructor'], FILES, taker(), { signal: signal() }), /does not say where/);
});
