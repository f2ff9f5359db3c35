// What a browser test needs: Debian's Chromium, the built site, and axe. Tests outside www/ import it from here.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export { serveSite } from './site.js';

const require = createRequire(import.meta.url);
/** WebGL without a graphics card. */
export const WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/**
 * Debian's Chromium, without a window. Nothing is ever downloaded: `CHROMIUM` may name another one.
 * @param {import('playwright-core').LaunchOptions} [options]
 */
export function launchChromium({ args = [], ...options } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Chromium's sandbox refuses to start as root, which is what CI containers are.
    args: [...QUIET, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
    ...options,
  });
}

/**
 * Everything axe finds wrong with the page as it stands, one readable line each; empty is what we want.
 * @param {import('playwright-core').Page} page
 * @param {string[]} [tags] the rule sets, WCAG 2.2 AA unless told
 * @returns {Promise<string[]>}
 */
export async function axeViolations(page, tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']) {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (values) => {
    const { axe } = /** @type {any} */ (globalThis);
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values } });
    return violations.flatMap((/** @type {any} */ rule) =>
      rule.nodes.map((/** @type {any} */ node) => `${rule.id}: ${rule.help} (${node.target.join(' ')})`),
    );
  }, tags);
}

/**
 * Collects what a page must not do: errors in its console, exceptions, and requests to an origin that is neither its own
 * nor, where it shows one of our figures, ours.
 * @param {import('playwright-core').Page} page
 * @param {...string} origins
 * @returns {string[]} filled as it happens
 */
export function watchForTrouble(page, ...origins) {
  const known = origins.map((address) => new URL(address).origin);
  /** @type {string[]} */
  const trouble = [];
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const local = ['data:', 'blob:'].includes(url.protocol) || known.includes(url.origin);
    if (!local) trouble.push(`request to another origin: ${url.href}`);
  });
  return trouble;
}

/**
 * Takes WebGL in software for good enough from the next page on: figures would rather draw flat.
 * @param {import('playwright-core').Page} page
 */
export function acceptSlowWebgl(page) {
  return page.addInitScript(() => {
    const { getExtension } = WebGL2RenderingContext.prototype;
    /** @type {any} */ (WebGL2RenderingContext.prototype).getExtension = function (/** @type {string} */ name) {
      return name === 'WEBGL_debug_renderer_info' ? null : getExtension.call(this, /** @type {any} */ (name));
    };
  });
}
