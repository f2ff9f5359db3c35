// The bands of a field: flat where they should be, split where the sign changes, the same whether filled by runs or pixel by pixel.
import assert from 'node:assert/strict';
import test from 'node:test';
import { enlarge } from './enlarge.js';
import { logOdds, paintField, scratch } from './field.js';
import { mix, palette, pixel, rgb } from './palette.js';
import { BAND_EDGES, SPAN, bandMix, classRamp, unitRamp } from './ramp.js';

const TINTS = ['#0000ff', '#ff8000', '#00ff80', '#ff0080', '#808000'];
/** @param {string} name */
const value = (name) => ({ 'field-mid': '#ffffff', ...Object.fromEntries(TINTS.map((tint, k) => [`c${k + 1}-tint`, tint])) })[name] ?? '#000000';
const inks = palette(value);
const white = pixel([255, 255, 255]);

/** @param {import('./field.js').Field} field @param {number} size @param {import('./ramp.js').Ramp} ramp */
function painted(field, size, ramp) {
  const words = new Uint32Array(size * size);
  paintField(words, size, size, field, ramp, scratch());
  return words;
}

/** @param {number} side @param {(x: number, y: number) => number} f */
const grid = (side, f) => Float32Array.from({ length: side * side }, (_, i) => f(((i % side) + 0.5) / side * 2 - 1, 1 - (Math.floor(i / side) + 0.5) / side * 2));

test('nine bands: four tints each side of undecided', () => {
  assert.deepEqual([0, 0.12, 0.13, 0.37, 0.38, 0.62, 0.63, 0.87, 0.88, 1].map((v) => bandMix(v, false) === 0 ? 0 : Math.round(4 * ((bandMix(v, false) - 0.1) / 0.9) ** (1 / 1.05))), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  assert.equal(bandMix(1, false), 1);
  assert.equal(bandMix(0.3, true), 0.3);
});

test('bands end where the leading class has 9/16, 11/16, 13/16, 15/16 of the two', () => {
  assert.deepEqual(BAND_EDGES.map((m) => Number((1 / (1 + Math.exp(-m))).toFixed(6))), [0.5625, 0.6875, 0.8125, 0.9375]);
});

test('probabilities of two classes become one signed layer, of more classes a layer each', () => {
  const two = logOdds(Float32Array.from([0.9, 0.5, 0, 1, 0.1, 0.5, 1, 0]), 2, 2, undefined);
  assert.equal(two.layers, 1);
  assert.deepEqual(Array.from(two.values.subarray(0, 2), (v) => Number(v.toFixed(4))), [-2.1972, 0]);
  assert.ok(two.values[2] > 80 && Number.isFinite(two.values[2]), 'certainty is finite');
  assert.equal(two.values[3], -two.values[2]);
  const three = logOdds(new Float32Array(12).fill(1 / 3), 3, 2, undefined);
  assert.equal(three.layers, 3);
  assert.equal(logOdds(new Float32Array(12).fill(0.2), 3, 2, three.values).values, three.values, 'the buffer is reused');
});

test('a left and a right half meet in the middle of the picture', () => {
  const words = painted({ values: grid(10, (x) => 12 * x), layers: 1, side: 10 }, 100, classRamp(inks, false));
  const row = words.subarray(5000, 5100);
  assert.equal(row[0], pixel(rgb(TINTS[0])));
  assert.equal(row[99], pixel(rgb(TINTS[1])));
  const first = row.findIndex((w) => w === pixel(rgb(TINTS[1])));
  assert.ok(first >= 60 && first <= 63, `full orange from pixel ${first}`);
  assert.ok(row.includes(white), 'undecided between them');
});

test('runs of cells and single pixels give the same picture', () => {
  for (const layers of [1, 3]) {
    const side = 24;
    const values = new Float32Array(layers * side * side);
    for (let k = 0; k < layers; k++) values.set(grid(side, (x, y) => 5 * Math.sin(3 * x + k) * Math.cos(4 * y - k)), k * side * side);
    const ramp = classRamp(inks, false);
    const flatless = { ...ramp, flat: ramp.flat, edges: [], span: 1e9, words: ramp.words };
    // Without flat bands no cell counts as flat: every pixel is looked up by itself, on the ramp's own scale.
    const slow = { ...flatless, span: SPAN };
    const fast = painted({ values, layers, side }, 160, ramp);
    const each = painted({ values, layers, side }, 160, slow);
    const apart = fast.reduce((n, w, i) => n + Number(w !== each[i]), 0);
    // Between several classes the second place may change hands inside a cell; a few pixels at a band's edge may then differ.
    assert.ok(apart <= (layers === 1 ? 0 : 160 * 160 * 0.01), `${apart} pixels differ with ${layers} layers`);
  }
});

test('among several classes the likeliest gives its tint', () => {
  const side = 4;
  const values = new Float32Array(3 * 16).fill(-9);
  values.fill(0, 32, 48);
  assert.ok(painted({ values, layers: 3, side }, 20, classRamp(inks, false)).every((w) => w === pixel(rgb(TINTS[2]))));
});

test('no number in the field is painted as undecided, not as an error', () => {
  assert.ok(painted({ values: new Float32Array(16).fill(NaN), layers: 1, side: 4 }, 8, classRamp(inks, false)).every((w) => w === white));
});

test('one class alone has its tint above zero and nothing below', () => {
  const words = painted({ values: grid(8, (x) => x * 4), layers: 1, side: 8 }, 16, unitRamp(inks, false, 2));
  assert.equal(words[0], white);
  assert.equal(words[15], pixel(rgb(TINTS[2])));
});

test('enlarging keeps the values at cell centres and the straightness of a plane', () => {
  const big = enlarge(grid(6, (x, y) => x + 2 * y), 6, 5);
  grid(30, (x, y) => x + 2 * y).forEach((v, i) => assert.ok(Math.abs(v - big[i]) < 1e-5));
});

test('colours are read as #rgb, #rrggbb and rgb(), and mixed in between', () => {
  assert.deepEqual(rgb('#fa0'), [255, 170, 0]);
  assert.deepEqual(rgb(' #102030 '), [16, 32, 48]);
  assert.deepEqual(rgb('rgb(1 2 3 / 50%)'), [1, 2, 3]);
  assert.deepEqual(rgb('plum'), [0, 0, 0]);
  assert.deepEqual(mix([0, 0, 0], [100, 200, 50], 0.5), [50, 100, 25]);
  assert.equal(pixel([1, 2, 3]), 0xff030201);
});
