// The layers stage's arithmetic: the way of a point, the camera, the cells of the sheet, the last flat cut.
import assert from 'node:assert/strict';
import test from 'node:test';
import { project, turned } from './camera.js';
import { between, clip, outputs, regions, slice } from './cut.js';
import { darkness, facing, growth, quads, under, vertexAt } from './sheet.js';
import { chainOf, corners, momentOf, placesAt, plainly, projectorsOf, tourOf } from './way.js';

/** 2 → 2 → 3 → 2 classes; W and b of each layer. */
const SHAPE = [2, 2, 3, 2];
const WEIGHTS = Float32Array.from([
  1, 2, 3, 4, 0.5, -0.25, //
  1, 0, 2, 0, 1, 1, 0.125, 0.25, 0.5, //
  1, -1, 2, 0, 3, 5, 0.75, -0.75,
]);
const chain = chainOf(SHAPE, WEIGHTS);
/** Two rows of stops: x, z₁, a₁, z₂, a₂. The bends are made up: any number may stand there. */
const ROWS = Float32Array.from([
  1, -1, -1.5, -2.25, -0.9, -0.97, 0.1, 0.2, 0.3, 0.01, 0.02, 0.03, //
  0.5, 0.25, 1.75, 1.75, 0.94, 0.94, -1, 2, 3, -0.7, 0.9, 0.99,
]);
const plain = chain.layers.map(({ width }) => plainly(width));
/** @param {number} t @param {number} [row] */
const at = (t, row = 0) => [...placesAt(chain, plain, ROWS, t).subarray(3 * row, 3 * row + 3)];
/** @param {ArrayLike<number>} found @param {number[]} expected */
const close = (found, expected) => {
  assert.equal(found.length, expected.length);
  expected.forEach((value, i) => assert.ok(Math.abs(found[i] - value) < 1e-5, `${Array.from(found)} is not ${expected}`));
};

test('the chain knows where every stop stands and which weights are biases', () => {
  assert.deepEqual(chain.layers, [{ width: 2, z: 0, a: 0 }, { width: 2, z: 2, a: 4 }, { width: 3, z: 6, a: 9 }]);
  assert.equal(chain.columns, 12);
  assert.deepEqual(chain.biases.map((b) => [...b]), [[], [0.5, -0.25], [0.125, 0.25, 0.5]]);
});

test('at every whole t a point is exactly where the layer put it', () => {
  for (const row of [0, 1]) {
    const of = (/** @type {number} */ from, /** @type {number} */ width) => [...ROWS.subarray(12 * row + from, 12 * row + from + width)];
    close(at(0, row), [...of(0, 2), 0]);
    close(at(1, row), [...of(4, 2), 0]);
    close(at(2, row), of(9, 3));
    close(at(9, row), of(9, 3));
    close(at(-1, row), [...of(0, 2), 0]);
  }
});

test('within a layer W grows out of the identity, then the bias is added, then the bend', () => {
  close(at(1 / 3), [-2, -2, 0]); // W x
  close(at(1 / 6), [-0.5, -1.5, 0]); // half of x and half of W x
  close(at(2 / 3), [-1.5, -2.25, 0]); // W x + b
  close(at(1 / 2), [-1.75, -2.125, 0]); // half of the bias
  close(at(5 / 6), [(-1.5 - 0.9) / 2, (-2.25 - 0.97) / 2, 0]);
});

test('the way has no jump: a little later is a little further', () => {
  for (let t = 0; t < 2; t += 0.005) {
    const [a, b] = [at(t), at(t + 0.005)];
    assert.ok(Math.hypot(...a.map((v, i) => v - b[i])) < 0.1, `between ${t} and ${t + 0.005}`);
  }
  assert.deepEqual(corners(1), [0, 1 / 3, 2 / 3, 1]);
});

test('a moment says into which layer, which of the three moves, and how much of it is done', () => {
  assert.deepEqual(momentOf(0, 3), { layer: 0, phase: 'bend', share: 1, rest: true });
  assert.deepEqual(momentOf(3, 3), { layer: 3, phase: 'bend', share: 1, rest: true });
  assert.deepEqual(momentOf(7, 3), { layer: 3, phase: 'bend', share: 1, rest: true });
  const { layer, phase, share, rest } = momentOf(1.5, 3);
  assert.deepEqual([layer, phase, rest], [2, 'shift', false]);
  assert.ok(Math.abs(share - 0.5) < 1e-9);
  assert.equal(momentOf(0.1, 3).phase, 'turn');
  assert.equal(momentOf(0.9, 3).phase, 'bend');
});

test('a wide layer is seen along its axes from its middle, or along chosen neurons', () => {
  const wide = chainOf([2, 4, 2], new Float32Array(2 * 4 + 4 + 4 * 2 + 2));
  const axes = { columns: 5, data: Float32Array.from([1, 1, 1, 1, 0.9, 0.5, 0.5, 0.5, 0.5, 0.6, 0.5, -0.5, 0.5, -0.5, 0.2, 0.5, 0.5, -0.5, -0.5, 0.1]) };
  const row = Float32Array.from([0, 0, 9, 9, 9, 9, 3, 1, 1, 1]);
  close(placesAt(wide, projectorsOf(wide, axes, { projecting: 'pca', units: [0, 1, 2], tour: 0 }), row, 1), [1, 1, 1]);
  close(placesAt(wide, projectorsOf(wide, axes, { projecting: 'units', units: [3, 0, 1], tour: 0 }), row, 1), [1, 3, 1]);
});

test('a tour begins at the first three axes, keeps its three directions square to each other, and sees something of every coordinate', () => {
  const dot = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) => a.reduce((sum, v, j) => sum + v * b[j], 0);
  assert.deepEqual(tourOf(5, 0).map((d) => [...d]), [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0]]);
  const most = new Float32Array(16);
  for (let time = 0; time < 40; time += 0.05) {
    const directions = tourOf(16, time);
    directions.forEach((a, i) => directions.forEach((b, j) => assert.ok(Math.abs(dot(a, b) - Number(i === j)) < 1e-5)));
    directions.forEach((d) => d.forEach((v, j) => (most[j] = Math.max(most[j], Math.abs(v)))));
  }
  assert.ok(most.every((v) => v > 0.4), [...most].join(' '));
});

test('the camera looks straight on until it is turned, and turning keeps lengths', () => {
  const straight = { yaw: 0, pitch: 0, reach: 2, side: 400 };
  close(project(Float32Array.from([1, -1, 0.5]), straight), [300, 300, 0.5]);
  const [x, y, depth] = project(Float32Array.from([1, 2, -2]), { ...straight, yaw: 0.7, pitch: -0.4 });
  assert.ok(Math.abs(Math.hypot((x - 200) / 100, (y - 200) / 100, depth) - 3) < 1e-5);
  assert.equal(turned({ yaw: 0, pitch: 0 }, 0, 1e6).pitch, -Math.PI / 2, 'no further than from above');
  const once = turned({ yaw: 3, pitch: 0 }, -100, 0).yaw;
  assert.ok(Math.abs(once - (4 - 2 * Math.PI)) < 1e-9);
});

/** The plane itself as vertices. @param {number} side @param {(x: number, y: number) => number[]} map */
const sheet = (side, map) => Float32Array.from(Array.from({ length: side * side }, (_, i) => map(...vertexAt(i, side))).flat());

test('a cell grows by the determinant, in the plane and standing in space', () => {
  const mesh = { side: 5, every: 1 };
  const all = quads(mesh);
  assert.equal(all.length, 4 * 16);
  const factor = (/** @type {(x: number, y: number) => number[]} */ map) => growth(sheet(5, map), all, 4 * 7, 0.25);
  assert.ok(Math.abs(factor((x, y) => [x, y, 0]) - 1) < 1e-6);
  assert.ok(Math.abs(factor((x, y) => [2 * x + y, 3 * y, 0]) - 6) < 1e-5);
  assert.ok(Math.abs(factor((x, y) => [0, 2 * x, 2 * y]) - 4) < 1e-5);
  assert.equal(factor((x) => [x, x, x]), 0);
  assert.equal(quads({ side: 5, every: 2 }).length, 4 * 4);
});

test('a mirrored sheet shows its back, a fold shows both sides', () => {
  const mesh = { side: 5, every: 1 };
  const all = quads(mesh);
  const camera = { yaw: 0, pitch: 0, reach: 1, side: 100 };
  const sides = (/** @type {(x: number, y: number) => number[]} */ map) => {
    const pixels = project(sheet(5, map), camera);
    return Array.from({ length: 16 }, (_, i) => Math.sign(facing(pixels, all, 4 * i)));
  };
  assert.deepEqual(new Set(sides((x, y) => [x, y, 0])), new Set([1]));
  assert.deepEqual(new Set(sides((x, y) => [-x, y, 0])), new Set([-1]));
  assert.equal(sides((x, y) => [Math.abs(x), y, 0]).filter((s) => s < 0).length, 8);
});

test('squeezed paper is darker than stretched paper, whatever the size', () => {
  assert.equal(darkness(1), 0.5);
  assert.ok(darkness(0.1) > darkness(1) && darkness(1) > darkness(10));
  assert.equal(darkness(0), 1);
  assert.equal(darkness(1e9), 0);
});

test('what lies under a pixel is the place of the plane carried there, the nearest to the eye first', () => {
  const mesh = { side: 9, every: 1 };
  const camera = { yaw: 0, pitch: 0, reach: 2, side: 200 };
  const flat = project(sheet(9, (x, y) => [0.5 * x + 0.25, y, 0]), camera);
  const [x, y] = project(Float32Array.from([0.5 * 0.3 + 0.25, -0.6, 0]), camera);
  close(under(flat, mesh, x, y) ?? [], [0.3, -0.6]);
  assert.equal(under(flat, mesh, 1, 1), undefined, 'beside the sheet');
  // Folded along y = 0, the lower half in front.
  const folded = project(sheet(9, (a, b) => [a, Math.abs(b), b < 0 ? 1 : 0]), camera);
  const [u, v] = project(Float32Array.from([0.1, 0.52, 0]), camera);
  close(under(folded, mesh, u, v) ?? [], [0.1, -0.52]);
});

test('the output’s weights are read a class a row, and their difference is the cut', () => {
  const rows = outputs(SHAPE, WEIGHTS);
  assert.deepEqual(rows, [[1, 2, 3, 0.75], [-1, 0, 5, -0.75]]);
  assert.deepEqual(between(rows[0], rows[1]), { normal: [2, 2, -2], offset: 1.5 });
});

test('two classes halve the square, five share it without gap or overlap', () => {
  const area = (/** @type {number[][]} */ polygon) =>
    Math.abs(polygon.reduce((sum, [x, y], i) => sum + x * polygon[(i + 1) % polygon.length][1] - y * polygon[(i + 1) % polygon.length][0], 0)) / 2;
  const halves = regions([[1, 0, 0], [-1, 0, 0]], 2);
  assert.deepEqual(halves.map(area), [8, 8]);
  const five = regions(Array.from({ length: 5 }, (_, k) => [Math.cos(k * 1.2566), Math.sin(k * 1.2566), 0]), 1);
  assert.ok(five.every((polygon) => area(polygon) > 0.5));
  assert.ok(Math.abs(five.map(area).reduce((a, b) => a + b) - 4) < 1e-9);
  assert.deepEqual(clip([[0, 0], [1, 0], [0, 1]], { normal: [1, 0], offset: 5 }), [[0, 0], [1, 0], [0, 1]]);
  assert.deepEqual(clip([[0, 0], [1, 0], [0, 1]], { normal: [1, 0], offset: -5 }), []);
});

test('a plane crosses the cube in a polygon that lies on both', () => {
  const half = { normal: [1, 2, -0.5], offset: 0.3 };
  const polygon = slice(half, 1);
  assert.ok(polygon.length >= 3 && polygon.length <= 6);
  for (const p of polygon) {
    assert.ok(Math.abs(p[0] + 2 * p[1] - 0.5 * p[2] + 0.3) < 1e-9, 'on the plane');
    assert.ok(p.every((v) => Math.abs(v) <= 1 + 1e-9), 'in the cube');
  }
  assert.deepEqual(slice({ normal: [0, 0, 1], offset: -9 }, 1), [], 'beside the cube');
  assert.deepEqual(slice({ normal: [0, 0, 0], offset: 1 }, 1), [], 'no plane at all');
});
