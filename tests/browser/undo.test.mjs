// Ctrl+Z and Ctrl+Shift+Z: what a stage turns itself is taken back and done again like any setting; looking is not.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inFigure, openLab, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** @param {Page} page @param {string} knob @param {unknown} value */
const is = (page, knob, value) => until(page, (el, [id, v]) => String(el.run?.config[/** @type {string} */ (id)]) === String(v) && el.pending.size === 0, [knob, value]);
const back = (/** @type {Page} */ page) => page.keyboard.press('Control+z');
const again = (/** @type {Page} */ page) => page.keyboard.press('Control+Shift+z');

test('digits: digit, method, size and aim go back one by one, and come again', async () => {
  const page = await openLab('#v=1', {}, 'digits');
  await page.locator('.d-shelf input').nth(3).check();
  await is(page, 'item', 18); // the three
  const size = page.locator('#d-epsilon');
  const first = await inFigure(page, (el) => Number(el.run?.config.epsilon));
  await size.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await until(page, (el, v) => Math.abs(Number(el.run?.config.epsilon) - v - 0.01) < 1e-6, first);
  await page.locator('#d-method').selectOption('fgsm');
  await is(page, 'method', 'fgsm');
  await page.locator('.d-answers .d-bars button').nth(4).click();
  await is(page, 'target', '4');
  await size.focus();
  await back(page);
  await is(page, 'target', 'none');
  await back(page);
  await is(page, 'method', 'pgd');
  await back(page);
  await until(page, (el, v) => Math.abs(Number(el.run?.config.epsilon) - v) < 1e-6, first);
  await until(page, (el) => el.spoken.includes('taken back'));
  await back(page);
  await is(page, 'item', 11);
  for (let i = 0; i < 4; i++) await again(page);
  await is(page, 'target', '4');
  await is(page, 'item', 18);
  await page.keyboard.press('Control+y');
  await is(page, 'target', '4');
});

test('digits: a drawing is one thing to take back, though it is shown at once', async () => {
  const page = await openLab('#v=1', {}, 'digits');
  const pad = page.locator('.d-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + (3 * box.height) / 4, { steps: 5 });
  await page.mouse.up();
  await is(page, 'item', -1);
  const clear = page.getByRole('button', { name: 'Clear' });
  await clear.focus();
  await until(page, (el) => !el.renderRoot.querySelector('.d-draw .tools button:first-child')?.matches(':disabled'));
  await back(page);
  await until(page, (el) => el.renderRoot.querySelector('.d-draw .tools button:first-child')?.matches(':disabled') === true);
});

test('filters: another layer begins with its first unit, and goes back to the unit there was', async () => {
  const page = await openLab('#v=1&unit=5', {}, 'filters');
  const layer = await inFigure(page, (el) => String(el.run?.config.layer));
  const strip = page.locator('.a-strip input');
  await strip.focus();
  await page.keyboard.press('ArrowLeft');
  await until(page, (el, l) => el.run?.config.layer !== l && Number(el.run?.config.unit) === 0, layer);
  await back(page);
  await is(page, 'layer', layer);
  await is(page, 'unit', 5);
  await again(page);
  await is(page, 'unit', 0);
});

test('topology: exact weights are a setting like any other', async () => {
  const page = await openLab('#v=1', {}, 'topology');
  const exact = page.locator('.t-tools button').first();
  await exact.click();
  await is(page, 'weights', 'exact');
  await exact.focus();
  await back(page);
  await is(page, 'weights', 'random');
});

test('boundary: a point looked at after a stroke leaves the stroke the last thing done; settings and strokes go back in turn', async () => {
  const page = await openLab('#v=1&count=50');
  const count = (/** @type {number} */ n) => until(page, (el, n) => el.run?.frames.newest?.channels.points.dims[0] === n, n);
  await page.getByRole('slider', { name: 'Size of push' }).focus();
  await page.keyboard.press('PageUp');
  await is(page, 'epsilon', 0.2);
  await page.getByRole('radio', { name: 'Paint class two' }).check();
  const plot = page.locator('.b-plot');
  await plot.focus();
  await page.keyboard.press('Enter');
  await until(page, (el) => (el.run?.frames.newest?.channels.points.dims[0] ?? 0) > 50);
  const painted = await inFigure(page, (el) => el.run?.frames.newest?.channels.points.dims[0] ?? 0);
  await page.keyboard.press('n');
  await is(page, 'selected', 0);
  await back(page);
  await count(50);
  await is(page, 'selected', 0);
  await back(page);
  await is(page, 'epsilon', 0.1);
  await again(page);
  await is(page, 'epsilon', 0.2);
  await again(page);
  await count(painted);
});
