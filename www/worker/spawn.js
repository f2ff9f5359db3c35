/** Starts the worker script, also from a page of another origin or from a sandboxed frame, where a browser refuses its address. */
import url from './worker.js?worker&url';

/** @returns {Worker} */
export function spawn() {
  const address = new URL(url, import.meta.url);
  // In a sandboxed frame `location.origin` still names the site while `self.origin` is "null".
  if (address.origin === self.origin) {
    try {
      return new Worker(address, { type: 'module', name: 'uncrumple' });
    } catch {
      // Some browsers refuse without saying so in the origin: the way round below is open to them too.
    }
  }
  const local = URL.createObjectURL(new Blob([loader(address.href)], { type: 'text/javascript' }));
  // Chromium refuses a module worker made of a blob where the origin is opaque, but not a classic one that imports.
  const worker = new Worker(local, { type: 'classic', name: 'uncrumple' });
  // The worker has fetched its few bytes by the time it answers for the first time.
  const revoke = () => URL.revokeObjectURL(local);
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
}

/** A script that holds messages until the real one is there; what goes wrong on the way becomes the worker's `error`. @param {string} address */
function loader(address) {
  return `const held = [];
onmessage = (event) => held.push(event);
import(${JSON.stringify(address)}).then(
  () => held.forEach((event) => onmessage(event)),
  (error) => setTimeout(() => { throw error; }),
);`;
}
