// The colours keep what the design promises of them: words and marks that can be read, classes that can be told apart, in both themes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
/** @param {string} block @returns {Record<string, string>} */
const colours = (block) => Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
/** The text between the braces that follow `start`. @param {string} start */
const after = (start) => css.slice(css.indexOf(start)).replace(/^[^{]*\{/, '').replace(/\}[\s\S]*/, '');
const light = colours(after(':root, [data-theme="light"] {'));
const dark = colours(after('\n[data-theme="dark"] {'));
const bySystem = colours(after('  :root:not([data-theme="light"]) {'));
const CLASSES = ['c1', 'c2', 'c3', 'c4', 'c5'];

/** Linear red, green and blue. @param {string} hex */
const linear = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
/** Relative luminance (WCAG 2). @param {string} hex */
const luminance = (hex) => linear(hex).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** How eyes without one kind of cone see linear colours (Machado, Oliveira and Fernandes, 2009). */
const EYES = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const TO_LMS = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]];
const TO_LAB = [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]];
/** @param {number[][]} matrix @param {number[]} v */
const times = (matrix, v) => matrix.map((row) => row.reduce((sum, m, i) => sum + m * v[i], 0));
/** OKLab of a colour as one kind of eye sees it. @param {string} hex @param {number[][]} eye */
const seen = (hex, eye) => times(TO_LAB, times(TO_LMS, times(eye, linear(hex)).map((c) => Math.min(1, Math.max(0, c)))).map(Math.cbrt));

test('the dark list is the same by the system and by the attribute, and names the light one’s colours', () => {
  assert.deepEqual(bySystem, dark);
  assert.deepEqual(Object.keys(light).filter((name) => !(name in dark)), []);
});

for (const [theme, t] of Object.entries({ light, dark })) {
  const least = (/** @type {number} */ ratio, /** @type {string} */ front, /** @type {string[]} */ backs) => {
    for (const back of backs) assert.ok(contrast(t[front], t[back]) >= ratio, `${front} on ${back}: ${contrast(t[front], t[back]).toFixed(2)}`);
  };

  test(`${theme}: words are at least 4.5 to 1 on whatever they stand on`, () => {
    for (const word of ['ink', 'ink-2', 'ink-3', 'accent']) least(4.5, word, ['paper', 'sheet', 'wash']);
    for (const word of CLASSES.map((c) => `${c}-ink`)) least(4.5, word, ['paper', 'sheet']);
    least(4.5, 'good', ['paper']);
    least(4.5, 'bad', ['paper', 'bad-wash']);
    least(4.5, 'on-accent', ['accent']);
  });

  test(`${theme}: marks, the boundary and the borders of what can be operated are at least 3 to 1`, () => {
    for (const c of CLASSES) least(3, c, [`${c}-tint`, 'field-mid', 'paper', 'sheet']);
    for (const c of CLASSES) least(3, 'mark', [`${c}-tint`]);
    least(3, 'edge', ['paper', 'sheet']);
    least(3, 'accent', ['accent-wash']);
  });

  test(`${theme}: the closest two classes stay apart for every kind of eye`, () => {
    for (const [kind, eye] of Object.entries(EYES)) {
      for (const [i, a] of CLASSES.entries()) {
        for (const b of CLASSES.slice(i + 1)) {
          const [p, q] = [seen(t[a], eye), seen(t[b], eye)];
          const far = Math.hypot(...p.map((v, k) => v - q[k]));
          assert.ok(far > 0.09, `${a} and ${b}, ${kind}: ${far.toFixed(3)}`);
        }
      }
    }
  });
}

test('dark: no class’s field is much darker than another’s', () => {
  const tints = CLASSES.map((c) => luminance(dark[`${c}-tint`]));
  assert.ok(Math.max(...tints) < 2 * Math.min(...tints), tints.map((v) => v.toFixed(3)).join());
});
