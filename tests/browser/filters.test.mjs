// The filters lab as its reader meets it: units made at once, beside what is real; one slider for three goals; the larger network; the essay's section.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { inFigure, lookAt, openPage, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** Steps after which every class of the digits' network is as good as certain. */
const STEPS = 60;
const WEIGHTS = /lite0\.bin/;

/** @param {string} [hash] @param {Parameters<typeof openPage>[1] & { query?: string }} [options] */
async function openFilters(hash = '', { query = '', ...options } = {}) {
  const page = await openPage(`lab.html?lab=filters${query}#v=1&${hash}`, options);
  await inFigure(page, (el) => el.ready);
  return page;
}

/** Takes steps and measures to the end. @param {Page} page @param {number} [steps] */
const climb = (page, steps = STEPS) => inFigure(page, async (el, n) => (await el.step(n), { ...el.readouts }), steps);

test('from noise the network is led to certainty of a digit that no digit is near; both are said, and shown beside', async () => {
  const page = await openFilters('unit=3');
  const readouts = await climb(page);
  assert.ok(readouts.confidence > 0.99, `${readouts.confidence} sure`);
  assert.ok(readouts.activation > readouts.bestDatasetActivation, `${readouts.activation}, best digit ${readouts.bestDatasetActivation}`);
  assert.ok(readouts.nearestNeighbourDistance > 8.2, `${readouts.nearestNeighbourDistance} away`);
  const said = await page.locator('.f-picture canvas').getAttribute('aria-label');
  assert.match(said ?? '', /^A picture made from noise in 60 steps so that unit 3 of the layer \(classes\) answers most\. The network reads it as 3, \d/);
  await page.locator('.f-best li').nth(6).waitFor();
  assert.equal(await page.locator('.f-best li').count(), 7);
  await page.getByRole('img', { name: 'nearest of 12,000 digits' }).waitFor();
  await page.getByText('The same as a table').click();
  await page.locator('.dtable tbody tr').nth(9).waitFor();
  assert.equal(await page.locator('.dtable tbody tr').count(), 10);
});

test('a unit is picked by keys: among all, by one more, by its number', async () => {
  const page = await openFilters();
  await climb(page, 5);
  await page.getByRole('radio', { name: 'The class 0' }).focus();
  await page.keyboard.press('ArrowRight');
  await until(page, (el) => el.value('unit') === 1 && Boolean(el.run?.settled));
  await page.getByRole('button', { name: 'The unit after' }).press('Enter');
  await until(page, (el) => el.value('unit') === 2);
  const number = page.getByRole('spinbutton', { name: 'Number of the unit' });
  await number.fill('99');
  await number.press('Enter');
  await until(page, (el) => el.value('unit') === 9);
  assert.equal(await inFigure(page, (el) => el.run?.step), 5, 'which unit is looked at changes nothing of the run');
});

test('one slider: from a real digit inside ε it is an attack, for the whole layer a dream', async () => {
  const page = await openFilters('unit=3');
  const goal = page.getByRole('slider', { name: 'One optimiser, three names' });
  await goal.focus();
  await page.keyboard.press('ArrowRight');
  await until(page, (el) => el.value('goal') === 'adversarial' && Boolean(el.run?.settled));
  assert.equal(await goal.getAttribute('aria-valuetext'), 'adversarial example');
  await page.getByRole('radio', { name: 'A 8', exact: true }).press('Space');
  await until(page, (el) => el.value('item') === 61 && Boolean(el.run?.settled));
  await inFigure(page, (el) => el.set('epsilon', 64));
  await climb(page, 40);
  const far = await inFigure(page, async (el) => {
    const [made, start] = [await el.channel('pictures'), await el.channel('start')];
    const at = made.dims[0] > 1 ? 3 * 784 : 0;
    return Math.max(...start.data.map((v, i) => Math.abs(made.data[at + i] - v)));
  });
  assert.ok(far > 0 && far <= 64 / 255 + 1 / 255, `${far}`);
  await page.getByText(/^Before the first step: 8/).waitFor();
  await goal.focus();
  await page.keyboard.press('End');
  await until(page, (el) => el.value('goal') === 'dream' && Boolean(el.run?.settled));
  await page.getByText('The whole layer: classes').waitFor();
  await climb(page, 5);
});

test('layers are gone through by keys; the large network is fetched only when one of its own is wanted', async () => {
  const page = await openFilters();
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => WEIGHTS.test(request.url()) && asked.push(request.url()));
  const layer = page.getByRole('slider', { name: 'Layer' });
  await layer.focus();
  await page.keyboard.press('Home');
  await until(page, (el) => el.value('layer') === 'digits.conv1' && Boolean(el.run?.settled));
  await page.getByText('All 8 units of this layer at once').waitFor();
  assert.deepEqual(asked, []);
  await page.getByRole('radio', { name: 'Photographs' }).press('Space');
  await until(page, (el) => el.value('layer') === 'lite0.class' && Boolean(el.run?.settled));
  assert.equal(asked.length, 1);
  await page.getByRole('combobox', { name: 'Class by name' }).selectOption({ label: 'giant panda' });
  await until(page, (el) => el.value('unit') === 388);
  await inFigure(page, (el) => el.set('size', 64));
  await climb(page, 2);
  await page.locator('.f-five li').nth(4).waitFor();
  assert.equal(await page.locator('.f-five li').count(), 5);
  await page.getByText(/This network learned from 1\.3 million photographs/).waitFor();
});

test('waves are refused where a picture is too small for them, in a sentence, and the figure is as it was', async () => {
  const page = await openFilters();
  await page.getByLabel('Steps are taken in').selectOption('Waves and colours');
  await page.getByRole('alert').filter({ hasText: /Waves need a picture of at least 64 pixels/ }).waitFor();
  assert.equal(await inFigure(page, (el) => el.value('parametrisation')), 'pixels');
});

test('without a connection the larger network is told not to have come, and the figure goes on', async () => {
  const page = await openFilters('', { allow: [/Failed to load resource/] });
  await page.route(WEIGHTS, (route) => route.abort('internetdisconnected'));
  await page.getByRole('radio', { name: 'Photographs' }).press('Space');
  await page.getByRole('alert').first().waitFor();
  assert.equal(await inFigure(page, (el) => el.run?.config.layer), 'digits.class');
});

test('its picture is saved as a sheet of all units', async () => {
  const page = await openFilters();
  await climb(page, 3);
  const size = await inFigure(page, async (el) => {
    const picture = await createImageBitmap(await el.export('picture.png'));
    return [picture.width, picture.height];
  });
  assert.deepEqual(size, [28 + 4 * 308, 28 + 3 * 308]);
});

test('the essay’s section answers the guess, and its sentences operate the figure', async () => {
  const page = await openPage('index.html');
  lookAt(page, '#fig-filters');
  const form = page.locator('form.ask[data-section="filters"]');
  await form.locator('input').focus();
  await page.keyboard.press('Home');
  await form.getByRole('button').click();
  await page.locator('#fig-filters').scrollIntoViewIfNeeded();
  const reveal = page.locator('form.ask[data-section="filters"] ~ .reveal');
  await reveal.filter({ hasText: 'You said 0' }).waitFor({ timeout: 90_000 });
  const row = page.getByRole('row').filter({ hasText: 'What pleases a network most is like nothing it was shown.' });
  await row.getByText(/sure of a picture made from noise/).waitFor();
  await page.getByRole('button', { name: 'Go down to the first convolution' }).click();
  await until(page, (el) => el.value('layer') === 'digits.conv1' && (el.run?.step ?? 0) > 0);
  await page.getByRole('button', { name: 'Begin with a real digit' }).click();
  await until(page, (el) => el.value('layer') === 'digits.class' && el.value('goal') === 'adversarial');
});

test('axe has nothing to say, in the dark, in the light, on a phone and in French', async () => {
  for (const { query, hash, ...options } of [
    { query: '&theme=light', hash: '', viewport: { width: 1280, height: 900 } },
    { query: '&theme=dark&lang=fr', hash: 'goal=adversarial', viewport: { width: 390, height: 844 } },
    { query: '&theme=light&lang=fr', hash: 'layer=digits.conv2', viewport: { width: 320, height: 700 } },
    { query: '&theme=dark', hash: 'layer=lite0.b2.expand&goal=dream&size=64', viewport: { width: 820, height: 900 } },
  ]) {
    const page = await openFilters(hash, { query, ...options });
    await climb(page, 3);
    assert.deepEqual(await axeViolations(page), [], query);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${query}: ${wide} pixels too wide`);
    const text = await inFigure(page, (el) => /** @type {HTMLElement} */ (el.shadowRoot?.querySelector('.plate')).innerText);
    for (const raw of [/\bundefined\b/, /\bNaN\b/, /labs\.filters/, /\{\w+\}/, /\[object/]) assert.doesNotMatch(text, raw);
  }
});

test('a reader’s own digits network, saved from the other figure, is opened and asked what it wants', async () => {
  const digits = await openPage('lab.html?lab=digits#v=1&seed=3');
  const file = await inFigure(digits, async (el) => {
    await el.step(60);
    return Array.from(new Uint8Array(await (await el.export('network.safetensors')).arrayBuffer()));
  });
  const page = await openFilters();
  await climb(page, 4);
  const hash = await inFigure(page, (el) => el.hash());
  const open = async (/** @type {Buffer} */ buffer) => {
    await page.getByLabel('Share and save').click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a network' }).click()]);
    await chooser.setFiles({ name: 'network.safetensors', mimeType: 'application/octet-stream', buffer });
  };
  await open(Buffer.from(file).subarray(0, 100));
  await page.getByRole('alert').getByRole('button', { name: 'Keep the network I had' }).click();
  assert.equal(await inFigure(page, (el) => el.hash()), hash);
  await open(Buffer.from(file));
  await page.getByText('The network was opened').waitFor();
  await climb(page, 4);
  assert.notEqual(await inFigure(page, (el) => el.hash()), hash);
});

test('a network trained against attacks is one press away, as sure, and no digit is near its pictures either', async () => {
  const page = await openFilters('unit=3&smoothing=0.8&variation=0.3');
  const plain = await climb(page);
  await page.getByRole('radio', { name: 'against attacks' }).press('Space');
  await until(page, (el) => el.value('training') === 'adversarial' && el.run?.step === 0 && el.run.settled);
  const robust = await climb(page);
  assert.ok(robust.confidence > 0.99 && plain.confidence > 0.99, `${robust.confidence}, ${plain.confidence}`);
  assert.ok(robust.nearestNeighbourDistance > 8.2, `${robust.nearestNeighbourDistance}`);
});
