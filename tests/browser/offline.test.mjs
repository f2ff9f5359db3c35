// After one visit the site works with the server gone; a newer version never mixes with an older one.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchChromium, serveSite, watchForTrouble } from '../../www/tools/browser.js';
import { writeServiceWorker } from '../../www/tools/offline.js';
import { LABS } from '../../www/tools/share.js';

/** @typedef {import('../../www/element/uncrumple-lab.js').UncrumpleLab} Figure */
/** @typedef {import('./stand.mjs').Page} Page */

const DIST = fileURLToPath(new URL('../../www/dist/', import.meta.url));
const PAGES = ['index.html', 'lab.html?lab=boundary', 'embed.html?lab=boundary'];

/** @type {Awaited<ReturnType<typeof launchChromium>>} */
let browser;
before(async () => void (browser = await launchChromium()));
after(() => browser?.close());

/** Trains a figure of a page, its first unless another is meant. @param {Page} page @param {string} [which] */
function trained(page, which = 'uncrumple-lab') {
  return page.locator(which).first().evaluate(async (/** @type {Figure} */ el) => {
    await el.seek(30); // not `step`: it may have begun by itself
    return el.hash();
  });
}

/** The boundary of a page, whichever of its figures that is. */
const BOUNDARY = '#fig-boundary, uncrumple-lab:not([id])';

/** Until a service worker is in charge of the page. @param {Page} page */
function inCharge(page) {
  return page.evaluate(async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready;
    if (!serviceWorker.controller) await new Promise((then) => serviceWorker.addEventListener('controllerchange', then, { once: true }));
  });
}

/** The names of everything kept, without the hashes of their content. @param {Page} page @returns {Promise<string[]>} */
function kept(page) {
  return page.evaluate(async () => {
    const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url.replace(/.*\/|-[\w-]{8}(?=\.\w+$)/g, '')).sort();
  });
}

/** @param {Page} page */
const version = (page) => page.evaluate(() => document.documentElement.dataset.version);

test('after one visit every page opens and trains with the network cut, to the same hash', async () => {
  const site = await serveSite();
  const context = await browser.newContext();
  let page = await context.newPage();
  await page.goto(site.url);
  await inCharge(page);
  const [title, hash] = [await trained(page), await trained(page, BOUNDARY)];
  assert.notEqual(title, hash, 'the title is another figure');
  await page.close();
  await site.close();
  await context.setOffline(true);
  for (const path of [...PAGES, '', 'lab.html?lang=fr&lab=boundary#v=1&at=12']) {
    page = await context.newPage();
    const trouble = watchForTrouble(page, site.url);
    await page.goto(site.url + path);
    if (path.includes('at=12')) assert.equal(await page.locator('uncrumple-lab').evaluate(async (/** @type {Figure} */ el) => (await el.ready, el.run?.step)), 12);
    else {
      const essay = path === '' || path === 'index.html';
      assert.equal(await trained(page), essay ? title : hash, `${path}: its first figure`);
      if (essay) assert.equal(await trained(page, BOUNDARY), hash, path);
    }
    const face = path.startsWith('embed') ? 'Uncrumple Sans' : 'Uncrumple Serif';
    assert.ok(await page.evaluate(async (name) => (await document.fonts.ready).check(`16px "${name}"`), face), `${path}: the fonts are there, too`);
    assert.deepEqual(trouble, [], path);
    await page.close();
  }
  await context.close();
});

/** Labs with data that are kept once they were used. */
const WITH_DATA = ['digits', 'imagenet', 'filters', 'dream'];

test('one visit to the essay is enough for every lab, once its data were used, for the page of code and for the page of parts', async () => {
  const site = await serveSite();
  const context = await browser.newContext();
  let page = await context.newPage();
  await page.goto(site.url);
  await inCharge(page);
  for (const lab of WITH_DATA) {
    await page.goto(`${site.url}lab.html?lab=${lab}`);
    await page.locator('uncrumple-lab').evaluate((/** @type {Figure} */ el) => el.ready);
  }
  await page.close();
  await site.close();
  for (const path of [...LABS.map((lab) => `lab.html?lab=${lab}`), 'elements.html', 'gallery.html']) {
    page = await context.newPage();
    const trouble = watchForTrouble(page, site.url);
    await page.goto(site.url + path);
    if (path === 'gallery.html') await page.frameLocator('iframe').first().getByRole('button', { name: 'Play' }).waitFor();
    else assert.equal(await page.locator('uncrumple-lab').evaluate(async (/** @type {Figure} */ el) => (await el.step(2), el.readouts.step)), 2, path);
    assert.deepEqual(trouble, [], path);
    await page.close();
  }
  await context.close();
});

test('the engine this browser does not run is kept only once it was used', async () => {
  const site = await serveSite();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.url}lab.html`);
  await inCharge(page);
  const first = await kept(page);
  assert.ok(first.includes('engine-plane-simd.wasm') && first.includes('boundary.js'), first.join());
  assert.ok(!first.some((name) => name.includes('scalar')), first.join());
  await page.goto(`${site.url}lab.html?lab=boundary&simd=off`);
  const hash = await trained(page);
  assert.deepEqual((await kept(page)).filter((name) => !first.includes(name)), ['engine-plane-scalar.js', 'engine-plane-scalar.wasm']);
  await context.setOffline(true);
  await page.reload();
  assert.equal(await trained(page), hash);
  await context.close();
  await site.close();
});

test('a newer version waits for the pages of the older one, then takes its place and leaves nothing behind', async () => {
  const folder = `${mkdtempSync(join(tmpdir(), 'uncrumple-'))}/`;
  cpSync(DIST, folder, { recursive: true });
  writeServiceWorker(folder);
  const site = await serveSite({ folder });
  const context = await browser.newContext();
  try {
    const old = await context.newPage();
    await old.goto(`${site.url}lab.html`);
    await inCharge(old);
    const before = await kept(old);
    publish(folder);
    await old.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      await new Promise((then) => {
        const installed = () => registration.waiting && then(undefined);
        registration.installing?.addEventListener('statechange', installed);
        installed();
      });
    });
    // A second page beside the first is still of its version, complete, though the server has moved on.
    const second = await context.newPage();
    await second.goto(`${site.url}lab.html`);
    assert.equal(await version(second), undefined);
    await trained(second);
    await second.reload();
    assert.equal(await version(second), undefined, 'two pages are open');
    await second.close();
    // The only page asks for itself again: that is the moment.
    await old.reload();
    await old.waitForFunction(() => document.documentElement.dataset.version === 'newer');
    await trained(old);
    const names = await old.evaluate(() => caches.keys());
    assert.equal(names.length, 1, names.join());
    assert.deepEqual(await kept(old), before, 'as many files as before, under the same names');
  } finally {
    await context.close();
    await site.close();
    rmSync(folder, { recursive: true });
  }
});

test('a version that did not arrive whole is not kept at all', async () => {
  const folder = `${mkdtempSync(join(tmpdir(), 'uncrumple-'))}/`;
  cpSync(DIST, folder, { recursive: true });
  writeServiceWorker(folder);
  // The host is half way through an upload: this page is no longer the one of the list.
  writeFileSync(`${folder}lab.html`, `${readFileSync(`${folder}lab.html`, 'utf8')}<!-- -->`);
  const site = await serveSite({ folder });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const trouble = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    await page.goto(site.url);
    const end = await page.evaluate(async () => {
      const { installing } = await navigator.serviceWorker.register('./sw.js');
      const over = () => installing?.state === 'redundant' || installing?.state === 'activated';
      while (!over()) await new Promise((then) => installing?.addEventListener('statechange', then, { once: true }));
      return installing?.state;
    });
    assert.equal(end, 'redundant');
    assert.deepEqual(await page.evaluate(() => caches.keys()), []);
    await trained(page);
    assert.deepEqual(trouble, []);
  } finally {
    await context.close();
    await site.close();
    rmSync(folder, { recursive: true });
  }
});

test('a figure in a frame keeps nothing: the frame is someone else’s page', async () => {
  const site = await serveSite();
  const context = await browser.newContext();
  const page = await context.newPage();
  const trouble = watchForTrouble(page, site.url);
  await page.route('**/host.html', (route) => route.fulfill({ contentType: 'text/html', body: '<iframe src="./lab.html"></iframe>' }));
  await page.goto(`${site.url}host.html`);
  const frame = page.frame({ url: /lab\.html/ });
  assert.ok(frame);
  await frame.locator('uncrumple-lab').evaluate((/** @type {Figure} */ el) => el.step(3));
  assert.equal(await frame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  assert.deepEqual(trouble, []);
  await context.close();
  await site.close();
});

/** A newer version: every page says so, and one script has another name; its old one is gone from the server. @param {string} folder */
function publish(folder) {
  const assets = readdirSync(`${folder}assets`);
  const name = assets.find((file) => /^boundary-[\w-]+\.js$/.test(file)) ?? '';
  renameSync(`${folder}assets/${name}`, `${folder}assets/boundary-newernew.js`);
  const files = [...assets.filter((file) => file.endsWith('.js') && file !== name).map((file) => `assets/${file}`), 'index.html', 'lab.html'];
  for (const file of files) {
    const text = readFileSync(folder + file, 'utf8').replaceAll(name, 'boundary-newernew.js');
    writeFileSync(folder + file, text.replace('<html lang="en">', '<html lang="en" data-version="newer">'));
  }
  writeServiceWorker(folder);
}
