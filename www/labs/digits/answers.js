/** What it answers as the push grows: curves over the steps of the attack, bars at the shown step, and the control beside it. */
import { html, nothing, render } from 'lit';
import { axes, cursor, curve, labelCurves } from '../../draw/chart.js';
import { fit } from '../../draw/plane.js';
import { heading } from '../../element/heading.js';
import { bars } from './bars.js';
import { stamp } from './pixels.js';
import { answerOf, CLASSES, rivals } from './store.js';
import { sureText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Steps of an attack worth a tick. @param {number} end */
const ticksTo = (end) => (end <= 5 ? Array.from({ length: end + 1 }, (_, i) => i) : [0, 1, 2, 3, 4].map((k) => Math.round((k * end) / 4)));

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createAnswers(parts, slot) {
  const { ctx, store, view, w } = parts;
  let drawn = '';
  /** @type {[number, number] | undefined} */
  let size;

  /** @param {CanvasRenderingContext2D} g @param {number} width @param {number} height */
  function evolve(g, width, height) {
    const palette = parts.palette();
    const x = store.column('pushAt', 0);
    const end = Math.max(1, x.at(-1) ?? 1);
    const frame = axes(g, width, height, {
      x: [0, end], y: [0, 1], xTicks: ticksTo(end), yTicks: [0, 0.5, 1], xFormat: (v) => ctx.number(v), yFormat: (v) => ctx.percent(v), xLabel: w('evolve.x'),
    }, palette);
    if (!store.pushed) return w('evolve.none');
    const { from, to } = rivals(store.row('answers', 0), store.row('answers', store.lastRow), store.truth);
    for (let k = 0; k < CLASSES; k++) {
      if (k !== from && k !== to) curve(g, { x, y: store.column('answers', k) }, frame, { colour: palette.rule, width: 1.2 });
    }
    const [away, towards] = [from, to].map((k) => ({ x, y: store.column('answers', k) }));
    cursor(g, frame, x[Math.min(view.row, store.lastRow)] ?? 0, { colour: palette.accent }, palette);
    curve(g, away, frame, { colour: palette.classes[0].fill, width: 2.6 });
    curve(g, towards, frame, { colour: palette.classes[1].fill, width: 2.6 });
    labelCurves(g, [
      { series: away, text: w('evolve.reads', { digit: from }), colour: palette.classes[0].ink },
      { series: towards, text: w('evolve.reads', { digit: to }), colour: palette.classes[1].ink },
    ], frame, palette);
    const [first, last] = [store.row('answers', 0), store.row('answers', store.lastRow)];
    return w('evolve.alt', { from, fromFirst: ctx.percent(first[from]), fromLast: ctx.percent(last[from]), to, toFirst: ctx.percent(first[to]), toLast: ctx.percent(last[to]), steps: ctx.number(end) });
  }

  /** @param {number} digit */
  const aimAt = (digit) => ctx.set('target', String(ctx.values().target) === String(digit) ? 'none' : String(digit));

  function random() {
    const { best, share } = answerOf(store.row('randomAnswers'));
    if (best < 0) return nothing;
    return html`<div class="d-random"><canvas aria-hidden="true"></canvas><p>${w('random.title')}<b>${w('random.reads', { digit: best, share: sureText(ctx, share) })}</b></p></div>`;
  }

  function words() {
    const row = Math.min(view.row, store.lastRow);
    const shares = store.row('answers', row);
    const { best } = answerOf(shares);
    // Of the reader's own drawing, what it was read as stands for what it is.
    const { from } = rivals(store.row('answers', 0), shares, store.truth);
    const target = String(ctx.values().target);
    const now = JSON.stringify([[...shares].map((v) => v.toFixed(3)), target, store.tables.pushAt.data[row], [...store.row('randomAnswers')].map((v) => v.toFixed(3)), ctx.t('labs.digits.title')]);
    if (now === drawn) return;
    drawn = now;
    render(
      html`<div class="d-answers">
        <div class="d-evolve">${heading(ctx, w('evolve.title'))}<canvas role="img"></canvas></div>
        <div>${heading(ctx, w('bars.title', { step: ctx.number(store.tables.pushAt.data[row] ?? 0) }))}
          ${bars(parts, shares, { truth: from, best, aim: { at: target, to: aimAt } })}
          <p class="d-line">${target === 'none' ? w('bars.hint') : html`${w('bars.aimed', { digit: target })} <button type="button" class="linklike" @click=${() => ctx.set('target', 'none')}>${w('bars.free')}</button>`}</p></div>
        <div>${random()}</div>
      </div>`,
      slot,
    );
  }

  return {
    draw() {
      words();
      const canvas = slot.querySelector('.d-evolve canvas');
      if (!(canvas instanceof HTMLCanvasElement)) return;
      size ??= [canvas.clientWidth, canvas.clientHeight];
      if (size[0] > 0 && size[1] > 0) {
        const g = fit(canvas, size[0], size[1], devicePixelRatio);
        g.clearRect(0, 0, ...size);
        canvas.setAttribute('aria-label', evolve(g, ...size));
      } else size = undefined;
      const noisy = slot.querySelector('.d-random canvas');
      if (noisy instanceof HTMLCanvasElement) stamp(noisy, store.row('random'), parts.palette());
    },
    resize() {
      size = undefined;
    },
  };
}
