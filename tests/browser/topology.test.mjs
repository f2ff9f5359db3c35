// The topology lab as its reader meets it: the witness at width two, exact weights, curves drawn by hand and by keys, the essay.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { inFigure, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** @param {string} [hash] @param {Parameters<typeof openPage>[1] & { query?: string }} [options] */
async function openTopology(hash = '', { query = '', ...options } = {}) {
  const page = await openPage(`lab.html?lab=topology${query}${hash}`, options);
  await inFigure(page, (el) => el.ready);
  return page;
}

/** @param {Page} page @param {string} name */
const channel = (page, name) => inFigure(page, async (el, id) => Array.from((await el.channel(id)).data), name);

/** Waits for words under the stage: they come a frame after the numbers. @param {Page} page @param {RegExp} text */
const says = (page, text) => page.locator('.t-line').filter({ hasText: text }).waitFor();

/** Where a place of the plane is on the page. @param {Page} page @param {number[]} place */
async function at(page, [x, y]) {
  const box = await page.locator('.t-plot').boundingBox();
  assert.ok(box);
  return { x: box.x + ((x + 1) / 2) * box.width, y: box.y + ((1 - y) / 2) * box.height };
}

/** Draws a circle with the mouse. @param {Page} page @param {[number, number]} middle @param {number} radius */
async function circle(page, [x, y], radius) {
  const places = Array.from({ length: 25 }, (_, i) => [x + radius * Math.cos(i / 4), y + radius * Math.sin(i / 4)]);
  const [first, ...rest] = await Promise.all(places.map((place) => at(page, place)));
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(place.x, place.y);
  await page.mouse.up();
}

/** How many pixels of the witness's colour stand on the stage within the ring round a place. @param {Page} page */
const inked = (page) =>
  inFigure(page, async (el) => {
    const { data } = await el.channel('witness');
    const canvas = /** @type {HTMLCanvasElement} */ (el.shadowRoot?.querySelectorAll('.t-plot canvas')[2]);
    const [x, y] = [((data[0] + 1) / 2) * canvas.width, ((1 - data[1]) / 2) * canvas.height];
    const reach = canvas.width / 30;
    const { data: pixels } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(x - reach, y - reach, 2 * reach, 2 * reach);
    return pixels.filter((_, i) => i % 4 === 3 && pixels[i] > 200).length;
  });

test('at width two a witness is found, drawn and said; with exact weights there is none left', async () => {
  const page = await openTopology('#v=1&seed=4&depth=2');
  const { denseAccuracy, witnessFound, witnessX, witnessY } = await inFigure(page, async (el) => (await el.step(600), el.readouts));
  const r = Math.hypot(witnessX, witnessY);
  assert.equal(witnessFound, 1);
  assert.ok(r < 1 / 3 || (r > 2 / 3 && r < 1), `${r} is in no set`);
  assert.ok(denseAccuracy > 0.8 && denseAccuracy < 1, `${denseAccuracy}`);
  await says(page, /At width 2 there is a wrong point.*The witness, \(/s);
  assert.ok((await channel(page, 'corridor')).length > 20);
  assert.ok((await inked(page)) > 100, 'the ring is on the stage');

  await inFigure(page, (el) => el.set('activation', 'relu'));
  await page.getByRole('button', { name: 'Load exact weights' }).click();
  await until(page, (el) => el.readouts.width === 3 && el.readouts.denseAccuracy === 1);
  const { link, readouts } = await inFigure(page, (el) => ({ readouts: el.readouts, link: el.link }));
  assert.deepEqual([readouts.witnessFound, readouts.wrong, readouts.depth], [0, 0, 1]);
  assert.match(link, /weights=exact/);
  await says(page, /No wrong point was found/);
  await page.getByRole('button', { name: 'Back to weights by chance' }).click();
  await until(page, (el) => el.readouts.width === 2 && el.readouts.witnessFound === 1);
});

test('two curves drawn with the mouse are judged before training; crossing ones are refused in a sentence', async () => {
  const page = await openTopology();
  await page.getByRole('button', { name: 'Draw two curves' }).click();
  await until(page, (el) => el.state.knobs.dataset === 'yours');
  await page.locator('.t-plot').scrollIntoViewIfNeeded();
  await circle(page, [-0.45, 0], 0.3);
  await says(page, /Now the second curve/);
  await circle(page, [0.45, 0], 0.3);
  await until(page, (el) => el.run?.frames.newest?.channels.theorem.data[0] === 1);
  await says(page, /A straight line parts the sets/);

  const before = await channel(page, 'outline');
  await page.getByRole('radio', { name: 'Draw' }).check();
  await circle(page, [-0.2, 0], 0.4);
  await circle(page, [0.2, 0], 0.4);
  await page.locator('.t-bad').waitFor();
  await says(page, /The curves cross: .*The curves before are kept\./s);
  assert.deepEqual(await channel(page, 'outline'), before);

  await page.getByRole('radio', { name: 'Draw' }).check();
  await circle(page, [0, 0], 0.25);
  await circle(page, [0, 0], 0.8);
  await until(page, (el) => el.run?.frames.newest?.channels.theorem.data[0] === 3);
  await says(page, /One set encloses the other: .* takes 3 neurons/);
  const { link, hash, witnessFound } = await inFigure(page, async (el) => (await el.step(100), { link: el.link, hash: await el.hash(), witnessFound: el.readouts.witnessFound }));
  assert.equal(witnessFound, 1);
  const again = await openTopology(`#${link}`);
  assert.equal(await inFigure(again, (el) => el.hash()), hash, 'a link brings the drawn curves along');
});

test('without a mouse: a pair to begin with, its points chosen and moved by keys', async () => {
  const page = await openTopology('#v=1&dataset=yours');
  await page.getByRole('button', { name: 'Side by side' }).press('Enter');
  await until(page, (el) => el.run?.frames.newest?.channels.theorem.data[0] === 1);
  const before = await channel(page, 'control');
  await page.getByRole('radio', { name: 'Move points' }).check();
  await page.locator('.t-plot').focus();
  for (const key of ['n', 'n', 'ArrowUp', 'ArrowUp', 'Shift+ArrowLeft']) await page.keyboard.press(key);
  await until(page, (el, was) => Array.from(el.run?.frames.newest?.channels.control.data ?? []).some((v, i) => v !== was[i]), before);
  const after = await channel(page, 'control');
  const changed = after.flatMap((v, i) => (v === before[i] ? [] : [i]));
  assert.deepEqual(changed, [4, 5], 'x and y of the second point, no other');
  assert.ok(after[5] > before[5] && after[4] < before[4]);
  await says(page, /Drag a point, or choose one with N and P/);
});

test('linked tori: three neurons must fail, the points turn by keys, and the last layer turns too', async () => {
  const page = await openTopology('#v=1&seed=2&dataset=tori&width=3');
  await inFigure(page, (el) => el.step(200));
  await says(page, /The rings are linked: .* takes 4 neurons.*At width 3 there is a wrong point/s);
  const picture = (/** @type {string} */ selector) =>
    inFigure(page, (el, s) => /** @type {HTMLCanvasElement} */ (el.shadowRoot?.querySelector(s)).toDataURL(), selector);
  for (const [focus, canvas] of [['.t-plot', '.t-plot canvas:nth-child(2)'], ['.t-hidden', '.t-hidden canvas']]) {
    const before = await picture(canvas);
    await page.locator(focus).focus();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await picture(canvas), before, `${focus} turns`);
  }
});

test('the essay’s section answers the guess, and its sentences operate the figure', async () => {
  const page = await openPage('index.html');
  const figure = page.locator('#fig-topology');
  const form = page.locator('form.ask[data-section="topology"]');
  await form.locator('input').focus();
  await page.keyboard.press('End');
  await form.getByRole('button').click();
  const reveal = page.locator('form.ask[data-section="topology"] ~ .reveal');
  await reveal.filter({ hasText: 'You said 100' }).waitFor({ timeout: 90_000 });
  const run = await figure.evaluate((/** @type {any} */ el) => ({ ...el.readouts }));
  assert.deepEqual([run.width, run.depth, run.witnessFound], [2, 4, 1]);
  await page.getByRole('button', { name: 'Load the hexagon' }).click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#fig-topology')).readouts.denseAccuracy === 1);
  assert.equal(await figure.evaluate((/** @type {any} */ el) => el.readouts.width), 3);
});

test('axe has nothing to say, in the dark, in the light, on a phone and in French', async () => {
  for (const { query, ...options } of [
    { query: '&theme=light', viewport: { width: 1280, height: 900 } },
    { query: '&theme=dark&lang=fr', viewport: { width: 390, height: 844 } },
  ]) {
    const page = await openTopology('#v=1&seed=4&width=3', { query, ...options });
    await inFigure(page, (el) => el.step(40));
    assert.deepEqual(await axeViolations(page), [], query);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${query}: ${wide} pixels too wide`);
    if (query.includes('fr')) await says(page, /Un ensemble enferme l’autre/);
  }
});
