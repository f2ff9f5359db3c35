// A visitor opens the lab and a network learns: it trains, the picture follows, and the arrows end on the boundary.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inFigure, openLab, until } from './stand.mjs';

test('asked by a script, the page trains to 95 % of held-out points right on circle', async () => {
  const page = await openLab();
  const readouts = await inFigure(page, async (el) => {
    await el.set('dataset', 'circle');
    await el.step(600);
    return el.readouts;
  });
  assert.equal(readouts.step, 600);
  assert.ok(readouts.testAccuracy >= 0.95, `${readouts.testAccuracy}`);
  assert.ok(readouts.robustAccuracy < readouts.noiseAccuracy, 'the worst push is worse than a random one');
});

test('pressing Play trains to 95 % on circle, and the picture of the boundary changes while it does', async () => {
  const page = await openLab('#v=1&dataset=circle');
  const before = await inFigure(page, (el) => el.readouts.testAccuracy);
  assert.ok(!(before >= 0.95), `it starts with ${before}`);
  await inFigure(page, (el) => {
    const canvas = /** @type {HTMLCanvasElement} */ (el.renderRoot.querySelector('.b-field'));
    const seen = new Set([canvas.toDataURL()]);
    Object.assign(globalThis, { seen });
    el.addEventListener('frame', () => {
      if (el.run?.playing && seen.size < 20) requestAnimationFrame(() => requestAnimationFrame(() => seen.add(canvas.toDataURL())));
    });
  });
  await page.getByRole('button', { name: 'Play' }).click();
  await until(page, (el) => el.run?.playing === true);
  await until(page, (el) => el.readouts.testAccuracy >= 0.95);
  await until(page, () => /** @type {any} */ (globalThis).seen.size >= 10);
  assert.equal(await inFigure(page, (el) => el.run?.playing), true, 'it went on by itself all the while');
  await page.getByRole('button', { name: 'Pause' }).click();
  await until(page, (el) => el.run?.playing === false && el.run.settled);
  const count = await page.locator('.count').innerText();
  const step = await inFigure(page, (el) => el.readouts.step);
  assert.ok(count.replace(/\D/g, '').startsWith(String(step)), `the page says “${count}” at step ${step}`);
});

for (const [dataset, steps] of /** @type {[string, number][]} */ ([['circle', 600], ['rings', 900]])) {
  test(`on ${dataset}, every arrow that was found ends on the boundary`, async () => {
    const page = await openLab(`#v=1&dataset=${dataset}&count=150`);
    const ends = await inFigure(page, async (el, n) => {
      await el.step(n);
      const [points, push, shape] = await Promise.all(['points', 'push', 'shape'].map((name) => el.channel(name)));
      const classes = shape.data[shape.data.length - 1];
      /** @param {number} x @param {number} y */
      const margin = async (x, y) => {
        const [best, second] = Array.from((await el.ask('at', [x, y])).slice(-classes)).sort((a, b) => b - a);
        return best - second;
      };
      const found = [];
      for (let i = 0; i < push.data.length; i += 4) {
        const [x, y, size, status] = push.data.slice(i, i + 4);
        if (status !== 1) continue;
        const [px, py] = points.data.slice(i, i + 2);
        found.push({ inside: Math.max(Math.abs(x), Math.abs(y)) <= 1.0001, size, length: Math.hypot(x - px, y - py), start: await margin(px, py), end: await margin(x, y) });
      }
      return found;
    }, steps);
    assert.ok(ends.length >= 100, `${ends.length} arrows`);
    for (const { inside, size, length, end } of ends) {
      assert.ok(end < 0.01, `at an arrow's end the two likeliest classes are ${end} apart`);
      assert.ok(Math.abs(size - length) < 1e-4, `${size} is said, ${length} is drawn`);
      assert.ok(inside, 'it stays inside the plot');
    }
    const sure = ends.filter(({ start }) => start > 0.5).length;
    assert.ok(sure > ends.length * 0.8, 'at their starts the network was sure, so ending in doubt means something');
  });
}

test('the arrows are drawn: without them the stage is another picture', async () => {
  const page = await openLab('#v=1&dataset=circle&at=300');
  const points = () => inFigure(page, (el) => /** @type {HTMLCanvasElement} */ (el.renderRoot.querySelector('.b-points')).toDataURL());
  await inFigure(page, (el) => el.step(0));
  await page.getByText('View', { exact: true }).first().click();
  const arrows = (/** @type {string} */ name) => page.getByRole('radiogroup', { name: 'Arrows on' }).getByRole('radio', { name });
  await arrows('every point').check();
  const all = await points();
  await arrows('none').check();
  const none = await points();
  assert.notEqual(all, none);
  await arrows('every point').check();
  assert.equal(await points(), all);
});

test('the numbers on the page are the run’s', async () => {
  const page = await openLab('#v=1&dataset=moons');
  const expected = await inFigure(page, async (el) => {
    await el.step(400);
    const { percent } = el.locale.formats;
    const { robustAccuracy, noiseAccuracy, testAccuracy } = el.readouts;
    return [percent(robustAccuracy), percent(noiseAccuracy), percent(testAccuracy, 1)].map((text) => text.replace(/\s*%$/, ''));
  });
  // The words come with the picture they belong to, an animation frame after the numbers.
  await until(page, (el, texts) => {
    const plate = /** @type {HTMLElement} */ (el.renderRoot.querySelector('.right')).innerText;
    return texts.every((text) => plate.includes(text));
  }, expected);
});
