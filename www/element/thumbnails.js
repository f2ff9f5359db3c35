/** Choices as small pictures drawn from the lab's own generator: a radio group. */
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { dataset } from '../draw/thumbnail.js';
import { icons } from './icons.js';
import { help } from './knob.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../draw/palette.js').Palette} Palette
 */

/** Backing pixels of a picture; its size on the page is the style sheet's business. */
const SIDE = 144;
const POINTS = 150;

/** What the pictures of one figure show, asked for once, when the first of them is seen; drawn again where they are unfolded again. */
export class Thumbnails {
  /** @type {Map<string, Float32Array>} */
  #drawn = new Map();
  /** Which choice each shows; a choice may be shown in several places. @type {Map<HTMLCanvasElement, string>} */
  #canvases = new Map();
  /** Counts what has been fetched. */
  version = 0;
  /** Whether they have been asked for. */
  #asked = false;
  #observer;

  /** @param {() => void} fetch one of them can be seen, and nothing has been fetched yet @param {() => Palette} palette */
  constructor(fetch, palette) {
    this.#observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      if (this.#asked) return this.draw(palette());
      this.#asked = true;
      fetch();
    });
  }

  /** There is a lab to be asked, another perhaps than before. */
  begin() {
    this.#asked = false;
    this.#observer.disconnect(); // what is observed anew is told of, too, if it has been in view all the time
    for (const canvas of this.#canvases.keys()) this.#observer.observe(canvas);
  }

  /**
   * @param {Knob} knob
   * @param {(kind: string, data: number[]) => Promise<Float32Array>} ask
   */
  async fetch({ kind }, ask) {
    if (kind.type !== 'choice') return;
    for (const [i, choice] of kind.choices.entries()) {
      this.#drawn.set(choice, await ask('thumbnail', [i, POINTS]));
    }
    this.version++;
  }

  /** Nothing can be drawn of what the visitor has yet to make. @param {string} choice */
  isBlank(choice) {
    return this.#drawn.get(choice)?.length === 0;
  }

  /** @param {string} choice @param {Element | undefined} element */
  mounted(choice, element) {
    if (!(element instanceof HTMLCanvasElement)) return;
    if (!this.#canvases.has(element)) this.#observer.observe(element);
    this.#canvases.set(element, choice);
  }

  /** @param {Palette} palette */
  draw(palette) {
    for (const [canvas, choice] of this.#canvases) {
      if (!canvas.isConnected) {
        this.#canvases.delete(canvas);
        this.#observer.unobserve(canvas);
      }
      const points = this.#drawn.get(choice);
      const ctx = canvas.getContext('2d');
      if (points && ctx) dataset(ctx, SIDE, SIDE, points, palette);
    }
  }
}

/** One of a figure's pictures has come into view. @param {Figure} figure */
export async function fetchPictures(figure) {
  const { run, thumbs } = figure;
  if (!run) return;
  try {
    for (const knob of run.about.knobs) {
      if (figure.pictures.includes(knob.id)) await thumbs.fetch(knob, (kind, data) => run.ask(kind, data));
    }
  } catch {
    return; // a worker that broke is told on the stage
  }
  figure.requestUpdate();
  await figure.updateComplete;
  thumbs.draw(figure.palette);
}

/** @param {Figure} figure @param {Knob} knob */
export function thumbnails(figure, knob) {
  if (knob.kind.type !== 'choice') return html``;
  const { choices } = knob.kind;
  const value = figure.value(knob.id);
  return html`<div class="knob">
    <span class="lab vh" id=${`l-${knob.id}`}>${figure.label(knob)}</span>
    <div class="picks wide" role="radiogroup" aria-labelledby=${`l-${knob.id}`} aria-describedby=${`h-${knob.id}`}>
      ${choices.map(
        (choice) => html`<label>${figure.thumbs.isBlank(choice)
          ? html`<span class="paint">${icons.brush}</span>`
          : html`<canvas width=${SIDE} height=${SIDE} aria-hidden="true" ${ref((el) => figure.thumbs.mounted(choice, el))}></canvas>`}
          <input type="radio" name=${knob.id} value=${choice} .checked=${live(choice === value)}
            @change=${() => figure.turn(knob.id, choice)} />${figure.choice(knob.id, choice)}</label>`,
      )}
    </div>
    ${help(figure, knob)}
  </div>`;
}
