/** Not one digit, 300 of them: how many are right as the push grows, on purpose, at random, proved, and by another network. */
import { html, render } from 'lit';
import { axes, cursor, curve, guess as drawGuess, labelCurves } from '../../draw/chart.js';
import { heading } from '../../element/heading.js';
import { sheet } from './sheet.js';
import { isRound, sizeKnob } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

const DASH = [6, 4];
const DOTS = [2, 3];

/** @param {number[]} values */
const any = (values) => values.some(Number.isFinite);

/** Where a curve has fallen to nothing its name would stand by any other. @param {{ x: number[], y: number[] }} series */
export function above({ x, y }) {
  const end = y.findLastIndex((v) => v > 0.02) + 2;
  return { x: x.slice(0, end), y: y.slice(0, end) };
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createRobust(parts, slot) {
  const { ctx, store, w } = parts;
  /** @type {number | undefined} */
  let guess;
  render(html`${heading(ctx, w('robust.title'), 1, 'd-head')}<div class="chart d-tall"><canvas role="img"></canvas></div>`, slot);

  /** @param {import('./sheet.js').Sheet} sheet */
  function drawing({ g, width, height, palette }) {
    const { method, ...values } = ctx.values();
    const round = isRound(method);
    const size = Number(values[sizeKnob(method)]);
    const [x, attacked, noise, proved] = [0, 1, 2, 3].map((c) => store.column('curve', c));
    const top = x.at(-1) || (round ? 5 : 0.4);
    const frame = axes(g, width, height, {
      x: [0, top], y: [0, 1], xTicks: [0, 1, 2, 3, 4].map((k) => (k * top) / 4), yTicks: [0, 0.25, 0.5, 0.75, 1],
      xFormat: (v) => ctx.number(v, { maximumFractionDigits: 2 }), yFormat: (v) => ctx.percent(v), xLabel: w(round ? 'robust.length' : 'robust.x'),
    }, palette);
    if (x.length === 0) return w('robust.none');
    const twin = { x: store.column('transfer', 0), y: store.column('transfer', 1) };
    cursor(g, frame, size, { colour: palette.accent, text: round ? '‖δ‖' : 'ε' }, palette);
    curve(g, { x, y: attacked }, frame, { colour: palette.accent, width: 2.6, fill: true });
    if (any(proved)) curve(g, { x, y: proved }, frame, { colour: palette.good, width: 2.2 });
    if (any(twin.y)) curve(g, twin, frame, { colour: palette.ink, width: 1.8, dash: DOTS });
    curve(g, { x, y: noise }, frame, { colour: palette.ink2, width: 2, dash: DASH });
    const series = [
      { series: { x, y: noise }, text: w(round ? 'robust.direction' : 'robust.noise'), colour: palette.ink2 },
      { series: { x, y: attacked }, text: w('robust.attacked', { method: ctx.t(`labs.digits.choices.method.${method}`) }), colour: palette.accent, fill: true },
      ...(any(twin.y) ? [{ series: twin, text: w('robust.twin'), colour: palette.ink }] : []),
      ...(any(proved) ? [{ series: { x, y: proved }, text: w('robust.proved'), colour: palette.good }] : []),
    ];
    labelCurves(g, series.map((one) => ({ ...one, series: above(one.series) })), frame, palette);
    if (guess !== undefined && !round) drawGuess(g, frame, size, guess, w('robust.guess'), palette);
    return w('robust.alt', { size: ctx.number(size, { maximumFractionDigits: 3 }), robust: ctx.percent(store.readouts.robust), noise: ctx.percent(store.readouts.noise), proved: ctx.percent(store.readouts.certifiedShare) });
  }

  const part = sheet(parts.palette, () => slot.querySelector('canvas'), drawing);
  return {
    ...part,
    guess(share) {
      guess = share;
    },
  };
}
