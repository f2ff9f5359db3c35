// What a figure costs the page: the built site in Chromium, one figure playing. Prints frames a second and tasks over 50 ms.
// How much of a frame the page's scripts take is printed too: `uncrumple` draws in WebGL, here in software.
//   ./build.sh bench runs it; `node benches/figure.mjs [milliseconds] [lab…]`
import { WEBGL, acceptSlowWebgl, launchChromium, serveSite } from '../www/tools/browser.js';

const span = Number(process.argv[2] ?? 8000);
const VIEWPORTS = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];

const labs = process.argv.length > 3 ? process.argv.slice(3) : ['boundary', 'uncrumple'];

const [site, browser] = await Promise.all([serveSite(), launchChromium({ args: WEBGL })]);
try {
  process.stdout.write(`figures playing for ${span / 1000} s, in software (no GPU):\n`);
  for (const [lab, viewport] of labs.flatMap((lab) => VIEWPORTS.map((viewport) => /** @type {const} */ ([lab, viewport])))) {
    const page = await browser.newPage({ viewport });
    await acceptSlowWebgl(page);
    await page.goto(`${site.url}lab.html?lab=${lab}`);
    const devtools = await page.context().newCDPSession(page);
    // The thread's own time, not the clock's: whatever else the machine does is left out.
    await devtools.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
    await devtools.send('Performance.enable');
    const scripts = async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN;
    const figure = page.locator('uncrumple-lab');
    await figure.evaluate((/** @type {any} */ el) => el.ready);
    const before = await scripts();
    const { frames, long, steps } = await figure.evaluate(async (/** @type {any} */ el, ms) => {
      await el.step(0);
      /** @type {number[]} */
      const long = [];
      const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => long.push(duration)));
      observer.observe({ type: 'longtask' });
      let frames = 0;
      el.addEventListener('frame', () => (frames += 1));
      el.play();
      await new Promise((over) => setTimeout(over, ms));
      el.pause();
      observer.disconnect();
      return { frames, long, steps: el.run.step };
    }, span);
    const longest = Math.round(Math.max(0, ...long));
    const rate = ((frames / span) * 1000).toFixed(0);
    const script = (((await scripts()) - before) * 1000) / frames;
    process.stdout.write(`  ${lab}, ${viewport.width} px: ${script.toFixed(1)} ms of script a frame, ${rate} frames/s, ${steps} steps, ${long.length} tasks over 50 ms, the longest ${longest} ms\n`);
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
