/** Starts the worker script, also from a page of another origin, where a browser refuses its address. */
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
  const blob = new Blob([`import ${JSON.stringify(address.href)};`], { type: 'text/javascript' });
  const local = URL.createObjectURL(blob);
  const worker = new Worker(local, { type: 'module', name: 'uncrumple' });
  // The worker has fetched its few bytes by the time it answers for the first time.
  const revoke = () => URL.revokeObjectURL(local);
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
}
