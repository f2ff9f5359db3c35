/** What the network answers to the shown picture, as bars: ten digits, or the five likeliest of a thousand classes. */
import { html, render } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { heading } from '../../element/heading.js';
import { bars } from '../digits/bars.js';
import { answerOf as likeliest, CLASSES } from '../digits/store.js';
import { sureText } from '../digits/words.js';
import { isDigits, unitOf } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */
/** @typedef {import('../ascent/types.js').Labels} Labels */

/** Classes of the large network that are told. */
const TOLD = 5;

/** The likeliest class by name, and its share; no name where nothing was answered yet. @param {Parts} parts @param {Labels} labels @param {string} [channel] */
export function answerOf(parts, labels, channel = 'answers') {
  const { store } = parts;
  if (isDigits(parts)) {
    const { best, share } = likeliest(store.row(channel));
    return { name: best < 0 ? '' : String(best), share };
  }
  const [index = NaN, share = NaN] = store.row(channel);
  return { name: Number.isFinite(index) ? labels.of(index) : '', share };
}

/** @param {number} share */
const length = (share) => (/** @type {Element | undefined} */ bar) => {
  if (bar instanceof HTMLElement) bar.style.setProperty('--p', String(Number.isFinite(share) ? share : 0));
};

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @param {Labels} labels
 * @returns {import('../ascent/types.js').Part}
 */
export function createAnswers(parts, slot, labels) {
  const { ctx, store, w } = parts;
  let drawn = '';

  function ten() {
    const shares = store.row('answers');
    const aimed = String(ctx.values().layer) === 'digits.class' && String(ctx.values().goal) !== 'dream';
    return bars(parts, shares.length === CLASSES ? shares : [], { truth: aimed ? unitOf(parts) : -1, best: likeliest(shares).best });
  }

  function five() {
    const unit = String(ctx.values().layer) === 'lite0.class' ? unitOf(parts) : -1;
    return html`<ul class="d-bars f-five">${Array.from({ length: TOLD }, (_, i) => {
      const [index = NaN, share = NaN] = store.row('answers', i);
      return html`<li class=${index === unit ? 'd-true' : i === 0 ? 'd-now' : ''}><p><b>${Number.isFinite(index) ? labels.of(index) : '–'}</b><span>${sureText(ctx, share)}</span> <i ${ref(length(share))}></i></p></li>`;
    })}</ul>`;
  }

  return {
    draw() {
      const now = JSON.stringify([ctx.values().layer, unitOf(parts), ctx.values().goal, [...store.table('answers').data].map((v) => v.toFixed(3)), labels.all.length, ctx.t('ui.close')]);
      if (now === drawn) return;
      drawn = now;
      const before = answerOf(parts, labels, 'startAnswers');
      render(
        html`${heading(ctx, w('answers.title'))}${isDigits(parts) ? ten() : five()}
          ${before.name ? html`<p class="a-line">${w('answers.before', { name: before.name, share: sureText(ctx, before.share) })}</p>` : ''}`,
        slot,
      );
    },
  };
}
