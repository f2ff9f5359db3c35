/** The picture: the sheet with its cells, the points on it, the last layer's cut, and the way of the point that is followed. */
import { mark, markRadius } from '../../draw/marks.js';
import { mix, rgb } from '../../draw/palette.js';
import { project, toward } from './camera.js';
import { between, outputs, regions, slice } from './cut.js';
import { cellsOf, darkness, facing, growth, quads } from './sheet.js';
import { corners, placesAt, projectorsOf } from './way.js';

/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./camera.js').Camera} Camera */
/** @typedef {{ far: (x: number, y: number, z: number) => boolean, draw: () => void }} Cut */
/** @typedef {{ side: number, every: number, small: boolean }} Size `every`: only each so-manyth line of the grid; `small`: a thumbnail */

/** How dark squeezed paper becomes, of the way from paper to ink. */
const DARKEST = 0.62;
/** How much of a cell's light depends on how it stands. */
const RELIEF = 0.22;
/** Where on its last layer the cut begins to show. */
const CUT_FROM = 0.9;
const BANDS = 24;
/** Half the side of the cube that the cut is shown in. */
const PANE = 1.12;

/** What is drawn, worked out once for a frame and a t, and asked again by whoever points at it. */
export class Picture {
  /** @type {Float32Array} */
  pixels = new Float32Array(0);
  /** @type {Float32Array} */
  marks = new Float32Array(0);
  /** @type {Float32Array} */
  #places = new Float32Array(0);
  /** @type {Float32Array} */
  #spots = new Float32Array(0);
  #quads = new Uint32Array(0);
  #mesh = '';

  /**
   * @param {CanvasRenderingContext2D} g in CSS pixels
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   * @param {Size} size
   */
  paint(g, store, view, palette, size) {
    const { chain, tables } = store;
    const camera = cameraOf(store, view, size.side);
    const projectors = projectorsOf(chain, tables.axes, view.projecting, view.units);
    this.#places = placesAt(chain, projectors, tables.grid.data, view.t, this.#places);
    this.pixels = project(this.#places, camera, this.pixels);
    this.#spots = placesAt(chain, projectors, tables.carried.data, view.t, this.#spots);
    this.marks = project(this.#spots, camera, this.marks);
    const mesh = `${store.side} ${size.every}`;
    if (mesh !== this.#mesh) {
      this.#mesh = mesh;
      this.#quads = quads({ side: store.side, every: size.every });
    }
    g.fillStyle = palette.sheet;
    g.fillRect(0, 0, size.side, size.side);
    const cut = cutShown(store, view);
    if (cut > 0 && !store.spatial) drawRegions(g, store, camera, palette, cut);
    if (!size.small) drawFrame(g, camera, palette, store.spatial);
    this.#sheet(g, store, view, palette, size, cutInSpace(g, store, camera, palette, cut, size.small));
    if (cut > 0 && !store.spatial) drawCut(g, store, camera, palette, cut, size.small);
    if (!size.small && tables.followed.rows > 0) this.#follow(g, store, view, palette, camera, projectors);
  }

  /**
   * Cells and points, from the farthest to the nearest.
   * @param {CanvasRenderingContext2D} g
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   * @param {Size} size
   * @param {Cut} cut
   */
  #sheet(g, store, view, palette, size, { far, draw }) {
    const paint = inks(store, view, palette);
    const cell = (2 / ((store.side - 1) / size.every)) ** 2;
    const count = this.#quads.length / 4;
    const cells = Array.from({ length: count }, (_, i) => {
      const at = 4 * i;
      const face = facing(this.pixels, this.#quads, at);
      return { at, depth: store.spatial ? depthOf(this.pixels, this.#quads, at) : 0, colour: paint(growth(this.#places, this.#quads, at, cell), face, this.#quads, at, this.#places), back: face < 0 };
    });
    const { points } = store.tables;
    const r = size.small ? 1.5 : markRadius(size.side, points.rows) * 0.92;
    g.lineJoin = 'round';
    if (!store.spatial) {
      this.#flat(g, cells, palette, size);
      for (let i = 0; i < points.rows; i++) this.#mark(g, points.data, i, r, palette, size);
      return;
    }
    // What lies beyond the cut comes first, then the cut, then what lies before it: so each hides what it should.
    const isNear = (/** @type {Float32Array} */ p, /** @type {number} */ i) => !far(p[3 * i], p[3 * i + 1], p[3 * i + 2]);
    const order = [
      ...cells.map(({ at, depth }, i) => ({ depth, i, near: isNear(this.#places, this.#quads[at]) })),
      ...Array.from({ length: points.rows }, (_, i) => ({ depth: this.marks[3 * i + 2] + 0.02, i: count + i, near: isNear(this.#spots, i) })),
    ];
    order.sort((a, b) => Number(a.near) - Number(b.near) || a.depth - b.depth);
    g.lineWidth = size.small ? 0.5 : 0.8;
    /** @type {(() => void) | undefined} */
    let cut = draw;
    for (const { i, near } of order) {
      if (near && cut) {
        cut();
        cut = undefined;
        g.lineWidth = size.small ? 0.5 : 0.8;
      }
      if (i >= count) {
        this.#mark(g, points.data, i - count, r, palette, size);
        g.lineWidth = size.small ? 0.5 : 0.8;
        continue;
      }
      const { at, colour } = cells[i];
      g.beginPath();
      this.#outline(g, at);
      g.fillStyle = colour;
      g.fill();
      g.strokeStyle = palette.ink3;
      g.globalAlpha = 0.42;
      g.stroke();
      g.globalAlpha = 1;
    }
    cut?.();
  }

  /**
   * In the plane nothing hides anything, so cells of one colour are one path.
   * @param {CanvasRenderingContext2D} g
   * @param {{ at: number, colour: string, back: boolean }[]} cells
   * @param {Palette} palette
   * @param {Size} size
   */
  #flat(g, cells, palette, size) {
    /** @type {Map<string, { at: number }[]>} */
    const groups = new Map();
    for (const cell of cells) {
      const group = groups.get(cell.colour);
      if (group) group.push(cell);
      else groups.set(cell.colour, [cell]);
    }
    g.globalAlpha = 0.82;
    for (const [colour, some] of groups) {
      g.beginPath();
      for (const { at } of some) this.#outline(g, at);
      g.fillStyle = colour;
      g.fill();
    }
    g.globalAlpha = 1;
    const across = cellsOf({ side: Math.round(Math.sqrt(this.pixels.length / 3)), every: size.every });
    for (const [heavy, width, colour] of /** @type {const} */ ([[false, 0.6, palette.edge], [true, 1.1, palette.ink3]])) {
      g.beginPath();
      for (let i = 0; i <= across; i++) if ((i % 4 === 0) === heavy) this.#line(g, i, across, size.every);
      g.strokeStyle = colour;
      g.lineWidth = size.small ? width * 0.6 : width;
      g.stroke();
    }
    // The sheet's other side is hatched.
    g.beginPath();
    for (const { at, back } of cells) {
      if (!back) continue;
      const [a, c] = [3 * this.#quads[at], 3 * this.#quads[at + 2]];
      g.moveTo(this.pixels[a], this.pixels[a + 1]);
      g.lineTo(this.pixels[c], this.pixels[c + 1]);
    }
    g.strokeStyle = palette.ink3;
    g.lineWidth = 0.6;
    g.stroke();
  }

  /** Lines number i of the grid, one each way. @param {CanvasRenderingContext2D} g @param {number} i @param {number} across @param {number} every */
  #line(g, i, across, every) {
    const side = Math.round(Math.sqrt(this.pixels.length / 3));
    for (const vertexOf of [(/** @type {number} */ k) => i * every * side + k * every, (/** @type {number} */ k) => k * every * side + i * every]) {
      for (let k = 0; k <= across; k++) {
        const v = 3 * vertexOf(k);
        if (k === 0) g.moveTo(this.pixels[v], this.pixels[v + 1]);
        else g.lineTo(this.pixels[v], this.pixels[v + 1]);
      }
    }
  }

  /** @param {CanvasRenderingContext2D} g @param {number} at */
  #outline(g, at) {
    for (let k = 0; k < 4; k++) {
      const v = 3 * this.#quads[at + k];
      if (k === 0) g.moveTo(this.pixels[v], this.pixels[v + 1]);
      else g.lineTo(this.pixels[v], this.pixels[v + 1]);
    }
    g.closePath();
  }

  /** @param {CanvasRenderingContext2D} g @param {Float32Array} points @param {number} i @param {number} r @param {Palette} palette @param {Size} size */
  #mark(g, points, i, r, palette, size) {
    const [x, y] = [this.marks[3 * i], this.marks[3 * i + 1]];
    if (x < -r || y < -r || x > size.side + r || y > size.side + r) return;
    if (!size.small) return mark(g, x, y, r, points[4 * i + 2], points[4 * i + 3] > 0.5, palette);
    g.fillStyle = palette.classes[points[4 * i + 2]]?.fill ?? palette.mark;
    g.fillRect(x - r / 2, y - r / 2, r, r);
  }

  /**
   * The way of the followed point: what it has come, and faintly what is before it.
   * @param {CanvasRenderingContext2D} g
   * @param {Store} store
   * @param {ViewState} view
   * @param {Palette} palette
   * @param {Camera} camera
   * @param {import('./way.js').Projector[]} projectors
   */
  #follow(g, store, view, palette, camera, projectors) {
    const at = (/** @type {number} */ t) => project(placesAt(store.chain, projectors, store.tables.followed.data, t), camera);
    const way = (/** @type {number[]} */ ts) => {
      g.beginPath();
      ts.map(at).forEach(([x, y], i) => (i ? g.lineTo(x, y) : g.moveTo(x, y)));
    };
    const all = corners(store.last);
    g.lineJoin = 'round';
    g.strokeStyle = palette.accent;
    way([view.t, ...all.filter((t) => t > view.t)]);
    g.setLineDash([2, 4]);
    g.lineWidth = 1.4;
    g.stroke();
    g.setLineDash([]);
    way([...all.filter((t) => t < view.t), view.t]);
    g.lineWidth = 4.5;
    g.strokeStyle = palette.sheet;
    g.stroke();
    g.lineWidth = 2.2;
    g.strokeStyle = palette.accent;
    g.stroke();
    for (const t of all.filter((t) => t <= view.t && Number.isInteger(t))) {
      const [x, y] = at(t);
      dot(g, x, y, 3.2, palette);
    }
    const [x, y] = at(view.t);
    dot(g, x, y, 7, palette);
  }
}

/**
 * The camera of a view: straight on while everything stays in the plane.
 * @param {Store} store
 * @param {ViewState} view
 * @param {number} side
 * @returns {Camera}
 */
export function cameraOf(store, { yaw, pitch, reach: chosen }, side) {
  // More coordinates reach further out: the corner of a cube of n of them is √n away.
  const reach = chosen * Math.sqrt(Math.max(3, ...store.shape.slice(0, -1)) / 3);
  return store.spatial ? { yaw, pitch, reach, side } : { yaw: 0, pitch: 0, reach, side };
}

/** @param {Float32Array} pixels @param {Uint32Array} quad @param {number} at */
const depthOf = (pixels, quad, at) => (pixels[3 * quad[at] + 2] + pixels[3 * quad[at + 1] + 2] + pixels[3 * quad[at + 2] + 2] + pixels[3 * quad[at + 3] + 2]) / 4;

/** @param {CanvasRenderingContext2D} g @param {number} x @param {number} y @param {number} r @param {Palette} palette */
function dot(g, x, y, r, palette) {
  g.beginPath();
  g.arc(x, y, r, 0, 2 * Math.PI);
  g.fillStyle = palette.accent;
  g.fill();
  g.lineWidth = 1.6;
  g.strokeStyle = palette.sheet;
  g.stroke();
}

/**
 * The colour of a cell: ink by how much its area changed, or the class the network answers there.
 * @param {Store} store
 * @param {ViewState} view
 * @param {Palette} palette
 */
function inks(store, view, palette) {
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

/** How strongly the cut is drawn: it belongs to the very end of the way. @param {Store} store @param {ViewState} view */
export function cutShown(store, { t }) {
  // In a projection a flat cut would not be a line.
  if ((store.shape.at(-2) ?? 2) > 3) return 0;
  if (store.last === 0) return 1;
  return Math.max(0, Math.min(1, (t - store.last + 1 - CUT_FROM) / (1 - CUT_FROM)));
}

/** @param {CanvasRenderingContext2D} g @param {Store} store @param {Camera} camera @param {Palette} palette @param {number} alpha */
function drawRegions(g, store, camera, palette, alpha) {
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
function drawCut(g, store, camera, palette, alpha, small) {
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
function cutInSpace(g, store, camera, palette, alpha, small) {
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
function drawFrame(g, camera, palette, spatial) {
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
