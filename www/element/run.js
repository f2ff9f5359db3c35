/**
 * One run of one lab, as the page sees it: its worker, its settings, where it stands and how far it has been.
 *
 * It pulls: `pull` is called once per animation frame and asks for a tick only when something is wanted and nothing is
 * under way. Whatever must not be mixed with ticks (counted steps, going back, a new seed) runs alone, in order.
 */
import { Client } from '../worker/client.js';
import { defaults } from '../lib/knobs.js';
import { LAST_STEP } from '../lib/url-state.js';
import { Frames } from './frames.js';

/**
 * @typedef {import('../worker/protocol.js').About} About
 * @typedef {import('../worker/protocol.js').Config} Config
 * @typedef {import('../worker/protocol.js').Frame} Frame
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {import('../worker/protocol.js').LabError} LabError
 * @typedef {{ frame: (frame: Frame) => void, state: () => void, stopped: (error: LabError) => void,
 *   fatal: (error: LabError) => void, lacks: (assets: string[]) => Promise<void> }} Hear  `stopped`: a step failed and the run can be
 *   gone back in; `lacks`: resolves when the run was supplied with these
 */

/** Milliseconds of work in one tick: what fits between two animation frames beside drawing. */
const FRAME_MS = 12;
/** The same when a script waits and nobody looks at what is between. */
const SCRIPT_MS = 60;

export class Run {
  /** @type {About} */
  about = { id: '', knobs: [], readouts: [], inputs: [], exports: [], assets: [], step: '' };
  simd = true;
  /** @type {Config} */
  config = {};
  seed = 0;
  step = 0;
  /** Furthest step of this run: where the timeline ends. */
  last = 0;
  settled = false;
  playing = false;
  /** Steps asked for per animation frame. */
  speed = 5;
  /** Steps that one press of play goes. */
  course = Infinity;
  /** Rows of the loss curve, kept to its end when the run is gone back in. */
  history = new Float32Array();
  columns = 1;
  /** How it began and what was done since, for a link. @type {import('../worker/protocol.js').Trail} */
  trail = { start: {}, did: new Uint8Array() };
  frames = new Frames();

  #client;
  #hear;
  /** Where playing comes to its end by itself. */
  #until = Infinity;
  #ticking = false;
  #alone = 0;
  /** Counts wishes to be elsewhere: the newest holds. */
  #wish = 0;
  /** @type {Promise<unknown>} */
  #line = Promise.resolve();

  /** @param {import('../worker/client.js').Port} port @param {Hear} hear */
  constructor(port, hear) {
    this.#hear = hear;
    this.#client = new Client(port, (error) => {
      this.playing = false;
      hear.fatal(error);
    });
  }

  /** What a lab says of itself; loads the engine. @param {string} lab @param {boolean | undefined} simd */
  async describe(lab, simd) {
    const ready = await this.#client.ask(/** @type {const} */ ({ type: 'describe', lab, simd }));
    const { about, simd: fast } = /** @type {import('../worker/protocol.js').Ready} */ (ready);
    this.about = about;
    this.simd = fast;
    this.config = defaults(about.knobs);
    return about;
  }

  /** Begins, at step 0, and shows it. @param {Config} config @param {number} seed @param {Uint8Array} [did] see `Trail` */
  async create(config, seed, did) {
    await this.#supplied({ type: 'create', lab: this.about.id, config, seed, did });
    this.seed = seed;
    this.config = { ...defaults(this.about.knobs), ...config };
    this.#startsAgain();
    await this.#tick(0, 0, false);
  }

  /** A file that the lab ships with; the bytes go to the worker. @param {string} asset @param {Uint8Array<ArrayBuffer>} bytes */
  async supply(asset, bytes) {
    await this.#client.ask({ type: 'supply', asset, bytes }, [bytes.buffer]);
  }

  play() {
    if (this.playing) return;
    this.playing = true;
    this.#until = this.step + this.course;
    this.#hear.state();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.settled = false; // asked once more, standing still: what was measured on the way is told as no result
    this.#hear.state();
  }

  /**
   * Once per animation frame: steps when playing, else measures until the read-outs belong to this step.
   *
   * @param {{ steps?: number, ms?: number }} [much]
   */
  pull({ steps = this.speed, ms = FRAME_MS } = {}) {
    if (this.#ticking || this.#alone > 0 || (!this.playing && this.settled)) return;
    if (this.playing && this.step >= this.#until) this.pause();
    this.#tick(this.playing ? Math.min(steps, this.#until - this.step) : 0, ms, true).catch(() => {}); // told through `hear` already
  }

  /** Counted steps; with `settle`, answered once the read-outs belong to the last of them. @param {number} n @param {boolean} settle */
  steps(n, settle) {
    return this.#onItsOwn(async () => {
      for (let left = n; left > 0; ) {
        const { done } = await this.#tick(left, SCRIPT_MS, false);
        if (done === 0) break;
        left -= done;
      }
      while (settle && !this.settled) await this.#tick(0, SCRIPT_MS, true);
      if (n > 0) this.#hear.state();
    });
  }

  /** Measures to the end. */
  settle() {
    return this.steps(0, true);
  }

  /**
   * Goes to a step. Beyond the furthest the run is taken on in small helpings: it can be seen on its way, and given up for
   * a newer wish.
   *
   * @param {number} step
   */
  seek(step) {
    const wish = ++this.#wish;
    return this.#onItsOwn(async () => {
      // A tick that was under way when playing stopped has yet to say how far it came.
      if (this.#ticking) await this.#tick(0, 0, false);
      // What is further than anyone should wait for, the engine refuses.
      const kept = step > LAST_STEP ? step : Math.min(step, this.last);
      if (kept !== this.step) this.#accept(await this.#ask({ type: 'seek', step: kept }));
      while (this.step < step && wish === this.#wish) {
        const { done } = await this.#tick(step - this.step, SCRIPT_MS, false);
        if (done === 0) break;
      }
      this.#hear.state();
    });
  }

  /**
   * A fresh run: the same seed unless another is given, the same settings and the reader's own points unless other
   * settings are.
   *
   * @param {{ seed?: number, config?: Config, did?: Uint8Array }} [change] `did`: see `Trail`
   */
  reset({ seed, config, did } = {}) {
    this.#wish++;
    return this.#onItsOwn(async () => {
      const frame = await this.#supplied({ type: 'reset', seed, config, did });
      this.#startsAgain();
      this.#accept(frame);
      this.#hear.state();
    });
  }

  /** @param {string} knob @param {KnobValue} value */
  set(knob, value) {
    return this.#onItsOwn(async () => {
      const frame = await this.#supplied({ type: 'set', knob, value });
      if (frame.restarted) this.#startsAgain();
      this.#accept(frame);
      this.#hear.state();
    });
  }

  /** @param {string} kind @param {ArrayLike<number>} data */
  input(kind, data) {
    return this.#deed({ type: 'input', kind, data: Float32Array.from(data) });
  }

  /** @param {string} asset @param {Uint8Array} bytes */
  load(asset, bytes) {
    return this.#deed({ type: 'load', asset, bytes });
  }

  /** A question that changes nothing. @param {string} kind @param {ArrayLike<number>} data @returns {Promise<Float32Array>} */
  async ask(kind, data) {
    const answer = await this.#answer({ type: 'ask', kind, data: Float32Array.from(data) });
    return answer.data ?? new Float32Array();
  }

  /** Twelve hexadecimal digits over everything there is to see. */
  async hash() {
    const answer = await this.#onItsOwn(async () => {
      while (!this.settled) await this.#tick(0, SCRIPT_MS, true); // no request takes as long as measuring everything does
      return this.#answer({ type: 'hash' });
    });
    return answer.hash ?? '';
  }

  /** @param {string} kind @returns {Promise<Uint8Array<ArrayBuffer>>} */
  async exported(kind) {
    const { bytes } = await this.#answer({ type: 'export', kind });
    return Uint8Array.from(bytes ?? []);
  }

  dispose() {
    this.playing = false;
    this.#client.dispose();
  }

  /** @param {import('../worker/protocol.js').Request} request @returns {Promise<import('../worker/protocol.js').Answer>} */
  #answer(request) {
    return this.#client.ask(request);
  }

  /** @param {import('../worker/protocol.js').Request} request @returns {Promise<Frame>} */
  #ask(request) {
    return this.#client.ask(request);
  }

  /**
   * Asks for a run that may need files which are not there yet: they are fetched, and it is asked for again.
   *
   * @param {import('../worker/protocol.js').Request} request @returns {Promise<Frame>}
   */
  async #supplied(request) {
    for (let before = ''; ; ) {
      try {
        return await this.#ask(request);
      } catch (thrown) {
        const { code, data } = /** @type {LabError} */ (thrown);
        const assets = String(data.assets);
        if (code !== 'not-supplied' || assets === before) throw thrown;
        before = assets;
        await this.#hear.lacks(assets.split(' '));
      }
    }
  }

  /** @param {import('../worker/protocol.js').Request} request */
  #deed(request) {
    return this.#onItsOwn(async () => {
      this.#accept(await this.#ask(request));
      this.#hear.state();
    });
  }

  /** @param {number} steps @param {number} ms @param {boolean} settle */
  async #tick(steps, ms, settle) {
    this.#ticking = true;
    const spare = this.frames.spare();
    try {
      const frame = await /** @type {Promise<Frame>} */ (
        this.#client.ask({ type: 'tick', steps, ms, settle, spare }, spare)
      );
      this.#accept(frame);
      return frame;
    } catch (thrown) {
      const error = /** @type {LabError} */ (thrown);
      this.playing = false;
      this.settled = true; // a network of no numbers has nothing to measure
      if (!error.fatal) this.#hear.stopped(error);
      throw error;
    } finally {
      this.#ticking = false;
    }
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  #onItsOwn(work) {
    this.#alone++;
    const turn = this.#line.then(work).finally(() => this.#alone--);
    this.#line = turn.catch(() => {});
    return turn;
  }

  /** @param {Frame} frame */
  #accept(frame) {
    this.step = frame.step;
    this.settled = frame.settled;
    if (frame.config) this.config = frame.config;
    if (frame.seed !== undefined) this.seed = frame.seed;
    if (frame.trail) this.trail = frame.trail;
    const { history } = frame.channels;
    this.last = frame.last;
    if (history && frame.step >= frame.last) {
      this.history = history.data.slice();
      this.columns = history.dims[1];
    }
    this.frames.put(frame);
    this.#hear.frame(frame);
  }

  #startsAgain() {
    this.last = 0;
    this.step = 0;
    this.history = new Float32Array();
  }
}
