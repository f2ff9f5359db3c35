/** The page's end of one worker: every request is a promise, and a worker that broke is thrown away. */
import { LabError } from './protocol.js';

/**
 * @typedef {import('./protocol.js').Request} Request
 * @typedef {import('./protocol.js').Reply} Reply
 * @typedef {import('./protocol.js').Failure} Failure
 * @typedef {{ postMessage(message: unknown, transfer?: Transferable[]): void, terminate(): void,
 *   onmessage: ((event: MessageEvent) => void) | null, onerror: ((event: ErrorEvent) => void) | null,
 *   onmessageerror: ((event: MessageEvent) => void) | null }} Port  what a Worker is to us
 */

/** Seconds without a word after which a worker that was asked is given up. No request takes as long as one of them. */
const SILENCE = 30;

export class Client {
  #port;
  #next = 0;
  #dead = false;
  /** A worker that has answered once did start. Before, it may be waiting for the network. */
  #started = false;
  /** A worker that was killed says nothing, so someone listens while an answer is due. @type {ReturnType<typeof setInterval> | undefined} */
  #listening;
  #silent = 0;
  /** @type {Map<number, { resolve: (reply: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();

  /**
   * @param {Port} port
   * @param {(error: LabError) => void} onFatal told once, when this worker can no longer be used
   */
  constructor(port, onFatal) {
    this.#port = port;
    this.onFatal = onFatal;
    port.onmessage = ({ data }) => this.#receive(data);
    // A script that does not load or parse says so here and never answers.
    port.onerror = (event) => {
      event.preventDefault?.();
      this.#die({ code: this.#started ? 'panic' : 'start', message: event.message || 'the worker did not start' });
    };
    port.onmessageerror = () => this.#die({ code: 'panic', message: 'a message could not be read' });
  }

  /**
   * @template {Reply} [R=Reply]
   * @param {Request} request
   * @param {Transferable[]} [transfer]
   * @returns {Promise<R>}
   */
  ask(request, transfer = []) {
    if (this.#dead) return Promise.reject(gone());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#port.postMessage({ ...request, id }, transfer);
      this.#listen();
    });
  }

  /** Counted second by second, not by the clock: a page that slept has heard nothing and missed nothing. */
  #listen() {
    if (!this.#started || this.#listening !== undefined) return;
    this.#silent = 0;
    this.#listening = setInterval(() => {
      this.#silent++;
      if (this.#silent > SILENCE) this.#die({ code: 'panic', message: 'the worker no longer answers' });
    }, 1000);
  }

  #listenNoMore() {
    clearInterval(this.#listening);
    this.#listening = undefined;
  }

  /** Ends the worker; whoever still waits is told. */
  dispose() {
    if (this.#dead) return;
    this.#close(gone());
  }

  /** @param {Reply & { id: number }} reply */
  #receive(reply) {
    this.#started = true;
    this.#silent = 0;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#listenNoMore();
    if (reply.type !== 'error') return waiting?.resolve(reply);
    if (reply.fatal) return this.#die(reply, waiting);
    waiting?.reject(new LabError(reply));
  }

  /** @param {{ code: string, message: string }} why @param {{ reject: (error: Error) => void }} [asker] */
  #die({ code, message }, asker) {
    if (this.#dead) return;
    const error = new LabError({ code, message, data: {}, fatal: true });
    asker?.reject(error);
    this.#close(error);
    this.onFatal(error);
  }

  /** @param {Error} error */
  #close(error) {
    this.#dead = true;
    this.#listenNoMore();
    this.#port.terminate();
    // Whoever keeps the port must not keep the figure with it.
    this.#port.onmessage = this.#port.onerror = this.#port.onmessageerror = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function gone() {
  return new LabError({ code: 'gone', message: 'this figure’s worker has been ended', data: {}, fatal: true });
}
