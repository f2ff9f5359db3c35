// What a reader downloads before the first figure can be operated, gzipped as hosts send it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { inFigure, openPage } from './stand.mjs';

/** Thousands of bytes. */
const MOST = 400;
/** Formats that are packed already are sent as they are. */
const PACKED = /\.(?:woff2|png)$/;

const dist = new URL('../../www/dist/', import.meta.url);

test(`lab.html?lab=boundary is ready after at most ${MOST} KB, wasm and fonts included`, async (t) => {
  const page = await openPage('index.html', { javaScriptEnabled: true });
  /** @type {Set<string>} */
  const asked = new Set();
  page.context().on('request', (request) => asked.add(new URL(request.url()).pathname));
  await page.goto(new URL('lab.html?lab=boundary', page.url()).href);
  await inFigure(page, (el) => el.ready);
  await page.evaluate(() => document.fonts.ready);
  const files = [...asked].filter((path) => !path.includes(':') && path !== '/').map((path) => path.slice(1));
  const rows = files.map((path) => {
    const bytes = readFileSync(new URL(path, dist));
    return { path, kb: (PACKED.test(path) ? bytes : gzipSync(bytes, { level: 9 })).length / 1000 };
  });
  const total = rows.reduce((sum, { kb }) => sum + kb, 0);
  rows.sort((a, b) => b.kb - a.kb);
  for (const { path, kb } of rows) t.diagnostic(`${kb.toFixed(1).padStart(7)} KB  ${path}`);
  t.diagnostic(`${total.toFixed(1).padStart(7)} KB  in all, of ${MOST}`);
  for (const part of [/lab\.html$/, /\.css$/, /engine-simd-.*\.wasm$/, /worker-.*\.js$/, /sans-[^-]*woff2$/, /boundary-.*\.js$/]) {
    assert.ok(files.some((path) => part.test(path)), `${part} was not seen: the list is not complete`);
  }
  assert.ok(total <= MOST, `${total.toFixed(1)} KB`);
});
