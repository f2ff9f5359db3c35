// The words of a page are the words of the language: nothing is lost between the parts, and nothing is in two.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { keys } from '../lib/i18n.js';
import { partsOf } from './words.js';

for (const lang of ['en', 'fr']) {
  test(`the parts of ${lang} hold every key once`, () => {
    const all = JSON.parse(readFileSync(new URL(`../locales/${lang}.json`, import.meta.url), 'utf8'));
    const parts = partsOf(all);
    assert.deepEqual(Object.values(parts).flatMap((part) => keys(part)).sort(), keys(all).sort());
    assert.ok(keys(parts['']).includes('labs.digits.title') && !keys(parts['']).includes('labs.digits.fetching'));
    assert.ok(keys(parts.essay).includes('page.boundary.claim') && keys(parts['']).includes('page.notice'));
  });
}
