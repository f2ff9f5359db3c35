// How long a move on the timeline takes: the default figure played to step 10,000, then dragged to places all over the run;
// from the wish to the picture. Prints, and keeps nothing. The goal is 150 ms.
import { launchChromium, serveSite } from '../www/tools/browser.js';

const LAST = 10_000;
const MOVES = 40;

const [site, browser] = await Promise.all([serveSite(), launchChromium()]);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}lab.html?lab=boundary`);
  const moves = await page.locator('uncrumple-lab').evaluate(
    async (element, { last, count }) => {
      const el = /** @type {import('../www/element/uncrumple-lab.js').UncrumpleLab} */ (element);
      await el.step(last);
      let taken = 0;
      el.addEventListener('frame', (event) => (taken += /** @type {CustomEvent} */ (event).detail.done));
      const moves = [];
      for (let i = 1; i <= count; i++) {
        const to = (i * 7919) % (last + 1); // a prime: the places are all over the run and in no order
        const before = performance.now();
        await el.scrub(to);
        await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
        moves.push({ ms: performance.now() - before, taken });
        taken = 0;
      }
      return moves;
    },
    { last: LAST, count: MOVES },
  );
  const times = moves.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const steps = moves.map(({ taken }) => taken);
  const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
  process.stdout.write(
    `scrubbing over ${LAST} steps, ${MOVES} moves: median ${ms(times[MOVES / 2])}, worst ${ms(times[MOVES - 1])}; ` +
      `${Math.round(steps.reduce((sum, n) => sum + n, 0) / MOVES)} steps replayed on average, ${Math.max(...steps)} at most\n`,
  );
} finally {
  await browser.close();
  await site.close();
}
