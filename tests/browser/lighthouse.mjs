// Lighthouse on a page of the site, as a phone meets it: the machine's own Chromium, and no request to anyone.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const FLAGS = ['--headless=new', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/**
 * @param {string} url
 * @param {string[]} categories such as `accessibility`
 * @returns {Promise<{ scores: Record<string, number>, faults: string[], requests: string[] }>} scores out of 100; `faults`:
 *   what kept a category from it; `requests`: every address the page asked for
 */
export async function audit(url, categories) {
  const chrome = await launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromeFlags: [...FLAGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    logLevel: 'error',
  });
  try {
    const result = await lighthouse(url, { port: chrome.port, onlyCategories: categories, logLevel: 'error' });
    if (!result) throw new Error('Lighthouse said nothing');
    const { lhr, artifacts } = result;
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round(100 * (score ?? 0))]));
    const faults = Object.values(lhr.categories).flatMap(({ id, auditRefs }) =>
      auditRefs
        .filter(({ weight }) => weight > 0)
        .map((ref) => lhr.audits[ref.id])
        .filter(({ score }) => score !== null && score < 0.9)
        .map(({ id: audit, title, displayValue = '' }) => `${id}: ${audit}: ${title} ${displayValue}`),
    );
    const requests = artifacts.DevtoolsLog.filter(({ method }) => method === 'Network.requestWillBeSent').map(
      ({ params }) => /** @type {{ request: { url: string } }} */ (params).request.url,
    );
    return { scores, faults, requests };
  } finally {
    chrome.kill();
  }
}
