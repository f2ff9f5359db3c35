// The pages as they are served: their English is the locale's, their policy is strict, and every word has a key.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { words } from '../lib/i18n.js';

const root = new URL('../', import.meta.url);
const read = (/** @type {string} */ name) => readFileSync(new URL(name, root), 'utf8');
const { t, has } = words('en', JSON.parse(read('locales/en.json')));
const pages = readdirSync(root).filter((name) => name.endsWith('.html'));

/** The text of a stretch of markup, its slots filled. @param {string} markup */
const text = (markup) => markup.replaceAll(/<[^>]*>/g, '').replaceAll('&amp;', '&').replaceAll(/\s+/g, ' ').trim();

/** The figure and nothing around it. */
const BARE = 'embed.html';

for (const page of pages) {
  const html = read(page);

  test(`${page} says in its markup what the locale says`, () => {
    let found = 0;
    for (const match of html.matchAll(/<(\w+)[^>]*\sdata-t="([\w.]+)"[^>]*>/g)) {
      const [start, tag, key] = match;
      const rest = html.slice(match.index + start.length);
      const inner = rest.slice(0, closing(rest, tag));
      const slots = Object.fromEntries([...inner.matchAll(/data-slot="(\w+)"[^>]*>([^<]*)</g)].map(([, name, word]) => [name, word]));
      assert.ok(has(key), `${key} is no key`);
      assert.equal(text(inner), text(t(key, slots)), key);
      found++;
    }
    assert.ok(found > (page === BARE ? 0 : 5), `only ${found} texts`);
  });

  test(`${page} names its attributes in the locale too`, () => {
    for (const [, key, said] of html.matchAll(/data-t-content="([\w.]+)" content="([^"]*)"/g)) assert.equal(said, t(key), key);
    for (const [, said, key] of html.matchAll(/aria-label="([^"]*)" data-t-label="([\w.]+)"/g)) assert.equal(said, t(key), key);
  });

  test(`${page} allows nothing inline and nothing from elsewhere`, () => {
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/);
    assert.doesNotMatch(html, /\sstyle="|<style|\son\w+="|unsafe-inline|'unsafe-eval'/);
    assert.doesNotMatch(html, /(?:src|<link[^>]*href)="(?:https?:)?\/\//);
    for (const [, attributes, body] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      assert.match(attributes, /src="\.\//);
      assert.equal(body.trim(), '');
    }
  });

  test(`${page} credits the essay it is after, or is a figure that links back to one that does`, () => {
    if (page === BARE) return assert.match(html, /<uncrumple-lab [^>]*\bcredit>/);
    assert.match(html, /François Chollet[\s\S]*https:\/\/blog\.keras\.io\/the-limitations-of-deep-learning\.html/);
  });
}

/** Where an element that begins here ends. @param {string} rest @param {string} tag */
function closing(rest, tag) {
  let depth = 1;
  for (const match of rest.matchAll(new RegExp(`<(/?)${tag}[\\s>]`, 'g'))) {
    depth += match[1] ? -1 : 1;
    if (depth === 0) return match.index;
  }
  return rest.length;
}
