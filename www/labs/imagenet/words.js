/** What the imagenet stage says: its summary, its table, what stands on a folded group, and what its read-outs name. */

/** @typedef {import('./types.js').Parts} Parts */

const TENTH = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** How sure it is, to a tenth of a per cent; what is not quite everything is never rounded to all. @param {{ number: (value: number, options: Intl.NumberFormatOptions) => string }} ctx @param {number} share a number */
export const sureText = ({ number }, share) => `${number(100 * (share > 0.9989 && share < 1 ? 0.999 : share), TENTH)}\u202f%`;

/** What is read in a picture, in words. @param {Parts} parts @param {import('./store.js').Guess | undefined} guess */
export function reads({ ctx, w, name }, guess) {
  return guess ? w('reads', { name: name(guess.index), share: sureText(ctx, guess.share) }) : w('bars.none');
}

/** How large the push is, as its caption says it. @param {Parts} parts */
export function largest({ ctx, store, w }) {
  return w('push.largest', { size: ctx.number(store.moved ? store.readouts.linf : 0, { maximumFractionDigits: 0 }) });
}

/** One sentence for the live region: what is read before and after, and what chance of the same size does. @param {Parts} parts */
export function summary(parts) {
  const { ctx, store, w } = parts;
  const [before, now] = [store.guesses('before')[0], store.guesses('now')[0]];
  const first = w('summary.before', { reads: reads(parts, before) });
  if (!store.moved) return first;
  const push = w('summary.now', { step: ctx.number(store.step), size: ctx.number(store.readouts.linf, { maximumFractionDigits: 0 }), reads: reads(parts, now) });
  const { noiseConfidence } = store.readouts;
  return Number.isFinite(noiseConfidence) ? `${first} ${push} ${w('summary.noise', { share: sureText(ctx, noiseConfidence) })}` : `${first} ${push}`;
}

/** The curves as a table. @param {Parts} parts */
export function table(parts) {
  const { ctx, store, w, name } = parts;
  const { rows } = store.tables.way;
  const columns = [0, 1, 2, 3, 4].map((c) => store.way(c));
  const share = (/** @type {number} */ v) => sureText(ctx, v);
  return {
    caption: w('table.caption'),
    head: [w('table.step'), name(store.from), ...(store.to >= 0 ? [name(store.to)] : []), w('table.top'), w('table.share')],
    rows: Array.from({ length: rows }, (_, i) => {
      const [step, from, to, index, top] = columns.map((column) => column[i]);
      return [ctx.number(step), share(from), ...(store.to >= 0 ? [share(to)] : []), name(index), share(top)];
    }),
  };
}

/** What a folded group of controls says of itself. @param {Parts} parts @param {string} group */
export function nowOf({ ctx, w }, group) {
  const values = ctx.values();
  const choice = (/** @type {string} */ knob) => ctx.t(`labs.imagenet.choices.${knob}.${values[knob]}`);
  return group === 'attack' ? w('now.push', { method: choice('method'), norm: choice('norm') }) : '';
}

/** What the read-outs' sentences name besides settings and numbers. @param {Parts} parts */
export function varsOf({ ctx, store, w, name }) {
  const round = ctx.values().norm === 'l2';
  return {
    from: name(store.from) || w('nothing'),
    size: w(round ? 'size.round' : 'size.square', { size: ctx.number(Number(ctx.values().epsilon), { maximumFractionDigits: 2 }) }),
  };
}
