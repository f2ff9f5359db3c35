// A picture made smaller as Pillow's bicubic filter does it (a = −0.5, widened by the scale): columns, then rows, 22-bit weights, a byte between.

/** Keys' cubic, a = −½. @param {number} x */
function cubic(x) {
  const t = Math.abs(x);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

/**
 * For each of `to` places the first number read of `from`, and what each is worth, in 2⁻²².
 *
 * @param {number} from @param {number} to @returns {{ first: number, weights: number[] }[]}
 */
function taps(from, to) {
  const scale = from / to;
  const wide = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - 2 * wide + 0.5), 0);
    const end = Math.min(Math.trunc(centre + 2 * wide + 0.5), from);
    const shares = Array.from({ length: end - first }, (__, k) => cubic((k + first - centre + 0.5) / wide));
    const sum = shares.reduce((a, b) => a + b);
    return { first, weights: shares.map((share) => Math.trunc((share / sum) * 2 ** 22 + Math.sign(share) * 0.5)) };
  });
}

/** @param {number} sum in 2⁻²² */
const byte = (sum) => Math.min(Math.max(Math.floor((sum + 2 ** 21) / 2 ** 22), 0), 255);

/** Columns of RGB rows `from` wide; the result stands on its side, so that twice is upright. @param {Uint8Array} rgb @param {number} from @param {number} to */
function columns(rgb, from, to) {
  const rows = rgb.length / 3 / from;
  const out = new Uint8Array(3 * rows * to);
  taps(from, to).forEach(({ first, weights }, i) => {
    for (let y = 0; y < rows; y += 1) {
      for (let c = 0; c < 3; c += 1) {
        const sum = weights.reduce((all, weight, k) => all + weight * rgb[3 * (y * from + first + k) + c], 0);
        out[3 * (i * rows + y) + c] = byte(sum);
      }
    }
  });
  return out;
}

/** A square of RGB, `from` pixels a side, as one of `to`. @param {Uint8Array} rgb @param {number} from @param {number} to */
export const bicubic = (rgb, from, to) => columns(columns(rgb, from, to), from, to);
