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

export class Client {
  #port;
  #next = 0;
  #dead = false;
  /** A worker that has answered once did start. */
  #started = false;
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
    });
  }

  /** Ends the worker; whoever still waits is told. */
  dispose() {
    if (this.#dead) return;
    this.#close(gone());
  }

  /** @param {Reply & { id: number }} reply */
  #receive(reply) {
    this.#started = true;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
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
    this.#port.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function gone() {
  return new LabError({ code: 'gone', message: 'this figure’s worker has been ended', data: {}, fatal: true });
}
