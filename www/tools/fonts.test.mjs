// Fonts without what nobody reads: every character of the words and pages is in them, every style that is asked for is there.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { charactersOf } from './woff2.js';

const WWW = new URL('../', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, WWW), 'utf8');
const font = (/** @type {string} */ name) => charactersOf(readFileSync(new URL(`assets/fonts/${name}.woff2`, WWW)));
const named = (/** @type {string} */ folder, /** @type {RegExp} */ name) => readdirSync(new URL(folder, WWW)).filter((file) => name.test(file));

/** In none of the packages: the reader's own fonts have them. Powers of ten, and infinity. */
const NOT_OURS = '⁰⁴⁵⁶⁷⁸⁹⁻∞';
const GREEK = /\p{Script=Greek}/u;

const WORDS = [...named('locales/', /\.json$/).map((file) => read(`locales/${file}`)), ...named('', /\.html$/).map(read), read('lib/format.js')].join('');
const written = [...new Set(WORDS)].filter((c) => c > ' ' && !NOT_OURS.includes(c));

test('every character of the words and pages is in the fonts, of the sans and of each style of the serif', () => {
  assert.ok(written.includes('é') && written.includes('ε') && written.includes('\u202f'), 'these are the words');
  for (const family of ['sans', 'serif']) {
    const greek = font(`${family}-greek`);
    assert.deepEqual(written.filter((c) => GREEK.test(c) && !greek.has(c.codePointAt(0) ?? 0)), [], `${family}-greek`);
  }
  for (const name of ['sans', 'serif', 'serif-claim', 'serif-title', 'serif-italic']) {
    const has = font(name);
    const missing = written.filter((c) => !GREEK.test(c) && !has.has(c.codePointAt(0) ?? 0));
    assert.deepEqual(missing, [], `${name}: add them to www/tools/fonts.py, and make the fonts`);
  }
});

test('every font is declared, and every font that is declared is there', () => {
  const declared = new Set([...read('style/tokens.css').matchAll(/url\("\.\.\/assets\/fonts\/([\w-]+\.woff2)"\)/g)].map(([, file]) => file));
  assert.deepEqual([...declared].sort(), named('assets/fonts/', /\.woff2$/).sort());
});

test('the style sheets set the serif in its own three weights only: another would be drawn by smearing', () => {
  const weights = [...read('style/tokens.css').matchAll(/"Uncrumple Serif"; src[^;]*; font-weight: (\d+)/g)].map(([, weight]) => weight);
  assert.ok(weights.length > 3);
  const sheet = named('style/', /\.css$/).map((file) => read(`style/${file}`)).join('');
  const rules = sheet.match(/[^{}]*\{[^{}]*\}/g) ?? [];
  const serif = rules.filter((rule) => rule.includes('var(--serif)') || /\.(?:claim|title h1|lab-head h1)\s*\{/.test(rule));
  const asked = serif.flatMap((rule) => [...rule.matchAll(/font(?:-weight)?: (\d{3})\b/g)].map(([, weight]) => weight));
  assert.ok(asked.length >= 6, 'these are the rules');
  assert.deepEqual(asked.filter((weight) => !weights.includes(weight)), []);
});
