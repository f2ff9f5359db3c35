// Knob values as text, and the text of layers.
import assert from 'node:assert/strict';
import test from 'node:test';
import { KNOBS } from './fixture.mjs';
import { defaults, isDefault, readKnob, shortest, writeKnob } from './knobs.js';
import { readLayers, writeLayers } from './layers.js';

const kind = (/** @type {string} */ id) => /** @type {NonNullable<typeof KNOBS[0]>} */ (KNOBS.find((k) => k.id === id)).kind;
const LAYERS = /** @type {import('./layers.js').LayersKind} */ (kind('layers'));

test('layers are read with and without an activation of their own', () => {
  assert.deepEqual(readLayers('16:relu,8', LAYERS), [{ units: 16, activation: 'relu' }, { units: 8 }]);
  assert.deepEqual(readLayers(' 4 , 4:leaky-relu ', LAYERS), [{ units: 4 }, { units: 4, activation: 'leaky-relu' }]);
  assert.deepEqual(readLayers('', LAYERS), []);
});

test('layers beyond the limits are refused', () => {
  for (const text of ['0', '65', '8,', ',8', '1,1,1,1,1,1,1,1,1', '8:evil', '8:', '-8', '8.5', 'a', '8;8']) {
    assert.equal(readLayers(text, LAYERS), undefined, text);
  }
});

test('layers are written as they are read', () => {
  const layers = [{ units: 16, activation: 'relu' }, { units: 8 }];
  assert.deepEqual(readLayers(writeLayers(layers), LAYERS), layers);
});

test('a subset is read in the order of declaration, each once', () => {
  assert.deepEqual(readKnob(kind('features'), 'x2,x,x2'), { value: 'x,x2' });
  assert.deepEqual(readKnob(kind('features'), ''), { why: 'subset' });
});

test('a whole number is rounded, a flag has its own words', () => {
  assert.deepEqual(readKnob(kind('count'), '99.6'), { value: 100 });
  assert.deepEqual(readKnob(kind('soft'), 'off'), { value: false });
  assert.equal(writeKnob(true), '1');
});

test('defaults are what was declared, and changes are noticed', () => {
  const values = defaults(KNOBS);
  for (const knob of KNOBS) assert.equal(isDefault(knob, values[knob.id]), true, knob.id);
  assert.equal(isDefault(KNOBS[3], '16, 16'), true);
  assert.equal(isDefault(KNOBS[3], '16,8'), false);
  assert.equal(isDefault(KNOBS[4], 0.011), false);
});

test('a 32-bit float is shown as the decimal it came from', () => {
  assert.equal(shortest(Math.fround(0.1)), 0.1);
  assert.equal(shortest(Math.fround(0.02)), 0.02);
  assert.equal(shortest(Math.fround(1e-5)), 1e-5);
  assert.equal(shortest(0.1), 0.1);
  assert.equal(shortest(400), 400);
  assert.ok(Number.isNaN(shortest(NaN)));
});
