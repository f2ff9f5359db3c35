/**
 * The service worker: after a first visit the site works off line.
 *
 * One version of the site is one cache, filled whole or not at all, each file checked against the checksum its build wrote
 * into `SITE`. A newer version waits in a cache of its own until no page of the older one is open, so that no page ever
 * meets files of two versions.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
// Other sites of this origin have caches, too.
const OURS = `uncrumple ${worker.registration.scope} `;
const CACHE = OURS + SITE.version;
const ENGINE = WebAssembly.validate(new Uint8Array(SITE.probe)) ? 'simd' : 'scalar';

worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('message', ({ data }) => data === 'take over' && worker.skipWaiting());
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const file = fileOf(request.url);
  // Whatever is not a file of this version is the network's business.
  if (file && request.method === 'GET' && !request.headers.has('range')) event.respondWith(answer(request, file));
});

async function fill() {
  const cache = await caches.open(CACHE);
  const wanted = Object.keys(SITE.files).filter((file) => ['first', ENGINE].includes(SITE.files[file].keep));
  try {
    await Promise.all(wanted.map((file) => fetchInto(cache, file)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {Request} request @param {string} file */
async function answer(request, file) {
  if (await isTheLastReload(request)) {
    worker.registration.waiting?.postMessage('take over');
    return new Response('', { headers: { Refresh: '0' } });
  }
  const cache = await caches.open(CACHE);
  const kept = await cache.match(addressOf(file), { ignoreVary: true });
  if (kept) return kept;
  // Not kept at first, or thrown out by the browser. Where the site has moved on, the page is told what the network says.
  return fetchInto(cache, file).catch(() => fetch(request));
}

/** The only page open asks for itself again while a newer version waits: that is the moment for it. @param {Request} request */
async function isTheLastReload(request) {
  const { isReloadNavigation } = /** @type {{ isReloadNavigation?: boolean }} */ (request);
  return isReloadNavigation && worker.registration.waiting && (await worker.clients.matchAll()).length <= 1;
}

/** @param {Cache} cache @param {string} file @returns {Promise<Response>} */
async function fetchInto(cache, file) {
  const { sum } = SITE.files[file];
  /** @type {RequestInit & { priority: string }} */
  const how = { integrity: sum, cache: 'no-cache', priority: 'low' };
  const response = await fetch(addressOf(file), how);
  if (!response.ok) throw new TypeError(`${file}: ${response.status}`);
  // A navigation refuses an answer that was redirected; a copy has forgotten it.
  const kept = response.redirected ? new Response(response.body, response) : response;
  await cache.put(addressOf(file), kept.clone());
  return kept;
}

/** @param {string} file */
function addressOf(file) {
  return new URL(file, worker.registration.scope).href;
}

/** The file of this version that an address asks for. @param {string} url @returns {string | undefined} */
function fileOf(url) {
  const { origin, pathname } = new URL(url);
  const { scope } = worker.registration;
  if (!(origin + pathname).startsWith(scope)) return undefined;
  const path = (origin + pathname).slice(scope.length) || 'index.html';
  // Some hosts leave the ending out of a page's address.
  return [path, `${path}.html`].find((file) => Object.hasOwn(SITE.files, file));
}
