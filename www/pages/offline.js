/** Registers the service worker, quietly: where there is none, or it is refused, the site is as it was. */

/** Once the page is there, and only on pages of ours that stand by themselves: a frame in someone's blog keeps nothing. */
export function keepForOffline() {
  if (!import.meta.env.PROD || self.origin === 'null' || self !== top) return;
  const register = () => navigator.serviceWorker?.register('./sw.js').catch(() => {});
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
