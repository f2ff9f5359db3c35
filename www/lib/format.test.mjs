// Numbers by purpose and language.
import assert from 'node:assert/strict';
import test from 'node:test';
import { KNOBS } from './fixture.mjs';
import { NOTHING, decimals, formats } from './format.js';

const en = formats('en');
const fr = formats('fr');
const knob = (/** @type {string} */ id) => /** @type {typeof KNOBS[0]} */ (KNOBS.find((k) => k.id === id));

test('a share is shown as per cent with a narrow space', () => {
  assert.equal(en.percent(0.66), '66\u202f%');
  assert.equal(en.percent(0.955, 1), '95.5\u202f%');
  assert.equal(fr.percent(0.955, 1), '95,5\u202f%');
  assert.equal(en.percent(1, 1), '100\u202f%');
});

test('nothing measured is a dash, never a number', () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.equal(en.percent(value), NOTHING);
    assert.equal(en.readout(value, 'count'), NOTHING);
    assert.equal(en.readout(value, 'number'), NOTHING);
  }
});

test('counts are grouped by language', () => {
  assert.equal(en.readout(74200, 'count'), '74,200');
  assert.equal(fr.readout(74200, 'count'), '74\u202f200');
});

test('losses keep three decimals and small ones their digits', () => {
  assert.equal(en.readout(0.69315, 'number'), '0.693');
  assert.equal(en.readout(0.00217, 'number'), '0.0022');
  assert.equal(en.readout(0, 'number'), '0.000');
  assert.equal(en.readout(0.00012, 'number'), '0.00012');
  assert.equal(en.readout(3.74e-14, 'number'), '3.7 × 10⁻¹⁴');
  assert.equal(fr.readout(-0.00002, 'number'), '−2,0 × 10⁻⁵');
  assert.equal(en.readout(-0.25, 'number'), '−0.250');
  assert.equal(en.readout(123456.7, 'number'), '123,457');
  assert.equal(fr.number(-0.04, { maximumFractionDigits: 1 }), '0', 'not −0');
});

test('a knob shows as many decimals as its step, a log knob its digits', () => {
  assert.equal(en.knobNumber(knob('epsilon'), 0.1), '0.10');
  assert.equal(fr.knobNumber(knob('epsilon'), 0.1), '0,10');
  assert.equal(en.knobNumber(knob('rate'), 0.02), '0.020');
  assert.equal(en.knobNumber(knob('rate'), 1e-5), '0.000010');
  assert.equal(en.knobNumber(knob('rate'), 10), '10');
  assert.equal(en.knobNumber(knob('count'), 2000), '2,000');
  assert.equal(en.knobNumber(knob('epsilon'), 0.002), '0.002');
  assert.equal(en.knobNumber(knob('epsilon'), 0), '0.00');
});

test('decimals of a step', () => {
  assert.deepEqual([1, 0.5, 0.05, 0.01, 10, 0.001].map(decimals), [0, 1, 2, 2, 0, 3]);
});

test('what is not quite everything or nothing is not rounded to it', () => {
  const { nearly } = formats('en');
  assert.deepEqual([0.9996, 0.9962, 0.994, 0.5, 0.006, 0.0004, 1, 0].map(nearly), ['99.9', '99.6', '99', '50', '1', '0.1', '100', '0']);
});
