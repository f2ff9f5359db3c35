// The pure parts of the uncrumple stage: the camera, the bent sheet, the stations, the photo's middle.
import assert from 'node:assert/strict';
import test from 'node:test';
import { EYE, FIRST, axes, project, scaleOf, turn } from './camera.js';
import { middle } from './photo.js';
import { Between, between, lowest, settle, sheetOf } from './sheet.js';
import { Inverse, Store } from './store.js';
import { foldStations, layerStations } from './words.js';

const SIDE = 9;

/** Two sheets of 9 × 9 vertices whose height over (u, v) is given. @param {(u: number, v: number) => number} height */
function sheets(height) {
  const at = new Float32Array(2 * SIDE * SIDE * 3);
  for (let k = 0; k < 2 * SIDE * SIDE; k++) {
    const u = (k % SIDE) / 4 - 1;
    const v = Math.floor((k % (SIDE * SIDE)) / SIDE) / 4 - 1;
    at.set([u, v, height(u, v) + (k < SIDE * SIDE ? 0.1 : -0.1)], 3 * k);
  }
  return at;
}

test('flat paper has normals straight up and no crease', () => {
  const { normals, creases } = sheetOf(sheets(() => 0), SIDE);
  for (let i = 0; i < normals.length; i += 3) assert.deepEqual([...normals.subarray(i, i + 3)], [0, 0, 1]);
  assert.ok(creases.every((bend) => bend === 0));
});

test('a ridge is a crease above 0 along its line alone, and a valley one below', () => {
  const middleRow = 4;
  for (const sign of [1, -1]) {
    const { creases } = sheetOf(sheets((u) => -sign * Math.abs(u)), SIDE);
    for (let j = 1; j < SIDE - 1; j++) {
      for (let i = 1; i < SIDE - 1; i++) {
        const bend = creases[j * SIDE + i];
        if (i === middleRow) assert.ok(sign * bend > 0.5, `${bend}`);
        else assert.ok(Math.abs(bend) < 1e-6, `${bend}`);
      }
    }
  }
});

test('the memory of an earlier sheet is used again where it fits', () => {
  const first = sheetOf(sheets(() => 0), SIDE);
  const second = sheetOf(sheets((u) => u), SIDE, first);
  assert.equal(second.normals, first.normals);
  assert.notEqual(sheetOf(new Float32Array(24), 2, first).normals, first.normals);
});

test('halfway lies halfway, and settled paper is centred and of spread one', () => {
  assert.deepEqual([...between(new Float32Array([0, 2]), new Float32Array([4, 0]), 0.5, new Float32Array(2))], [2, 1]);
  const at = settle(sheets((u, v) => 3 + u * v));
  const sums = [0, 0, 0];
  at.forEach((value, i) => (sums[i % 3] += value));
  for (const sum of sums) assert.ok(Math.abs(sum) < 1e-4);
  const square = at.reduce((sum, value) => sum + value * value, 0) / (at.length / 3);
  assert.ok(Math.abs(square - 1) < 1e-5, `${square}`);
  assert.equal(lowest(new Float32Array([0, 0, 5, 9, 9, -2])), -2);
});

test('what lies between two states is worked out once, in the same memory, and again when something changes', () => {
  const [flat, bent] = [sheets(() => 0), sheets((u) => u)];
  const points = /** @type {[Float32Array, Float32Array]} */ ([Float32Array.of(0, 0, 0), Float32Array.of(4, 0, 2)]);
  const answers = Float32Array.of(1, 0.5);
  const one = new Between();
  const { sheet, version } = one.take('1', 0.5, [flat, bent], points, answers);
  assert.deepEqual([...sheet.at.subarray(0, 2)], [-1, -1]);
  assert.ok(Math.abs(sheet.at[2] + 0.4) < 1e-6);
  assert.deepEqual([...one.points, ...one.answers], [2, 0, 1, 1, 0.5]);
  assert.deepEqual(sheet.normals, sheetOf(between(flat, bent, 0.5, new Float32Array(flat.length)), SIDE).normals);
  assert.equal(one.take('1', 0.5, [bent, bent], points, answers).version, version, 'the same place of the same states');
  assert.notEqual(one.take('2', 0, [flat, bent], points, answers).version, version);
  assert.equal(one.sheet.at, sheet.at);
  assert.equal(one.sheet.normals, sheet.normals);
  assert.notEqual(one.sheet.at, flat, 'what it was made of may be given back');
});

test('right, up and towards the eye are at right angles wherever the eye is', () => {
  for (const orbit of [FIRST, { yaw: 2, pitch: 0.1 }, { yaw: -3, pitch: 1.4 }]) {
    const { right, up, back } = axes(orbit);
    const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
    for (const [a, b] of [[right, up], [up, back], [back, right]]) assert.ok(Math.abs(dot(a, b)) < 1e-12);
    for (const a of [right, up, back]) assert.ok(Math.abs(dot(a, a) - 1) < 1e-12);
  }
});

test('what is up is drawn above, what is nearer is drawn larger, and the middle stays in the middle', () => {
  const { back } = axes(FIRST);
  const points = new Float32Array([0, 0, 0, 0, 0, 1, ...back]);
  const out = new Float32Array(9);
  project(points, FIRST, 400, 300, out);
  assert.deepEqual([...out.subarray(0, 3)], [200, 150, 0]);
  assert.ok(out[4] < 150 && Math.abs(out[3] - 200) < 1e-3, 'up');
  assert.ok(Math.abs(out[8] - 1) < 1e-6, 'depth');
  const aside = new Float32Array(3);
  const { right } = axes(FIRST);
  project(new Float32Array(right), FIRST, 400, 300, aside);
  assert.ok(Math.abs(aside[0] - 200 - scaleOf(400, 300)) < 1e-3);
  project(new Float32Array(right.map((v, i) => v + back[i])), FIRST, 400, 300, aside);
  assert.ok(Math.abs(aside[0] - 200 - (scaleOf(400, 300) * EYE) / (EYE - 1)) < 1e-3);
});

test('turning goes round and round, and never under the table or over the top', () => {
  let orbit = { ...FIRST };
  for (let i = 0; i < 100; i++) orbit = turn(orbit, 0.3, 0.3);
  assert.ok(Math.abs(orbit.yaw) < 2 * Math.PI && orbit.pitch < Math.PI / 2);
  for (let i = 0; i < 100; i++) orbit = turn(orbit, 0, -0.3);
  assert.ok(orbit.pitch > 0);
});

test('a photo is cut to the square in its middle', () => {
  assert.deepEqual(middle(300, 200), { x: 50, y: 0, side: 200 });
  assert.deepEqual(middle(200, 500), { x: 0, y: 150, side: 200 });
});

/** @param {Float32Array} data @param {number} columns */
const channel = (data, columns) => ({ dims: /** @type {[number, number]} */ ([data.length / columns, columns]), data });
const about = /** @type {any} */ ({ readouts: [{ id: 'testAccuracy' }, { id: 'rawProbe' }, { id: 'accuracy' }, { id: 'loss' }, { id: 'inverseProbe' }, { id: 'step' }, { id: 'probe', by: 'layer' }] });

function filled() {
  const store = new Store(about);
  const mesh = new Float32Array([...sheets(() => 0), ...sheets((u) => u)]);
  store.take({
    step: 7, done: 1, settled: true, texts: {},
    channels: {
      mesh: channel(mesh, 3),
      points: channel(new Float32Array([1, 2, 3, 4, 5, 6]), 3),
      answers: channel(new Float32Array([0, 0.9]), 2),
      layers: channel(new Float32Array([3, 1, 16, 0.5]), 2),
      cut: channel(new Float32Array([0, 0, 1, 0]), 4),
      probe: channel(new Float32Array([1, 0.75]), 2),
      measured: channel(new Float32Array([7]), 1),
      readouts: channel(new Float32Array([0.9, 0.5, 0.8, 0.3, 1, 7]), 1),
    },
  });
  return store;
}

test('a frame is taken apart station by station', () => {
  const store = filled();
  assert.equal(store.count, 2);
  assert.equal(store.side, SIDE);
  assert.equal(store.paper(1).length, store.paper(0).length);
  assert.deepEqual([...store.paper(1).subarray(0, 3)], [-1, -1, Math.fround(-0.9)]);
  assert.deepEqual([...store.points(1)], [4, 5, 6]);
  assert.deepEqual([store.readouts.rawProbe, store.readouts.step, store.probe], [0.5, 7, [0.75]]);
});

test('every station says what a flat cut sorts there, the exact inverse only where it was measured', () => {
  const store = filled();
  const ctx = /** @type {any} */ ({ percent: (/** @type {number} */ x) => `${100 * x} %` });
  const parts = /** @type {any} */ ({ ctx, store, w: (/** @type {string} */ key) => key });
  assert.deepEqual(layerStations(parts), [{ name: 'strip.input', value: '50 %' }, { name: '1', value: '75 %' }]);
  assert.deepEqual(foldStations(parts, 3), [{ name: 'strip.input', value: '50 %' }, { name: '-1', value: '' }, { name: 'strip.flat', value: '100 %' }]);
});

test('an inverse that was asked for an earlier paper is thrown away', async () => {
  const inverse = new Inverse();
  /** @type {(() => void)[]} */
  const answers = [];
  const ask = () => new Promise((resolve) => answers.push(() => resolve(sheets(() => 0))));
  const early = inverse.fetch(/** @type {any} */ (ask), 1);
  inverse.forget();
  answers.forEach((answer) => answer());
  assert.equal(await early, false);
  assert.deepEqual(inverse.papers, []);
  assert.equal(await inverse.fetch(async () => sheets(() => 0), 2), true);
  assert.equal(inverse.papers.length, 2);
});
