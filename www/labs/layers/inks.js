/** The colours of the sheet's cells, and the light on them. */
import { mix, rgb } from '../../draw/palette.js';
import { darkness } from './sheet.js';

/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./store.js').Store} Store */

/** How dark squeezed paper becomes, of the way from paper to ink. */
const DARKEST = 0.62;
/** How much of a cell's light depends on how it stands. */
const RELIEF = 0.22;
const BANDS = 24;

/**
 * The colour of a cell: ink by how much its area changed, or the class the network answers there.
 * @param {Store} store
 * @param {ViewState} view
 * @param {Palette} palette
 */
export function inks(store, view, palette) {
  const [paper, ink] = [rgb(palette.sheet), rgb(palette.ink)];
  const { rows: classes, columns, data } = store.tables.field;
  const tints = palette.classes.map(({ tint }) => rgb(tint));
  const between = rgb(palette.fieldMid);
  /** @type {Map<number, string>} */
  const made = new Map();
  const colour = (/** @type {number} */ key, /** @type {() => import('../../draw/palette.js').Rgb} */ make) => {
    let text = made.get(key);
    if (!text) made.set(key, (text = `rgb(${make().map(Math.round).join(' ')})`));
    return text;
  };
  return (/** @type {number} */ factor, /** @type {number} */ face, /** @type {Uint32Array} */ quad, /** @type {number} */ at, /** @type {Float32Array} */ places) => {
    const light = store.spatial ? Math.round(lightOn(places, quad, at) * 12) / 12 : 1;
    const shade = RELIEF * (1 - light) + (face < 0 ? 0.06 : 0);
    if (!view.answers) {
      const dark = Math.round(BANDS * darkness(factor)) / BANDS;
      return colour(dark * 1000 + Math.round(shade * 100), () => mix(paper, ink, Math.min(DARKEST, 0.04 + dark * dark * DARKEST + shade)));
    }
    const vertex = quad[at];
    let best = 0;
    for (let k = 1; k < classes; k++) if (data[k * columns + vertex] > data[best * columns + vertex]) best = k;
    const sure = Math.round(8 * Math.max(0, (data[best * columns + vertex] - 1 / classes) / (1 - 1 / classes))) / 8;
    return colour(best * 100_000 + sure * 1000 + Math.round(shade * 100), () => mix(mix(between, tints[best] ?? between, sure), ink, shade));
  };
}

/** How much light from above and the left a cell catches, whichever side it shows. @param {Float32Array} p @param {Uint32Array} quad @param {number} at */
function lightOn(p, quad, at) {
  const [a, b, c, d] = [3 * quad[at], 3 * quad[at + 1], 3 * quad[at + 2], 3 * quad[at + 3]];
  const [ux, uy, uz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
  const [vx, vy, vz] = [p[d] - p[b], p[d + 1] - p[b + 1], p[d + 2] - p[b + 2]];
  const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(...n);
  return length === 0 ? 0 : Math.abs(-0.42 * n[0] + 0.5 * n[1] + 0.76 * n[2]) / length;
}
