// Lines of a field: where they run, where they end, and that several classes share theirs.
import assert from 'node:assert/strict';
import test from 'node:test';
import { boundary, isolines, lead, levels } from './contours.js';

/** @param {number} side @param {(x: number, y: number) => number} f */
const grid = (side, f) => Float32Array.from({ length: side * side }, (_, i) => f(((i % side) + 0.5) / side * 2 - 1, 1 - (Math.floor(i / side) + 0.5) / side * 2));

/** @param {import('./contours.js').Line} line */
const points = (line) => Array.from({ length: line.length / 2 }, (_, i) => /** @type {[number, number]} */ ([line[2 * i], line[2 * i + 1]]));

test('a slanted plane crosses zero on a straight line that leaves the plot at both ends', () => {
  const lines = isolines(grid(20, (x, y) => y - 0.5 * x - 0.1), 20, 0);
  assert.equal(lines.length, 1);
  const at = points(lines[0]);
  for (const [x, y] of at) assert.ok(Math.abs(y - 0.5 * x - 0.1) < 1e-6, `${x}, ${y}`);
  for (const [x, y] of [at[0], at[at.length - 1]]) assert.ok(Math.max(Math.abs(x), Math.abs(y)) >= 1, `ends inside at ${x}, ${y}`);
});

test('a circle is one closed line at its radius', () => {
  const lines = isolines(grid(60, (x, y) => 0.6 - Math.hypot(x, y)), 60, 0);
  assert.equal(lines.length, 1);
  const at = points(lines[0]);
  assert.deepEqual(at[0], at[at.length - 1]);
  for (const [x, y] of at) assert.ok(Math.abs(Math.hypot(x, y) - 0.6) < 2e-3);
});

test('a ring that leaves the plot is cut there and nowhere else', () => {
  const lines = isolines(grid(40, (x, y) => 0.5 - Math.hypot(x - 1, y)), 40, 0);
  assert.equal(lines.length, 1);
  for (const [x, y] of [points(lines[0])[0], points(lines[0]).at(-1) ?? [0, 0]]) {
    assert.ok(x >= 1, `ends at ${x}`);
    assert.ok(Math.abs(Math.abs(y) - 0.5) < 0.02);
  }
});

test('a field of one sign has no boundary', () => {
  assert.deepEqual(boundary({ values: new Float32Array(100).fill(3), layers: 1, side: 10 }), []);
});

test('three sectors have three arms, and no line runs through a class', () => {
  const side = 50;
  const values = new Float32Array(3 * side * side);
  for (let k = 0; k < 3; k++) values.set(grid(side, (x, y) => 10 * (x * Math.cos((2 * Math.PI * k) / 3) + y * Math.sin((2 * Math.PI * k) / 3))), k * side * side);
  const field = { values, layers: 3, side };
  const length = boundary(field).flatMap((line) => points(line).slice(1).map(([x, y], i) => Math.hypot(x - line[2 * i], y - line[2 * i + 1]))).reduce((a, b) => a + b, 0);
  // Arms from the middle at 60°, 180° and 300°: 1 + 2 · 1/sin 60°, and what reaches past the frame. The arm that classes 0 and 2 share, and
  // the one of 0 and 1, are traced from class 0; the third from class 1, whose line also runs along the second.
  const arm = 2 / Math.sqrt(3);
  assert.ok(length > 1 + 3 * arm - 0.1 && length < 1 + 3 * arm + 0.4, `length ${length}`);
});

test('a lead is positive exactly where the class is the likeliest', () => {
  assert.deepEqual(Array.from(lead({ values: Float32Array.from([-1, -2, -4]), layers: 3, side: 1 }, 0)), [1]);
  assert.deepEqual(Array.from(lead({ values: Float32Array.from([-1, -2, -4]), layers: 3, side: 1 }, 2)), [-3]);
});

test('thin lines lie on both sides of a boundary, at the same log-odds', () => {
  const [blue, orange] = levels({ values: grid(40, (x) => 5 * x), layers: 1, side: 40 }, [1]);
  assert.equal(blue.cls, 0);
  assert.ok(points(blue.lines[0]).every(([x]) => Math.abs(x + 0.2) < 1e-5));
  assert.ok(points(orange.lines[0]).every(([x]) => Math.abs(x - 0.2) < 1e-5));
});
