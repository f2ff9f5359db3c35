/** Files that a run turns out to lack: fetched while the figure shows what it showed, counted on a bar where it takes a while. */
import { LabError } from '../worker/protocol.js';
import { shipped } from './ships.js';

/** A bar appears only where there is something to wait for. */
export const PATIENCE_MS = 300;

/**
 * Gives the run the files called `names`; settings that need a file which cannot be had are refused, and the run that goes on goes on.
 *
 * @param {import('./living.js').Living} figure
 * @param {import('./run.js').Run} run
 * @param {string[]} names
 * @param {{ ships: Record<string, import('./ships.js').File>, signal: AbortSignal }} from
 */
export async function fetchLacking(figure, run, names, { ships, signal }) {
  /** @type {import('./ships.js').Bytes | undefined} */
  let bytes;
  const bar = setTimeout(() => figure.covered ?? figure.cover({ kind: 'loading', bytes }), PATIENCE_MS);
  const progress = (/** @type {import('./ships.js').Bytes} */ come) => {
    bytes = come;
    if (figure.covered?.kind === 'loading') figure.cover({ kind: 'loading', bytes });
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
