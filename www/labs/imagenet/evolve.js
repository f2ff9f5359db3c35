/** How the answer turns: probabilities over the steps of the attack, beside them what chance of the same size does. */
import { html, render } from 'lit';
import { axes, cursor, curve, labelCurves } from '../../draw/chart.js';
import { heading } from '../../element/heading.js';
import { sheet } from '../digits/sheet.js';
import { sureText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Columns of the channel `way`: of what is aimed at nothing, `to` is all that is not `from`. */
const WAY = { step: 0, from: 1, to: 2, top: 4 };

/** Steps worth a tick. @param {number} end */
export function ticksTo(end) {
  if (end <= 5) return Array.from({ length: end + 1 }, (_, i) => i);
  const rough = end / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const by = [1, 2, 5, 10].map((k) => k * size).find((each) => each >= rough) ?? end;
  return Array.from({ length: Math.floor(end / by) + 1 }, (_, i) => i * by);
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createEvolve(parts, slot) {
  const { ctx, store, w } = parts;
  let titled = '';

  /** @param {import('../digits/sheet.js').Sheet} sheet */
  function drawing({ g, width, height, palette }) {
    const x = store.way(WAY.step);
    const end = Math.max(1, x.at(-1) ?? 1);
    const frame = axes(g, width, height, {
      x: [0, end], y: [0, 1], xTicks: ticksTo(end), yTicks: [0, 0.5, 1], xFormat: (v) => ctx.number(v), yFormat: (v) => ctx.percent(v), xLabel: w('evolve.x'),
    }, palette);
    if (x.length < 2) return w('evolve.none');
    const line = (/** @type {number} */ column) => ({ x, y: store.way(column) });
    const [away, towards] = [line(WAY.from), line(WAY.to)];
    const { noiseConfidence } = store.readouts;
    const noise = { x: [0, end], y: [noiseConfidence, noiseConfidence] };
    const goal = store.to >= 0 ? parts.name(store.to) : w('evolve.other');
    curve(g, line(WAY.top), frame, { colour: palette.rule, width: 1.5 }); // whatever it is read as, where it is neither
    cursor(g, frame, store.step, { colour: palette.accent }, palette);
    if (Number.isFinite(noiseConfidence)) curve(g, noise, frame, { colour: palette.ink2, width: 1.6, dash: [5, 4] });
    curve(g, away, frame, { colour: palette.classes[0].fill, width: 2.6 });
    curve(g, towards, frame, { colour: palette.classes[1].fill, width: 2.6 });
    labelCurves(g, [
      { series: away, text: parts.name(store.from), colour: palette.classes[0].ink },
      { series: towards, text: goal, colour: palette.classes[1].ink },
      ...(Number.isFinite(noiseConfidence) ? [{ series: noise, text: w('evolve.noise'), colour: palette.ink2 }] : []),
    ], frame, palette);
    const at = (/** @type {number[]} */ y, /** @type {number} */ i) => sureText(ctx, y.at(i) ?? NaN);
    return w('evolve.alt', {
      from: parts.name(store.from), fromFirst: at(away.y, 0), fromLast: at(away.y, -1), to: goal, toFirst: at(towards.y, 0), toLast: at(towards.y, -1), steps: ctx.number(end),
    });
  }

  const chart = sheet(parts.palette, () => slot.querySelector('canvas'), drawing);
  return {
    draw() {
      const title = w('evolve.title');
      if (title !== titled) render(html`${heading(ctx, title)}<canvas class="i-evolve" role="img"></canvas>`, slot);
      titled = title;
      chart.draw();
    },
    resize: chart.resize,
  };
}
