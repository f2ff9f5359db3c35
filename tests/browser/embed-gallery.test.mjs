// The page of code to copy: it shows what its code makes, in both languages, and the code works when it is pasted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axeViolations } from '../../www/tools/browser.js';
import { openHost } from './host.mjs';
import { openPage } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** @param {Page} page @param {string} name */
const code = (page, name) => page.getByRole('region', { name }).first().locator('code').innerText();

/** Waits until a page's frame is as high as what is in it. @param {Page} page */
const fits = (page) => page.frames()[1].waitForFunction(() => innerHeight === Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0));

test('every lab is there live, with code for each of the three ways that puts the same figure into another page', async () => {
  const page = await openPage('gallery.html', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.frameLocator('iframe').first().getByRole('button', { name: /Play|Pause/ }).waitFor();
  const labs = await page.locator('section.example').count();
  assert.equal(await page.locator('section.example iframe').count(), labs);
  assert.equal(await page.locator('section.example .code').count(), 3 * labs);
  // The lines it shows are the lines it runs: its own frame is as high as its figure.
  await fits(page);

  await page.getByRole('button', { name: 'Copy: A frame, for any page' }).first().click();
  await page.getByRole('status').getByText('Copied.').waitFor();
  const [frame, element, listener] = [await page.evaluate(() => navigator.clipboard.readText()), await code(page, 'An element, for a page that may run our script'), await code(page, 'For the page around a frame')];
  const host = await openHost('code.html', { fill: { code: `${frame}\n${element}\n${listener}` }, viewport: { width: 500, height: 900 } });
  await host.frameLocator('iframe').getByRole('button', { name: 'Play' }).waitFor();
  await fits(host);
  assert.equal(await host.locator('uncrumple-lab').evaluate(async (/** @type {any} */ el) => (await el.step(3), el.readouts.step)), 3);
});

test('where copying is refused, the code is selected', async () => {
  const page = await openPage('gallery.html', { viewport: { width: 320, height: 900 } });
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByRole('button', { name: 'Copy: Content-Security-Policy' }).click();
  await page.getByText('The code is selected.').waitFor();
  assert.match(await page.evaluate(() => String(getSelection())), /^script-src http\S+ 'wasm-unsafe-eval';\s+worker-src blob:/);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, 'nothing scrolls sideways');
});

for (const [lang, colorScheme, word] of /** @type {const} */ ([
  ['en', 'light', 'Put a figure in your page'],
  ['fr', 'dark', 'Mettre une figure dans votre page'],
])) {
  test(`it is accessible, and so is the figure in its frame (${lang}, ${colorScheme})`, async () => {
    const page = await openPage(`gallery.html?lang=${lang}`, { colorScheme });
    await page.getByRole('heading', { level: 1, name: word }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    await page.locator('section.example .code').first().waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /gallery\.|labs\./, 'no word is missing');
    assert.deepEqual(await axeViolations(page), []);
    const figure = await openPage(`embed.html?lab=boundary&hide=network,charts&lang=${lang}`, { colorScheme, viewport: { width: 390, height: 900 } });
    await figure.locator('uncrumple-lab').evaluate((/** @type {any} */ el) => el.step(20));
    assert.deepEqual(await axeViolations(figure), []);
    assert.equal(await figure.evaluate(() => document.documentElement.scrollWidth), 390);
  });
}

test('its links lead to it from the other pages', async () => {
  const page = await openPage('lab.html?lab=boundary');
  await page.getByRole('link', { name: 'Embed' }).click();
  await page.getByRole('heading', { level: 1, name: 'Put a figure in your page' }).waitFor();
});
