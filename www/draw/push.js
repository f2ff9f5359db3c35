/** Pushes on the plane: arrows with a halo, the ε-ball of a norm, the path of a descent inside it, and the field of directions. */

/** @typedef {import('./palette.js').Palette} Palette */
/** @typedef {import('./plane.js').Plane} Plane */
/** @typedef {[x0: number, y0: number, x1: number, y1: number]} Segment in pixels */
/** @typedef {{ colour: string, halo: string, width: number, head?: number, rim?: number, alpha?: number }} ArrowStyle `rim` is how far the halo reaches, both sides together */

const HALF_ANGLE = 0.42;

/**
 * All halos, then all shafts, then all heads. Arrow by arrow: one path of two hundred is slower to fill than two hundred paths.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Segment[]} arrows
 * @param {ArrowStyle} style
 */
export function arrows(ctx, arrows, { colour, halo, width, head = 6.5, rim = 1.6, alpha = 1 }) {
  if (arrows.length === 0) return;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.lineCap = 'butt';
  const shaft = (/** @type {Segment} */ arrow) => {
    const { angle, size } = headOf(arrow, head);
    ctx.beginPath();
    ctx.moveTo(arrow[0], arrow[1]);
    ctx.lineTo(arrow[2] - Math.cos(angle) * size * 0.7, arrow[3] - Math.sin(angle) * size * 0.7);
    ctx.stroke();
  };
  ctx.strokeStyle = halo;
  ctx.lineWidth = width + rim;
  arrows.forEach(shaft);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  arrows.forEach(shaft);
  ctx.lineJoin = 'round';
  ctx.strokeStyle = halo;
  ctx.lineWidth = 1;
  ctx.fillStyle = colour;
  for (const arrow of arrows) {
    const { angle, size } = headOf(arrow, head);
    ctx.beginPath();
    ctx.moveTo(arrow[2], arrow[3]);
    for (const side of [-HALF_ANGLE, HALF_ANGLE]) {
      ctx.lineTo(arrow[2] - size * Math.cos(angle + side), arrow[3] - size * Math.sin(angle + side));
    }
    ctx.closePath();
    ctx.stroke();
    ctx.fill();
  }
  ctx.restore();
}

/**
 * Direction of an arrow and the length of its head, never more than about half of the arrow.
 * @param {Segment} arrow
 * @param {number} head
 */
export function headOf([x0, y0, x1, y1], head) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  return { angle: Math.atan2(y1 - y0, x1 - x0), size: Math.min(head, length * 0.55) };
}

/**
 * Every point a push of size ε can reach: a disc for L2, a square for L∞.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x centre, in plane units
 * @param {number} y
 * @param {number} epsilon
 * @param {'l2' | 'linf'} norm
 * @param {Plane} plane
 * @param {Palette} palette
 */
export function ball(ctx, x, y, epsilon, norm, plane, palette) {
  const r = epsilon * plane.unit;
  const cx = plane.x(x);
  const cy = plane.y(y);
  ctx.save();
  ctx.beginPath();
  if (norm === 'linf') ctx.rect(cx - r, cy - r, 2 * r, 2 * r);
  else ctx.arc(cx, cy, r, 0, 2 * Math.PI);
  ctx.globalAlpha = 0.5;
  ctx.fillStyle = palette.paper;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.setLineDash([5, 4]);
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.restore();
}

/**
 * A descent, one dot a step.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Float32Array} steps rows x, y; the first is where it starts
 * @param {Plane} plane
 * @param {Palette} palette
 */
export function descent(ctx, steps, plane, palette) {
  if (steps.length < 4) return;
  ctx.save();
  ctx.lineJoin = 'round';
  ctx.beginPath();
  for (let i = 0; i < steps.length; i += 2) ctx.lineTo(plane.x(steps[i]), plane.y(steps[i + 1]));
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.beginPath();
  for (let i = 2; i < steps.length; i += 2) {
    const last = i === steps.length - 2;
    const r = last ? 3.6 : 2.4;
    ctx.moveTo(plane.x(steps[i]) + r, plane.y(steps[i + 1]));
    ctx.arc(plane.x(steps[i]), plane.y(steps[i + 1]), r, 0, 2 * Math.PI);
  }
  ctx.fillStyle = palette.accent;
  ctx.fill();
  ctx.restore();
}

/**
 * One short stroke a cell in the direction that changes the answer fastest; longer and darker where it changes faster.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Float32Array} gradients rows dx, dy, cell by cell, row 0 at the top
 * @param {Plane} plane
 * @param {Palette} palette
 */
export function directions(ctx, gradients, plane, palette) {
  const side = Math.round(Math.sqrt(gradients.length / 2));
  if (side === 0) return;
  const cell = plane.width / side;
  const strongest = steepest(gradients);
  ctx.save();
  ctx.lineCap = 'round';
  ctx.strokeStyle = palette.mark;
  ctx.fillStyle = palette.mark;
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const at = 2 * (j * side + i);
      const [dx, dy] = [gradients[at], gradients[at + 1]];
      const size = Math.hypot(dx, dy);
      if (!(size > 0) || strongest === 0) continue;
      const share = Math.sqrt(Math.min(1, size / strongest));
      const reach = cell * (0.12 + 0.26 * share);
      const [ux, uy] = [(dx / size) * reach, (-dy / size) * reach];
      const [x, y] = [(i + 0.5) * cell, (j + 0.5) * cell * (plane.height / plane.width)];
      ctx.globalAlpha = 0.3 + 0.5 * share;
      ctx.lineWidth = 1.3;
      ctx.beginPath();
      ctx.moveTo(x - ux, y - uy);
      ctx.lineTo(x + ux, y + uy);
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(x + ux, y + uy, 1.7, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.restore();
}

/**
 * The size that nine strokes in ten stay under, so that one steep cell does not shrink all the others.
 * @param {Float32Array} gradients
 */
export function steepest(gradients) {
  const sizes = Float64Array.from({ length: gradients.length >> 1 }, (_, i) => Math.hypot(gradients[2 * i], gradients[2 * i + 1])).filter(Number.isFinite).sort();
  return sizes[Math.floor(sizes.length * 0.9)] ?? 0;
}
