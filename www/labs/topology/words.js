/** What the topology stage says: verdicts, its text alternative, its summary, its table, and what stands on a folded group. */
import { BY } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

const TWO = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const ONE = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** The word beside the ring: a witness only where a theorem called it. @param {Parts} parts */
export const witnessWord = ({ store, w }) => w(store.theorem.must ? 'witness.word' : 'witness.merely');

/** Which case of words fits the sets on the stage. @param {Parts} parts @returns {'disc' | 'tori' | 'curves'} */
export function setsOf({ ctx }) {
  const { dataset } = ctx.values();
  return dataset === 'disc' || dataset === 'tori' ? dataset : 'curves';
}

/** What is known before any training: how wide a network must be. @param {Parts} parts */
export function verdict(parts) {
  const { ctx, store, w } = parts;
  if (!store.version) return '';
  const { needed, must } = store.theorem;
  const why = w(`why.${setsOf(parts) === 'tori' ? 'tori' : ['', 'parted', 'hooked', 'nested'][needed]}`, { needed });
  const activation = ctx.t(`labs.topology.choices.activation.${ctx.values().activation}`);
  if (must) return `${why} ${w('must', { width: store.width })}`;
  const bends = ['gelu', 'sine'].includes(String(ctx.values().activation));
  return bends && store.width < needed ? `${why} ${w('bends', { activation })}` : `${why} ${w('may', { width: store.width })}`;
}

/** What the search for a wrong point found. @param {Parts} parts */
export function finding(parts) {
  const { ctx, store, w } = parts;
  const { witness, theorem } = store;
  if (!store.judged) return w('searching');
  if (!witness) return w('none');
  const [x, y, z] = [witness.x, witness.y, witness.z].map((v) => ctx.number(v, TWO));
  const where = store.inSpace ? w('at.space', { x, y, z }) : w('at.plane', { x, y });
  const named = { where, set: w(`sets.${setsOf(parts)}.${witness.cls}`), said: w(`sets.${setsOf(parts)}.${1 - witness.cls}`), lead: ctx.number(witness.lead, ONE) };
  if (!theorem.must) return w('witness.learnt', named);
  return `${w('witness.found', named)} ${w(witness.by === BY.halfLine ? 'witness.halfLine' : 'witness.core')}`;
}

/** What the exact weights are, where they are what is on the stage. @param {Parts} parts */
export function exactly({ ctx, store, w }) {
  const { weights, activation, dataset } = ctx.values();
  if (weights !== 'exact' || dataset !== 'disc' || activation === 'linear') return '';
  const width = store.width;
  return w(width === 2 ? 'exactly.bowl' : 'exactly.star', { width, activation: ctx.t(`labs.topology.choices.activation.${activation}`) });
}

/** @param {Parts} parts */
export function altText(parts) {
  const { ctx, store, w } = parts;
  const place = w(store.inSpace ? 'alt.space' : 'alt.plane', { step: store.step, accuracy: ctx.percent(store.readouts.denseAccuracy, 2) });
  return `${place} ${finding(parts)}`;
}

/** One sentence for the live region. @param {Parts} parts */
export function summary(parts) {
  const { ctx, store, w } = parts;
  if (!store.version) return '';
  const shares = { step: store.step, dense: ctx.percent(store.readouts.denseAccuracy, 2), train: ctx.percent(store.readouts.trainAccuracy, 1) };
  return `${w('summary', shares)} ${finding(parts)}`;
}

/** The weights as a table: what each neuron of each layer adds up. @param {Parts} parts */
export function table({ ctx, store, w }) {
  const { data } = store.tables.weights;
  const widths = Array.from(store.tables.shape.data);
  const number = (/** @type {number} */ v) => ctx.number(v, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const most = Math.max(...widths.slice(0, -1), 1);
  /** @type {string[][]} */
  const rows = [];
  let at = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    const [from, to] = [widths[layer - 1], widths[layer]];
    for (let unit = 0; unit < to; unit++) {
      const weights = Array.from({ length: most }, (_, k) => (k < from ? number(data[at + k * to + unit]) : ''));
      const name = layer === widths.length - 1 ? w('table.output', { index: unit + 1 }) : w('table.neuron', { layer, index: unit + 1 });
      rows.push([name, ...weights, number(data[at + from * to + unit])]);
    }
    at += from * to + to;
  }
  return {
    caption: w('table.caption'),
    head: [w('table.unit'), ...Array.from({ length: most }, (_, k) => w('table.weight', { index: k + 1 })), w('table.bias')],
    rows,
  };
}

/** What a folded group of controls says of itself. @param {Parts} parts @param {string} group */
export function nowOf({ ctx, store, w }, group) {
  const values = ctx.values();
  const choice = (/** @type {string} */ knob) => ctx.t(`labs.topology.choices.${knob}.${values[knob]}`);
  if (group === 'data') return w('now.data', { dataset: choice('dataset'), count: Number(values.count) });
  if (group === 'network') return w('now.network', { width: store.readouts.width ?? Number(values.width), depth: store.readouts.depth ?? Number(values.depth), activation: choice('activation') });
  if (group === 'training') return w('now.training', { rate: ctx.number(Number(values.rate), { maximumSignificantDigits: 3 }) });
  return '';
}

/** What the read-outs' sentences name. @param {Parts} parts */
export function vars({ ctx, store, w }) {
  const { theorem, readouts } = store;
  const count = Number.isFinite(readouts.wrong) ? ctx.number(readouts.wrong, { maximumFractionDigits: 0 }) : '–';
  return { errors: count, verdict: theorem.must ? w('short.must') : w('short.may') };
}
