// The plane carried through a network: the figure taken through its lesson by script, keyboard, pointer, link and prose.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { frames, inFigure, openPage, until } from './stand.mjs';

/** @param {string} [rest] @param {Parameters<typeof openPage>[1]} [options] */
async function openLayers(rest = '', options) {
  const page = await openPage(`lab.html?lab=layers${rest}`, options);
  await inFigure(page, (el) => el.ready);
  return page;
}

/** @typedef {import('./stand.mjs').Page} Page */
const slider = (/** @type {Page} */ page) => page.getByRole('slider', { name: 'Layers', exact: true });
const picture = (/** @type {Page} */ page) => page.locator('.l-plot canvas').first().evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());

test('space parts the disc from its ring: one flat cut goes from half right to all, layer by layer', async () => {
  const page = await openLayers();
  const { readouts, strip } = await inFigure(page, async (el) => {
    await el.step(1000);
    await el.step(0);
    return { readouts: el.readouts, strip: [...el.renderRoot.querySelectorAll('.l-share')].map((share) => share.textContent) };
  });
  assert.ok(readouts.rawProbe <= 0.65 && readouts.lastProbe >= 0.99, JSON.stringify(readouts));
  assert.deepEqual(Object.keys(readouts.probe), ['0', '1', '2']);
  assert.equal(readouts.probe['0'], readouts.rawProbe);
  assert.equal(readouts.probe['2'], readouts.lastProbe);
  assert.ok(readouts.maxStretch > 1 && readouts.minDeterminant >= 0 && readouts.roundTripError <= 1e-6);
  assert.equal(strip.length, 3);
  await until(page, (el) => el.renderRoot.querySelectorAll('.l-share')[2].textContent?.startsWith('100') === true);
});

test('the scrubber goes by keys, says where it is, and the link says so too', async () => {
  const page = await openLayers();
  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'after layer 2 of 2');
  const end = await picture(page);
  await slider(page).focus();
  await page.keyboard.press('Home');
  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'untouched');
  assert.notEqual(await picture(page), end, 'the picture is another');
  await page.keyboard.press('PageUp');
  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'after layer 1 of 2');
  await page.keyboard.press('ArrowRight');
  assert.match((await slider(page).getAttribute('aria-valuetext')) ?? '', /^layer 2 of 2: turn and stretch, 50/);
  await until(page, (el) => el.state.knobs.depth !== undefined);
  assert.match(await inFigure(page, (el) => el.link), /depth=1\.17/);
  await page.keyboard.press('End');
  await until(page, (el) => !el.link.includes('depth'));
  assert.equal(await picture(page), end, 'and back');
});

test('the button carries the plane through by itself, and ends after the last layer', async () => {
  const page = await openLayers('#depth=1.5');
  await page.getByRole('button', { name: 'Carry through' }).click();
  await page.getByRole('button', { name: 'Stop there' }).waitFor();
  await page.getByRole('button', { name: 'Carry through' }).waitFor();
  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'after layer 2 of 2');
});

test('under reduced motion the scrubber cuts from stop to stop', async () => {
  const page = await openLayers('#depth=0', { reducedMotion: 'reduce' });
  await slider(page).focus();
  await page.keyboard.press('ArrowRight');
  assert.match((await slider(page).getAttribute('aria-valuetext')) ?? '', /turn and stretch, 100|shift, 0/);
});

test('a view chosen in the past takes no future away', async () => {
  const page = await openLayers();
  const lasts = await inFigure(page, async (el) => {
    await el.step(50);
    await el.seek(20);
    await el.set('depth', 1);
    await el.set('x', 0.5);
    return [el.run?.last, el.run?.step];
  });
  assert.deepEqual(lasts, [50, 20]);
});

test('a point is picked up with the pointer, follows the drag, is listed layer by layer, and is let go', async () => {
  const page = await openLayers('#layers=2,2&depth=0');
  const box = await page.locator('.l-plot').boundingBox();
  assert.ok(box);
  const { x: left, y: top, width, height } = box;
  // Half the picture is 1.8 units: the plane's own (0.5, 0.5) is this far right and up of the middle.
  const at = (/** @type {number} */ x, /** @type {number} */ y) => /** @type {[number, number]} */ ([left + (width / 2) * (1 + x / 1.8), top + (height / 2) * (1 - y / 1.8)]);
  await page.mouse.move(...at(0.5, 0.5));
  await page.mouse.down();
  await until(page, (el) => el.value('follow') === true && Math.abs(Number(el.value('x')) - 0.5) < 0.02 && Math.abs(Number(el.value('y')) - 0.5) < 0.02);
  await page.mouse.move(...at(-0.4, 0.2), { steps: 4 });
  await page.mouse.up();
  await until(page, (el) => Math.abs(Number(el.value('x')) + 0.4) < 0.02 && Math.abs(Number(el.value('y')) - 0.2) < 0.02);
  await until(page, (el) => el.renderRoot.querySelectorAll('.l-followed li').length === 3);
  const { dims } = await inFigure(page, (el) => el.channel('followed'));
  assert.deepEqual(dims, [1, 2 + 2 * (2 + 2)]);
  await page.getByRole('button', { name: 'let go' }).click();
  await until(page, (el) => el.value('follow') === false && !el.renderRoot.querySelector('.l-followed'));
});

test('keys alone follow a point in the plane, and turn the view in space', async () => {
  const page = await openLayers('#layers=2,2&depth=0');
  await page.locator('.l-plot').focus();
  await page.keyboard.press('n');
  await until(page, (el) => el.value('follow') === true);
  const first = await inFigure(page, async (el) => [...(await el.channel('points')).data.slice(0, 2)]);
  const place = await inFigure(page, (el) => [Number(el.value('x')), Number(el.value('y'))]);
  assert.ok(first.every((v, i) => Math.abs(v - place[i]) < 1e-3), `${first} ${place}`);
  await page.keyboard.press('ArrowRight');
  await until(page, (el, x) => Math.abs(Number(el.value('x')) - x - 0.02) < 1e-3, place[0]);
  await page.keyboard.press('Escape');
  await until(page, (el) => el.value('follow') === false);

  const space = await openLayers();
  const before = await picture(space);
  await space.locator('.l-plot').focus();
  await space.keyboard.press('ArrowRight');
  assert.notEqual(await picture(space), before, 'arrow keys turn it');
  const turned = await picture(space);
  const box = await space.locator('.l-plot').boundingBox();
  assert.ok(box);
  await space.mouse.move(box.x + 40, box.y + 40);
  await space.mouse.down();
  await space.mouse.move(box.x + 90, box.y + 60, { steps: 3 });
  await space.mouse.up();
  assert.notEqual(await picture(space), turned, 'a drag turns it too');
  assert.equal(await inFigure(space, (el) => el.value('follow')), false, 'and picks nothing up');
});

test('a link brings back the network, the place on the way and the followed point', async () => {
  const page = await openLayers('#v=1&seed=3&at=40&layers=2,2,2&depth=1.5&follow=1&x=0.25&y=-0.5');
  await until(page, (el) => el.run?.step === 40 && el.run.settled);
  assert.match((await slider(page).getAttribute('aria-valuetext')) ?? '', /^layer 2 of 3: shift, 50/);
  await until(page, (el) => el.renderRoot.querySelectorAll('.l-followed li').length === 4);
  const [here, there] = [await inFigure(page, (el) => el.hash()), await inFigure(page, (el) => el.link)];
  const again = await openLayers(`#${there}`);
  await until(again, (el) => el.run?.step === 40);
  assert.equal(await inFigure(again, (el) => el.hash()), here);
});

test('points of a file are carried through too, and a link and a saved network bring them and it back', async () => {
  const page = await openLayers('#v=1&dataset=yours&layers=2,2');
  await page.getByText('No points yet. Drag on the plane to paint points of class one').waitFor();
  const rows = Array.from({ length: 40 }, (_, i) => [Math.cos(i) * (i % 2 ? 0.3 : 0.9), Math.sin(i) * (i % 2 ? 0.3 : 0.9), i % 2].join(','));
  const { count, file, hash, link } = await inFigure(page, async (el, text) => {
    await el.load('points.csv', new TextEncoder().encode(text));
    await el.step(60);
    const file = Array.from(new Uint8Array(await (await el.export('network.safetensors')).arrayBuffer()));
    return { count: (await el.channel('points')).dims[0], file, hash: await el.hash(), link: el.link };
  }, rows.join('\n'));
  assert.equal(count, 40);
  const again = await openLayers(`#${link}`);
  await until(again, (el) => el.run?.step === 60);
  assert.equal(await inFigure(again, (el) => el.hash()), hash);
  const opened = await inFigure(again, async (el, bytes) => {
    await el.set('layers', '5');
    await el.load('network.safetensors', new Uint8Array(bytes));
    await el.step(0);
    return [el.value('layers'), (await el.channel('shape')).data.join()];
  }, file);
  assert.deepEqual(opened, ['2,2', '2,2,2,2']);
});

/** Where a place of the plane is on the page while it is painted on. @param {Page} page @param {number} x @param {number} y */
async function painted(page, x, y) {
  await page.locator('.l-plot').scrollIntoViewIfNeeded();
  const box = await page.locator('.l-plot').boundingBox();
  assert.ok(box);
  return { x: box.x + (box.width / 2) * (1 + x / 1.06), y: box.y + (box.height / 2) * (1 - y / 1.06) };
}

/** @param {Page} page @param {[number, number]} from @param {[number, number]} to */
async function stroke(page, from, to) {
  const [a, b] = [await painted(page, ...from), await painted(page, ...to)];
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move(b.x, b.y, { steps: 6 });
  await page.mouse.up();
}

/** Rows x, y, class, held out. @param {Page} page */
const points = (page) =>
  inFigure(page, async (el) => {
    const { data } = await el.channel('points');
    return Array.from({ length: data.length / 4 }, (_, i) => Array.from(data.subarray(4 * i, 4 * i + 4)));
  });
const tool = (/** @type {Page} */ page, /** @type {string} */ name) => page.getByRole('radio', { name }).check();
const count = (/** @type {Page} */ page, /** @type {number} */ n) => until(page, (el, n) => el.run?.frames.newest?.channels.points.dims[0] === n, n);
const changed = (/** @type {Page} */ page, /** @type {number} */ n) => until(page, (el, n) => el.run?.frames.newest?.channels.points.dims[0] !== n, n);

test('points are painted on the untouched plane, trained on, carried; strokes are taken back, done again, erased', async () => {
  const page = await openLayers('#v=1&dataset=yours');
  await stroke(page, [-0.6, 0.5], [-0.2, 0.5]);
  await changed(page, 0);
  await page.getByText('Now some points of another class.').waitFor();
  const one = await points(page);
  assert.ok(one.length >= 5 && one.every(([x, y, cls]) => cls === 0 && x > -0.8 && x < 0 && y > 0.3 && y < 0.7), JSON.stringify(one));
  await tool(page, 'Paint class two');
  await stroke(page, [0.3, -0.5], [0.7, -0.5]);
  await changed(page, one.length);
  const both = await points(page);
  assert.deepEqual(new Set(both.map(([, , cls]) => cls)), new Set([0, 1]));
  const share = await inFigure(page, async (el) => (await el.step(150), el.readouts.testAccuracy));
  assert.ok(share > 0.95, `${share}`);

  await page.getByRole('button', { name: 'Undo the last stroke' }).click();
  await count(page, one.length);
  await page.getByRole('button', { name: 'Redo the stroke' }).click();
  await count(page, both.length);
  await page.locator('.l-plot').focus();
  await page.keyboard.press('Control+z');
  await count(page, one.length);
  await tool(page, 'Erase points');
  await page.getByLabel('Brush').fill('0.4');
  await stroke(page, [-0.6, 0.5], [-0.2, 0.5]);
  await count(page, 0);

  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'untouched');
  await page.locator('.l-strip button').last().click();
  assert.ok(await page.getByRole('radio', { name: 'Look' }).isChecked(), 'whoever carries the plane on has put the brush down');
});

test('keys paint too: a tool, a crosshair, Enter, Escape', async () => {
  const page = await openLayers('#v=1&count=50');
  await inFigure(page, (el) => el.step(0));
  await page.getByRole('radio', { name: 'Look' }).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  assert.ok(await page.getByRole('radio', { name: 'Paint class three' }).isChecked());
  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'untouched', 'one paints on the plane as it is');
  await page.locator('.l-plot').focus();
  for (let i = 0; i < 9; i++) await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await until(page, (el) => el.spoken.startsWith('At −0.02, 0.90'));
  await page.keyboard.press('Enter');
  await changed(page, 50);
  const fresh = (await points(page)).slice(50);
  for (const [x, y, cls] of fresh) assert.ok(Math.hypot(x + 0.02, y - 0.9) <= 0.11 && cls === 2, `${x}, ${y}, ${cls}`);
  await page.keyboard.press('Escape');
  assert.ok(await page.getByRole('radio', { name: 'Look' }).isChecked());
});

test('a finger paints, and the page stands still', async () => {
  const page = await openLayers('#v=1&dataset=yours', { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  await tool(page, 'Paint class two');
  await page.locator('.l-plot').evaluate((plot) => plot.scrollIntoView({ block: 'center' }));
  const scrolled = await page.evaluate(() => scrollY);
  const client = await page.context().newCDPSession(page);
  const path = [[0, 0.5], [0.1, 0.3], [0.2, 0.1], [0.2, -0.2]];
  for (const [i, [x, y]] of path.entries()) {
    await client.send('Input.dispatchTouchEvent', { type: i === 0 ? 'touchStart' : 'touchMove', touchPoints: [await painted(page, x, y)] });
  }
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await changed(page, 0);
  await inFigure(page, (el) => el.step(0));
  const drawn = await points(page);
  assert.ok(drawn.length >= 5 && drawn.every(([, , cls]) => cls === 1));
  assert.ok(Math.min(...drawn.map(([, y]) => y)) < 0 && Math.max(...drawn.map(([, y]) => y)) > 0.3, 'all along the stroke');
  assert.equal(await page.evaluate(() => scrollY), scrolled);
});

test('a wide layer is called a projection, and can be seen along chosen neurons or on a tour', async () => {
  const page = await openLayers('#layers=8,3&depth=1');
  await page.getByText(/^Projection: 8 coordinates along their three widest directions/).waitFor();
  const widest = await picture(page);
  await page.getByRole('radio', { name: 'Chosen neurons' }).check({ force: true });
  await page.getByText('Projection: 8 coordinates, of which neurons 1, 2, 3 are drawn.').waitFor();
  assert.notEqual(await picture(page), widest);
  await page.getByLabel('Neuron drawn to the right').selectOption({ value: '5' });
  await page.getByText('neurons 6, 2, 3 are drawn').waitFor();
  await page.getByRole('radio', { name: 'Tour' }).check({ force: true });
  await page.getByText('Projection: 8 coordinates, on a tour of all directions. Drag to go on.').waitFor();
  const begun = await picture(page);
  await page.locator('.l-plot').focus();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await picture(page), begun, 'the tour goes on');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await until(page, (el) => el.renderRoot.querySelector('.l-note')?.textContent === '');
});

test('a guess is answered by the reader’s own run, and the sentences operate the figure', async () => {
  const page = await openPage('index.html#layers');
  const figure = page.locator('#fig-layers');
  await figure.scrollIntoViewIfNeeded();
  await figure.evaluate((el) => /** @type {any} */ (el).ready);
  const form = page.locator('form[data-section="layers"]');
  await form.getByRole('slider').fill('70');
  await form.getByRole('button').click();
  const reveal = page.locator('form[data-section="layers"] + .reveal');
  await reveal.getByText(/^You said 70.* your run says \d+/).waitFor({ timeout: 90_000 });
  const { layers, lastProbe } = await figure.evaluate((el) => ({ layers: /** @type {any} */ (el).value('layers'), lastProbe: /** @type {any} */ (el).readouts.lastProbe }));
  assert.equal(layers, '2,2,2');
  assert.match((await reveal.textContent()) ?? '', new RegExp(`says ${Math.round(100 * lastProbe)}\\s%`));

  await page.getByRole('button', { name: 'Let it into space' }).click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#fig-layers')).readouts.lastProbe >= 0.99);
  await page.getByRole('button', { name: 'Go back to the untouched plane' }).click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#fig-layers')).value('depth') === 0);
  await page.getByRole('button', { name: 'Take the bends out' }).click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#fig-layers')).value('activation') === 'linear');
  await page.getByRole('button', { name: 'Try the spiral with eight neurons' }).click();
  await page.waitForFunction(() => {
    const el = /** @type {any} */ (document.querySelector('#fig-layers'));
    return el.value('dataset') === 'spiral' && el.value('layers') === '8,8' && el.value('activation') === 'tanh';
  });
});

test('axe finds nothing wrong with the lab, light and dark, wide and narrow, in English and French, nor is it wider than 320 px', async () => {
  for (const [colorScheme, lang, width] of /** @type {['light' | 'dark', string, number][]} */ ([['light', 'en', 1280], ['dark', 'fr', 390]])) {
    const page = await openLayers(`&lang=${lang}#layers=8,2&depth=1&follow=1`, { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    await inFigure(page, async (el) => {
      await el.step(30);
      for (const details of el.renderRoot.querySelectorAll('details')) details.open = !details.matches('.menu');
      await el.updateComplete;
    });
    await frames(page, 3);
    assert.deepEqual(await axeViolations(page), [], `${colorScheme}, ${lang}, ${width}`);
    const words = await inFigure(page, (el) => el.renderRoot.textContent ?? '');
    assert.doesNotMatch(words, /labs\.layers\.|\{\w+\}/, 'every word is there');
    await page.setViewportSize({ width: 320, height: 800 });
    await frames(page, 3);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), `nothing is cut off at 320 px in ${lang}`);
    await page.close();
  }
});
