// What every browser test stands on: the built site, one Chromium a file, pages that are watched for trouble, and their figures.
/// <reference path="./globals.d.ts" />
/// <reference path="../../www/element/globals.d.ts" />
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { launchChromium, serveSite, watchForTrouble } from '../../www/tools/browser.js';
import { installSpy } from './spy.mjs';

/**
 * @typedef {Awaited<ReturnType<typeof launchChromium>>} Browser
 * @typedef {Awaited<ReturnType<Browser['newPage']>>} Page
 * @typedef {NonNullable<Parameters<Browser['newContext']>[0]>} Options
 * @typedef {import('../../www/element/uncrumple-lab.js').UncrumpleLab} Figure
 */

/** Long enough for a machine that does other things too; nothing here ever waits for it to pass. */
const PATIENCE_MS = 90_000;

/** Started by the first page: Node runs `before` while the file that says with which flags is still being read. @type {Promise<Browser> | undefined} */
let browser;
/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
/** @type {{ page: Page, trouble: string[], allowed: RegExp[] }[]} */
let open = [];

/** @type {string[]} */
let flags = [];

/** What this file's Chromium is started with besides; to be called before its first test. @param {...string} args */
export function startWith(...args) {
  flags = args;
}

before(async () => {
  site = await serveSite();
});

after(async () => {
  await (await browser)?.close();
  await site?.close();
});

// Whatever a test was about, its pages must have stayed quiet: no error in the console, no exception, no request to
// anyone else, nothing the content policy had to refuse.
afterEach(async () => {
  const were = open;
  open = [];
  for (const { page, trouble, allowed } of were) {
    if (!page.isClosed()) {
      for (const violation of await page.evaluate(() => spy.violations)) trouble.push(`content policy: ${violation}`);
    }
    await page.context().close();
    assert.deepEqual(trouble.filter((line) => !allowed.some((pattern) => pattern.test(line))), []);
  }
});

/**
 * A page of the site, in a context of its own.
 *
 * @param {string} path such as `lab.html?lab=boundary`
 * @param {Options & { allow?: RegExp[] }} [options] `allow`: trouble this test makes on purpose
 */
export async function openPage(path, { allow = [], ...options } = {}) {
  const page = await blank(allow, [site.url], options);
  await page.goto(site.url + path);
  return page;
}

/** Where the built site is served, with a slash at the end. */
export const siteUrl = () => site.url;

/**
 * A watched page that has not gone anywhere yet.
 *
 * @param {RegExp[]} allow
 * @param {string[]} origins it may ask something of
 * @param {Options} options
 */
export async function blank(allow, origins, options) {
  // What a service worker does has tests of its own; in the others it would only fetch the site a second time.
  browser ??= launchChromium({ args: flags });
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(PATIENCE_MS / 3);
  const page = await context.newPage();
  await page.addInitScript(installSpy);
  open.push({ page, trouble: watchForTrouble(page, ...origins), allowed: allow });
  return page;
}

/**
 * The lab page, once its figure is ready.
 *
 * @param {string} [rest] what follows `lab.html?lab=boundary`
 * @param {Parameters<typeof openPage>[1]} [options]
 * @param {string} [lab]
 */
export async function openLab(rest = '', options, lab = 'boundary') {
  const page = await openPage(`lab.html?lab=${lab}${rest}`, options);
  await inFigure(page, (el) => el.ready);
  return page;
}

/** Which of its figures is meant, on pages that have several. @type {WeakMap<Page, string>} */
const meant = new WeakMap();

/** From now on a page's figure is this one, not its first. @param {Page} page @param {string} selector */
export function lookAt(page, selector) {
  meant.set(page, selector);
}

/**
 * Runs `work` in the page, on its figure.
 *
 * @template [R=void]
 * @template [A=undefined]
 * @param {Page} page
 * @param {(el: Figure, arg: A) => R | Promise<R>} work self-contained: it is sent as text
 * @param {A} [arg]
 * @returns {Promise<R>}
 */
export async function inFigure(page, work, arg) {
  const locator = page.locator(meant.get(page) ?? 'uncrumple-lab').first();
  return /** @type {Promise<R>} */ (locator.evaluate(/** @type {any} */ (work), arg));
}

/**
 * Waits until `work` is true of the figure.
 *
 * @template [A=undefined]
 * @param {Page} page
 * @param {(el: Figure, arg: A) => boolean} work
 * @param {A} [arg]
 */
export async function until(page, work, arg) {
  for (let end = performance.now() + PATIENCE_MS; !(await inFigure(page, work, arg)); await setTimeout(40)) {
    assert.ok(performance.now() < end, `never came true: ${work}`);
  }
}

/** So many animation frames of the page: what a figure does of itself, it does in these. @param {Page} page @param {number} count */
export function frames(page, count) {
  return page.evaluate(async (n) => {
    for (let i = 0; i < n; i++) await new Promise((seen) => requestAnimationFrame(seen));
  }, count);
}
