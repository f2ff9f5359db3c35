/** `<uncrumple-lab lab="boundary" seed="7" at="460" knobs="epsilon=.2&layers=8,8">`: one figure, its script interface and its buttons. */
import { html } from 'lit';
import { LAST_SEED } from '../lib/url-state.js';
import { Changes } from './changes.js';
import { onKey } from './keys.js';
import { Living } from './living.js';
import { plate } from './plate.js';
import { copyEmbed, copyHash, copyLink, download, fileOf, linkAddress, sameLink } from './share.js';
import { style } from './style.js';

/**
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../worker/protocol.js').Channel} Channel
 * @typedef {import('../worker/protocol.js').LabError} LabError
 * @typedef {import('./figure.js').Notice} Notice
 */

/** Seeds people can say aloud. */
const SEEDS = 10_000;

export class UncrumpleLab extends Living {
  /** @override */
  static styles = style;

  /** @type {number | undefined} */
  #scrubTo;
  /** Whether the last thing done was done on the stage. */
  #stroked = false;
  /** @type {Set<string>} */
  #unfolded = new Set();
  #changes = new Changes({
    value: (knob) => this.value(knob),
    set: (knob, value) => this.#running.set(knob, value),
    refused: (_, error) => this.refused(error),
    changed: () => {
      this.requestUpdate();
      this.view?.turned?.();
    },
  });

  constructor() {
    super();
    this.pending = this.#changes.pending;
    this.addEventListener('keydown', (event) => onKey(this, event));
  }

  // ---- the script interface; README.md beside this file describes it ----

  play() {
    this.touched();
    this.run?.giveUp();
    if (this.covered?.kind === 'waiting') this.uncover();
    this.ready.then(
      () => this.run?.play(),
      () => {}, // told by an `error` event and on the stage
    );
  }

  pause() {
    this.touched();
    this.run?.giveUp();
    if (this.run?.playing) this.speakNext = true;
    this.run?.pause();
  }

  /** Pauses and takes `n` steps; resolves when the read-outs belong to the last of them. @param {number} [n] */
  async step(n = 1) {
    const count = wholeNumber('step', n);
    await this.#takeOver();
    await this.#running.steps(count, true);
  }

  /** Pauses and goes to a step of this run, back or forward. @param {number} step */
  async seek(step) {
    const to = wholeNumber('seek', step);
    await this.#takeOver();
    if (this.covered?.kind === 'stopped') this.uncover();
    await this.#running.seek(to);
  }

  /** Pauses and begins again at step 0, with the same seed unless another is given. @param {{ seed?: number }} [options] */
  async reset({ seed } = {}) {
    const other = seed === undefined ? undefined : wholeNumber('seed', seed, LAST_SEED);
    await this.#takeOver();
    await this.#running.reset({ seed: other });
    this.uncover();
  }

  /** Rejects with a `LabError` where the engine refuses; the running figure is then as it was. @param {string} knob @param {KnobValue} value */
  async set(knob, value) {
    await this.ready;
    await this.#running.set(knob, value);
  }

  /** A channel of the newest frame, as a copy. @param {string} name @returns {Promise<Channel>} */
  async channel(name) {
    await this.ready;
    const channel = this.#running.frames.newest?.channels[name];
    if (!channel) throw new RangeError(`this lab has no channel called “${name}”`);
    return { dims: [channel.dims[0], channel.dims[1]], data: channel.data.slice() };
  }

  /** Twelve hexadecimal digits over everything there is to see: the same run has the same, in any browser. */
  async hash() {
    await this.#takeOver();
    return this.#running.hash();
  }

  /** A file of this run (one of its exports), or `picture.png`. @param {string} kind @returns {Promise<Blob>} */
  async export(kind) {
    await this.ready;
    return fileOf(this, kind);
  }

  /** Puts the visitor's own file, or data the lab fetches, to use. @param {string} asset @param {Uint8Array} bytes */
  async load(asset, bytes) {
    await this.ready;
    await this.#running.load(asset, bytes);
  }

  /** A question that changes nothing. @param {string} kind @param {ArrayLike<number>} data */
  async ask(kind, data) {
    await this.ready;
    return this.#running.ask(kind, data);
  }

  // ---- what its buttons do ----

  toggle() {
    if (this.run?.playing) this.pause();
    else this.play();
  }

  oneStep() {
    this.pause();
    this.#act((run) => run.steps(1, false), false);
  }

  restart() {
    this.pause();
    this.#act((run) => run.reset());
  }

  newSeed() {
    const [chance] = crypto.getRandomValues(new Uint32Array(1));
    const seed = 1 + (chance % (SEEDS - 1));
    this.#act((run) => run.reset({ seed }));
  }

  /** @param {number} step */
  goBack(step) {
    this.#act((run) => run.seek(step));
  }

  /** The same run once more, with a smaller rate. @param {number} rate */
  slower(rate) {
    this.#act((run) => run.set('rate', rate).then(() => run.reset()));
  }

  /** Drags the run to a step: the newest wish wins, one is under way. @param {number} step */
  async scrub(step) {
    this.pause();
    const waiting = this.#scrubTo !== undefined;
    this.#scrubTo = step;
    if (waiting) return;
    if (this.covered?.kind === 'stopped') this.uncover();
    for (let to = NaN; to !== this.#scrubTo; ) {
      to = this.#scrubTo ?? 0;
      await this.run?.seek(to).catch(() => {}); // a run that fails on the way stands where it failed, and says so
    }
    this.#scrubTo = undefined;
    this.speakNext = true;
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = speed;
    if (this.run) this.run.speed = speed;
    this.requestUpdate();
  }

  /** A setting turned by hand. @param {string} knob @param {KnobValue} value */
  turn(knob, value) {
    this.together({ [knob]: value });
  }

  /** Settings turned by one press. @param {Record<string, KnobValue>} values */
  together(values) {
    if (!this.run) return;
    this.#stroked = false;
    this.dismiss('refused');
    this.run.giveUp();
    this.#changes.turn(values);
  }

  /** How a stage is looked at, or what follows from something else that was done: nothing to take back. @param {string} knob @param {KnobValue} value */
  look(knob, value) {
    if (this.run) this.#changes.turn({ [knob]: value }, false);
  }

  /** Something was done that knows its way back. @param {string} name what it is called @param {() => Promise<void>} back */
  did(name, back) {
    this.#stroked = false;
    this.#changes.did(name, () => void back().catch((error) => this.refused(error)));
  }

  /** Takes back what was done last: a stroke on the stage, a setting, a network opened. */
  undo() {
    return this.#again('undo');
  }

  /** Does once more what was taken back last: a stroke, a setting. */
  redo() {
    return this.#again('redo');
  }

  /** @param {'undo' | 'redo'} what */
  #again(what) {
    const stroke = () => (this.#stroked = this.view?.[what]?.() ?? false);
    if (this.#stroked && stroke()) return true;
    const last = this.#changes[what]();
    if (last === undefined) return stroke();
    this.announce(this.t(what === 'undo' ? 'ui.undone' : 'ui.redone', { knob: this.labelOf(last) }));
    return true;
  }

  /** A stroke or a press on the stage; resolves when the run has had it. @param {string} kind @param {ArrayLike<number>} data */
  async touch(kind, data) {
    this.dismiss('refused');
    this.touched();
    this.#stroked = true;
    this.run?.giveUp();
    if (this.covered?.kind === 'stopped') this.uncover();
    await this.run?.input(kind, data).catch((error) => this.refused(error));
  }

  /** @param {string} group */
  isOpen(group) {
    return this.wide || this.#unfolded.has(group);
  }

  /** @param {string} group @param {Event} event */
  folded(group, event) {
    if (this.wide || event.target !== event.currentTarget) return;
    const { open } = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (open) this.#unfolded.add(group);
    else this.#unfolded.delete(group);
    this.requestUpdate();
  }

  /** Everything the controls depend on. */
  controlsShow() {
    const points = this.run?.frames.newest?.channels.points?.dims[0];
    return [...Object.values(this.values()), this.locale, this.wide, [...this.#unfolded].join(), this.thumbs.version, points, this.view];
  }

  /** What stands on a folded group. @param {string} group @param {Knob[]} knobs */
  nowOf(group, knobs) {
    const said = this.view?.nowOf(group);
    return said || knobs.slice(0, 2).map((knob) => this.shownText(knob, this.value(knob.id))).join(', ');
  }

  countText() {
    const { run } = this;
    if (!run) return html`&nbsp;`;
    const seed = html`<b>${run.seed}</b>`;
    const step = html`<b>${this.count(run.step)}</b>`;
    return run.step < run.last
      ? html`${this.t('ui.time.stepWord')} ${step} ${this.t('ui.time.of', { last: this.count(run.last) })}, ${this.t('ui.time.seedWord')} ${seed}`
      : html`${this.t('ui.time.stepWord')} ${step}, ${this.t('ui.time.seedWord')} ${seed}`;
  }

  /** @param {Event} event */
  tableToggled(event) {
    this.tableOpen = /** @type {HTMLDetailsElement} */ (event.currentTarget).open;
    this.requestUpdate();
  }

  /** @param {string} id of a control that is still there after the next drawing */
  async focusOn(id) {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`#${id}`))?.focus();
  }

  // ---- the menu ----

  get canLink() {
    return linkAddress(this) !== '';
  }

  async copyLink() {
    this.#say(await copyLink(this));
  }

  async copyEmbed() {
    this.#say(await copyEmbed(this));
  }

  async showHash() {
    const hash = await this.hash().catch(() => '');
    this.#say({ hash });
  }

  async copyHash() {
    this.#say(await copyHash(this));
  }

  /** @param {string} kind */
  download(kind) {
    download(this, kind).catch((error) => this.note({ title: this.t('ui.menu.failed'), text: String(error.message), bad: true, about: 'refused' }));
  }

  sameLinkText() {
    return sameLink(this);
  }

  menuToggled() {
    this.#say({ said: '', link: '', code: '', hash: '' });
    if (this.#menu?.open) document.addEventListener('pointerdown', this.#elsewhere);
    else document.removeEventListener('pointerdown', this.#elsewhere);
  }

  /** @param {boolean} focus gives the focus back to its button @returns {boolean} whether it was open */
  closeMenu(focus) {
    const menu = this.#menu;
    if (!menu?.open) return false;
    menu.open = false;
    if (focus) menu.querySelector('summary')?.focus();
    return true;
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#elsewhere);
    this.#changes.forget();
  }

  /** @override */
  render() {
    return plate(this);
  }

  /** @param {PointerEvent} event */
  #elsewhere = (event) => {
    const menu = this.#menu;
    if (menu && !event.composedPath().includes(menu)) this.closeMenu(false);
  };

  get #menu() {
    return /** @type {HTMLDetailsElement | null} */ (this.renderRoot.querySelector('.head .menu'));
  }

  get #running() {
    if (!this.run) throw new DOMException('this figure is not running', 'InvalidStateError');
    return this.run;
  }

  /** @param {Partial<import('./menu.js').MenuState>} what */
  #say(what) {
    Object.assign(this.menuState, what);
    this.requestUpdate();
  }

  /** A script counts on where the run stands. */
  async #takeOver() {
    this.touched();
    await this.ready;
    this.run?.pause();
    if (this.covered?.kind === 'waiting') this.uncover();
  }

  /** @param {(run: import('./run.js').Run) => Promise<unknown>} act @param {boolean} [uncovers] */
  #act(act, uncovers = true) {
    const { run } = this;
    if (!run) return;
    this.touched();
    if (uncovers || this.covered?.kind === 'waiting') this.uncover();
    act(run).catch((error) => error.code === 'diverged' || this.refused(error));
  }
}

/** @param {string} name @param {number} value @param {number} [most] */
function wholeNumber(name, value, most = Number.MAX_SAFE_INTEGER) {
  if (Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
  throw new RangeError(`${name} takes a whole number from 0 to ${most}, got ${value}`);
}
