/** Which is the original? Two pictures, the sides drawn by seed and round; the score is kept beside what guessing blindly would make of it. */
import { html, nothing, render } from 'lit';
import { heading } from '../../element/heading.js';
import { stamp } from './rgb.js';
import { reads } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/**
 * @typedef {object} Round
 * @property {[ImageData, ImageData]} pictures left, right
 * @property {number} original which is the original: 0 or 1
 * @property {number} [chosen]
 * @property {[string, string]} said what is read in each
 */

/** Left (0) or right (1), by seed and round: a fair coin to who does not compute it. @param {number} seed @param {number} round */
export function sideOf(seed, round) {
  let mixed = Math.imul(seed ^ Math.imul(round + 1, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & 1;
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createGame(parts, slot) {
  const { ctx, store, w } = parts;
  /** @type {Round | undefined} */
  let round;
  let played = 0;
  let right = 0;

  /** The two as they stand now; the side stays the same until it is answered. */
  function deal() {
    const [original, pushed] = [store.pixels('original'), store.pixels('pushed')];
    if (!original || !pushed || !store.moved) return void (round = undefined);
    const side = sideOf(ctx.seed(), played);
    const [is, was] = [reads(parts, store.guesses('before')[0]), reads(parts, store.guesses('now')[0])];
    round = { pictures: side === 0 ? [original, pushed] : [pushed, original], original: side, said: side === 0 ? [is, was] : [was, is] };
  }

  function again() {
    deal();
    self.draw();
    focusOn('.i-choice'); // the button that was pressed is gone
  }

  /** @param {string} selector */
  const focusOn = (selector) => /** @type {HTMLElement | null} */ (slot.querySelector(selector))?.focus();

  /** @param {number} side */
  function choose(side) {
    if (!round || round.chosen !== undefined) return;
    round.chosen = side;
    played++;
    if (side === round.original) right++;
    self.draw();
    focusOn('.btn');
  }

  /** @param {Round} now @param {number} side */
  function picture(now, side) {
    const done = now.chosen !== undefined;
    const label = w(side === 0 ? 'game.left' : 'game.right');
    const kind = !done ? '' : side === now.original ? 'i-was' : 'i-not';
    return html`<button type="button" class="i-choice ${kind}" ?disabled=${done} aria-label=${done ? nothing : label} @click=${() => choose(side)}>
      <canvas class="i-photo" aria-hidden="true"></canvas>
      <span>${done ? html`<b>${w(side === now.original ? 'original.title' : 'pushed.title')}</b> <span lang="en">${now.said[side]}</span>` : label}</span></button>`;
  }

  function verdict() {
    if (!round) return w('game.none');
    if (round.chosen === undefined) return w('game.ask');
    const score = w('game.score', { right, count: played });
    return `${w(round.chosen === round.original ? 'game.right1' : 'game.wrong')} ${score}`;
  }

  const self = {
    draw() {
      if (store.settled && round?.chosen === undefined) deal();
      render(
        html`${heading(ctx, w('game.title'), 2)}
          ${round ? html`<div class="i-pair" role="group" aria-label=${w('game.title')}>${[0, 1].map((side) => picture(/** @type {Round} */ (round), side))}</div>` : nothing}
          <p class="i-line" role="status">${verdict()}</p>
          ${round?.chosen === undefined ? nothing : html`<button type="button" class="btn" ?disabled=${!store.moved} @click=${again}>${w('game.again')}</button>`}`,
        slot,
      );
      if (round) slot.querySelectorAll('canvas').forEach((canvas, side) => stamp(canvas, /** @type {Round} */ (round).pictures[side]));
    },
  };
  return self;
}
