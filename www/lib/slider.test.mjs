// Sliders: numbers to places and back.
import assert from 'node:assert/strict';
import test from 'node:test';
import { scaleOf } from './slider.js';

const rate = scaleOf({ type: 'number', min: 1e-5, max: 10, step: 0.1, scale: 'log', integer: false });
const epsilon = scaleOf({ type: 'number', min: 0, max: 0.5, step: 0.01, scale: 'linear', integer: false });

test('a log slider runs over the exponent and says two digits', () => {
  assert.deepEqual([rate.min, rate.max], [-5, 1]);
  assert.equal(rate.from(-2), 0.01);
  assert.equal(rate.from(-1.9), 0.013);
  assert.equal(rate.from(rate.to(0.02)), 0.02);
});

test('every stop of a log slider is a value the knob takes', () => {
  for (let i = 0; i <= 60; i++) {
    const value = rate.from(-5 + i / 10);
    assert.ok(value >= 1e-5 && value <= 10, `${value}`);
  }
  assert.equal(rate.from(7), 10);
});

test('a linear slider is the number itself, within its limits', () => {
  assert.equal(epsilon.from(0.2), 0.2);
  assert.equal(epsilon.from(9), 0.5);
});
