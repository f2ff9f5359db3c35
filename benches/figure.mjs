// What a figure costs the page's main thread, animation frame by animation frame: the built site in Chromium, one figure playing.
// A frame's cost is the time that the thread itself was busy with its tasks from one animation frame to the next (in a trace): messages,
// scripts, style, layout, paint, garbage. Waiting is none of it, nor is what else the machine does.
//
// Twice, for here is no GPU. `as it comes`: software draws what WebGL and canvases ask for, on the same few cores. There may be four frames
// a second then; each pays for all that is due by the clock (words, the timeline, small prints) and finds its caches cold.
// `at 60 a second`: WebGL's draw calls are left out, though nothing that leads to them, and the page's clock takes every animation
// frame for a 60th of a second. That is the number to hold: 4 ms for `uncrumple`.
//   ./build.sh bench runs it; `node benches/figure.mjs [frames] [lab…]`
import { WEBGL, acceptSlowWebgl, launchChromium, serveSite } from '../www/tools/browser.js';

/** @typedef {Awaited<ReturnType<Awaited<ReturnType<typeof launchChromium>>['newPage']>>} Page */
/** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur: number, tdur?: number }} Event in microseconds */

/** Frames of the run that are measured; as many come before, for scripts are slow until they are compiled. */
const FRAMES = Number(process.argv[2] ?? 120);
const VIEWPORTS = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];
const WAYS = [{ name: 'as it comes', before: () => {} }, { name: 'at 60 a second', before: sixty }];
const TRACED = ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
/** What it goes into; style and layout that a script asks for count as its own, too. */
const PARTS = { script: ['FunctionCall'], 'style and layout': ['UpdateLayoutTree', 'Layout'], paint: ['PrePaint', 'Paint', 'Layerize', 'Commit'], garbage: ['MinorGC', 'MajorGC'] };

const labs = process.argv.length > 3 ? process.argv.slice(3) : ['boundary', 'uncrumple'];

/** Runs in the page. */
function sixty() {
  const ask = globalThis.requestAnimationFrame;
  let [frames, last] = [0, NaN];
  globalThis.requestAnimationFrame = (act) => ask((now) => {
    if (now !== last) frames++;
    last = now;
    act(now);
  });
  performance.now = () => (frames * 1000) / 60;
  Object.assign(WebGL2RenderingContext.prototype, { drawArrays() {}, drawElements() {} });
}

/** Plays until so many frames of the run have come. @param {Page} page @param {number} count */
const play = (page, count) => page.locator('uncrumple-lab').evaluate(async (/** @type {any} */ el, most) => {
  let frames = 0;
  const over = new Promise((resolve) => el.addEventListener('frame', () => ++frames === most && resolve(undefined)));
  el.play();
  await over;
}, count);

/** What the main thread was busy with from each animation frame to the next, in milliseconds. @param {Event[]} events */
function framesOf(events) {
  const fired = events.filter(({ name }) => name === 'FireAnimationFrame');
  const { pid, tid } = fired[0];
  const own = events.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid).sort((a, b) => a.ts - b.ts);
  /** @type {number[]} */
  const frames = [];
  for (const { ts, dur, tdur = 0 } of own.filter(({ name }) => name === 'RunTask')) {
    if (fired.some((event) => event.ts >= ts && event.ts < ts + dur)) frames.push(0);
    if (frames.length > 0) frames[frames.length - 1] += tdur / 1000;
  }
  const parts = Object.entries(PARTS).map(([part, names]) => {
    const sum = own.reduce((total, { name, tdur = 0 }) => total + (names.includes(name) ? tdur / 1000 : 0), 0);
    return `${part} ${(sum / frames.length).toFixed(1)}`;
  });
  return { frames: frames.slice(0, -1).sort((a, b) => a - b), parts }; // the last is cut off
}

/** @param {number} value */
const ms = (value) => `${value.toFixed(1)} ms`;

const [site, browser] = await Promise.all([serveSite(), launchChromium({ args: WEBGL })]);
try {
  process.stdout.write(`the main thread's own time for an animation frame of a figure that plays, no GPU; ${FRAMES} frames of the run each:\n`);
  for (const lab of labs) for (const viewport of VIEWPORTS) for (const { name, before } of WAYS) {
    const page = await browser.newPage({ viewport });
    await acceptSlowWebgl(page);
    await page.addInitScript(before);
    await page.goto(`${site.url}lab.html?lab=${lab}`);
    await page.locator('uncrumple-lab').evaluate(async (/** @type {any} */ el) => el.step(0));
    await play(page, FRAMES);
    await browser.startTracing(page, { categories: TRACED });
    const began = Date.now();
    await play(page, FRAMES);
    const took = Date.now() - began;
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
    const { frames, parts } = framesOf(traceEvents);
    const at = (/** @type {number} */ share) => ms(frames[Math.floor(share * frames.length)]);
    const whole = frames.reduce((sum, one) => sum + one, 0);
    process.stdout.write(
      `  ${lab}, ${viewport.width} px, ${name}: median ${at(0.5)}, p95 ${at(0.95)}; on average ${ms(whole / frames.length)} (${parts.join(', ')}); ` +
        `${ms(whole / FRAMES)} for a frame of the run; ${((1000 * frames.length) / took).toFixed(0)} animation frames/s\n`,
    );
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
