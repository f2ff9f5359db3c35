// Where a run that left the numbers can be gone back to.
import assert from 'node:assert/strict';
import test from 'node:test';
import { lastGood } from './history.js';

test('the last row before the loss ran away', () => {
  const rows = [0, 0.7, 0.7, 100, 0.3, 0.3, 200, 0.35, 0.4, 210, 90, 95, 211, NaN, NaN];
  assert.equal(lastGood(rows, 3), 200);
});

test('the start, when it ran away at once or nothing is known', () => {
  assert.equal(lastGood([0, 0.7, 1, 500, 2, NaN], 2), 0);
  assert.equal(lastGood([], 5), 0);
});
