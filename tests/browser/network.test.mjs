// The network as a file: saved from the menu, opened again with its layers, put back, and refused in words when it is broken.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { inFigure, openLab, until } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** What the menu saves under this name. @param {Page} page @param {string | RegExp} name @returns {Promise<Buffer>} */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  const stream = await download.createReadStream();
  /** @type {Buffer[]} */
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** Chosen by the menu's own entry. @param {Page} page @param {Buffer} buffer */
async function open(page, buffer) {
  if (!(await page.locator('.head .menu').evaluate((menu) => /** @type {HTMLDetailsElement} */ (menu).open))) await page.getByLabel('Share and save').click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a network' }).click()]);
  await chooser.setFiles({ name: 'network.safetensors', mimeType: 'application/octet-stream', buffer });
}

/** @param {Page} page */
const weights = (page) => inFigure(page, async (el) => Array.from((await el.channel('weights')).data));

test('a network saved in one figure opens in another with its layers, and the former one comes back', async () => {
  const page = await openLab('#v=1&layers=6,5&activation=relu');
  await inFigure(page, (el) => el.step(60));
  const trained = await weights(page);
  await page.getByLabel('Share and save').click();
  const file = await saved(page, /^Network, to open again/);
  const description = JSON.parse(String(await saved(page, /^Network, description only/)));
  assert.deepEqual(description.nodes.map((/** @type {{ kind: string }} */ { kind }) => kind), ['dense', 'activation', 'dense', 'activation', 'dense']);
  assert.ok((await saved(page, /^Network, for other programs/)).includes('logits'));

  const other = await openLab('#v=1&dataset=moons');
  await inFigure(other, (el) => el.step(30));
  const former = await weights(other);
  await open(other, file);
  await until(other, (el) => el.run?.config.layers === '6,5');
  assert.deepEqual(await weights(other), trained);
  assert.equal(await inFigure(other, (el) => el.run?.step), 30, 'it stands where it stood');
  await other.getByText('The network was opened').waitFor();
  assert.deepEqual(await axeViolations(other), []);

  await other.getByRole('button', { name: 'Put the former network back' }).click();
  await until(other, (el) => el.run?.config.layers === '16,16');
  assert.deepEqual(await weights(other), former, 'weight for weight');
  // And before all of it, the run is what it was.
  await inFigure(other, (el) => el.seek(10));
  const fresh = await openLab('#v=1&dataset=moons');
  await inFigure(fresh, (el) => el.step(10));
  assert.deepEqual(await weights(other), await weights(fresh));
});

test('Ctrl+Z takes an opened network back, after the settings turned since and before those of earlier', async () => {
  const page = await openLab();
  const file = await inFigure(page, async (el) => {
    await el.step(20);
    const bytes = Array.from(new Uint8Array(await (await el.export('network.safetensors')).arrayBuffer()));
    await el.reset();
    el.turn('rate', 0.1);
    return bytes;
  });
  await until(page, (el) => el.pending.size === 0);
  const former = await weights(page);
  await open(page, Buffer.from(file));
  await page.getByText('The network was opened').waitFor();
  const opened = await weights(page);
  assert.notDeepEqual(opened, former);
  await inFigure(page, (el) => el.turn('rate', 0.3));
  await until(page, (el) => el.pending.size === 0);
  const undo = () => inFigure(page, (el) => el.undo());
  assert.ok(await undo());
  await until(page, (el) => el.pending.size === 0);
  assert.deepEqual([await inFigure(page, (el) => el.value('rate')), await weights(page)], [0.1, opened]);
  await page.locator('.b-plot').focus();
  await page.keyboard.press('Control+z');
  await page.getByText('The network was opened').waitFor({ state: 'detached' });
  await until(page, (el) => el.spoken === 'Open a network: taken back');
  await inFigure(page, (el) => el.step(0));
  assert.deepEqual(await weights(page), former);
  assert.ok(await undo());
  await until(page, (el) => el.pending.size === 0);
  assert.equal(await inFigure(page, (el) => el.value('rate')), 0.02);
  assert.equal(await undo(), false);
});

test('a broken network is refused in words, and the figure keeps the one it had', async () => {
  const page = await openLab();
  const before = await weights(page);
  await open(page, Buffer.from('x,y,class\n1,2,0\n'));
  await page.getByText('This network could not be opened: it is not a safetensors file.').waitFor();
  await page.getByRole('button', { name: 'Keep the network I had' }).click();
  const file = await inFigure(page, async (el) => Array.from(new Uint8Array(await (await el.export('network.safetensors')).arrayBuffer())));
  await open(page, Buffer.from(file.slice(0, -1)));
  await page.getByText('This network could not be opened: the file ends too early.').waitFor();
  assert.deepEqual(await axeViolations(page), []);
  const [again] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose another file' }).click()]);
  await again.setFiles({ name: 'network.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(file) });
  await page.getByText('The network was opened').waitFor();
  assert.deepEqual(await weights(page), before);
});
