// Somebody else's site, on another port and by another name: small pages that show our figures, under a policy of their own.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import { blank, siteUrl } from './stand.mjs';

/** @typedef {import('./stand.mjs').Page} Page */

/** @type {import('node:http').Server} */
let server;
/** @type {Map<string, { html: string, policy: string }>} */
const pages = new Map();

before(async () => {
  server = createServer(({ url }, response) => {
    const found = pages.get(url ?? '');
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(found.policy ? { 'content-security-policy': found.policy } : {}) });
    response.end(found.html);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
});

after(() => void server?.close());

/**
 * A page of `hosts/`, in which `{{site}}` stands for our address; other names are filled in from `fill`.
 *
 * @param {string} name
 * @param {{ policy?: string, fill?: Record<string, string>, allow?: RegExp[] } & Record<string, unknown>} [options] `{{site}}` in
 *   `policy` is our origin
 */
export async function openHost(name, { policy = '', fill = {}, allow = [], ...options } = {}) {
  const ours = siteUrl();
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://localhost:${port}`; // ours is 127.0.0.1: another site, not just another port
  /** @type {Record<string, string>} */
  const words = { site: ours, lab: 'boundary', ...fill };
  const html = readFileSync(new URL(`hosts/${name}`, import.meta.url), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, key) => words[key] ?? '');
  const path = `/${pages.size}/${name}`;
  pages.set(path, { html, policy: policy.replaceAll('{{site}}', new URL(ours).origin) });
  const page = await blank(allow, [origin, ours], options);
  await page.goto(origin + path);
  return page;
}
