// What a reader downloads before the first figure can be operated, gzipped as hosts send it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { blank, inFigure, siteUrl } from './stand.mjs';

/** Thousands of bytes. */
const MOST = 400;
/** Formats that are packed already are sent as they are. */
const PACKED = /\.(?:woff2|png)$/;

const dist = new URL('../../www/dist/', import.meta.url);

test(`lab.html?lab=boundary is ready after at most ${MOST} KB, wasm and fonts included`, async (t) => {
  const page = await blank([], [siteUrl()], {});
  /** @type {Set<string>} */
  const asked = new Set();
  page.context().on('request', (request) => asked.add(new URL(request.url()).pathname));
  await page.goto(`${siteUrl()}lab.html?lab=boundary`);
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
  for (const part of [/lab\.html$/, /\.css$/, /engine-plane-simd-.*\.wasm$/, /worker-.*\.js$/, /sans-[^-]*woff2$/, /boundary-.*\.js$/]) {
    assert.ok(files.some((path) => part.test(path)), `${part} was not seen: the list is not complete`);
  }
  assert.ok(total <= MOST, `${total.toFixed(1)} KB`);
});

/** What browsers call good: shares of the view that moved, times how far. */
const STEADY = 0.1;

test('on a phone the frame of a figure is steady while it begins: what is below the stage waits until that has its height', async (t) => {
  const page = await blank([], [siteUrl()], { viewport: { width: 412, height: 823 } });
  await page.addInitScript(() => {
    const own = /** @type {any} */ (globalThis);
    own.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) own.moved += /** @type {any} */ (entry).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${siteUrl()}embed.html?lab=boundary`);
  await inFigure(page, (el) => el.step(0));
  await page.locator('uncrumple-lab .time .play').waitFor();
  const moved = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(/** @type {any} */ (globalThis).moved)))));
  t.diagnostic(`cumulative layout shift ${Number(moved).toFixed(3)}, of ${STEADY}`);
  assert.ok(Number(moved) <= STEADY, `${moved}`);
});
