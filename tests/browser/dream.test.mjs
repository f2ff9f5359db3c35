// The dream lab as its reader meets it: a photo is painted octave by octave, wiped, saved, replaced by one's own; the essay's section.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { inFigure, lookAt, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** Small enough to be soon done: two octaves of three steps. */
const SMALL = 'size=128&octaves=2&perOctave=3';

/** @param {string} [hash] @param {Parameters<typeof openPage>[1] & { query?: string }} [options] */
async function openDream(hash = SMALL, { query = '', ...options } = {}) {
  const page = await openPage(`lab.html?lab=dream${query}#v=1&${hash}`, options);
  await inFigure(page, (el) => el.ready);
  return page;
}

/** @param {Page} page @param {string} name */
const channel = (page, name) => inFigure(page, async (el, id) => {
  const { dims, data } = await el.channel(String(id));
  return { dims, data: Array.from(data) };
}, name);

test('a photo is painted octave by octave, more of what the layer answers to in each, and it ends by itself', async () => {
  const page = await openDream();
  const before = await channel(page, 'picture');
  assert.deepEqual(before.dims, [91, 3 * 91]);
  await page.getByText('Octave 1 of 2, step 0 of 3').waitFor();
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByText('All 2 octaves are painted.').waitFor();
  await until(page, (el) => el.run?.playing === false);
  const after = await channel(page, 'picture');
  assert.deepEqual(after.dims, [128, 3 * 128]);
  // Beside it the same photo changed as much at random: it begins at the photo itself, too, and does not climb.
  const { noiseObjective, noiseShare, objective } = /** @type {Record<string, number>} */ (await inFigure(page, (el) => el.readouts));
  assert.ok(noiseObjective < 0.9 * objective && Math.abs(noiseShare - noiseObjective / objective) < 1e-6, `${noiseObjective} of ${objective}`);
  const noise = await channel(page, 'underNoise');
  assert.deepEqual([...noise.dims, ...noise.data.filter((_, i) => i % 2 === 0)], [4, 2, 0, 2, 3, 5]);
  await page.locator('.read', { hasText: 'changed as much at random' }).getByText(`${Math.round(100 * noiseShare)}`).first().waitFor();
  assert.match((await page.locator('[data-g="climb"]').getAttribute('aria-label')) ?? '', /to as much change at random it is [\d.]+\.$/);
  const { data } = await channel(page, 'curve');
  assert.equal(noise.data[1], data[2]);
  const rows = Array.from({ length: data.length / 3 }, (_, i) => data.slice(3 * i, 3 * i + 3));
  for (const octave of [1, 2]) {
    const own = rows.filter((row) => row[1] === octave).map((row) => row[2]);
    assert.equal(own.length, 3);
    assert.ok(own[2] > own[0], `octave ${octave}: ${own}`);
  }
  const said = await page.locator('.g-large').getAttribute('aria-label');
  assert.match(said ?? '', /^The photo \(Jaguar\) as the layer \(block \d+, .*\) would have it, 128 pixels a side, octave 2 of 2\.$/);
  await page.getByText('The same as a table').click();
  await page.locator('.dtable tbody tr').nth(1).waitFor();
  assert.equal(await page.locator('.dtable tbody tr').count(), 2);
});

test('the wipe is moved by keys and by hand, and changes no number', async () => {
  const page = await openDream();
  await inFigure(page, (el) => el.step(4));
  const hash = await inFigure(page, (el) => el.hash());
  const wipe = page.getByRole('slider', { name: 'Original under the dream' });
  await wipe.focus();
  await page.keyboard.press('End');
  assert.equal(await wipe.getAttribute('aria-valuetext'), '100\u202f% original');
  const box = await page.locator('.g-large').boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  assert.equal(await wipe.getAttribute('aria-valuetext'), '50\u202f% original');
  assert.equal(await inFigure(page, (el) => el.hash()), hash);
});

test('the picture is saved as it is, pixel for pixel', async () => {
  const page = await openDream();
  await inFigure(page, (el) => el.step(6));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save this picture, 128 × 128' }).click()]);
  assert.match(download.suggestedFilename(), /^uncrumple-dream-jaguar-b\d+\.\w+-6\.png$/);
  const [size, same] = await inFigure(page, async (el) => {
    const picture = await createImageBitmap(await el.export('picture.png'));
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    g.drawImage(picture, 0, 0);
    const { data } = await el.channel('picture');
    const pixels = g.getImageData(0, 0, picture.width, picture.height).data;
    return [[picture.width, picture.height], data.every((v, i) => pixels[4 * Math.floor(i / 3) + (i % 3)] === Math.round(v))];
  });
  assert.deepEqual([size, same], [[128, 128], true]);
});

test('the layer is chosen by keys alone, and the photo; both begin a new dream', async () => {
  const page = await openDream();
  await inFigure(page, (el) => el.step(2));
  const layer = page.getByRole('slider', { name: 'Layer' });
  await layer.focus();
  const [was, first] = [await layer.getAttribute('aria-valuetext'), await inFigure(page, (el) => String(el.value('layer')))];
  assert.match(was ?? '', /^block \d+, \w+ convolution: \d+ units, each a map of \d+ by \d+$/);
  await page.keyboard.press('ArrowRight');
  await until(page, (el, before) => el.value('layer') !== before && el.run?.step === 0 && el.run.settled, first);
  assert.notEqual(await layer.getAttribute('aria-valuetext'), was);
  await page.getByRole('radio', { name: 'Jaguar' }).focus();
  await page.keyboard.press('ArrowRight');
  await until(page, (el) => el.value('photo') === 'crab' && Boolean(el.run?.settled));
  await page.getByText('Octave 1 of 2, step 0 of 3').waitFor();
});

test('a photo of one’s own is dreamt of; what is no photo is told and changes nothing', async () => {
  const page = await openDream();
  const png = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 200 });
    const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    g.fillStyle = '#c33';
    g.fillRect(0, 0, 300, 200);
    return canvas.toDataURL('image/png').replace(/.*,/, '');
  });
  const choose = async (/** @type {{ name: string, mimeType: string, buffer: Buffer }} */ file) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a photo' }).click()]);
    await chooser.setFiles(file);
  };
  await choose({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') });
  await page.getByRole('alert').filter({ hasText: 'could not be read as a photo' }).waitFor();
  assert.equal(await inFigure(page, (el) => el.value('photo')), 'jaguar');
  await choose({ name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
  await until(page, (el) => el.value('photo') === 'yours' && Boolean(el.run?.settled));
  const { data } = await channel(page, 'original');
  assert.deepEqual(data.slice(0, 3), [204, 51, 51]);
  await inFigure(page, (el) => el.step(2));
  assert.equal(await inFigure(page, (el) => el.readouts.step), 2);
});

test('any moment is gone back to, and a link brings the same picture', async () => {
  const page = await openDream();
  const { there, back, link } = await inFigure(page, async (el) => {
    await el.step(2);
    const there = await el.hash();
    await el.step(3);
    await el.seek(2);
    return { there, back: await el.hash(), link: el.link };
  });
  assert.equal(back, there);
  assert.equal(await inFigure(await openDream(link.replace('v=1&', '')), (el) => el.hash()), there);
});

test('the essay’s sentences operate its figure', async () => {
  const page = await openPage('index.html');
  lookAt(page, '#fig-dream');
  await page.getByRole('button', { name: 'Leave out the octaves' }).click();
  await until(page, (el) => el.value('octaves') === 1 && (el.run?.step ?? 0) >= 1);
  const form = page.locator('form.ask[data-section="dream"]');
  await form.locator('input').focus();
  await page.keyboard.press('End');
  await inFigure(page, (el) => el.set('size', 128));
  await form.getByRole('button').click();
  await page.locator('#fig-dream').scrollIntoViewIfNeeded();
  // The question is about four octaves: they are put back.
  const reveal = page.locator('form.ask[data-section="dream"] ~ .reveal');
  await reveal.filter({ hasText: 'You said 100' }).waitFor({ timeout: 90_000 });
  assert.deepEqual(await inFigure(page, (el) => [el.value('octaves'), el.run?.step]), [4, 56]);
  const [, claim, control, share] = (await reveal.innerText()).match(/the layer answers ([\d.]+); .* at random ([\d.]+), which is (\d+)\s%/) ?? [];
  assert.ok(Number(claim) > 1.5 * Number(control) && Math.abs(Number(share) - (100 * Number(control)) / Number(claim)) < 1, await reveal.innerText());
  const row = page.getByRole('row').filter({ hasText: 'A layer turns a photograph into what it looks for.' });
  await row.getByText(`The layer answers ${claim}`).waitFor();
  await row.getByText(`As much change at random: ${control}`).waitFor();
  await row.getByText('100\u202f%').waitFor();
  await page.getByRole('button', { name: 'Begin with a kingfisher' }).click();
  await until(page, (el) => el.value('photo') === 'kingfisher' && (el.run?.step ?? 0) >= 1);
});

test('axe has nothing to say, in the dark, in the light, on a phone and in French', async () => {
  for (const { query, ...options } of [
    { query: '&theme=light', viewport: { width: 1280, height: 900 } },
    { query: '&theme=dark&lang=fr', viewport: { width: 390, height: 844 } },
    { query: '&theme=light&lang=fr', viewport: { width: 320, height: 700 } },
  ]) {
    const page = await openDream(SMALL, { query, ...options });
    await inFigure(page, (el) => el.step(4));
    assert.deepEqual(await axeViolations(page), [], query);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${query}: ${wide} pixels too wide`);
    const text = await inFigure(page, (el) => /** @type {HTMLElement} */ (el.shadowRoot?.querySelector('.plate')).innerText);
    for (const raw of [/\bundefined\b/, /\bNaN\b/, /labs\.dream/, /\{\w+\}/, /\[object/]) assert.doesNotMatch(text, raw);
  }
});
