// Points of the visitor's own: painted by mouse and finger, taken away, taken back, kept over a reset, and carried as a file.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inFigure, openLab, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** Rows x, y, class, held out. @param {Page} page */
const points = (page) =>
  inFigure(page, async (el) => {
    const { data } = await el.channel('points');
    return Array.from({ length: data.length / 4 }, (_, i) => Array.from(data.subarray(4 * i, 4 * i + 4)));
  });

/** Where a place of the plane is on the page. @param {Page} page @param {number} x @param {number} y */
async function at(page, x, y) {
  const box = await page.locator('.b-plot').boundingBox();
  assert.ok(box);
  return { x: box.x + ((x + 1) / 2) * box.width, y: box.y + ((1 - y) / 2) * box.height };
}

/** A stroke with the mouse. @param {Page} page @param {[number, number]} from @param {[number, number]} to */
async function stroke(page, from, to) {
  await page.locator('.b-plot').scrollIntoViewIfNeeded();
  const [a, b] = [await at(page, ...from), await at(page, ...to)];
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move(b.x, b.y, { steps: 6 });
  await page.mouse.up();
}

/** @param {Page} page @param {string} name */
const tool = (page, name) => page.getByRole('radiogroup', { name: 'What a press on the plane does' }).getByRole('radio', { name }).check();

/** Waits until as many points are there as `count` says. @param {Page} page @param {number} count */
const settleAt = (page, count) => until(page, (el, n) => el.run?.frames.newest?.channels.points.dims[0] === n, count);

/** Waits until the number of points is another one, and nothing is under way. @param {Page} page @param {number} before */
async function changedFrom(page, before) {
  await until(page, (el, n) => el.run?.frames.newest?.channels.points.dims[0] !== n, before);
  await inFigure(page, (el) => el.step(0));
  return points(page);
}

test('a stroke of the mouse paints points of the chosen class where it went, and they are drawn and trained on', async () => {
  const page = await openLab('#v=1&dataset=yours');
  assert.equal((await points(page)).length, 0);
  await tool(page, 'Paint class two');
  await stroke(page, [-0.6, 0.5], [-0.2, 0.5]);
  const two = await changedFrom(page, 0);
  assert.ok(two.length >= 5, `${two.length} points`);
  for (const [x, y, cls] of two) {
    assert.equal(cls, 1);
    assert.ok(x > -0.8 && x < 0 && y > 0.3 && y < 0.7, `${x}, ${y}`);
  }
  await tool(page, 'Paint class one');
  await stroke(page, [0.3, -0.5], [0.7, -0.5]);
  const both = await changedFrom(page, two.length);
  assert.deepEqual(new Set(both.map(([, , cls]) => cls)), new Set([0, 1]));
  const accuracy = await inFigure(page, async (el) => (await el.step(150), el.readouts.trainAccuracy));
  assert.ok(accuracy > 0.95, `${accuracy}`);
});

test('a finger paints too, and does not scroll the page', async () => {
  const page = await openLab('#v=1&dataset=yours', { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  await tool(page, 'Paint class three');
  await page.locator('.b-plot').evaluate((plot) => plot.scrollIntoView({ block: 'center' }));
  const scrolled = await page.evaluate(() => scrollY);
  const client = await page.context().newCDPSession(page);
  const path = [[0, 0.5], [0.1, 0.3], [0.2, 0.1], [0.2, -0.2]];
  for (const [i, [x, y]] of path.entries()) {
    await client.send('Input.dispatchTouchEvent', { type: i === 0 ? 'touchStart' : 'touchMove', touchPoints: [await at(page, x, y)] });
  }
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const drawn = await changedFrom(page, 0);
  assert.ok(drawn.length >= 5 && drawn.every(([, , cls]) => cls === 2));
  assert.ok(Math.min(...drawn.map(([, y]) => y)) < 0 && Math.max(...drawn.map(([, y]) => y)) > 0.3, 'all along the stroke');
  assert.equal(await page.evaluate(() => scrollY), scrolled);
});

test('a hole takes training points away and leaves the ones held out', async () => {
  const page = await openLab('#v=1&dataset=circle&at=10');
  const before = await points(page);
  const inside = (/** @type {number[]} */ [x, y]) => Math.hypot(x, y) < 0.2;
  const held = (/** @type {number[][]} */ rows) => rows.filter((row) => row[3] === 1);
  assert.ok(before.filter((row) => inside(row) && row[3] === 0).length > 3);
  await tool(page, 'Hide a region from training');
  await page.getByLabel('Brush').fill('0.3');
  await stroke(page, [0, 0], [0.05, 0]);
  const after = await changedFrom(page, before.length);
  assert.equal(after.filter((row) => inside(row) && row[3] === 0).length, 0);
  assert.deepEqual(held(after), held(before));
});

test('erase takes all points away under it, clear takes all', async () => {
  const page = await openLab('#v=1&dataset=circle');
  const before = (await points(page)).length;
  await tool(page, 'Erase points');
  await stroke(page, [0, 0], [0.3, 0]);
  const after = await changedFrom(page, before);
  assert.ok(after.length < before && after.every(([x, y]) => Math.hypot(x, y) > 0.02));
  await page.getByRole('button', { name: 'Take all points away' }).click();
  await settleAt(page, 0);
  await page.locator('#stage').getByText('Paint some points').waitFor();
  await page.getByRole('button', { name: 'Undo the last stroke' }).click();
  await settleAt(page, after.length);
});

test('undo takes back a whole stroke, redo brings it again', async () => {
  const page = await openLab('#v=1&dataset=moons');
  const before = await points(page);
  await tool(page, 'Paint class two');
  await stroke(page, [-0.9, 0.9], [0.9, 0.9]);
  const painted = await changedFrom(page, before.length);
  await page.getByRole('button', { name: 'Undo the last stroke' }).click();
  await settleAt(page, before.length);
  assert.deepEqual(await points(page), before);
  await page.getByRole('button', { name: 'Redo the stroke' }).click();
  await settleAt(page, painted.length);
  assert.deepEqual(await points(page), painted);
  await page.locator('.b-plot').focus();
  await page.keyboard.press('Control+z');
  await settleAt(page, before.length);
});

test('going back to the start, by button, key, script or with a new seed, keeps the visitor’s own points', async () => {
  const page = await openLab('#v=1&dataset=yours');
  await tool(page, 'Paint class one');
  await stroke(page, [-0.6, 0.5], [-0.2, 0.5]);
  await inFigure(page, (el) => el.step(0));
  await tool(page, 'Paint class two');
  const one = (await points(page)).length;
  await stroke(page, [0.3, -0.5], [0.7, -0.5]);
  const mine = await changedFrom(page, one);
  const hash = await inFigure(page, async (el) => {
    await el.reset();
    await el.step(50);
    return el.hash();
  });
  const places = (/** @type {number[][]} */ rows) => rows.map(([x, y, cls]) => [x, y, cls].join()).sort();
  for (const press of [
    () => page.getByRole('button', { name: 'Back to the start, same seed' }).click(),
    () => page.keyboard.press('r'),
    () => inFigure(page, (el) => el.reset()),
  ]) {
    await inFigure(page, (el) => el.step(3));
    await press();
    await until(page, (el) => el.run?.step === 0);
    assert.deepEqual(places(await points(page)), places(mine));
    assert.equal(await inFigure(page, async (el) => (await el.step(50), el.hash())), hash, 'and the same seed gives the same run with them');
  }
  await page.getByRole('button', { name: 'New seed' }).click();
  await until(page, (el) => el.run?.step === 0);
  // Another seed sprinkles each stroke anew, where it was painted.
  const sprinkled = await points(page);
  for (const [x, y, cls] of sprinkled) {
    const [left, middle] = cls === 0 ? [-0.8, 0.5] : [0.1, -0.5];
    assert.ok(cls < 2 && x > left && x < left + 0.8 && Math.abs(y - middle) < 0.2, `class ${cls} at ${x}, ${y}`);
  }
  assert.ok(Math.abs(sprinkled.length - mine.length) < mine.length / 4, `${mine.length} points became ${sprinkled.length}`);
});

test('other knobs keep the visitor’s points too; another data set leaves them for when `yours` is chosen again', async () => {
  const page = await openLab('#v=1&dataset=yours');
  await tool(page, 'Paint class four');
  await stroke(page, [-0.6, 0.5], [-0.2, 0.5]);
  const mine = await changedFrom(page, 0);
  await inFigure(page, (el) => el.set('layers', '4'));
  assert.equal((await points(page)).length, mine.length);
  await inFigure(page, (el) => el.set('dataset', 'xor'));
  assert.equal((await points(page)).length, 400);
  await inFigure(page, (el) => el.set('dataset', 'yours'));
  assert.equal((await points(page)).length, mine.length);
});

test('saved points, opened again on another page, are the same points and give the same run', async () => {
  const page = await openLab('#v=1&dataset=pinwheel&count=120');
  await tool(page, 'Paint class two');
  await stroke(page, [-0.8, 0.8], [-0.5, 0.8]);
  const drawn = await changedFrom(page, 120);
  await page.getByText('Points of your own').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save these points' }).click()]);
  assert.match(file.suggestedFilename(), /^boundary-points-seed1-step0\.csv$/);
  const path = await file.path();

  const hashes = [];
  for (let i = 0; i < 2; i++) {
    const other = await openLab();
    await other.getByText('Points of your own').click();
    const [chooser] = await Promise.all([other.waitForEvent('filechooser'), other.getByRole('button', { name: 'Open a CSV' }).click()]);
    await chooser.setFiles(path);
    await settleAt(other, drawn.length);
    assert.deepEqual(await points(other), drawn);
    hashes.push(await inFigure(other, async (el) => (await el.step(40), el.hash())));
  }
  assert.equal(hashes[0], hashes[1]);
});
