/** What the filters stage says: its summary, its table, and what its read-outs name. */
import { sureText } from '../digits/words.js';
import { answerOf } from './answers.js';
import { isDigits, isWhole, unitOf } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */
/** @typedef {import('../ascent/types.js').Labels} Labels */

/** Rows of the curve, at most. */
const ROWS = 20;

/** @param {Parts} parts @param {number} v */
const one = ({ ctx }, v) => ctx.number(v, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** One sentence for the live region. @param {Parts} parts @param {Labels} labels @param {string} layer its name */
export function summary(parts, labels, layer) {
  const { ctx, store, w } = parts;
  const { activation, bestDatasetActivation: best, nearestNeighbourDistance: far } = store.readouts;
  const step = ctx.number(store.step, { maximumFractionDigits: 0 });
  const what = w(ctx.values().goal === 'dream' ? 'summary.layer' : 'summary.unit', { step, unit: unitOf(parts), layer, activation: one(parts, activation) });
  const beside = Number.isFinite(best) ? w('summary.best', { best: one(parts, best) }) : '';
  const { name, share } = answerOf(parts, labels);
  const reads = name ? w('summary.reads', { name, share: sureText(ctx, share) }) : '';
  const nearest = Number.isFinite(far) ? w('summary.nearest', { far: one(parts, far) }) : '';
  return [what, beside, reads, nearest].filter(Boolean).join(' ');
}

/** Every unit of the layer, or else the curve. @param {Parts} parts */
export function table(parts) {
  const { ctx, store, w } = parts;
  if (isDigits(parts) && isWhole(parts)) {
    const [made, best] = [store.column('activations', 0), store.column('bestActivation', 0)];
    return { caption: w('table.units'), head: [w('table.unit'), w('table.made'), w('table.best')], rows: made.map((v, unit) => [String(unit), one(parts, v), one(parts, best[unit])]) };
  }
  const [steps, heights] = [store.column('curve', 0), store.column('curve', 1)];
  const every = Math.max(1, Math.ceil(steps.length / ROWS));
  const rows = steps.map((step, i) => ({ step, height: heights[i] })).filter((_, i) => i % every === 0 || i === steps.length - 1);
  return { caption: w('table.curve'), head: [w('table.step'), w('table.activation')], rows: rows.map(({ step, height }) => [ctx.number(step, { maximumFractionDigits: 0 }), one(parts, height)]) };
}

/** What the read-outs' sentences name. @param {Parts} parts @param {Labels} labels @param {string} layer */
export function vars(parts, labels, layer) {
  const { ctx, w } = parts;
  const { name, share } = answerOf(parts, labels);
  return {
    what: w(ctx.values().goal === 'dream' ? 'what.layer' : 'what.unit', { unit: unitOf(parts), layer }),
    reads: name ? w('what.reads', { name, share: sureText(ctx, share) }) : '',
    best: w(isDigits(parts) ? 'what.best' : 'what.unshipped'),
  };
}
