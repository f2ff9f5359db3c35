// Packed data in a browser: unpacked in the page and in a worker, from hosts of either habit, not fetched before it is wanted, and
// then there without the network.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchChromium, serveSite, watchForTrouble } from '../../www/tools/browser.js';
import { writeServiceWorker } from '../../www/tools/offline.js';

const WWW = fileURLToPath(new URL('../../www/', import.meta.url));
const DIGITS = `${WWW}assets/digits/`;
const NAME = 'digits-test';
const ENTRY = JSON.parse(readFileSync(`${DIGITS}manifest.json`, 'utf8'))[NAME];
const WORKER = `
import { asset } from './asset-under-test.js';
onmessage = async ({ data: [address, entry] }) => {
  const bytes = await asset(address, entry, { get: fetch }).catch((error) => error.code ?? String(error));
  postMessage(bytes.length);
};`;

/** @type {Awaited<ReturnType<typeof launchChromium>>} */
let browser;
/** The built site with the data, the script that fetches it, and a worker that does. */
const folder = `${mkdtempSync(join(tmpdir(), 'uncrumple-'))}/`;
before(async () => {
  browser = await launchChromium();
  cpSync(`${WWW}dist/`, folder, { recursive: true });
  cpSync(DIGITS + ENTRY.file, `${folder}assets/${ENTRY.file}`);
  cpSync(`${WWW}lib/asset.js`, `${folder}assets/asset-under-test.js`);
  writeFileSync(`${folder}assets/asset-worker.js`, WORKER);
  writeServiceWorker(folder);
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.json': 'application/json' };

/** A host that sends what is on its disk: files called `.gz` are none of its business. @returns {ReturnType<typeof serveSite>} */
async function servePlainly() {
  const server = createServer((request, response) => {
    const path = folder + (new URL(request.url ?? '/', 'http://x').pathname.slice(1) || 'index.html');
    if (!existsSync(path)) return response.writeHead(404).end();
    const type = /** @type {Record<string, string>} */ (TYPES)[extname(path)] ?? 'application/octet-stream';
    return response.writeHead(200, { 'content-type': type }).end(readFileSync(path));
  });
  await new Promise((then) => server.listen(0, '127.0.0.1', () => then(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = async () => {
    server.closeAllConnections();
    await new Promise((then) => server.close(then));
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

/** Length and first bytes of the data, and how its progress went. @param {import('./stand.mjs').Page} page */
function fetched(page) {
  return page.evaluate(async (entry) => {
    const script = './assets/asset-under-test.js';
    const { asset } = await import(new URL(script, document.baseURI).href);
    /** @type {number[]} */
    const shares = [];
    const progress = (/** @type {number} */ share) => shares.push(share);
    const bytes = await asset(`./assets/${entry.file}`, entry, { get: (/** @type {[string]} */ ...args) => fetch(...args), progress });
    return { length: bytes.length, magic: String.fromCharCode(...bytes.slice(0, 4)), last: shares.at(-1), rising: shares.every((s, i) => !i || s >= shares[i - 1]) };
  }, ENTRY);
}

/** @param {import('./stand.mjs').Page} page */
const kept = (page) =>
  page.evaluate(async () => {
    const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url.replace(/.*\//, ''));
  });

for (const [habit, serve] of Object.entries({ 'sends packed data packed': servePlainly, 'unpacks it on the way': () => serveSite({ folder }) })) {
  test(`data from a host that ${habit}`, async () => {
    const site = await serve();
    const context = await browser.newContext();
    let open = true;
    try {
      const page = await context.newPage();
      const trouble = watchForTrouble(page, site.url);
      const answers = page.context().waitForEvent('response', (response) => response.url().endsWith(ENTRY.file));
      await page.goto(`${site.url}lab.html`);
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        if (!navigator.serviceWorker.controller) await new Promise((then) => navigator.serviceWorker.addEventListener('controllerchange', then, { once: true }));
      });
      assert.ok(!(await kept(page)).includes(ENTRY.file), 'a first visit does not fetch it');
      const expected = { length: ENTRY.raw.bytes, magic: 'UIMG', last: 1, rising: true };
      assert.deepEqual(await fetched(page), expected);
      const encoding = (await answers).headers()['content-encoding'];
      assert.equal(encoding, habit.startsWith('unpacks') ? 'gzip' : undefined, 'these are two habits');
      assert.ok((await kept(page)).includes(ENTRY.file), 'once used it is kept');
      const inWorker = await page.evaluate(
        (entry) =>
          new Promise((then) => {
            const worker = new Worker(new URL('./assets/asset-worker.js', document.baseURI), { type: 'module' });
            worker.onmessage = ({ data }) => then(data);
            worker.postMessage([new URL(`./assets/${entry.file}`, document.baseURI).href, entry]);
          }),
        ENTRY,
      );
      assert.equal(inWorker, ENTRY.raw.bytes);
      assert.deepEqual(trouble, []);
      await site.close();
      open = false;
      await context.setOffline(true);
      assert.deepEqual(await fetched(page), expected, 'without the network');
    } finally {
      await context.close();
      if (open) await site.close();
    }
  });
}
