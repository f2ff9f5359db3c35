/** What the dream stage says: its summary, and the climb as a table. */

/** @typedef {import('./types.js').Parts} Parts */

/** One sentence for the live region. @param {Parts} parts */
export function summary(parts) {
  const { ctx, store, w } = parts;
  const { octave, within, done } = parts.place();
  const vars = { photo: parts.photo(), layer: parts.layer(), octaves: Number(ctx.values().octaves), objective: ctx.readout(store.readouts.objective, 'number') };
  const dream = done ? w('summary.done', vars) : w('summary.at', { ...vars, octave, step: within, steps: Number(ctx.values().perOctave) });
  const { noiseObjective: noise } = store.readouts;
  return Number.isFinite(noise) ? `${dream} ${w('summary.noise', { noise: ctx.readout(noise, 'number') })}` : dream;
}

/** First and last step of each octave, and the control there. @param {Parts} parts */
export function table({ ctx, store, w }) {
  const rows = Array.from({ length: store.table('curve').rows }, (_, i) => store.row('curve', i));
  const noise = new Map(store.column('underNoise', 0).map((step, i) => [step, store.row('underNoise', i)[1]]));
  const octaves = [...new Set(rows.map(([, octave]) => octave))];
  const objective = (/** @type {number | undefined} */ v) => ctx.readout(v ?? NaN, 'number');
  return {
    caption: w('table.caption'),
    head: [w('table.octave'), w('table.steps'), w('table.first'), w('table.last'), w('table.noise')],
    rows: octaves.map((octave) => {
      const own = rows.filter((row) => row[1] === octave);
      return [ctx.number(octave), ctx.number(own.length), objective(own[0]?.[2]), objective(own.at(-1)?.[2]), objective(noise.get(own.at(-1)?.[0] ?? NaN))];
    }),
  };
}
