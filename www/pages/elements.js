/**
 * Every part of a figure by itself, drawn by the modules that draw it in a figure and operating the one at the top of the
 * page: `<uncrumple-part shows="timeline">`, `shows="knob" of="rate"`, `shows="cover" of="diverged"`.
 */
import { LitElement, html } from 'lit';
import '../element/define.js';
import { coverOf, noticeOf } from '../element/covers.js';
import { knobRow } from '../element/knob.js';
import { menu } from '../element/menu.js';
import { minors, pairs } from '../element/readouts.js';
import { linkSentences, errorSentence } from '../element/sentences.js';
import { style } from '../element/style.js';
import { drawTrack, timeline } from '../element/timeline.js';
import { LabError } from '../worker/protocol.js';
import { find, prepare } from './page.js';
import { sections } from './sections.js';

/** @typedef {import('../element/uncrumple-lab.js').UncrumpleLab} Figure */

/** @param {string} code @param {Record<string, unknown>} [data] */
const error = (code, data = {}) => new LabError({ code, message: code, data, fatal: false });

/** What can stand over a stage. @type {Record<string, import('../element/covers.js').Cover>} */
const COVERS = {
  loading: { kind: 'loading' },
  waiting: { kind: 'waiting' },
  diverged: { kind: 'stopped', error: error('diverged', { step: 212, rate: 3 }), back: 200 },
  panic: { kind: 'fatal', error: error('panic') },
  start: { kind: 'fatal', error: error('start') },
  file: { kind: 'file', error: error('csv', { line: 14, what: 'the class is missing' }), asset: 'points.csv', skip: () => {} },
};

/** What can stand above it. @type {Record<string, (figure: Figure) => import('../element/figure.js').Notice>} */
const NOTICES = {
  simd: ({ t }) => ({ title: t('notes.simd.title'), text: t('notes.simd.text') }),
  refused: (figure) => ({ ...errorSentence(figure.locale, error('parameter', { name: 'rate', min: 0.0001, max: 10, value: 40 }), figure.labelOf), bad: true }),
  link: (figure) => {
    const problems = [
      { key: 'rate', value: 'banana', why: 'number' },
      { key: 'layers', value: '900', why: 'layers' },
    ];
    const standIn = (/** @type {{ key: string }} */ { key }) => {
      const knob = figure.about.knobs.find(({ id }) => id === key);
      return knob ? figure.shownText(knob, knob.default) : '';
    };
    return linkSentences(figure.locale, /** @type {import('../lib/url-state.js').Problem[]} */ (problems), standIn);
  },
};

/** @type {Record<string, (figure: Figure, of: string) => unknown>} */
const PARTS = {
  timeline: (figure) => timeline(figure, figure.run),
  readouts: (figure) => html`<div class="right">${pairs(figure)}${minors(figure)}</div>`,
  menu: (figure) => html`<div class="head"><p class="h">${figure.titleText}</p>${menu(figure)}</div>`,
  switch: (figure) => knobRow(lamp(figure), LAMP),
  knob: (figure, of) => figure.about.knobs.filter(({ id }) => id === of).map((knob) => knobRow(figure, knob)),
  notice: (figure, of) => noticeOf(figure, NOTICES[of](figure)),
  cover: (figure, of) => html`<div class="stage blank">${coverOf(figure, COVERS[of])}</div>`,
};

/** The lab shown here has no knob that is only on or off, so this one is nobody's. @type {import('../worker/protocol.js').Knob} */
const LAMP = { id: 'lamp', group: 'view', kind: { type: 'flag' }, default: false, unit: '', live: true };
let lit = false;
let named = '';

/** A figure with that one knob, which this page names. @param {Figure} figure */
function lamp({ t, shownText }) {
  const turn = (/** @type {string} */ _, /** @type {boolean} */ on) => {
    lit = on;
    redraw('switch');
  };
  const one = { t, turn, pictures: [], value: () => lit, label: () => named, hasWord: () => false, shownText };
  return /** @type {Figure} */ (/** @type {unknown} */ (one));
}

/** @param {string} shows */
function redraw(shows) {
  document.querySelectorAll(`uncrumple-part[shows="${shows}"]`).forEach((part) => /** @type {Part} */ (part).requestUpdate());
}

class Part extends LitElement {
  /** @override */
  static properties = { shows: { type: String }, of: { type: String } };
  /** @override */
  static styles = style;

  constructor() {
    super();
    this.shows = '';
    this.of = '';
  }

  get model() {
    return /** @type {Figure} */ (find(document, '#model'));
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    // Whatever makes the figure draw itself again does so here.
    this.model.addController({ hostUpdated: () => this.requestUpdate() });
    this.model.ready.catch(() => {}); // it begins, seen or not; what goes wrong is said on the figure
    new MutationObserver(() => this.requestUpdate()).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  /** @override */
  render() {
    return html`<div class="plate">${this.model.run ? PARTS[this.shows](this.model, this.of) : ''}</div>`;
  }

  /** @override */
  updated() {
    const { run, palette, thumbs, curves } = this.model;
    const track = this.renderRoot.querySelector('#track');
    if (track instanceof HTMLCanvasElement && run) drawTrack(track, run, curves, palette);
    thumbs.draw(palette);
  }
}

const words = prepare({ says: ['elements', 'essay'] }); // first: the parts begin the figure, which then asks for the page's language
customElements.define('uncrumple-part', Part);
words.then(({ t: say }) => {
  named = say('elements.lamp');
  redraw('switch');
});
sections(words);
