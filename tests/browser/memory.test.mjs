// Figures that come and go: whatever they took they give back, to the worker and to the kilobyte.
import assert from 'node:assert/strict';
import test from 'node:test';
import { frames, openLab, startWith } from './stand.mjs';

// What a browser compiles of a script it has run often enough counts as heap, too: half a megabyte in the first ten figures,
// none of it anyone's leak. So here nothing is compiled, and what is noted for compiling is noted at the first call.
startWith(
  '--js-flags=--no-opt --no-maglev --no-sparkplug --no-lazy-feedback-allocation --no-flush-bytecode',
  '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
);

/** @typedef {import('./stand.mjs').Page} Page */

/** How much the heap may have grown by after the first. */
const SLACK = 1.05;
/** Garbage collections until what is still there counts as kept. */
const PATIENCE = 10;

/** What is left of figures when they are gone. @param {Page} page */
async function scales(page) {
  const client = await page.context().newCDPSession(page);
  for (const domain of /** @type {const} */ (['HeapProfiler', 'Performance'])) await client.send(`${domain}.enable`);
  return async () => {
    // A removed element is kept until a frame has ended its transitions.
    await frames(page, 3);
    await client.send('HeapProfiler.collectGarbage');
    const { metrics } = await client.send('Performance.getMetrics');
    const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
  };
}

/** So many figures, one after the other, each made, trained and removed. @param {Page} page @param {string} lab @param {number} count */
const comeAndGo = (page, lab, count) => page.evaluate(async ([lab, count]) => {
  for (let i = 0; i < Number(count); i++) {
    const el = document.createElement('uncrumple-lab');
    el.setAttribute('lab', String(lab));
    document.querySelector('main')?.prepend(el);
    await el.ready;
    await el.step(5);
    el.remove();
  }
  spy.ports.length = 0; // what watches the page keeps the workers it saw
}, [lab, count]);

for (const [lab, count] of /** @type {[string, number][]} */ ([['boundary', 10], ['layers', 4], ['topology', 4], ['uncrumple', 4], ['digits', 3], ['imagenet', 2], ['filters', 2], ['dream', 2]])) {
  test(`after ${count} more figures of ${lab} have come and gone the page is as heavy as after the first, and every worker has ended`, async (t) => {
    const page = await openLab('', undefined, lab);
    const weigh = await scales(page);
    await comeAndGo(page, lab, 1);
    // The page's own figure goes on building what is near; it is done when nothing has come for a while.
    let first = await weigh();
    for (let same = 0; same < PATIENCE; ) {
      const next = await weigh();
      same = next.nodes === first.nodes && next.listeners === first.listeners ? same + 1 : 0;
      first = next;
    }
    await comeAndGo(page, lab, count);
    let then = await weigh();
    const heavier = () => then.heap > first.heap * SLACK || then.nodes > first.nodes * SLACK || then.listeners > first.listeners;
    for (let i = 0; heavier() && i < PATIENCE; i++) then = await weigh();
    const said = `${lab}: ${JSON.stringify(first)}, then ${JSON.stringify(then)}`;
    t.diagnostic(said);
    assert.ok(!heavier(), said);
    assert.deepEqual(await page.evaluate(() => spy.workers.map(({ ended }) => ended)), [false, ...Array(1 + count).fill(true)]);
  });
}
