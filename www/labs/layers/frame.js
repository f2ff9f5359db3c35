/** What stands around the sheet: the cut of the last layer, in the plane or in space, and what there is to hold on to. */
import { project, toward } from './camera.js';
import { between, outputs, regions, slice } from './cut.js';

/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./camera.js').Camera} Camera */
/** @typedef {{ far: (x: number, y: number, z: number) => boolean, draw: () => void }} Cut `far`: whether a place lies beyond it */

/** Where on its last layer the cut begins to show. */
const CUT_FROM = 0.9;
/** Half the side of the cube that the cut is shown in. */
const PANE = 1.12;

/** How strongly the cut is drawn: it belongs to the very end of the way. @param {Store} store @param {ViewState} view */
export function cutShown(store, { t }) {
  // In a projection a flat cut would not be a line.
  if ((store.shape.at(-2) ?? 2) > 3) return 0;
  if (store.last === 0) return 1;
  return Math.max(0, Math.min(1, (t - store.last + 1 - CUT_FROM) / (1 - CUT_FROM)));
}

/** @param {CanvasRenderingContext2D} g @param {Store} store @param {Camera} camera @param {Palette} palette @param {number} alpha */
export function drawRegions(g, store, camera, palette, alpha) {
  if (store.shape.at(-2) !== 2) return;
  g.globalAlpha = alpha * 0.75;
  regions(outputs(store.shape, store.tables.weights.data), camera.reach * 1.02).forEach((polygon, k) => {
    path(g, polygon, camera);
    g.fillStyle = palette.classes[k]?.tint ?? palette.fieldMid;
    g.fill();
  });
  g.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} g @param {Store} store @param {Camera} camera @param {Palette} palette @param {number} alpha @param {boolean} small */
export function drawCut(g, store, camera, palette, alpha, small) {
  if (store.shape.at(-2) !== 2) return;
  g.globalAlpha = alpha;
  g.strokeStyle = palette.mark;
  g.lineWidth = small ? 1.1 : 1.9;
  for (const polygon of regions(outputs(store.shape, store.tables.weights.data), camera.reach * 1.02)) {
    path(g, polygon, camera);
    g.stroke();
  }
  g.globalAlpha = 1;
}

/**
 * The cut between two classes as a pane, and which places lie beyond it as seen by the camera.
 * @param {CanvasRenderingContext2D} g
 * @param {Store} store
 * @param {Camera} camera
 * @param {Palette} palette
 * @param {number} alpha
 * @param {boolean} small
 * @returns {Cut}
 */
export function cutInSpace(g, store, camera, palette, alpha, small) {
  const nothing = { far: () => true, draw: () => {} };
  if (alpha === 0 || !store.spatial || store.classes !== 2 || (store.shape.at(-2) ?? 2) > 3) return nothing;
  const rows = outputs(store.shape, store.tables.weights.data).map((row) => (row.length === 3 ? [row[0], row[1], 0, row[2]] : row));
  const half = between(rows[1], rows[0]);
  const [a, b, c] = half.normal;
  const eye = toward(camera);
  const sign = Math.sign(a * eye[0] + b * eye[1] + c * eye[2]);
  const pane = slice(half, PANE);
  return {
    far: (x, y, z) => sign * (a * x + b * y + c * z + half.offset) < 0,
    draw() {
      path(g, pane, camera);
      g.globalAlpha = alpha * 0.55;
      g.fillStyle = palette.rule;
      g.fill();
      g.globalAlpha = alpha;
      g.strokeStyle = palette.mark;
      g.lineWidth = small ? 1 : 1.7;
      g.stroke();
      g.globalAlpha = 1;
    },
  };
}

/** @param {CanvasRenderingContext2D} g @param {number[][]} polygon @param {Camera} camera */
function path(g, polygon, camera) {
  const pixels = project(Float32Array.from(polygon.flatMap(([x, y, z = 0]) => [x, y, z])), camera);
  g.beginPath();
  for (let i = 0; i < pixels.length; i += 3) {
    if (i === 0) g.moveTo(pixels[i], pixels[i + 1]);
    else g.lineTo(pixels[i], pixels[i + 1]);
  }
  g.closePath();
}

/**
 * Something to hold on to: the axes of the plane, or the edges of the cube that tanh keeps everything in.
 * @param {CanvasRenderingContext2D} g
 * @param {Camera} camera
 * @param {Palette} palette
 * @param {boolean} spatial
 */
export function drawFrame(g, camera, palette, spatial) {
  g.strokeStyle = palette.rule;
  g.lineWidth = 1;
  const far = camera.reach * 1.1;
  for (const [from, to] of spatial ? EDGES : [[[-far, 0, 0], [far, 0, 0]], [[0, -far, 0], [0, far, 0]]]) {
    const [x, y, , u, v] = project(Float32Array.from([...from, ...to]), camera);
    g.beginPath();
    g.moveTo(x, y);
    g.lineTo(u, v);
    g.stroke();
  }
}

/** The twelve edges of the cube [−1, 1]³. */
const EDGES = [0, 1, 2].flatMap((axis) =>
  [[-1, -1], [-1, 1], [1, -1], [1, 1]].map((rest) => [-1, 1].map((end) => [...rest.slice(0, axis), end, ...rest.slice(axis)])),
);
