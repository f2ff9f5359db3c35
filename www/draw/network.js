/** The edges of a network diagram: one curve a weight, width = size, orange adds and blue subtracts; and where its columns stand. */

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {{ left: number, right: number, y: number }} Spot where curves enter and leave a unit, in pixels */

/**
 * Index of weight i → j of each dense layer in one flat vector (W row-major in × out, then b).
 * @param {number[]} widths
 */
export function weightOffsets(widths) {
  let at = 0;
  return widths.slice(1).map((out, l) => {
    const from = at;
    at += widths[l] * out + out;
    return from;
  });
}

/**
 * How many units of a layer are shown, and in how many columns they stand side by side.
 * @param {number} units
 * @param {number} most
 * @param {number} rows
 */
export function arrange(units, most, rows) {
  const shown = Math.min(units, most);
  const columns = Math.max(1, Math.ceil(shown / rows));
  return { shown, hidden: units - shown, columns, rows: Math.ceil(shown / columns) };
}

/** @param {number} weight */
export const strokeWidth = (weight) => Math.min(5, 0.35 + Math.abs(weight) * 1.25);

/** Weights too weak to see are not drawn; between wide layers, where hundreds cross, neither are the faint ones. */
const FAINT = 0.03;
const FAINT_IN_CROWD = 0.12;
const CROWD = 120;

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Spot[][]} spots by layer, only the shown units
 * @param {Float32Array} weights
 * @param {number[]} widths by layer, all units
 * @param {Palette} palette
 */
export function edges(ctx, spots, weights, widths, palette) {
  const offsets = weightOffsets(widths);
  ctx.lineCap = 'round';
  for (let l = 1; l < spots.length; l++) {
    const out = widths[l];
    // Wide layers have many weak weights; a layer is drawn against its own strongest so that structure stays visible.
    const least = spots[l - 1].length * spots[l].length > CROWD ? FAINT_IN_CROWD : FAINT;
    const gain = gainOf(weights, offsets[l - 1], widths[l - 1] * out);
    for (let i = 0; i < spots[l - 1].length; i++) {
      const { right, y: y0 } = spots[l - 1][i];
      for (let j = 0; j < spots[l].length; j++) {
        const w = (weights[offsets[l - 1] + i * out + j] ?? 0) * gain;
        if (!(Math.abs(w) > least)) continue;
        const { left, y: y1 } = spots[l][j];
        const middle = (right + left) / 2;
        ctx.beginPath();
        ctx.moveTo(right, y0);
        ctx.bezierCurveTo(middle, y0, middle, y1, left, y1);
        ctx.strokeStyle = palette.classes[w < 0 ? 0 : 1].fill;
        ctx.globalAlpha = Math.min(0.95, 0.1 + Math.abs(w) * 0.32);
        ctx.lineWidth = strokeWidth(w);
        ctx.stroke();
      }
    }
  }
  ctx.globalAlpha = 1;
}

/**
 * @param {Float32Array} weights
 * @param {number} from
 * @param {number} count
 */
function gainOf(weights, from, count) {
  let most = 0;
  for (let i = from; i < from + count; i++) most = Math.max(most, Math.abs(weights[i]) || 0);
  return most > 3.5 ? 3.5 / most : 1;
}
