/** The picture: the sheet with its cells, the points on it, the last layer's cut, and the way of the point that is followed. */
import { markRadius } from '../../draw/marks.js';
import { project } from './camera.js';
import { cutInSpace, cutShown, drawCut, drawFrame, drawRegions } from './frame.js';
import { inks } from './inks.js';
import { cellsOf, facing, growth, quads } from './sheet.js';
import { Stamps } from './stamps.js';
import { corners, placesAt, projectorsOf } from './way.js';

/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./camera.js').Camera} Camera */
/** @typedef {import('./frame.js').Cut} Cut */
/** @typedef {{ side: number, every: number, small: boolean }} Size `every`: only each so-manyth line of the grid; `small`: a thumbnail */

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
  #stamps = new Stamps();
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
    const projectors = projectorsOf(chain, tables.axes, view);
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
    this.#stamps.use(r, palette, size.side);
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
    if (!size.small) return this.#stamps.print(g, x, y, points[4 * i + 2], points[4 * i + 3] > 0.5);
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

/** Half the width of what is seen of the plane while it is painted on. */
export const PAINTED = 1.06;

/**
 * The camera of a view: straight on while everything stays in the plane, or is painted there.
 * @param {Store} store
 * @param {ViewState} view
 * @param {number} side
 * @returns {Camera}
 */
export function cameraOf(store, view, side) {
  if (view.tool !== 'look') return { yaw: 0, pitch: 0, reach: PAINTED, side };
  const { yaw, pitch, reach: chosen } = view;
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
