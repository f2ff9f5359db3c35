/** What the layers stage says: its text alternative, its summary, its table, what stands on a folded group, the followed point. */
import { activationOf, momentText } from './scrubber.js';

/** @typedef {import('./types.js').Parts} Parts */

const TWO = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const THREE = { maximumSignificantDigits: 3 };

/** @param {Parts} parts */
export function altText(parts) {
  const { ctx, store, w } = parts;
  const first = w('alt.moment', { step: store.step, count: store.tables.points.rows, moment: momentText(parts) });
  const folded = projectionText(parts);
  const probes = Number.isFinite(store.probe(0)) ? w('alt.probe', { raw: ctx.percent(store.probe(0)), last: ctx.percent(store.probe(store.last)) }) : '';
  return [first, folded, probes].filter(Boolean).join(' ');
}

/** Whether the picture is a projection, said on it. @param {Parts} parts */
export function projectionText({ ctx, store, view, w }) {
  const at = Math.max(0, Math.min(store.last, Math.ceil(view.t - 1e-6)));
  const wide = [at, Math.max(0, at - 1)].find((layer) => (store.shape[layer] ?? 0) > 3 && (layer === at || view.t < at));
  if (wide === undefined) return '';
  const width = store.shape[wide];
  if (view.projecting === 'units') return w('projection.units', { width, units: view.units.map((u) => Math.min(u, width - 1) + 1).join(', ') });
  if (view.projecting === 'tour') return w('projection.tour', { width });
  const { columns, data } = store.tables.axes;
  return w('projection.pca', { width, share: ctx.percent(data[4 * (wide - 1) * columns + columns - 1]) });
}

/** @param {Parts} parts */
export function summary({ ctx, store, w }) {
  const learnt = w('summary.learnt', { step: store.step, accuracy: ctx.percent(store.readouts.testAccuracy, 1) });
  if (!Number.isFinite(store.readouts.lastProbe)) return learnt;
  return `${learnt} ${w('summary.probe', { raw: ctx.percent(store.readouts.rawProbe, 1), last: ctx.percent(store.readouts.lastProbe, 1) })}`;
}

/** Layer by layer. @param {Parts} parts */
export function table({ ctx, store, w }) {
  const { number, percent } = ctx;
  return {
    caption: w('table.caption', { step: number(store.measured) }),
    head: ['layer', 'units', 'activation', 'probe', 'own', 'determinant', 'most', 'least'].map((column) => w(`table.${column}`)),
    rows: Array.from({ length: store.last + 1 }, (_, layer) => {
      if (layer === 0) return [w('strip.raw'), number(store.shape[0]), '–', percent(store.probe(0), 1), '–', '–', number(1), number(1)];
      const { own, determinant, most, least } = store.strength(layer);
      const square = store.shape[layer] === store.shape[layer - 1];
      return [String(layer), number(store.shape[layer]), activationOf(ctx, layer), percent(store.probe(layer), 1), number(own, THREE), square ? number(determinant, THREE) : '–', number(most, THREE), small(ctx, least)];
    }),
  };
}

/** @param {import('./types.js').StageContext} ctx @param {number} value */
const small = (ctx, value) => ctx.readout(value, 'number');

/** Where the followed point stands after every layer it has passed. @param {Parts} parts @returns {string[]} */
export function followedRows({ ctx, store, w }) {
  const { rows, data } = store.tables.followed;
  if (rows === 0) return [];
  const shown = (/** @type {number} */ from, /** @type {number} */ width) =>
    `(${Array.from({ length: width }, (_, j) => ctx.number(data[from + j], TWO)).join('; ')})`;
  return store.chain.layers.map(({ a, width }, layer) => (layer === 0 ? w('follow.start', { place: shown(a, width) }) : w('follow.after', { layer, place: shown(a, width) })));
}

/** @param {Parts} parts */
export function followedText(parts) {
  return followedRows(parts).join(' ');
}

/** What a folded group of controls says of itself. @param {Parts} parts @param {string} group */
export function nowOf({ ctx, store, w }, group) {
  const values = ctx.values();
  const choice = (/** @type {string} */ knob) => ctx.t(`labs.layers.choices.${knob}.${values[knob]}`);
  switch (group) {
    case 'data':
      return w('now.data', { dataset: choice('dataset'), count: store.version ? store.tables.points.rows : Number(values.count) });
    case 'network': {
      if (String(values.layers) === '') return w('now.noLayers');
      const widths = String(values.layers).split(',').map((layer) => layer.split(':')[0]).join(', ');
      return w('now.network', { widths, activation: choice('activation') });
    }
    case 'training':
      return w('now.training', { optimizer: choice('optimizer'), rate: ctx.number(Number(values.rate), { minimumSignificantDigits: 2, maximumSignificantDigits: 3 }) });
    default:
      return '';
  }
}

/** How many points stand behind the shares. @param {Parts} parts */
export function countsOf({ ctx, store }) {
  const { data, rows } = store.tables.points;
  let held = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0.5) held++;
  const judged = held || rows;
  const whole = (/** @type {number} */ n) => ctx.number(n, { maximumFractionDigits: 0 });
  const { lastProbe, rawProbe } = store.readouts;
  return { judged: whole(judged), last: whole(store.last), lastRight: whole(Math.round(lastProbe * judged)), rawRight: whole(Math.round(rawProbe * judged)) };
}
