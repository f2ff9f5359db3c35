/** What a figure knows of its words and settings: the half of the element that its templates read. */
import { LitElement } from 'lit';
import { shortest } from '../lib/knobs.js';
import { english } from './locale.js';
import { readoutsOf } from './readouts.js';
import { errorSentence } from './sentences.js';

/**
 * @typedef {import('../worker/protocol.js').About} About
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {import('../lib/i18n.js').Vars} Vars
 * @typedef {import('./locale.js').Locale} Locale
 * @typedef {import('./run.js').Run} Run
 * @typedef {import('./covers.js').Cover} Cover
 * @typedef {(typeof PARTS)[number]} Part
 * @typedef {{ title: string, text?: string, bad?: boolean, about?: string, lines?: { code: string, text: string }[],
 *   way?: import('./covers.js').Way }} Notice
 */

/** @type {About} */
const NOTHING_YET = { id: '', knobs: [], readouts: [], inputs: [], exports: [], assets: [], step: '' };
const LANG = /^[a-z]{2}/;
/** What a page may leave out of a figure. Not the table and the words for who cannot see the pictures. */
export const PARTS = /** @type {const} */ (['title', 'menu', 'key', 'timeline', 'readouts', 'network', 'controls', 'charts']);

export class Figure extends LitElement {
  constructor() {
    super();
    /** Which lab. */
    this.lab = '';
    /** The figure's title, when it is not the lab's own. */
    this.heading = '';
    /** Level of the title among the page's headings. */
    this.level = 3;
    /** Parts left out: names of `PARTS`, with commas between. */
    this.hide = '';
    /** Whether a last line says where the figure is from. */
    this.credit = false;
    /** @type {Locale} */
    this.locale = english;
    /** @type {Run | undefined} */
    this.run = undefined;
    /** @type {import('./globals.js').Readouts} */
    this.readouts = {};
    /** @type {Map<string, KnobValue>} values turned and not yet confirmed */
    this.pending = new Map();
    /** @type {import('./stage.js').Module | undefined} */
    this.module = undefined;
    /** @type {import('./stage.js').View | undefined} */
    this.view = undefined;
    /** Whether its first picture is there. */
    this.begun = false;
    /** @type {Cover | undefined} what stands over the stage */
    this.covered = undefined;
    /** @type {Notice[]} what stands above it */
    this.notices = [];
    /** @type {import('./menu.js').MenuState} */
    this.menuState = { said: '', link: '', code: '', hash: '' };
    /** The reader's guess, to be marked on a chart. @type {number | undefined} */
    this.guessed = undefined;
    /** What the live region says. */
    this.spoken = '';
    /** Room for controls that never fold. */
    this.wide = false;
    this.tableOpen = false;
    /** Steps asked for per animation frame. */
    this.speed = 5;
  }

  /** Choice knobs shown as pictures. */
  get pictures() {
    return [this.module?.thumbnails ?? []].flat();
  }

  /** Knobs the stage turns itself. */
  get withheld() {
    return this.module?.hidden ?? [];
  }

  /** Minor read-outs worth their place. */
  get minors() {
    return this.module?.minors ?? [];
  }

  /** @param {Part} part */
  shows(part) {
    return !this.hide.split(',').some((name) => name.trim() === part);
  }

  /** The unit its sheets are measured in, in pixels. */
  get rem() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  }

  /** @param {Cover} cover */
  cover(cover) {
    this.covered = cover;
    this.requestUpdate();
  }

  uncover() {
    this.covered = undefined;
    this.requestUpdate();
  }

  /** What was waited for is there. */
  loaded() {
    if (this.covered?.kind === 'loading') this.uncover();
    else this.requestUpdate();
  }

  /** A notice above the stage; a newer one about the same thing takes its place. @param {Notice} notice */
  note(notice) {
    this.notices = [...this.notices.filter(({ about }) => !about || about !== notice.about), notice];
    this.requestUpdate();
  }

  /** Tells what the engine would not do. @param {import('../worker/protocol.js').LabError} error */
  refused(error) {
    if (error.fatal || error.code === 'gone') return; // told on the stage
    this.note({ ...errorSentence(this.locale, error, this.labelOf), bad: true, about: 'refused' });
  }

  /** @param {Notice | string} which the notice, or what it is about */
  dismiss(which) {
    if (this.notices.length === 0) return;
    this.notices = this.notices.filter((notice) => notice !== which && notice.about !== which);
    this.requestUpdate();
  }

  /** @returns {About} */
  get about() {
    return this.run?.about ?? NOTHING_YET;
  }

  /** The page's language, as near to this element as it is said. */
  get language() {
    const said = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang ?? '';
    return LANG.exec(said)?.[0] ?? 'en';
  }

  /** Words by key. @param {string} key @param {Vars} [vars] */
  t = (key, vars) => this.locale.t(key, vars);

  /** The lab's own words. @param {string} key @param {Vars} [vars] */
  word(key, vars) {
    return this.locale.t(`labs.${this.lab}.${key}`, vars);
  }

  /** @param {string} key */
  hasWord(key) {
    return this.locale.has(`labs.${this.lab}.${key}`);
  }

  get titleText() {
    return this.heading || (this.hasWord('title') ? this.word('title') : this.lab);
  }

  /** @param {Knob} knob */
  label(knob) {
    return this.labelOf(knob.id);
  }

  /** A knob's name where its id may be anyone's text. @param {string} id */
  labelOf = (id) => (this.hasWord(`knobs.${id}.label`) ? this.word(`knobs.${id}.label`) : id);

  /** A group of knobs by the lab's own word for it, else by the common one. @param {string} id */
  groupName(id) {
    const own = `groups.${id}`;
    if (this.hasWord(own)) return this.word(own);
    return this.locale.has(own) ? this.t(own) : id;
  }

  /** @param {string} knob @param {string} choice */
  choice(knob, choice) {
    return this.hasWord(`choices.${knob}.${choice}`) ? this.word(`choices.${knob}.${choice}`) : choice;
  }

  /** A knob's present value: what the reader last asked for. @param {string} id @returns {KnobValue} */
  value(id) {
    const value = this.pending.get(id) ?? this.run?.config[id] ?? '';
    return typeof value === 'number' ? shortest(value) : value;
  }

  /** @returns {Record<string, KnobValue>} */
  values() {
    return Object.fromEntries(this.about.knobs.map(({ id }) => [id, this.value(id)]));
  }

  /** A number with its unit, in pieces. @param {Knob} knob @param {KnobValue} value */
  shown(knob, value) {
    const { kind, unit } = knob;
    // A share is said in per cent, like every other share on the page.
    if (unit === 'share' && kind.type === 'number') {
      const number = this.locale.formats.hundredths(Number(value), 1);
      return { number, unit: '%', text: `${number} %` };
    }
    const number = this.locale.formats.knobNumber(knob, value);
    const key = `ui.units.${unit}`;
    // Some units are only named in the help line: their word is empty.
    const word = unit && this.locale.has(key) ? this.t(key, { count: Number(value) }) : unit;
    return { number, unit: word, text: word ? `${number} ${word}` : number };
  }

  /** @param {Knob} knob @param {KnobValue} value */
  shownText(knob, value) {
    const { kind } = knob;
    if (kind.type === 'number') return this.shown(knob, value).text;
    if (kind.type === 'choice' || kind.type === 'name') return this.choice(knob.id, String(value));
    if (kind.type === 'flag') return this.t(value ? 'ui.on' : 'ui.off');
    if (kind.type === 'subset') return String(value).split(',').map((c) => this.choice(knob.id, c)).join(', ');
    return value === '' ? this.t('ui.layers.none') : String(value).replaceAll(',', ', ');
  }

  /** @type {Vars | undefined} */
  #vars;

  /** @override */
  willUpdate() {
    this.#vars = undefined;
  }

  /** What a read-out's sentence may name: settings and counts, written out, once for each drawing. @returns {Vars} */
  vars() {
    return (this.#vars ??= this.#write());
  }

  /** @returns {Vars} */
  #write() {
    /** @type {Vars} */
    const vars = {};
    for (const knob of this.about.knobs) vars[knob.id] = this.shownText(knob, this.value(knob.id));
    const frame = this.run?.frames.newest;
    for (const [name, { dims }] of Object.entries(frame?.channels ?? {})) vars[`rows.${name}`] = this.count(dims[0]);
    for (const { id, unit, by } of this.about.readouts) {
      if (by) continue; // many numbers, which only the stage can say
      const value = this.readouts[id];
      if (unit === 'share') vars[`share.${id}`] = this.locale.formats.percent(value, 1);
      if (unit === 'text') vars[`text.${id}`] = value;
    }
    return { ...vars, ...this.view?.vars?.() };
  }

  /** @param {string} type @param {unknown} detail @param {boolean} [bubbles] errors do not: a window takes them for its own */
  tell(type, detail, bubbles = true) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles, composed: true }));
  }

  /** Read-outs of the newest frame. */
  takeReadouts() {
    this.readouts = readoutsOf(this.about.readouts, this.run?.frames.newest);
  }

  /** A whole number. @param {number} n */
  count(n) {
    return this.locale.formats.readout(n, 'count');
  }

  /** What the lines of the timeline are: losses, unless the lab says otherwise. */
  get curves() {
    return this.hasWord('curves') ? this.word('curves') : this.t('ui.time.curves');
  }

  get seedText() {
    return String(this.run?.seed ?? '');
  }

  /** Where the run stands, for who cannot see the track. */
  stepText() {
    const { run } = this;
    if (!run) return '';
    const where = this.t('ui.time.at', { step: this.count(run.step), last: this.count(run.last) });
    const accuracy = this.readouts.testAccuracy;
    return Number.isFinite(accuracy)
      ? `${where}, ${this.word('readouts.testAccuracy.label')} ${this.locale.formats.percent(accuracy, 1)}`
      : where;
  }
}
