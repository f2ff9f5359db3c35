// Names found by what is typed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { found } from './names.js';

const NAMES = ['school bus', 'bus', 'minibus', 'handrail / baluster', 'Café table', 'trolleybus', 'Bus (articulated)', 'abuse'];

test('names that begin with what is typed come first, then those with a word that does, then the others', () => {
  assert.deepEqual(found(NAMES, 'bus'), ['bus', 'Bus (articulated)', 'school bus', 'minibus', 'trolleybus', 'abuse']);
  assert.deepEqual(found(NAMES, '  SCHOOL b'), ['school bus']);
  assert.deepEqual(found(NAMES, ''), NAMES);
  assert.deepEqual(found(NAMES, 'zebra'), []);
});

test('accents do not matter, and signs are no pattern', () => {
  assert.deepEqual(found(NAMES, 'cafe'), ['Café table']);
  assert.deepEqual(found(NAMES, '(art'), ['Bus (articulated)']);
  assert.deepEqual(found(NAMES, '.*'), []);
  assert.deepEqual(found(NAMES, 'bal'), ['handrail / baluster']);
});
