// Charts: scales, bins, where labels stand, what the network's edges read, how the track's loss is scaled.
import assert from 'node:assert/strict';
import test from 'node:test';
import { recorder } from './recorder.mjs';
import { axes, curve, cursor, labelCurves, place } from './chart.js';
import { bars, bins, countTop, reach } from './histogram.js';
import { arrange, edges, strokeWidth, weightOffsets } from './network.js';
import { palette } from './palette.js';
import { dataset, unitScale } from './thumbnail.js';
import { topLoss, track } from './track.js';

const inks = palette((name) => name);
const spec = { x: /** @type {[number, number]} */ ([0, 0.5]), y: /** @type {[number, number]} */ ([0, 1]), xTicks: [0, 0.5], yTicks: [0, 1], xFormat: String, yFormat: String };

test('a chart maps its corners to its frame and writes every tick', () => {
  const ctx = recorder();
  const { x, y, box } = axes(ctx, 300, 200, { ...spec, xLabel: 'ε', yLabel: 'right' }, inks);
  assert.deepEqual([x(0), x(0.5), y(0), y(1)], [box.left, box.right, box.bottom, box.top]);
  assert.deepEqual(ctx.texts, ['0', '1', '0', '0.5', 'right', 'ε']);
});

test('a gap in a curve is a gap, and the control stays dashed', () => {
  const ctx = recorder();
  const frame = axes(ctx, 300, 200, spec, inks);
  const before = ctx.calls.length;
  curve(ctx, { x: [0, 0.1, 0.2, 0.3], y: [1, 0.9, NaN, 0.5] }, frame, { colour: 'ink', width: 2, dash: [5, 4] });
  const drawn = ctx.calls.slice(before);
  assert.equal(drawn.filter(([name]) => name === 'moveTo').length, 2);
  assert.ok(drawn.some(([name, dash]) => name === 'setLineDash' && String(dash) === '5,4'));
});

test('a cursor outside the chart is not drawn', () => {
  const ctx = recorder();
  const frame = axes(ctx, 300, 200, spec, inks);
  const before = ctx.calls.length;
  cursor(ctx, frame, 0.7, { colour: 'plum' }, inks);
  assert.equal(ctx.calls.length, before);
});

test('a label stands inside the frame, off every curve, nearer its own', () => {
  const frame = { left: 40, right: 340, top: 20, bottom: 220 };
  const run = (/** @type {(t: number) => number} */ f) => Array.from({ length: 40 }, (_, i) => /** @type {[number, number]} */ ([40 + (300 * i) / 39, f(i / 39)]));
  const curves = [run((t) => 40 + 20 * t), run((t) => 40 + 170 * Math.min(1, 2 * t))];
  const taken = [];
  for (const own of [0, 1]) {
    const box = place(70, 13, own, curves, frame, taken);
    assert.ok(box);
    taken.push(box);
    assert.ok(box.left >= frame.left && box.right <= frame.right && box.bottom <= frame.bottom);
    for (const points of curves) {
      for (const [x, y] of points) assert.ok(!(x > box.left && x < box.right && y > box.top && y < box.bottom), `label ${own} on a curve`);
    }
    const far = (/** @type {number} */ k) => Math.min(...curves[k].filter(([x]) => x > box.left && x < box.right).map(([, y]) => Math.abs(y - (box.top + box.bottom) / 2)));
    assert.ok(far(own) <= far(1 - own));
  }
});

test('labels of an empty run are left out', () => {
  const ctx = recorder();
  const frame = axes(ctx, 300, 200, spec, inks);
  const before = ctx.texts.length;
  labelCurves(ctx, [{ series: { x: [], y: [] }, text: 'worst push', colour: 'plum' }], frame, inks);
  assert.equal(ctx.texts.length, before);
});

test('every value falls in one bin, the far ones in the last', () => {
  const rows = bins([0, 0.01, 0.05, 0.1, 0.399, 0.4, 3, NaN], 0.4, 8);
  assert.equal(rows.length, 8);
  assert.deepEqual(rows.map(({ count }) => count), [2, 1, 1, 0, 0, 0, 0, 3]);
  assert.deepEqual([rows[0].from, rows[7].to], [0, 0.4]);
});

test('the axis of a histogram is round and keeps nearly all values', () => {
  assert.equal(reach([0.1, 0.2], 0.4), 0.4);
  assert.equal(reach(Array.from({ length: 100 }, (_, i) => i / 200), 0.4), 0.6);
  assert.equal(reach([], 0.4), 0.4);
  assert.deepEqual([countTop([]), countTop([{ from: 0, to: 1, count: 11 }]), countTop([{ from: 0, to: 1, count: 90 }])], [10, 20, 100]);
});

test('bars below the limit are in the accent, and one that straddles it is split', () => {
  const ctx = recorder();
  const frame = axes(ctx, 300, 200, { ...spec, y: [0, 10] }, inks);
  const before = ctx.calls.length;
  bars(ctx, [{ from: 0, to: 0.1, count: 5 }, { from: 0.1, to: 0.2, count: 5 }, { from: 0.2, to: 0.3, count: 0 }], frame, 0.15, inks);
  assert.equal(ctx.calls.slice(before).filter(([name]) => name === 'fillRect').length, 3);
});

test('weights are found layer by layer behind their biases', () => {
  assert.deepEqual(weightOffsets([2, 3, 1]), [0, 9]);
  assert.equal(strokeWidth(0), 0.35);
  assert.equal(strokeWidth(100), 5);
});

test('an edge is orange where its weight adds, blue where it subtracts, absent where it is nothing', () => {
  const ctx = recorder();
  const spot = (/** @type {number} */ y) => ({ left: 0, right: 10, y });
  edges(ctx, [[spot(0), spot(20)], [spot(0), spot(20)]], Float32Array.from([1, -1, 0, 2, 9, 9]), [2, 2], inks);
  assert.deepEqual(ctx.strokes, ['c2', 'c1', 'c2']);
});

test('wide layers stand in columns and the rest is counted', () => {
  assert.deepEqual(arrange(8, 16, 9), { shown: 8, hidden: 0, columns: 1, rows: 8 });
  assert.deepEqual(arrange(16, 16, 9), { shown: 16, hidden: 0, columns: 2, rows: 8 });
  assert.deepEqual(arrange(64, 16, 9), { shown: 16, hidden: 48, columns: 2, rows: 8 });
});

test('a bounded unit keeps its scale, another is measured against itself', () => {
  assert.equal(unitScale(Float32Array.from([0.1, -0.2]), true), 1);
  assert.equal(unitScale(Float32Array.from([0.5, -4]), false), 0.25);
  assert.equal(unitScale(new Float32Array(3), false), 1);
});

test('a thumbnail draws each class in its own colour', () => {
  const ctx = recorder();
  dataset(ctx, 100, 100, Float32Array.from([0, 0, 0, 0.5, 0.5, 1, -0.5, 0, 1]), inks);
  assert.deepEqual(ctx.fills, ['c1', 'c2', 'c3', 'c4', 'c5']);
  assert.equal(ctx.calls.filter(([name]) => name === 'closePath').length, 2);
});

test('the loss of the track is scaled by the run, not by one wild moment', () => {
  const rows = Array.from({ length: 100 }, (_, i) => [i, 1 - i / 100, 1.2 - i / 100, 0, 0]);
  rows[0][1] = 900;
  const top = topLoss(Float32Array.from(rows.flat()), 5);
  assert.ok(top > 1.1 && top < 1.5, `top ${top}`);
  assert.equal(topLoss(new Float32Array(0), 5), 1.05);
  const ctx = recorder();
  track(ctx, 400, 80, { history: Float32Array.from(rows.flat()), columns: 5, at: 50, end: 99, label: 'loss' }, inks);
  assert.deepEqual(ctx.texts, ['loss']);
});

test('a track of one line leaves out the second', () => {
  const history = Float32Array.from([0, 4, 10, 3, 20, 3.5]);
  assert.ok(topLoss(history, 2) < 4.3, 'steps are no losses');
  const ctx = recorder();
  track(ctx, 400, 80, { history, columns: 2, at: 20, end: 20, label: 'guess' }, inks);
  assert.ok(!ctx.calls.some(([name, dash]) => name === 'setLineDash' && dash.length > 0));
});

test('what the track’s lines are is written where no line runs', () => {
  const written = (/** @type {number[]} */ ...history) => {
    const ctx = recorder();
    track(ctx, 400, 80, { history: Float32Array.from(history), columns: 2, at: 20, end: 20, label: 'how sure' }, inks);
    return ctx.calls.find(([name]) => name === 'fillText')?.[3];
  };
  assert.equal(written(0, 9, 20, 0.1), 6, 'it has fallen there');
  assert.equal(written(0, 0, 5, 9, 20, 9), 15, 'it runs along the top');
  assert.equal(written(0, 0, 20, 9), 50, 'it rises through the upper half there');
});
