// The languages say the same things: same keys, same places for values, each with its own typography.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { formats } from '../lib/format.js';
import { isPlural, keys, pieces, pickLanguage, words } from '../lib/i18n.js';

/** @typedef {import('../lib/i18n.js').Dictionary} Dictionary */

const here = new URL('.', import.meta.url);
const files = readdirSync(here).filter((name) => name.endsWith('.json'));
/** @type {Record<string, Dictionary>} */
const all = Object.fromEntries(files.map((name) => [name.slice(0, -5), JSON.parse(readFileSync(new URL(name, here), 'utf8'))]));
const { en, fr } = all;

/** @param {Dictionary} dictionary @param {string} key @returns {string[]} a text, or its plurals */
function texts(dictionary, key) {
  /** @type {any} */
  let entry = dictionary;
  for (const part of key.split('.')) entry = entry[part];
  return typeof entry === 'string' ? [entry] : Object.values(entry);
}

/** @param {string} text */
const slots = (text) => pieces(text).flatMap((piece) => ('slot' in piece ? [piece.slot] : []));

for (const [lang, dictionary] of Object.entries(all)) {
  test(`${lang} has every key of English and no other`, () => {
    const [mine, theirs] = [keys(dictionary), keys(en)];
    assert.deepEqual(theirs.filter((key) => !mine.includes(key)), [], 'missing');
    assert.deepEqual(mine.filter((key) => !theirs.includes(key)), [], 'unknown');
  });

  test(`${lang} names the same values as English`, () => {
    for (const key of keys(en)) {
      const expected = new Set(texts(en, key).flatMap(slots));
      for (const text of texts(dictionary, key)) {
        for (const slot of slots(text)) assert.ok(expected.has(slot), `${key}: {${slot}}`);
      }
      // A plural of one may leave its number out; elsewhere nothing may be lost.
      const named = new Set(texts(dictionary, key).flatMap(slots));
      for (const slot of expected) assert.ok(named.has(slot), `${key} lost {${slot}}`);
    }
  });

  test(`${lang} has a form for every plural it needs`, () => {
    const needed = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.filter((form) => form !== 'many');
    const visit = (/** @type {Dictionary} */ part, /** @type {string} */ path) => {
      for (const [key, entry] of Object.entries(part)) {
        if (typeof entry === 'string') continue;
        if (!isPlural(entry)) visit(entry, `${path}${key}.`);
        else for (const form of needed) assert.ok(form in entry, `${path}${key} has no “${form}”`);
      }
    };
    visit(dictionary, '');
  });

  test(`${lang} neither shouts nor apologises`, () => {
    for (const key of keys(dictionary)) {
      for (const text of texts(dictionary, key)) {
        assert.doesNotMatch(text, /!|\bsorry\b|\bplease\b|désolé|oups|oops/i, key);
        assert.doesNotMatch(text, /'|\.\.\./, `${key}: typographic apostrophes and dots`);
      }
    }
  });
}

test('every key is used: in a page’s markup, or written in a script, whole or with names filled in', () => {
  const www = new URL('../', here);
  const files = readdirSync(www, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /^(?!node_modules|dist|pkg|tools).*\.(?:js|html)$/.test(name));
  const literals = new Set(
    files.flatMap((name) => [...readFileSync(new URL(name, www), 'utf8').matchAll(/(['"`])((?:[\w.-]|\$\{[^}]*\})+)\1/g)].map(([, , text]) => text)),
  );
  // `${…}` stands for names, also for several parts of a key; what is nothing but names says nothing.
  const patterns = [...literals].flatMap((text) => {
    const fixed = text.split(/\$\{[^}]*\}/);
    if (!fixed.some((part) => /[a-z]{2}/i.test(part))) return [];
    return [new RegExp(`^(?:[\\w-]+\\.)*${fixed.map((part) => part.replaceAll('.', '\\.')).join('[\\w.-]+')}$`)];
  });
  assert.deepEqual(keys(en).filter((key) => !patterns.some((pattern) => pattern.test(key))), []);
});

test('French sets its narrow spaces before : ; ? %, within quotes and between thousands', () => {
  for (const key of keys(fr)) {
    for (const text of texts(fr, key)) {
      assert.doesNotMatch(text.replaceAll(/\{[^}]*\}/g, 'x'), /[^\u202f\d][:;?%»](\s|$)|«[^\u202f]/, key);
      assert.doesNotMatch(text, /\d \d{3}/, `${key}: digits are grouped by a narrow space`);
    }
  }
});

test('a key no language has is shown as it is, and English stands in for a missing one', () => {
  const { t, has } = words('fr', { a: 'un' }, { a: 'one', b: 'two {n}' });
  assert.equal(t('a'), 'un');
  assert.equal(t('b', { n: 2 }), 'two 2');
  assert.equal(t('c.d'), 'c.d');
  assert.equal(has('c.d'), false);
  assert.equal(t('__proto__.x'), '__proto__.x');
});

test('plurals follow the language', () => {
  const dictionary = { n: { one: '{count} point', other: '{count} points' } };
  assert.equal(words('en', dictionary).t('n', { count: 0 }), '0 points');
  assert.equal(words('fr', dictionary).t('n', { count: 0 }), '0 point');
  assert.equal(words('fr', dictionary).t('n', { count: 1200 }), `${formats('fr').number(1200)} points`);
});

test('a text is cut at its places', () => {
  assert.deepEqual(pieces('After {essay}, 2017'), [{ text: 'After ' }, { slot: 'essay' }, { text: ', 2017' }]);
});

test('the first language that exists is taken', () => {
  assert.equal(pickLanguage([null, 'fr-CA', 'en'], ['en', 'fr']), 'fr');
  assert.equal(pickLanguage(['de', undefined], ['en', 'fr']), 'en');
});
