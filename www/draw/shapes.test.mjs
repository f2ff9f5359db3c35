// Marks, arrows, places on the plane and their pictures in the key.
import assert from 'node:assert/strict';
import test from 'node:test';
import { recorder } from './recorder.mjs';
import { arrowSvg, ballSvg, markSvg } from './legend.js';
import { CORNERS, mark, markRadius, marks, outline, svgPath } from './marks.js';
import { palette } from './palette.js';
import { fit, plane, ratioFor } from './plane.js';
import { arrows, ball, descent, directions, headOf, steepest } from './push.js';

const inks = palette((name) => name);

test('the plane fills its square, y up', () => {
  const { x, y, unit } = plane(500);
  assert.deepEqual([x(-1), x(0), x(1)], [0, 250, 500]);
  assert.deepEqual([y(1), y(0), y(-1)], [0, 250, 500]);
  assert.equal(unit, 250);
  assert.equal(x.invert(125), -0.5);
});

test('the backing store follows the screen, from twice to as much as a browser can bear', () => {
  assert.deepEqual([ratioFor(500, 1), ratioFor(500, 2.5), ratioFor(500, NaN)], [2, 2.5, 2]);
  assert.equal(ratioFor(1500, 3) * 1500, 2048);
});

test('fitting a canvas touches it only when its size changes', () => {
  let touched = 0;
  const ctx = recorder();
  const canvas = /** @type {any} */ ({ w: 0, h: 0, get width() { return this.w; }, set width(v) { touched++; this.w = v; }, get height() { return this.h; }, set height(v) { touched++; this.h = v; }, getContext: () => ctx });
  fit(canvas, 100, 50, 1);
  assert.deepEqual([canvas.w, canvas.h, touched], [200, 100, 2]);
  fit(canvas, 100, 50, 1);
  assert.equal(touched, 2);
  assert.deepEqual(ctx.calls.at(-1), ['setTransform', 2, 0, 0, 2, 0, 0]);
});

test('each class has a shape of its own, all of about one weight', () => {
  const area = (/** @type {readonly (readonly number[])[]} */ c) => Math.abs(c.reduce((sum, [x, y], i) => sum + x * c[(i + 1) % c.length][1] - c[(i + 1) % c.length][0] * y, 0) / 2);
  assert.deepEqual(CORNERS.map((c) => c.length), [0, 4, 3, 4, 12]);
  for (const corners of CORNERS.slice(1)) assert.ok(Math.abs(area(corners) / Math.PI - 1) < 0.2, `${corners.length} corners: ${area(corners)}`);
});

test('a filled mark was trained on, a hollow one held out', () => {
  const [filled, hollow] = [recorder(), recorder()];
  mark(filled, 10, 10, 4, 1, false, inks);
  mark(hollow, 10, 10, 4, 1, true, inks);
  assert.equal(filled.fills[0], 'c2');
  assert.equal(hollow.fills[0], 'sheet');
  assert.ok(hollow.strokes.includes('c2') && !filled.strokes.includes('c2'));
});

test('a crowd is drawn with smaller marks, and a left-out row is left out', () => {
  assert.ok(markRadius(600, 2000) < markRadius(600, 400) && markRadius(340, 400) < markRadius(600, 400));
  const ctx = recorder();
  marks(ctx, Float32Array.from([0, 0, 0, 1, 0.5, 0, 1, 0, -0.5, 0, 2, 0]), plane(100), 4, inks, 1);
  assert.deepEqual(ctx.fills, ['c3', 'sheet'], 'held-out points last');
});

test('the key shows the same outlines', () => {
  assert.match(markSvg(1), /var\(--c2\)/);
  assert.match(markSvg(0, true), /fill="var\(--sheet\)" stroke="var\(--c1\)"/);
  assert.equal(svgPath(3, 0, 0, 1), 'M-0.92 -0.92L0.92 -0.92L0.92 0.92L-0.92 0.92z');
  assert.match(ballSvg('linf'), /<rect/);
  assert.match(ballSvg('l2'), /<circle/);
  assert.ok([markSvg(4), arrowSvg()].every((svg) => svg.includes('aria-hidden="true"')));
});

test('an outline closes, whatever the class', () => {
  for (let cls = -1; cls < 7; cls++) {
    const ctx = recorder();
    outline(ctx, cls, 0, 0, 1);
    assert.ok(ctx.calls.some(([name]) => name === 'closePath' || name === 'arc'));
  }
});

test('an arrow ends at its point, and its head is never longer than the arrow', () => {
  const ctx = recorder();
  arrows(ctx, [[10, 10, 40, 50]], { colour: 'ink', halo: 'white', width: 1 });
  assert.ok(ctx.calls.some(([name, x, y]) => name === 'moveTo' && x === 40 && y === 50), 'the tip');
  assert.deepEqual(ctx.fills, ['ink']);
  assert.ok(headOf([0, 0, 3, 4], 6.5).size <= 2.75);
  assert.equal(headOf([0, 0, 300, 400], 6.5).size, 6.5);
  const none = recorder();
  arrows(none, [], { colour: 'ink', halo: 'white', width: 1 });
  assert.deepEqual(none.calls, []);
});

test('the ball of a push is a disc or a square of its size', () => {
  const [disc, square] = [recorder(), recorder()];
  ball(disc, 0, 0, 0.1, 'l2', plane(400), inks);
  ball(square, 0, 0, 0.1, 'linf', plane(400), inks);
  assert.ok(disc.calls.some((c) => c[0] === 'arc' && c[1] === 200 && c[2] === 200 && Math.abs(Number(c[3]) - 20) < 1e-9));
  assert.ok(square.calls.some((c) => c[0] === 'rect' && Math.abs(Number(c[1]) - 180) < 1e-9 && Math.abs(Number(c[3]) - 40) < 1e-9));
});

test('a descent has a dot a step and none where it starts', () => {
  const ctx = recorder();
  descent(ctx, Float32Array.from([0, 0, 0.1, 0, 0.2, 0.1]), plane(100), inks);
  assert.equal(ctx.calls.filter(([name]) => name === 'arc').length, 2);
});

test('directions leave flat and unknown cells empty, and one steep cell does not hide the rest', () => {
  const ctx = recorder();
  directions(ctx, Float32Array.from([1, 0, 0, 0, NaN, NaN, 0, 2]), plane(100), inks);
  assert.equal(ctx.calls.filter(([name]) => name === 'arc').length, 2);
  const sizes = Float32Array.from({ length: 200 }, (_, i) => (i % 2 ? 0 : i === 0 ? 1000 : 1));
  assert.equal(steepest(sizes), 1);
});
