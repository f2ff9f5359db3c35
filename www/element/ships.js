/** The files a lab cannot run without: fetched when its figure begins, counted while they come, handed to its run. */
import { AssetError, asset } from '../lib/asset.js';
import { LabError } from '../worker/protocol.js';

/**
 * @typedef {import('../lib/asset.js').Entry} Entry
 * @typedef {import('../lib/asset.js').Get} Get
 * @typedef {{ address: string | URL, entry: Entry }} File  where it lies and what it must be
 * @typedef {{ had: number, all: number }} Bytes            how much has come, of how much, as it lies on the host
 * @typedef {{ supply: (asset: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void> }} Taker
 * @typedef {{ bytes: Promise<Uint8Array<ArrayBuffer>>, hear: Set<(share: number) => void>, stop: AbortController }} Way
 */

/** What is on its way, by address: figures that begin together fetch a file once; those that come later have it from the browser's cache. @type {Map<string, Way>} */
const ways = new Map();

/** @type {Get} */
const fromHost = (address, init) => fetch(address, init);

/**
 * Fetches every file the lab names and gives it to its run; resolves when the run has them all.
 *
 * @param {string[]} names `about.ships`
 * @param {Record<string, File>} files where the stage says they lie
 * @param {Taker} run
 * @param {{ signal: AbortSignal, progress?: (bytes: Bytes) => void, get?: Get }} options `signal`: the figure left the page, what nobody
 *   else waits for is called off
 * @throws {LabError} with the code of the `AssetError`, fatal: without its files the figure cannot begin
 */
export async function shipped(names, files, run, { signal, progress, get = fromHost }) {
  const wanted = names.map((name) => ({ name, file: fileOf(files, name) }));
  const all = wanted.reduce((sum, { file }) => sum + file.entry.bytes, 0);
  const shares = wanted.map(() => 0);
  const tell = () => progress?.({ had: wanted.reduce((sum, { file }, i) => sum + shares[i] * file.entry.bytes, 0), all });
  const own = new AbortController();
  if (signal.aborted) own.abort(signal.reason);
  signal.addEventListener('abort', () => own.abort(signal.reason), { once: true });
  const fetched = wanted.map(async ({ name, file }, i) => {
    const bytes = await shared(file, get, own.signal, (share) => {
      shares[i] = share;
      tell();
    });
    await run.supply(name, bytes);
  });
  try {
    await Promise.all(fetched);
  } catch (thrown) {
    own.abort(thrown); // the others would be fetched for nothing
    await Promise.allSettled(fetched);
    if (thrown instanceof AssetError) throw new LabError({ code: thrown.code, message: thrown.message, data: thrown.data, fatal: true });
    throw thrown;
  }
}

/** @param {Record<string, File>} files @param {string} name */
function fileOf(files, name) {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!file) throw new Error(`the stage does not say where ${name} lies`);
  return file;
}

/**
 * The file's bytes, a copy for each who asks: they are given away to a worker.
 *
 * @param {File} file
 * @param {Get} get
 * @param {AbortSignal} signal
 * @param {(share: number) => void} hear
 */
async function shared({ address, entry }, get, signal, hear) {
  signal.throwIfAborted();
  const key = String(address);
  const way = ways.get(key) ?? begin(key, entry, get);
  way.hear.add(hear);
  try {
    const bytes = await Promise.race([way.bytes, gone(signal)]);
    return way.hear.size > 1 ? bytes.slice() : bytes;
  } finally {
    way.hear.delete(hear);
    if (way.hear.size === 0) way.stop.abort();
  }
}

/** @param {string} key @param {Entry} entry @param {Get} get @returns {Way} */
function begin(key, entry, get) {
  const stop = new AbortController();
  /** @type {Way['hear']} */
  const hear = new Set();
  const progress = (/** @type {number} */ share) => hear.forEach((one) => one(share));
  const bytes = asset(key, entry, { get, signal: stop.signal, progress });
  /** @type {Way} */
  const way = { bytes, hear, stop };
  const forget = () => void (ways.get(key) === way && ways.delete(key));
  bytes.then(forget, forget);
  stop.signal.addEventListener('abort', forget);
  ways.set(key, way);
  return way;
}

/** Never resolves. @param {AbortSignal} signal @returns {Promise<never>} */
const gone = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
