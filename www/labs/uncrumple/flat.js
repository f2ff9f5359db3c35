/** The scene on a 2-D canvas, facet by facet from back to front: where there is no WebGL, and for the small prints. */
import { mix } from '../../draw/palette.js';
import { axes, project } from './camera.js';
import { LAMP } from './colours.js';

/** @typedef {import('./types.js').Scene} Scene */
/** @typedef {import('./types.js').Orbit} Orbit */
/** @typedef {import('./colours.js').Colours} Colours */
/** @typedef {import('../../draw/palette.js').Rgb} Rgb */
/**
 * @typedef {object} Net facets of a sheet thinned to as many vertices as they need
 * @property {Uint32Array} vertices of the sheet that are left
 * @property {Uint32Array} corners four of those for each facet
 * @property {Uint8Array} sheet which one a facet belongs to
 * @property {Uint8Array} odd like the black fields of a chessboard
 * @property {Float32Array} u
 * @property {Float32Array} v
 * @property {Float32Array} depths
 * @property {Uint32Array} order
 * @property {Float32Array} normals
 * @property {Float32Array} seen the vertices, as they are drawn
 */

/** @param {Rgb} colour */
const css = ([r, g, b]) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;

/** Buffers of one canvas, used again from picture to picture. */
export class FlatPainter {
  #dots = new Float32Array(0);
  /** By the sheet's side and the facets along it. @type {Map<string, Net>} */
  #nets = new Map();

  /**
   * @param {CanvasRenderingContext2D} ctx in CSS pixels
   * @param {Scene} scene
   * @param {Orbit} orbit
   * @param {Colours} colours
   * @param {number} width
   * @param {number} height
   * @param {{ facets: number, photo?: Uint8ClampedArray | null }} how `facets` along an edge of a sheet, at most; `photo`: 32 × 32 pixels
   */
  paint(ctx, scene, orbit, colours, width, height, { facets, photo }) {
    const net = this.#net(scene.side, facets);
    ctx.clearRect(0, 0, width, height);
    this.#shadow(ctx, scene, orbit, colours, width, height, facets);
    thin(scene.sheet.normals, net.vertices, net.normals);
    thin(scene.sheet.at, net.vertices, net.seen);
    project(net.seen, orbit, width, height, net.seen);
    const { back } = axes(orbit);
    ctx.lineJoin = 'round';
    ctx.lineWidth = 0.7;
    for (const facet of this.#ordered(net)) {
      const colour = this.#shade(net, facet, colours, back, photo ? print(photo, net.u[facet], net.v[facet]) : undefined);
      ctx.fillStyle = ctx.strokeStyle = css(colour);
      this.#trace(ctx, net, facet);
      ctx.fill();
      ctx.stroke();
    }
    this.#points(ctx, scene, orbit, colours, width, height);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Net} net @param {number} facet */
  #trace(ctx, { corners, seen }, facet) {
    ctx.beginPath();
    for (let n = 0; n < 4; n++) {
      const k = 3 * corners[4 * facet + n];
      if (n === 0) ctx.moveTo(seen[k], seen[k + 1]);
      else ctx.lineTo(seen[k], seen[k + 1]);
    }
    ctx.closePath();
  }

  /** @param {number} side @param {number} facets @returns {Net} */
  #net(side, facets) {
    const key = `${side} ${facets}`;
    const net = this.#nets.get(key) ?? netOf(side, facets);
    this.#nets.set(key, net);
    return net;
  }

  /** The facets of a net, from the furthest to the nearest. @param {Net} net */
  #ordered({ corners, depths, order, seen }) {
    for (let i = 0; i < order.length; i++) {
      order[i] = i;
      depths[i] = 0;
      for (let n = 0; n < 4; n++) depths[i] += seen[3 * corners[4 * i + n] + 2];
    }
    return order.sort((a, b) => depths[a] - depths[b]);
  }

  /**
   * @param {Net} net
   * @param {number} facet
   * @param {Colours} colours
   * @param {number[]} back
   * @param {Rgb | undefined} printed
   * @returns {Rgb}
   */
  #shade({ corners, sheet, odd, normals: n }, facet, colours, back, printed) {
    let [x, y, z] = [0, 0, 0];
    for (let i = 4 * facet; i < 4 * facet + 4; i++) {
      x += n[3 * corners[i]] / 4;
      y += n[3 * corners[i] + 1] / 4;
      z += n[3 * corners[i] + 2] / 4;
    }
    const facing = x * back[0] + y * back[1] + z * back[2] < 0 ? -1 : 1;
    const lamp = facing * (x * LAMP[0] + y * LAMP[1] + z * LAMP[2]);
    const { ambient, sky, sun } = colours.light;
    const light = ambient + sky * (0.5 + 0.5 * facing * z) + sun * Math.max(0, lamp) + 0.15 * Math.max(0, -lamp);
    const [paper, ink] = [colours.paper[sheet[facet]], colours.ink[sheet[facet]]];
    return mix([0, 0, 0], printed ?? (odd[facet] ? mix(paper, ink, 0.12) : paper), Math.min(1.05, light));
  }

  /** What the lamp leaves dark on the table: the facets once more, put down along its rays. @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {Orbit} orbit @param {Colours} colours @param {number} width @param {number} height @param {number} facets */
  #shadow(ctx, scene, orbit, colours, width, height, facets) {
    const net = this.#net(scene.side, Math.min(facets, 14));
    const down = net.seen;
    thin(scene.sheet.at, net.vertices, down);
    for (let i = 0; i < down.length; i += 3) {
      const fall = (down[i + 2] - scene.floor) / LAMP[2];
      down[i] -= fall * LAMP[0];
      down[i + 1] -= fall * LAMP[1];
      down[i + 2] = scene.floor;
    }
    project(down, orbit, width, height, down);
    ctx.fillStyle = ctx.strokeStyle = css(mix(colours.ground, [0, 0, 0], colours.dark ? 0.4 : 0.12));
    ctx.lineWidth = 0.7;
    // One facet after the other: as one path of many crossings it takes a hundred times as long.
    for (let facet = 0; facet < net.order.length; facet++) {
      this.#trace(ctx, net, facet);
      ctx.fill();
      ctx.stroke();
    }
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {Orbit} orbit @param {Colours} colours @param {number} width @param {number} height */
  #points(ctx, { points, answers }, orbit, colours, width, height) {
    if (!points) return;
    if (this.#dots.length !== points.length) this.#dots = new Float32Array(points.length);
    const at = this.#dots;
    project(points, orbit, width, height, at);
    for (let k = 0; k < 2; k++) {
      ctx.fillStyle = css(colours.marks[k]);
      for (let i = 0; i < at.length / 3; i++) {
        if (answers[2 * i] === k) ctx.fillRect(at[3 * i] - 0.8, at[3 * i + 1] - 0.8, 1.6, 1.6);
      }
    }
  }
}

/** How two sheets of `side × side` vertices are cut into facets. @param {number} side @param {number} facets along an edge, at most @returns {Net} */
function netOf(side, facets) {
  const stride = Math.max(1, Math.ceil((side - 1) / facets));
  const across = Math.ceil((side - 1) / stride);
  const edge = across + 1;
  const [count, left] = [2 * across * across, 2 * edge * edge];
  const net = {
    vertices: new Uint32Array(left), normals: new Float32Array(3 * left), seen: new Float32Array(3 * left),
    corners: new Uint32Array(4 * count), sheet: new Uint8Array(count), odd: new Uint8Array(count), u: new Float32Array(count), v: new Float32Array(count),
    depths: new Float32Array(count), order: new Uint32Array(count),
  };
  const along = (/** @type {number} */ n) => Math.min(side - 1, n * stride);
  for (let k = 0; k < left; k++) {
    const [sheet, nj, ni] = [Math.floor(k / edge ** 2), Math.floor(k / edge) % edge, k % edge];
    net.vertices[k] = sheet * side * side + along(nj) * side + along(ni);
  }
  for (let facet = 0; facet < count; facet++) {
    const [sheet, nj, ni] = [Math.floor(facet / across ** 2), Math.floor(facet / across) % across, facet % across];
    const first = sheet * edge * edge + nj * edge + ni;
    net.corners.set([first, first + 1, first + edge + 1, first + edge], 4 * facet);
    net.sheet[facet] = sheet;
    net.odd[facet] = (ni + nj) % 2;
    net.u[facet] = along(ni) / (side - 1);
    net.v[facet] = along(nj) / (side - 1);
  }
  return net;
}

/** Some of the vertices. @param {Float32Array} all @param {Uint32Array} which @param {Float32Array} out */
function thin(all, which, out) {
  for (let i = 0; i < which.length; i++) for (let k = 0; k < 3; k++) out[3 * i + k] = all[3 * which[i] + k];
}

/** A pixel of a small photo. @param {Uint8ClampedArray} photo @param {number} u @param {number} v @returns {Rgb} */
function print(photo, u, v) {
  const side = Math.sqrt(photo.length / 4);
  const k = 4 * (Math.min(side - 1, Math.floor((1 - v) * side)) * side + Math.min(side - 1, Math.floor(u * side)));
  return [photo[k], photo[k + 1], photo[k + 2]];
}
