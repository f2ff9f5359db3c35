// Space on a flat canvas: turning keeps lengths, a drag turns and stops at the poles, a plane cuts the cube where it should.
import assert from 'node:assert/strict';
import test from 'node:test';
import { CORNERS, EDGES, dragged, keyed, orbit, section, turn } from './orbit.js';

test('turning keeps every length, and turning nothing leaves right and up where they were', () => {
  for (const at of [orbit(), { yaw: 2, pitch: -1 }]) {
    const [a, b, c] = turn(at)(0.3, -0.5, 0.7);
    assert.ok(Math.abs(a * a + b * b + c * c - (0.09 + 0.25 + 0.49)) < 1e-12);
  }
  assert.deepEqual(turn({ yaw: 0, pitch: 0 })(1, 0, 2).slice(0, 2), [1, 2]);
});

test('a drag turns, and stops at the poles', () => {
  assert.ok(dragged({ yaw: 0, pitch: 0 }, 10, 0).yaw > 0);
  assert.equal(dragged({ yaw: 0, pitch: 0 }, 0, 1e6).pitch, Math.PI / 2);
  assert.deepEqual(keyed('ArrowLeft'), [-16, 0]);
  assert.equal(keyed('a'), undefined);
});

test('a cube has twelve edges of length two', () => {
  assert.equal(EDGES.length, 12);
  for (const [i, j] of EDGES) assert.equal(CORNERS[i].reduce((sum, v, k) => sum + Math.abs(v - CORNERS[j][k]), 0), 2);
});

test('a plane cuts the cube in a polygon whose corners follow each other, or passes by', () => {
  assert.equal(section([0, 0, 1], -2).length, 0);
  assert.equal(section([1, 0, 0], 0).length, 4);
  const hexagon = section([1, 1, 1], 0);
  assert.equal(hexagon.length, 6);
  hexagon.forEach((p, i) => {
    const q = hexagon[(i + 1) % 6];
    assert.ok(Math.abs(p[0] + p[1] + p[2]) < 1e-12);
    assert.ok(Math.abs(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) - Math.SQRT2) < 1e-9, 'each corner beside the next');
  });
});
