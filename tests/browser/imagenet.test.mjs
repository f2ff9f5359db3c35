// The imagenet lab as its reader meets it: it waits to be asked, a photo is pushed into another class, the controls beside, the game, errors.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { axeViolations, launchChromium, serveSite, watchForTrouble } from '../../www/tools/browser.js';
import { frames, inFigure, openPage, siteUrl, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

const DATA = /\.bin-[\w-]+\.gz$/;
const LINK = 'lab.html?lab=imagenet';
/** Enough for the panda to be a gibbon. */
const STEPS = 12;

/** @type {(() => Promise<unknown>)[]} */
const ends = [];
after(async () => {
  for (const end of ends.reverse()) await end();
});

/** @param {string} [hash] @param {Parameters<typeof openPage>[1] & { query?: string }} [options] */
async function openPhotos(hash = '', { query = '', ...options } = {}) {
  const page = await openPage(`${LINK}${query}${hash}`, options);
  await inFigure(page, (el) => el.ready);
  return page;
}

/** Names of the data files that are asked for, from now on. @param {Page} page */
function watchData(page) {
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => DATA.test(request.url()) && asked.push(request.url().replace(/.*\/|\.bin.*/g, '')));
  return asked;
}

/** Attacks and measures to the end. @param {Page} page @param {number} [steps] */
const attack = (page, steps = STEPS) => inFigure(page, async (el, n) => (await el.step(n), { ...el.readouts }), steps);

/** What stands on the stage. @param {Page} page */
const shown = (page) => inFigure(page, (el) => /** @type {HTMLElement} */ (el.shadowRoot?.querySelector('.plate')).innerText);

test('on the essay it fetches nothing heavy before it is asked, says how much that is, and comes when asked', async () => {
  const page = await openPage('index.html');
  const asked = watchData(page);
  const figure = page.locator('#fig-imagenet');
  await figure.scrollIntoViewIfNeeded();
  const load = figure.getByRole('button', { name: /Load the network, 4\.5 MB/ });
  await load.waitFor();
  await frames(page, 10);
  assert.deepEqual(asked.filter((name) => !name.startsWith('digits') && name !== 'clothes-test'), []);
  await load.press('Enter');
  await figure.evaluate((/** @type {any} */ el) => el.ready);
  assert.deepEqual(asked.filter((name) => ['lite0', 'panda'].includes(name)).sort(), ['lite0', 'panda'], 'no photo but the one that is shown');
  await figure.getByRole('img', { name: /The photo as it is\. Read as giant panda, 97/ }).waitFor();
});

test('on its way to a step of its link the pictures are seen, and nothing that was waited for stands over them', async () => {
  const page = await openPage('lab.html?lab=boundary');
  await page.route(/lite0\.bin/, async (route) => {
    await frames(page, 40); // longer than a bar waits
    await route.continue();
  });
  await page.goto(`${siteUrl()}${LINK}#v=1&at=30`);
  await page.getByText('Fetching the network').waitFor();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('uncrumple-lab')).run?.step > 2);
  assert.deepEqual(await inFigure(page, (el) => [el.covered?.kind, Number(el.run?.step) < 30]), [undefined, true]);
});

test('a link that comes while it waits to be asked is what it begins with', async () => {
  const page = await openPage('index.html');
  const figure = page.locator('#fig-imagenet');
  await figure.scrollIntoViewIfNeeded();
  const load = figure.getByRole('button', { name: /Load the network/ });
  await load.waitFor();
  await figure.evaluate((/** @type {any} */ el) => (el.link = 'v=1&photo=gibbon&epsilon=2'));
  await load.press('Enter');
  const values = await figure.evaluate(async (/** @type {any} */ el) => (await el.ready, [el.value('photo'), el.value('epsilon'), el.run.step]));
  assert.deepEqual(values, ['gibbon', 2, 0]);
});

test('the essay’s section answers the guess, and its sentences operate the figure', async () => {
  const page = await openPage('index.html');
  const form = page.locator('form.ask[data-section="imagenet"]');
  await form.locator('input').focus();
  await page.keyboard.press('Home');
  await form.getByRole('button').click();
  await page.locator('#fig-imagenet').scrollIntoViewIfNeeded();
  const reveal = page.locator('form.ask[data-section="imagenet"] ~ .reveal');
  await reveal.filter({ hasText: 'You said 0' }).waitFor({ timeout: 90_000 });
  const [, claim, control] = (await reveal.innerText()).match(/made it ([\d.]+)\s%\ssure of a gibbon\. .* ([\d.]+)\s%\ssure of the panda/) ?? [];
  assert.ok(Number(claim) >= 90 && Number(control) >= 90, await reveal.innerText());
  await page.getByRole('button', { name: 'Show it a giraffe' }).click();
  await page.waitForFunction(() => {
    const el = /** @type {any} */ (document.querySelector('#fig-imagenet'));
    return el.value('photo') === 'giraffe' && el.value('target') === 'none' && el.run.step === 0;
  });
});

test('a push of one shade makes the panda a gibbon, chance of the same size does not, and every picture says so in words', async () => {
  const page = await openPhotos();
  const readouts = await attack(page, 30);
  assert.equal(readouts.top1, 'gibbon');
  assert.ok(readouts.targetConfidence >= 0.95 && readouts.noiseConfidence >= 0.95, JSON.stringify(readouts));
  assert.ok(readouts.linf <= 1, `${readouts.linf}`);
  for (const name of [/^The photo as it is\. Read as giant panda, 97/, /^What is added, shown 127 times larger.*largest 1 of 255/, /rounded to whole bytes, after step 30\. Read as gibbon, 9/, /^Over 30 steps, giant panda goes from 97/]) {
    await page.getByRole('img', { name }).waitFor();
  }
  const text = await shown(page);
  assert.match(text, /Still read as giant panda\./);
  assert.match(text, /Saving undoes it|The push survives|Neither: read as/);
  await page.getByText('The same as a table').last().click();
  const rows = page.getByRole('row').filter({ hasText: /%/ });
  await rows.nth(30).waitFor();
  assert.equal(await rows.count(), 31);
  assert.match(await rows.last().innerText(), /^30\s.*gibbon\s+9\d/s);
});

test('any of 1,000 classes is found by typing, with the keys of a combobox, and the run goes on towards it', async () => {
  const page = await openPhotos();
  const box = page.getByRole('combobox', { name: 'Led to' });
  assert.equal(await box.inputValue(), 'gibbon');
  await box.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('bus');
  const options = page.getByRole('listbox').getByRole('option');
  assert.deepEqual([await box.getAttribute('aria-expanded'), await options.first().innerText()], ['true', 'bustard']);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('SCHOOL b');
  assert.deepEqual(await options.allInnerTexts(), ['school bus']);
  assert.equal(await box.getAttribute('aria-activedescendant'), await options.first().getAttribute('id'));
  await page.keyboard.press('Enter');
  await until(page, (el) => el.value('target') === 'school bus' && !el.pending.size);
  assert.deepEqual([await box.inputValue(), await box.getAttribute('aria-expanded')], ['school bus', 'false']);
  await box.press('ArrowDown');
  assert.equal(await options.first().innerText(), 'anything else');
  await page.keyboard.type('zzz');
  await page.getByText('No name has this in it.').waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual([await box.inputValue(), await inFigure(page, (el) => el.value('target'))], ['school bus', 'school bus']);
  const { targetConfidence } = await attack(page, 20);
  assert.ok(targetConfidence > 0.5, `${targetConfidence}`);
  await inFigure(page, (el) => el.set('target', 'unicorn').catch((error) => error.code)).then((code) => assert.equal(code, 'choice'));
});

test('photos, bars, edge and game are worked by keys alone', async () => {
  const page = await openPhotos();
  await page.getByText('First take a few steps').waitFor();
  await page.getByRole('radio', { name: 'Panda', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await until(page, (el) => el.value('photo') === 'gibbon' && el.run?.step === 0 && el.run.settled);
  await page.getByRole('img', { name: /The photo as it is\. Read as gibbon, 9/ }).waitFor();
  await page.getByRole('radio', { name: 'Gibbon', exact: true }).press('ArrowLeft');
  await until(page, (el) => el.value('photo') === 'panda' && Boolean(el.run?.settled));
  const bar = page.getByRole('button', { name: /Lead the push there/ }).nth(1);
  const name = (await bar.innerText()).split('\n')[0].trim();
  await bar.press('Enter');
  await until(page, (el, to) => el.value('target') === to, name);
  await attack(page, 4);
  const edge = page.getByRole('slider', { name: 'Edge between original and attacked' });
  await edge.focus();
  for (const [key, value] of [['ArrowLeft', /49/], ['Home', /up to 0/], ['End', /100/]]) {
    await page.keyboard.press(String(key));
    assert.match((await edge.getAttribute('aria-valuetext')) ?? '', /** @type {RegExp} */ (value));
  }
  const choice = page.getByRole('button', { name: 'Left', exact: true });
  await choice.press('Enter');
  const told = page.getByRole('status').filter({ hasText: / of 1 so far/ });
  const first = await told.innerText();
  assert.match(first, /^(That is the original\. 1|That is the attacked one\. 0) of 1 so far/);
  await page.keyboard.press('Enter'); // the focus went to the button for another round
  await page.getByRole('button', { name: 'Right', exact: true }).press('Enter');
  await page.getByRole('status').filter({ hasText: / of 2 so far/ }).waitFor();
});

/** A photo as a telephone writes it: lying on its side, with a note of how it was held. Red above, blue below, as it should be seen. @param {Page} page */
async function turnedPhoto(page) {
  const jpeg = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(300, 400);
    const g = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    // Orientation 8: what is stored is to be turned a quarter counter-clockwise, so that its right is seen above.
    for (const [colour, x] of [['#00f', 0], ['#f00', 150]]) {
      g.fillStyle = String(colour);
      g.fillRect(Number(x), 0, 150, 400);
    }
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer())];
  });
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0];
  const exif = [...Buffer.from('Exif\0\0'), ...tiff];
  return Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.slice(2)]);
}

/** @param {Page} page @param {{ name: string, mimeType: string, buffer: Buffer }} file */
async function choose(page, file) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a photo' }).click()]);
  await chooser.setFiles(file);
}

test('a photo of one’s own is read as it was held, stays here, and can be attacked', async () => {
  const page = await openPhotos();
  await choose(page, { name: 'own.jpg', mimeType: 'image/jpeg', buffer: await turnedPhoto(page) });
  await until(page, (el) => el.value('photo') === 'yours' && Boolean(el.run?.settled));
  const corners = await inFigure(page, async (el) => {
    const { dims, data } = await el.channel('original');
    const at = (/** @type {number} */ row, /** @type {number} */ column) => Array.from(data.slice(row * dims[1] + 3 * column, row * dims[1] + 3 * column + 3));
    return [at(112, 10), at(112, 213), at(10, 112), at(213, 112)];
  });
  const [left, right, above, below] = corners;
  assert.ok(above[0] > 200 && above[2] < 60 && below[2] > 200 && below[0] < 60, JSON.stringify(corners));
  assert.ok(Math.abs(left[0] - right[0]) < 12, JSON.stringify(corners));
  await attack(page, 2);
  await page.getByRole('radio', { name: 'Yours' }).waitFor();
  await page.getByRole('radio', { name: 'Koala' }).check();
  await until(page, (el) => el.value('photo') === 'koala' && Boolean(el.run?.settled));
  await page.getByRole('radio', { name: 'Yours' }).check();
  await until(page, (el) => el.value('photo') === 'yours' && Boolean(el.run?.settled));
});

test('what is no photo, is damaged or far too large is told, and the figure stays as it was', async () => {
  const page = await openPhotos();
  const png = (/** @type {number} */ width, /** @type {number} */ height) => {
    const head = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008020000000000000049454e44', 'hex');
    head.writeUInt32BE(width, 16);
    head.writeUInt32BE(height, 20);
    return head;
  };
  const hash = await inFigure(page, (el) => el.hash());
  for (const [file, told] of /** @type {[{ name: string, mimeType: string, buffer: Buffer }, RegExp][]} */ ([
    [{ name: 'huge.png', mimeType: 'image/png', buffer: png(20_000, 12_500) }, /This photo has 250 million pixels; 100 million is the most/],
    [{ name: 'cut.png', mimeType: 'image/png', buffer: png(20, 20) }, /could not be read as a photo/],
    [{ name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') }, /could not be read as a photo/],
    [{ name: 'none.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) }, /could not be read as a photo/],
  ])) {
    await choose(page, file);
    await page.getByRole('alert').filter({ hasText: told }).waitFor();
  }
  assert.deepEqual([await inFigure(page, (el) => el.value('photo')), await inFigure(page, (el) => el.hash())], ['panda', hash]);
});

test('a photo is dropped on the figure, or pasted', async () => {
  const page = await openPhotos();
  const give = (/** @type {'drop' | 'paste'} */ how) => inFigure(page, async (el, type) => {
    const canvas = new OffscreenCanvas(60, 40);
    const g = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    g.fillStyle = type === 'drop' ? '#0f0' : '#fff';
    g.fillRect(0, 0, 60, 40);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], 'green.png', { type: 'image/png' }));
    const stage = /** @type {HTMLElement} */ (el.shadowRoot?.getElementById('stage'));
    const event = type === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, composed: true, cancelable: true }) : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true });
    stage.dispatchEvent(event);
    return event.defaultPrevented;
  }, how);
  const colour = () => inFigure(page, async (el) => Array.from((await el.channel('original')).data.slice(0, 3)));
  assert.equal(await give('drop'), true);
  await until(page, (el) => el.value('photo') === 'yours' && Boolean(el.run?.settled));
  assert.deepEqual(await colour(), [0, 255, 0]);
  assert.equal(await give('paste'), true);
  await until(page, (el) => el.run?.frames.newest?.channels.original.data[0] === 255);
  assert.deepEqual(await colour(), [255, 255, 255]);
});

test('weights that come short or altered are told, and trying again brings them; a photo that does not come leaves the figure as it is', async () => {
  const page = await openPage('lab.html?lab=boundary', { allow: [/Failed to load resource/] });
  let harm = 'cut';
  await page.route(/lite0\.bin/, async (route) => {
    if (harm === '') return route.continue();
    const body = await (await route.fetch()).body();
    if (harm === 'bend') body[1_000_000] ^= 1;
    return route.fulfill({ status: 200, contentType: 'application/octet-stream', body: harm === 'cut' ? body.subarray(0, 3_000_000) : body });
  });
  await page.goto(siteUrl() + LINK);
  const note = page.getByRole('alert');
  await note.filter({ hasText: /The data did not arrive whole/ }).waitFor();
  assert.match(await note.innerText(), /4,786,036 bytes were expected, 3,000,000 came/);
  harm = 'bend';
  await note.getByRole('button', { name: 'Try again' }).click();
  await note.filter({ hasText: /not what this page was made with/ }).waitFor();
  harm = '';
  await note.getByRole('button', { name: 'Try again' }).click();
  await inFigure(page, (el) => el.step(2));
  await page.route(/koala\.bin/, (route) => route.abort('internetdisconnected'));
  await page.getByRole('radio', { name: 'Koala' }).click();
  await page.getByRole('alert').filter({ hasText: /The data did not arrive/ }).waitFor();
  assert.deepEqual(await inFigure(page, (el) => [el.value('photo'), el.run?.step]), ['panda', 2]);
  assert.equal(await page.getByRole('radio', { name: 'Panda', exact: true }).isChecked(), true);
  await page.unroute(/koala\.bin/);
  await page.getByRole('radio', { name: 'Koala' }).check();
  await until(page, (el) => el.value('photo') === 'koala' && el.run?.step === 0);
});

test('after one visit it is there without the network, and needs no asking', async () => {
  const [site, browser] = await Promise.all([serveSite(), launchChromium()]);
  ends.push(() => browser.close());
  const context = await browser.newContext();
  let page = await context.newPage();
  await page.goto(site.url + LINK);
  const hash = await inFigure(page, async (el) => (await el.step(2), el.hash()));
  await page.waitForFunction(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return ['lite0.bin', 'panda.bin', 'labels', 'crab', 'embed.html'].every((name) => kept.flat().some(({ url }) => url.includes(name)));
  });
  await page.close();
  await site.close();
  await context.setOffline(true);
  page = await context.newPage();
  const trouble = watchForTrouble(page, site.url);
  await page.goto(`${site.url}embed.html?lab=imagenet`);
  await page.getByRole('img', { name: /The photo as it is\. Read as giant panda/ }).waitFor();
  assert.equal(await inFigure(page, async (el) => (await el.step(2), el.hash())), hash);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('axe has nothing to say, in the dark, in the light, on a phone and in French', async () => {
  for (const { query, ...options } of [
    { query: '&theme=light', viewport: { width: 1280, height: 900 } },
    { query: '&theme=dark&lang=fr', viewport: { width: 390, height: 844 } },
    { query: '&theme=light&lang=fr', viewport: { width: 320, height: 700 } },
  ]) {
    const page = await openPhotos('', { query, ...options });
    await attack(page, 3);
    assert.deepEqual(await axeViolations(page), [], query);
    await page.getByRole('combobox', { name: /^(?:Led to|Mené vers)$/ }).press('ArrowDown');
    assert.deepEqual(await axeViolations(page), [], `${query}, the list open`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${query}: ${wide} pixels too wide`);
    const text = await shown(page);
    for (const raw of [/\bundefined\b/, /\bNaN\b/, /labs\.imagenet/, /\{\w+\}/, /\[object/]) assert.doesNotMatch(text, raw);
    const small = await inFigure(page, (el) => [.../** @type {ShadowRoot} */ (el.shadowRoot).querySelectorAll('#stage button, .i-shelf label, #stage input, #charts button')]
      .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width > 0 && (width < 44 || height < 24)).length);
    assert.equal(small, 0, `${query}: targets too small`);
  }
});
