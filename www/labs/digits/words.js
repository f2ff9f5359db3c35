/** What the digits stage says: its summary, its table, what stands on a folded group, and the counts its read-outs name. */
import { answerOf, isRound, sizeKnob } from './store.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Digits that attack, noise and certificate are tried on. */
const TRIED = 300;

/** How sure it is: what is not quite everything is never rounded to all. @param {{ percent: (share: number, digits?: number) => string }} ctx @param {number} share */
export const sureText = ({ percent }, share) => (share > 0.995 && share < 1 ? percent(Math.min(share, 0.999), 1) : percent(share));

/** One sentence for the live region: where the run is and what the claim's numbers are. @param {Parts} parts */
export function summary({ ctx, store, w }) {
  const learnt = w('summary.learnt', { step: ctx.number(store.step), accuracy: ctx.percent(store.readouts.testAccuracy, 1) });
  if (!Number.isFinite(store.readouts.robust)) return learnt;
  const { method, ...values } = ctx.values();
  const size = ctx.number(Number(values[sizeKnob(method)]), { maximumFractionDigits: 3 });
  const pushed = w('summary.pushed', { method: ctx.t(`labs.digits.choices.method.${method}`), size, robust: ctx.percent(store.readouts.robust), noise: ctx.percent(store.readouts.noise) });
  const [before, after] = [answerOf(store.row('answers', 0)), answerOf(store.row('answers', store.lastRow))];
  const one = before.best < 0 ? '' : w('summary.shown', { before: before.best, after: after.best, share: ctx.percent(after.share) });
  return `${learnt} ${pushed} ${one}`.trim();
}

/** The curve of 300 digits as a table. @param {Parts} parts */
export function table({ ctx, store, w }) {
  const { rows } = store.tables.curve;
  const twin = new Map(store.column('transfer', 0).map((size, i) => [size, store.column('transfer', 1)[i]]));
  const share = (/** @type {number | undefined} */ v) => ctx.percent(v ?? NaN, 1);
  const round = isRound(ctx.values().method);
  return {
    caption: w('table.caption', { count: TRIED }),
    head: [w(round ? 'table.length' : 'table.epsilon'), w('table.attacked'), w('table.noise'), w('table.proved'), ...(twin.size ? [w('table.twin')] : [])],
    rows: Array.from({ length: rows }, (_, i) => {
      const [size, attacked, noise, proved] = store.row('curve', i);
      return [ctx.number(size, { maximumFractionDigits: 3 }), share(attacked), share(noise), share(proved), ...(twin.size ? [share(twin.get(size))] : [])];
    }),
  };
}

/** What a folded group of controls says of itself. @param {Parts} parts @param {string} group */
export function nowOf({ ctx, w }, group) {
  const values = ctx.values();
  const choice = (/** @type {string} */ knob) => ctx.t(`labs.digits.choices.${knob}.${values[knob]}`);
  switch (group) {
    case 'data':
      return w('now.data', { count: ctx.number(Number(values.count)) });
    case 'network':
      return choice('network');
    case 'training':
      return w('now.training', { training: choice('training'), optimizer: choice('optimizer') });
    case 'push':
      return w('now.push', { steps: ctx.number(Number(values.steps)) });
    default:
      return '';
  }
}

/** Whole numbers behind the shares. @param {Parts} parts */
export function countsOf({ ctx, store, w }) {
  const { robust, noise, certifiedShare } = store.readouts;
  const of = (/** @type {number} */ share) => ctx.number(Math.round(share * TRIED), { maximumFractionDigits: 0 });
  const round = isRound(ctx.values().method);
  const target = String(ctx.values().target);
  // What is the aim already cannot be pushed there: how many are left only the engine knows.
  const judged = (/** @type {number} */ share) => (target === 'none' ? w('judged.all', { right: of(share), tried: ctx.number(TRIED) }) : w('judged.others', { tried: ctx.number(TRIED), digit: target }));
  return {
    robustJudged: judged(robust),
    noiseJudged: judged(noise),
    proved: Number.isFinite(certifiedShare) ? ctx.percent(certifiedShare) : w('proved.none'),
    size: w(round ? 'size.length' : 'size.epsilon', { size: ctx.number(Number(ctx.values()[sizeKnob(ctx.values().method)]), { maximumFractionDigits: 3 }) }),
  };
}
