// The digits lab as its reader meets it: its files come or are told about, it learns, is pushed, reads what is drawn; the essay's section.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { axeViolations, launchChromium, serveSite, watchForTrouble } from '../../www/tools/browser.js';
import { openHost } from './host.mjs';
import { inFigure, openPage, siteUrl, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

const DATA = /\.bin-[\w-]+\.gz$/;
const LINK = 'lab.html?lab=digits';
/** Enough for nine digits of ten. */
const STEPS = 400;

/** @type {(() => Promise<unknown>)[]} */
const ends = [];
after(async () => {
  for (const end of ends.reverse()) await end();
});

/** @param {string} [hash] @param {Parameters<typeof openPage>[1] & { query?: string }} [options] */
async function openDigits(hash = '', { query = '', ...options } = {}) {
  const page = await openPage(`${LINK}${query}${hash}`, options);
  await inFigure(page, (el) => el.ready);
  return page;
}

/** @param {Page} page @param {string} name @param {number} [row] */
const rowOf = (page, name, row = 0) =>
  inFigure(page, async (el, [id, r]) => {
    const { dims, data } = await el.channel(String(id));
    const at = Number(r) < 0 ? dims[0] + Number(r) : Number(r);
    return Array.from(data.slice(at * dims[1], (at + 1) * dims[1]));
  }, [name, row]);

/** @param {number[]} shares */
const best = (shares) => shares.indexOf(Math.max(...shares));

/** Trains and measures to the end. @param {Page} page @param {number} [steps] */
const learn = (page, steps = STEPS) => inFigure(page, async (el, n) => (await el.step(n), { ...el.readouts }), steps);

/** Names of the data files that are asked for, from now on. @param {Page} page */
function watchData(page) {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => DATA.test(request.url()) && asked.push(request.url().replace(/.*\/|\.bin.*/g, '')));
  return asked;
}

test('a file that comes short is told with both its lengths, and trying again brings the figure', async () => {
  const page = await openPage('lab.html?lab=boundary');
  let cut = true;
  await page.route(DATA, async (route) => {
    if (!cut || !route.request().url().includes('digits-test')) return route.continue();
    const response = await route.fetch();
    const body = await response.body();
    return route.fulfill({ status: 200, contentType: 'application/octet-stream', body: body.subarray(0, body.length - 4321) });
  });
  await page.addInitScript(() => {
    document.addEventListener('error', (event) => event instanceof CustomEvent && ((/** @type {any} */ (window)).code = event.detail.code), true);
  });
  await page.goto(siteUrl() + LINK);
  const note = page.getByRole('alert');
  await note.filter({ hasText: /The data did not arrive whole/ }).waitFor();
  assert.match(await note.innerText(), /1,570,018 bytes were expected, 1,565,697 came/);
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).code), 'asset-truncated');
  cut = false;
  await note.getByRole('button', { name: 'Try again' }).click();
  await inFigure(page, (el) => el.step(0));
  assert.equal((await rowOf(page, 'shown')).length, 784);
});

test('without a connection it says so, and trying again works once there is one', async () => {
  const page = await openPage('lab.html?lab=boundary', { allow: [/Failed to load resource/] });
  await page.route(DATA, (route) => route.abort('internetdisconnected'));
  await page.goto(siteUrl() + LINK);
  const note = page.getByRole('alert');
  await note.filter({ hasText: /The data did not arrive\./ }).waitFor();
  await note.getByRole('button', { name: 'Try again' }).click();
  await note.filter({ hasText: /The data did not arrive\./ }).waitFor();
  await page.unroute(DATA);
  await note.getByRole('button', { name: 'Try again' }).click();
  await inFigure(page, (el) => el.ready);
});

test('on a slow way its bytes are counted; a figure that leaves calls them off', async () => {
  const page = await openPage('lab.html?lab=boundary');
  let go = () => {};
  const held = new Promise((then) => (go = () => then(undefined)));
  let failed = 0;
  page.on('requestfailed', (request) => DATA.test(request.url()) && failed++);
  await page.route(/digits-train\.bin/, async (route) => (await held, route.continue().catch(() => {})));
  await page.goto(siteUrl() + LINK);
  await page.getByText('Fetching 12,000 digits').waitFor();
  await page.getByText(/0\.5 of 2\.5 MB/).waitFor();
  await page.getByText('Kept for next time; works off line after.').waitFor();
  assert.ok((await page.getByRole('progressbar', { name: 'Fetching 12,000 digits' }).getAttribute('value')) !== null);
  await inFigure(page, (el) => el.remove());
  await page.waitForEvent('requestfailed', { predicate: (request) => DATA.test(request.url()) }).catch(() => {});
  go();
  assert.equal(failed, 1, 'what was still on its way');
});

test('a figure far away fetches nothing; two that are near fetch each file once', async () => {
  const page = await openPage('index.html');
  const asked = watchData(page);
  await page.locator('#fig-uncrumple').evaluate(async (/** @type {any} */ el) => el.ready);
  assert.deepEqual(asked, []);
  await page.evaluate(() => document.querySelector('#fig-digits')?.after(Object.assign(document.createElement('uncrumple-lab'), { lab: 'digits', id: 'fig-second' })));
  await page.locator('#fig-digits').scrollIntoViewIfNeeded();
  await page.evaluate(() => Promise.all(['#fig-digits', '#fig-second'].map((id) => /** @type {any} */ (document.querySelector(id)).ready)));
  assert.deepEqual([...new Set(asked)].sort(), ['clothes-test', 'digits-test', 'digits-train']);
  assert.equal(asked.length, 3, asked.join());
});

test('after one visit it is there without the network', async () => {
  const [site, browser] = await Promise.all([serveSite(), launchChromium()]);
  ends.push(() => browser.close());
  const context = await browser.newContext();
  let page = await context.newPage();
  await page.goto(site.url + LINK);
  const hash = await inFigure(page, async (el) => (await el.step(5), el.hash()));
  await page.waitForFunction(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().filter(({ url }) => url.endsWith('.gz')).length === 3;
  });
  await page.close();
  await site.close();
  await context.setOffline(true);
  page = await context.newPage();
  const trouble = watchForTrouble(page, site.url);
  await page.goto(site.url + LINK);
  assert.equal(await inFigure(page, async (el) => (await el.step(5), el.hash())), hash);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('on another site, in a frame without an origin and as an element, its files come from ours', async () => {
  const frame = await openHost('frame.html', { fill: { sandbox: 'sandbox="allow-scripts"', lab: 'digits' } });
  const inside = frame.frameLocator('iframe').locator('uncrumple-lab');
  const hash = await inside.evaluate(async (/** @type {any} */ el) => (await el.seek(3), el.hash())); // not `step`: it may have begun by itself
  const policy = "default-src 'none'; script-src {{site}} 'wasm-unsafe-eval'; worker-src blob:; connect-src {{site}}; font-src {{site}}; img-src data:";
  const host = await openHost('element.html', { policy, fill: { body: '<uncrumple-lab lab="digits"></uncrumple-lab>' } });
  assert.equal(await host.locator('uncrumple-lab').evaluate(async (/** @type {any} */ el) => (await el.seek(3), el.hash())), hash);
});

test('it learns in the open; a push turns the digit, chance of the same size does not, and 300 digits agree', async () => {
  const page = await openDigits('#v=1&item=11');
  const readouts = await learn(page);
  assert.ok(readouts.testAccuracy >= 0.9, `${readouts.testAccuracy}`);
  const [label] = await rowOf(page, 'label');
  const [before, after, chance] = [await rowOf(page, 'answers'), await rowOf(page, 'answers', -1), await rowOf(page, 'randomAnswers')];
  assert.deepEqual([best(before), best(chance)], [label, label]);
  assert.notEqual(best(after), label);
  assert.ok(readouts.linf <= 0.1 + 1 / 255, `${readouts.linf}`);
  assert.ok(readouts.robust < readouts.noise - 0.3, `${readouts.robust} under attack, ${readouts.noise} at random`);
  for (let i = 1; i < 12; i++) {
    const [size, attacked, noise, proved] = await rowOf(page, 'curve', i);
    assert.ok(attacked <= noise, `ε = ${size}: ${attacked} under attack, ${noise} at random`);
    assert.ok(proved <= attacked, `ε = ${size}: ${proved} proved, ${attacked} found`);
  }
  const said = await page.locator('.d-quad canvas').getAttribute('aria-label');
  assert.match(said ?? '', new RegExp(`A handwritten ${label}\\. Untouched, it is read as ${label}, .* Pushed, it is read as ${best(after)}`));
  await page.getByText('The same as a table').last().click();
  const rows = page.getByRole('row').filter({ hasText: /%/ });
  await rows.nth(11).waitFor();
  assert.equal(await rows.count(), 12);
});

test('digits are picked, pushes aimed, their steps gone through by keys alone', async () => {
  const page = await openDigits();
  await learn(page, 200);
  await page.getByRole('radio', { name: 'A 7', exact: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await until(page, (el) => el.value('item') === 11 && el.run?.frames.newest?.channels.label.data[0] === 6);
  await inFigure(page, (el) => el.set('epsilon', 0.3));
  await page.getByRole('button', { name: /Aim the push at 3/ }).press('Enter');
  await until(page, (el) => el.value('target') === '3' && Boolean(el.run?.settled));
  assert.equal(best(await rowOf(page, 'answers', -1)), 3, 'it reads what it was aimed at');
  const slider = page.getByRole('slider', { name: 'Step of the attack' });
  await slider.focus();
  await page.keyboard.press('Home');
  assert.equal(await slider.getAttribute('aria-valuetext'), 'step 0');
  await page.locator('p', { hasText: 'Answer at step 0' }).waitFor();
  await page.keyboard.press('End');
  await page.locator('p', { hasText: 'Answer at step 20' }).waitFor();
  await page.getByRole('button', { name: 'Put the original back' }).press('Enter');
  assert.equal(await page.getByRole('button', { name: 'Put the original back' }).getAttribute('aria-pressed'), 'true');
  await page.getByLabel('Attack', { exact: true }).selectOption('PGD, by length');
  await page.getByRole('slider', { name: 'Length of push' }).waitFor();
});

/** Draws with the mouse on the pad. @param {Page} page @param {number[][][]} strokes in sides of the pad */
async function draw(page, strokes) {
  const pad = page.locator('.d-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  assert.ok(box);
  for (const stroke of strokes) {
    const places = stroke.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height]);
    await page.mouse.move(places[0][0], places[0][1]);
    await page.mouse.down();
    for (const [x, y] of places.slice(1)) await page.mouse.move(x, y, { steps: 4 });
    await page.mouse.up();
  }
}

test('a digit drawn by hand is read, pushed, taken back, and kept in the link', async () => {
  const page = await openDigits();
  await learn(page);
  await draw(page, [[[0.5, 0.12], [0.5, 0.5], [0.5, 0.88]]]);
  const status = page.getByRole('status').filter({ hasText: 'sure' });
  await status.filter({ hasText: /^1, / }).waitFor();
  await until(page, (el) => el.value('item') === -1 && el.run?.frames.newest?.channels.label.data[0] === -1);
  await inFigure(page, (el) => el.step(0));
  assert.equal(best(await rowOf(page, 'answers')), 1);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('Nothing drawn yet').waitFor();
  await draw(page, [[[0.25, 0.15], [0.75, 0.15], [0.45, 0.9]]]);
  await status.filter({ hasText: /^7, / }).waitFor();
  const { link, hash } = await inFigure(page, async (el) => (await el.step(0), { hash: await el.hash(), link: el.link }));
  const again = await openDigits(`#${link}`);
  assert.equal(await inFigure(again, async (el) => (await el.step(0), el.hash())), hash);
});

test('a picture from a file is read as it lies, dark on light; what is no picture is told and changes nothing', async () => {
  const page = await openDigits();
  await learn(page);
  const png = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 300 });
    const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    g.fillStyle = '#eee';
    g.fillRect(0, 0, 300, 300);
    g.lineWidth = 28;
    g.strokeStyle = '#223';
    g.beginPath();
    g.moveTo(80, 60);
    g.lineTo(220, 60);
    g.lineTo(140, 250);
    g.stroke();
    return canvas.toDataURL('image/png').replace(/.*,/, '');
  });
  const choose = async (/** @type {{ name: string, mimeType: string, buffer: Buffer }} */ file) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a picture' }).click()]);
    await chooser.setFiles(file);
  };
  await choose({ name: 'seven.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
  const status = page.getByRole('status').filter({ hasText: /^7, / });
  await status.waitFor();
  await choose({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') });
  await page.getByRole('alert').filter({ hasText: 'This file could not be read as a picture' }).waitFor();
  assert.equal(await status.count(), 1);
});

test('off what it has seen it goes wrong and stays sure; the figure says so of clothes, too', async () => {
  const page = await openDigits();
  await learn(page);
  const rows = await inFigure(page, async (el) => Array.from((await el.channel('off')).data));
  const turned = Array.from({ length: rows.length / 4 }, (_, i) => rows.slice(4 * i, 4 * i + 4)).filter(([kind]) => kind === 1);
  assert.equal(turned.length, 6);
  assert.ok(turned[5][2] < turned[0][2] - 0.3 && turned[5][3] > turned[5][2], `right ${turned[5][2]}, sure ${turned[5][3]}`);
  await page.getByText(/Pictures of clothes are read as digits, \d+\u202f% sure on average\./).waitFor();
  await page.getByLabel('What is done to them').selectOption('Nothing at all');
  await until(page, (el) => el.value('off') === 'blank' && Boolean(el.run?.settled));
});

test('the essay’s section answers the guess, and its sentences operate the figure', async () => {
  const page = await openPage('index.html');
  const figure = page.locator('#fig-digits');
  const form = page.locator('form.ask[data-section="digits"]');
  await form.locator('input').focus();
  await page.keyboard.press('End');
  await form.getByRole('button').click();
  const reveal = page.locator('form.ask[data-section="digits"] ~ .reveal');
  await figure.scrollIntoViewIfNeeded(); // out of view it does not learn, and figures above may still be growing
  await reveal.filter({ hasText: 'You said 100' }).waitFor({ timeout: 90_000 });
  const run = await figure.evaluate((/** @type {any} */ el) => ({ ...el.readouts }));
  assert.ok(run.robust < 0.6 && run.noise > 0.85, `${run.robust}, ${run.noise}`);
  const row = page.getByRole('row').filter({ hasText: 'A push too small to mislead a reader' });
  await row.getByText(/^100/).waitFor();
  await page.getByRole('button', { name: 'Make it read an 8' }).click();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#fig-digits')).value('target') === '8');
});

test('axe has nothing to say, in the dark, in the light, on a phone and in French', async () => {
  for (const { query, ...options } of [
    { query: '&theme=light', viewport: { width: 1280, height: 900 } },
    { query: '&theme=dark&lang=fr', viewport: { width: 390, height: 844 } },
    { query: '&theme=light&lang=fr', viewport: { width: 320, height: 700 } },
  ]) {
    const page = await openDigits('', { query, ...options });
    await learn(page, 60);
    assert.deepEqual(await axeViolations(page), [], query);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${query}: ${wide} pixels too wide`);
    const text = await inFigure(page, (el) => /** @type {HTMLElement} */ (el.shadowRoot?.querySelector('.plate')).innerText);
    for (const raw of [/\bundefined\b/, /\bNaN\b/, /labs\.digits/, /\{\w+\}/, /\[object/]) assert.doesNotMatch(text, raw);
  }
});
