/** Files that a run turns out to lack: fetched while the figure shows what it showed, counted on a bar where it takes a while. */
import { LabError } from '../worker/protocol.js';
import { shipped } from './ships.js';

/** A bar appears only where there is something to wait for. */
export const PATIENCE_MS = 300;
/** More bytes than this are sent to nobody who only scrolls past. */
const HEAVY = 3e6;

/**
 * Gives the run the files called `names`; settings that need a file which cannot be had are refused, and the run that goes on goes on.
 * A figure that begins, and needs a heavy file that is not kept here yet, waits to be asked.
 *
 * @param {import('./living.js').Living} figure
 * @param {import('./run.js').Run} run
 * @param {string[]} names
 * @param {{ ships: Record<string, import('./ships.js').File>, signal: AbortSignal, asked: Promise<void> }} from
 */
export async function fetchLacking(figure, run, names, { ships, signal, asked }) {
  if (figure.run !== run) await wanted(figure, names, { ships, signal, asked });
  /** @type {import('./ships.js').Bytes | undefined} */
  let bytes;
  // There may be a bar already, of the engine's coming: it counts bytes from now on.
  const count = () => figure.cover({ kind: 'loading', bytes });
  const bar = setTimeout(() => (figure.covered ?? { kind: 'loading' }).kind === 'loading' && count(), PATIENCE_MS);
  const progress = (/** @type {import('./ships.js').Bytes} */ come) => {
    bytes = come;
    if (figure.covered?.kind === 'loading') count();
  };
  try {
    await shipped(names, ships, run, { signal, progress });
  } catch (thrown) {
    if (figure.run !== run || !(thrown instanceof LabError)) throw thrown;
    throw new LabError({ code: thrown.code, message: thrown.message, data: thrown.data, fatal: false });
  } finally {
    clearTimeout(bar);
    if (figure.run === run && figure.covered?.kind === 'loading') figure.uncover();
  }
}

/** @param {import('./living.js').Living} figure @param {string[]} names @param {{ ships: Record<string, import('./ships.js').File>, signal: AbortSignal, asked: Promise<void> }} from */
async function wanted(figure, names, { ships, signal, asked }) {
  const files = names.flatMap((name) => ships[name] ?? []);
  const all = files.reduce((sum, { entry }) => sum + entry.bytes, 0);
  let waits = true;
  void asked.then(() => (waits = false));
  if (all < HEAVY || (await kept(files)) || !waits) return;
  figure.cover({ kind: 'heavy', all });
  figure.tell('wait', { bytes: all });
  await Promise.race([asked, new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))]);
  figure.cover({ kind: 'loading' });
}

/** Whether an earlier visit left them here. @param {import('./ships.js').File[]} files */
async function kept(files) {
  try {
    return (await Promise.all(files.map(({ address }) => caches.match(String(address))))).every(Boolean);
  } catch {
    return false; // a frame without an origin has no such place
  }
}
