/** Registers the service worker, quietly: where there is none, or it is refused, the site is as it was. */

/** Once the page is there, and only on pages of ours that stand by themselves: a frame in someone's blog keeps nothing. */
export function keepForOffline() {
  if (!import.meta.env.PROD || self.origin === 'null' || self !== top) return;
  const register = () => navigator.serviceWorker?.register('./sw.js').catch(() => {});
  navigator.serviceWorker?.addEventListener('controllerchange', keepWhatCame, { once: true });
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}

/** Data of a figure, which is kept when it is used: numbers, names, small pictures. */
const DATA = /\.(?:gz|txt|webp)$/;

/** At a first visit data can be there before the service worker is: asked for once more, it comes from the browser's own cache, and stays. */
function keepWhatCame() {
  const seen = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { name, workerStart } = /** @type {PerformanceResourceTiming} */ (entry);
      if (workerStart === 0 && DATA.test(name) && new URL(name).origin === origin) fetch(name).catch(() => {});
    }
  });
  seen.observe({ type: 'resource', buffered: true });
}
