/** What the boundary stage says: its text alternative, its summary, its table, what stands on a folded group, and readings. */
import { readLayers } from '../../lib/layers.js';
import { PUSH, unitOf } from './store.js';
import { chosenPoint } from './picture.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').StageContext} StageContext */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Unit} Unit */

const TWO = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const THREE = { minimumFractionDigits: 3, maximumFractionDigits: 3 };

/**
 * A share of the points as a text, or nothing measured as a dash.
 * @param {StageContext} ctx
 * @param {number | undefined} share
 */
const shareOf = (ctx, share) => ctx.percent(share ?? NaN);

/** @param {StageContext} ctx */
const normOf = ({ t, values }) => t(`labs.boundary.stage.norm.${values().norm}`);

/** @param {Parts} parts */
export function altText({ ctx, store, view, w }) {
  if (store.present < 2) return w('alt.few', { count: store.count });
  const unit = view.unit === null ? undefined : unitOf(store.shape, view.unit);
  const field = unit
    ? w('alt.unit', { unit: unitName(w, unit), step: store.step })
    : w('alt.field', { step: store.step, count: store.count, classes: store.classes, accuracy: shareOf(ctx, store.readouts.testAccuracy) });
  const pushes = Number.isFinite(store.readouts.meanPerturbation) && view.arrows !== 'none'
    ? w('alt.pushes', { mean: ctx.number(store.readouts.meanPerturbation, TWO) })
    : '';
  return [field, pushes, pointText({ ctx, store, w })].filter(Boolean).join(' ');
}

/**
 * One sentence for the live region: where the run is and what the claim's numbers are.
 * @param {Parts} parts
 */
export function summary({ ctx, store, w }) {
  if (store.present < 2) return w('alt.few', { count: store.count });
  const { testAccuracy, robustAccuracy, noiseAccuracy } = store.readouts;
  const learnt = w('summary.learnt', { step: store.step, accuracy: shareOf(ctx, testAccuracy) });
  if (!Number.isFinite(robustAccuracy)) return learnt;
  const epsilon = ctx.number(Number(ctx.values().epsilon), TWO);
  const pushed = w('summary.pushed', { epsilon, norm: normOf(ctx), robust: shareOf(ctx, robustAccuracy), noise: shareOf(ctx, noiseAccuracy) });
  return `${learnt} ${pushed}`;
}

const ROWS = 25;

/**
 * The run as a table, thinned evenly; the first and the last moment always stay.
 * @param {Parts} parts
 */
export function table({ ctx, store, w }) {
  const { rows, columns, data } = store.tables.history;
  const every = Math.max(1, Math.ceil((rows - 1) / ROWS));
  const kept = Array.from({ length: rows }, (_, i) => i).filter((i) => i % every === 0 || i === rows - 1);
  const { number, percent } = ctx;
  return {
    caption: w('table.caption', { count: kept.length }),
    head: ['step', 'trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy'].map((column) => w(`table.${column}`)),
    rows: kept.map((i) => {
      const [step, trainLoss, testLoss, trainAccuracy, testAccuracy] = data.subarray(i * columns, (i + 1) * columns);
      return [number(step, { maximumFractionDigits: 0 }), number(trainLoss, THREE), number(testLoss, THREE), percent(trainAccuracy, 1), percent(testAccuracy, 1)];
    }),
  };
}

/**
 * What a folded group of controls says of itself.
 * @param {Parts} parts
 * @param {string} group
 */
export function nowOf({ ctx, store, w }, group) {
  const values = ctx.values();
  const choice = (/** @type {string} */ knob) => ctx.t(`labs.boundary.choices.${knob}.${values[knob]}`);
  switch (group) {
    case 'data':
      return w('now.data', { dataset: choice('dataset'), count: store.version ? store.count : Number(values.count) });
    case 'network': {
      const layers = hiddenLayers(ctx);
      if (layers.length === 0) return w('now.noLayers');
      return w('now.network', { widths: layers.map(({ units }) => units).join(', '), activation: choice('activation') });
    }
    case 'training':
      return w('now.training', { optimizer: choice('optimizer'), rate: ctx.number(Number(values.rate), { minimumSignificantDigits: 2, maximumSignificantDigits: 3 }) });
    case 'push':
      return w('now.push', { epsilon: ctx.number(Number(values.epsilon), TWO), norm: normOf(ctx) });
    default:
      return '';
  }
}

/** Random pushes a point, as the engine draws them. */
const TRIES = 6;

/**
 * How many points stand behind the shares: the held-out ones, or all where none is held out.
 * @param {Pick<Parts, 'ctx' | 'store'>} parts
 */
export function countsOf({ ctx, store }) {
  const { data } = store.tables.points;
  let held = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0.5) held++;
  const judged = held || store.count;
  const whole = (/** @type {number} */ n) => ctx.number(n, { maximumFractionDigits: 0 });
  return { judged: whole(judged), robust: whole(Math.round(store.readouts.robustAccuracy * judged)), tries: whole(TRIES) };
}

/**
 * The hidden layers as asked for; a layer without an activation of its own has the network's.
 * @param {StageContext} ctx
 */
export function hiddenLayers({ about, values }) {
  const kind = about.knobs.find(({ id }) => id === 'layers')?.kind;
  const present = values();
  const layers = kind?.type === 'layers' ? readLayers(String(present.layers), kind) : undefined;
  return (layers ?? []).map(({ units, activation }) => ({ units, activation: activation ?? String(present.activation) }));
}

/**
 * @param {Parts['w']} w
 * @param {Unit} unit
 * @param {string} [feature]
 */
export function unitName(w, { kind, layer, index }, feature) {
  if (kind === 'class') return w('unit.class', { class: w(`class.${index + 1}`) });
  if (kind === 'feature') return w('unit.feature', { feature: feature ?? String(index + 1) });
  return w('unit.hidden', { layer, index: index + 1 });
}

/**
 * What the network says at the crosshair: its likeliest classes, and the unit that is on the stage.
 * @param {Parts} parts
 * @returns {string}
 */
export function readingText({ ctx, store, view, w }) {
  if (!view.at) return '';
  const [x, y] = view.at.map((v) => ctx.number(v, TWO));
  const where = w('reading.at', { x, y });
  if (!view.reading || view.reading.length < store.classes) return where;
  const first = view.reading.length - store.classes;
  const shares = Array.from(view.reading.subarray(first), (share, k) => ({ share, k })).sort((a, b) => b.share - a.share || a.k - b.k);
  const said = shares.slice(0, 3).map(({ share, k }) => w('reading.class', { class: w(`class.${k + 1}`), share: ctx.percent(share, nearlySure(share) ? 1 : 0) }));
  const unit = view.unit === null ? undefined : unitOf(store.shape, view.unit);
  const activation = unit && unit.kind !== 'class' ? w('reading.unit', { unit: unitName(w, unit), value: ctx.number(view.reading[view.unit ?? 0], TWO) }) : '';
  return [`${where} ${said.join(', ')}.`, activation].filter(Boolean).join(' ');
}

/** Shares that whole per cents would round to none or all. @param {number} share */
const nearlySure = (share) => (share > 0 && share < 0.005) || (share > 0.995 && share < 1);

/**
 * What is known of the chosen point.
 * @param {Pick<Parts, 'ctx' | 'store' | 'w'>} parts
 * @returns {string}
 */
export function pointText({ ctx, store, w }) {
  const point = chosenPoint(store, Number(ctx.values().selected));
  if (!point) return '';
  const name = w(point.held ? 'point.held' : 'point.train', { index: point.row + 1, total: store.count, class: w(`class.${point.cls + 1}`) });
  const [, , size, status] = store.tables.push.data.subarray(4 * point.row, 4 * point.row + 4);
  if (status === PUSH.wrong) return `${name} ${w('point.wrong')}`;
  if (status === PUSH.found) return `${name} ${w('point.push', { size: ctx.number(size, THREE) })}`;
  return status === PUSH.none ? `${name} ${w('point.none')}` : name;
}
