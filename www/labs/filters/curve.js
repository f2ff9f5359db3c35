/** The activation by step, and the height the best real digit reaches. */
import { render, html } from 'lit';
import { heading } from '../../element/heading.js';
import { climb } from '../ascent/climb.js';
import { sheet } from '../digits/sheet.js';
import { unitOf } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('../ascent/types.js').Part}
 */
export function createCurve(parts, slot) {
  const { ctx, store, w } = parts;
  const title = () => render(html`${heading(ctx, w('curve.title'))}<canvas class="a-chart" role="img"></canvas>`, slot);
  title();

  const part = sheet(parts.palette, () => slot.querySelector('canvas'), (sheet) => {
    const [x, y] = [store.column('curve', 0), store.column('curve', 1)];
    if (x.length === 0) return w('curve.none');
    const best = store.readouts.bestDatasetActivation;
    const layer = ctx.values().goal === 'dream';
    climb(sheet, {
      x, y, name: w(layer ? 'curve.layer' : 'curve.unit', { unit: unitOf(parts) }), xLabel: w('curve.x'), format: (v) => ctx.number(v),
      ...(Number.isFinite(best) ? { beside: { y: [best, best], name: w('curve.best') } } : {}),
    });
    const [first, last] = [y[0], y.at(-1) ?? NaN].map((v) => ctx.number(v, { maximumFractionDigits: 1 }));
    return w('curve.alt', { first, last, step: ctx.number(x.at(-1) ?? 0) });
  });
  return part;
}
