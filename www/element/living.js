/**
 * The life of a figure:
 *
 *     far ──near, or asked──▶ loading ──▶ ready ⇄ playing
 *                               ▲  └─▶ failed ◀──┘      a fatal error throws the worker away; restarting builds another
 *                               └───────┘
 *
 * It ticks only while it is in view and playing (or still measuring), and ends its worker when it leaves the page.
 */
import { breath } from './breath.js';
import { deferred } from '../lib/deferred.js';
import { lastGood } from '../lib/history.js';
import { turns } from './turns.js';
import { LabError } from '../worker/protocol.js';
import { spawn } from '../worker/spawn.js';
import { Figure } from './figure.js';
import { Jumps } from './jumps.js';
import { PATIENCE_MS, fetchLacking } from './lacking.js';
import { locale } from './locale.js';
import { Run } from './run.js';
import { begin, beginAgain, keptText, linkLacks, linkState, linkText, tellLost } from './link.js';
import { Speaker } from './speaker.js';
import { fetchStage, mount, paletteOf } from './stage.js';
import { Thumbnails, fetchPictures } from './thumbnails.js';
import { drawTrack } from './timeline.js';
import { Turn } from './turn.js';
import { Watch } from './watch.js';

/**
 * @typedef {import('../worker/protocol.js').Frame} Frame
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Lab
 * @typedef {import('./link.js').State} State
 */

/** Room for four columns of controls that never fold, in rem. */
const WIDE = 52;
/** Nobody reads what changes sooner than after so many milliseconds. */
const READ_MS = 160;

export class Living extends Figure {
  /** @override */
  static properties = {
    lab: { type: String },
    seed: { type: String },
    at: { type: String },
    knobs: { type: String },
    heading: { type: String },
    compact: { type: Boolean },
    level: { type: Number },
    autoplay: { type: String },
    simd: { type: String },
    eager: { type: Boolean },
    hide: { type: String, reflect: true },
    credit: { type: Boolean },
  };

  thumbs = new Thumbnails(() => fetchPictures(/** @type {Lab} */ (/** @type {unknown} */ (this))), () => this.palette);
  /** Whether speech is due at the next measured frame. */
  speakNext = false;

  /** @type {Watch | undefined} */
  #watch;
  #ready = deferred();
  #asked = deferred(); // by anyone, for good
  #building = false;
  /** Calls off what is still on its way here. */
  #leave = new AbortController();
  #turn = new Turn({
    step: () => (this.autoplay === 'visible' ? this.run?.step : undefined),
    still: () => Boolean(this.#watch?.reducedMotion),
    play: () => this.run?.play(),
    pause: () => this.run?.pause(),
    stop: () => {
      this.speakNext = true;
      this.run?.pause();
    },
    wait: () => this.cover({ kind: 'waiting' }),
  });
  #inView = 0;
  #frameAsked = false;
  #jumps = new Jumps();
  #reported = -1;
  /** Whether what is shown next is to be said, too. */
  #speaks = false;
  #link = '';
  /** Whether `#link` holds less than there was. */
  #lost = false;
  /** @type {import('../draw/palette.js').Palette | undefined} */
  #palette;
  /** What stands around the picture. */
  #around = turns([() => this.requestUpdate(), () => this.#drawTrack()].map((draw) => ({ draw, every: READ_MS })));
  #speaker = new Speaker((text) => {
    this.spoken = text;
    this.requestUpdate();
  });

  constructor() {
    super();
    this.seed = '';
    this.at = '';
    this.knobs = '';
    /** `visible`: starts by itself when seen. */
    this.autoplay = '';
    /** Only the picture and its timeline; numbers and settings are one press away. */
    this.compact = false;
    /** `off`: the build without SIMD, for comparing. */
    this.simd = '';
    /** Fetches what it needs as soon as it comes near, however heavy. */
    this.eager = false;
  }

  /** Resolves when the first frame has been shown; asking for it is reason enough to begin. */
  get ready() {
    this.#asked.resolve();
    return this.approach();
  }

  /** The same, but what is heavy is not fetched before somebody asks. */
  approach() {
    if (this.eager) this.#asked.resolve();
    this.#wake();
    return this.#ready.promise;
  }

  /** The part of a link after `#`; setting it brings the figure to that moment. */
  get link() {
    return this.run ? linkText(this) : this.#link;
  }

  set link(text) {
    const asked = text.replace(/^#/, '');
    this.#link = asked;
    const { run } = this;
    if (!run || asked === linkText(this)) return;
    run.pause();
    beginAgain(this, run, asked)
      .then((at) => (this.#link === asked ? run.seek(at) : undefined)) // else a newer link goes its own way
      .catch((error) => this.refused(error));
  }

  /** What a link to this moment holds. @returns {State} */
  get state() {
    return linkState(this);
  }

  get palette() {
    return (this.#palette ??= paletteOf(this));
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.#watch = new Watch(this, {
      near: () => this.approach(),
      visible: (share) => this.#seen(share),
      theme: () => this.#themeChanged(),
      fonts: () => this.#redraw(),
      motion: () => this.requestUpdate(),
      width: (width) => this.#resized(width),
    });
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch?.stop();
    this.#speaker.stop();
    if (this.run) this.#keep(this.run.step);
    this.#end();
    this.#ready.reject(new DOMException('this figure has left the page', 'AbortError'));
    this.#ready = deferred();
    this.#turn.leave();
  }

  /** Someone operates it: from now on it neither starts nor stops by itself. */
  touched() {
    this.#turn.end();
  }

  /** Marks the reader's guess where the stage can. @param {number} share */
  guess(share) {
    this.guessed = share;
    this.view?.guess?.(share);
  }

  /** @override @param {Map<string, unknown>} changed */
  updated(changed) {
    if (!changed.get('lab') || !this.#building) return;
    this.#link = '';
    this.#again();
  }

  /** Throws the present worker away and begins again with the same settings and seed. */
  rebuild() {
    // From the start: where a run broke, its numbers are not to be trusted.
    if (this.run) this.#keep(0);
    this.#again();
  }

  /** For beginning again at a step. @param {number} at */
  #keep(at) {
    this.#link = keptText(this, at);
    this.#lost = linkLacks(this) === 'tooLong';
  }

  #again() {
    this.#end();
    this.#ready = deferred();
    this.uncover();
    this.#wake();
  }

  /** Says one sentence to who listens instead of looking. @param {string} text */
  announce(text) {
    this.#speaker.say(text);
  }

  #end() {
    this.view?.destroy();
    this.view = undefined;
    this.begun = false;
    this.run?.dispose();
    this.run = undefined;
    this.#building = false;
    this.#leave.abort(new DOMException('this figure began again, or has left the page', 'AbortError'));
    this.#leave = new AbortController();
  }

  async #wake() {
    if (this.#building || !this.isConnected) return;
    this.#building = true;
    const { signal } = this.#leave;
    const bar = setTimeout(() => this.covered ?? this.cover({ kind: 'loading' }), PATIENCE_MS);
    const { reject, resolve } = this.#ready;
    /** @type {Run | undefined} */
    let run;
    try {
      const begun = new Run(spawn(), {
        frame: (frame) => this.#heard(frame),
        state: () => this.changed(),
        stopped: (error) => this.#stopped(error),
        fatal: (error) => this.#failed(error),
        lacks: (names) => fetchLacking(this, begun, names, { ships: this.module?.ships ?? {}, signal, asked: this.#asked.promise }),
      });
      run = begun;
      // The engine is the longest way; words and stage come meanwhile.
      const described = run.describe(this.lab, this.simd === 'off' ? false : undefined);
      const [words, module] = await Promise.all([locale(this.language, this.lab), fetchStage(this.lab), described]);
      this.locale = words;
      this.module = module;
      const at = await begin(this, run, () => this.#link);
      if (signal.aborted) return run.dispose();
      Object.assign(run, { speed: this.speed, course: module.course ?? Infinity });
      this.run = run;
      this.takeReadouts();
      this.requestUpdate();
      await this.updateComplete;
      await breath();
      if (this.run !== run) return; // it left the page meanwhile, or began again
      this.view = mount(/** @type {Lab} */ (/** @type {unknown} */ (this)), module);
      this.begun = at > 0; // the way there is seen, and can be given up
      clearTimeout(bar);
      this.loaded(); // and draws itself again
      await breath();
      if (this.run !== run) return;
      // A run that fails on its way to a step stands where it failed, and says so.
      if (at > 0) await run.seek(at).catch((error) => error.fatal && Promise.reject(error));
      await this.#first(run);
      if (this.run !== run) return;
      if (this.guessed !== undefined) this.guess(this.guessed);
      if (!run.simd && this.simd !== 'off') this.note({ title: this.t('notes.simd.title'), text: this.t('notes.simd.text') });
      if (this.#lost) tellLost(/** @type {Lab} */ (/** @type {unknown} */ (this)));
      this.#lost = false;
      this.#seen(this.#inView);
      this.thumbs.begin();
      resolve();
    } catch (thrown) {
      run?.dispose();
      this.locale = await locale(this.language, this.lab); // what is to be said may have come before its words
      if (signal.aborted) return; // it left the page meanwhile, or began again
      const error = thrown instanceof LabError ? thrown : new LabError({ code: 'start', message: String(thrown), data: {}, fatal: true });
      this.#failed(error);
      reject(error);
    } finally {
      clearTimeout(bar);
    }
  }

  /** @param {Frame} frame */
  #heard({ step, done, settled }) {
    const { run } = this;
    if (!run) return;
    this.takeReadouts();
    this.#turn.shown(step);
    // In view, the words wait for the picture they belong to.
    if (this.#inView === 0) this.requestUpdate();
    this.#ask();
    const { readouts } = this;
    this.tell('frame', { step, done, settled, readouts });
    if (!settled || run.playing || step === this.#reported) return;
    this.#reported = step;
    if (step > 0) this.tell('result', { lab: this.lab, seed: run.seed, step, readouts });
    this.#speaks = this.speakNext;
    this.speakNext = false;
  }

  /** @param {LabError} error */
  #stopped(error) {
    const { run } = this;
    if (!run) return;
    this.cover({ kind: 'stopped', error, back: lastGood(run.history, run.columns) });
    this.#drawTrack();
    this.tell('error', error, false);
  }

  /** @param {LabError} error */
  #failed(error) {
    this.cover({ kind: 'fatal', error });
    this.tell('error', error, false);
  }

  /** Settings, seed, playing or place changed: whatever shows them does again. */
  changed() {
    this.#reported = -1;
    // What stopped the last run has nothing to say about a new one.
    if (this.covered?.kind === 'stopped' && this.run?.step === 0) this.uncover();
    this.#around.all();
    this.#ask();
    if (this.run) this.tell('state', this.state);
  }

  /** @param {number} share of the figure that is in view */
  #seen(share) {
    this.#inView = share;
    this.#ask();
    this.#turn.seen(share);
  }

  /** One look per animation frame while there is something to look at. */
  #ask() {
    if (this.#frameAsked || this.#inView === 0) return;
    this.#frameAsked = true;
    requestAnimationFrame((now) => {
      this.#frameAsked = false;
      const { run } = this;
      if (!run || !this.view) return;
      if (this.#inView > 0) this.#jumps.pull(run, now, Boolean(this.#watch?.reducedMotion));
      this.#show();
      if (run.playing) this.#ask();
    });
  }

  /** Draws the newest frame; the worker is already busy with the next one. */
  #show() {
    const { run, view } = this;
    if (!run || !view || !run.frames.show((frame) => view.frame(frame))) return;
    if (run.playing) this.#around.next();
    else this.#around.all();
    if (this.#speaks) this.announce(view.summary());
    this.#speaks = false;
  }

  /** The first picture, then what stands around it, one after the other. @param {Run} run */
  async #first(run) {
    run.frames.show((frame) => this.view?.frame(frame));
    await breath();
    if (this.run !== run) return;
    this.begun = true;
    this.requestUpdate(); // with the controls
    await this.updateComplete;
    await breath();
    if (this.run === run) this.#drawTrack();
  }

  #drawTrack() {
    if (this.run) drawTrack(this.renderRoot.querySelector('#track'), this.run, this.curves, this.palette);
  }

  #themeChanged() {
    this.#palette = undefined;
    this.thumbs.draw(this.palette);
    this.#redraw();
  }

  /** With the same colours only what has words in it is drawn again. */
  #redraw() {
    this.view?.theme();
    this.#drawTrack();
  }

  /** @param {number} width */
  #resized(width) {
    this.wide = width >= WIDE * this.rem;
    this.requestUpdate();
    this.view?.resize();
    this.#drawTrack();
  }
}
