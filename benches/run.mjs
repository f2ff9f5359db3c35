// How fast we are, beside others, in one Chromium: a worker for each, in turn, round after round. Prints, and keeps nothing;
// compare what was measured in one run only. `./build.sh bench [rounds] [milliseconds]`
import { launchChromium } from '../www/tools/browser.js';
import { Results, report } from './report.mjs';
import { serveFolder } from './serve.mjs';

const rounds = Number(process.argv[2] ?? 7);
const span = Number(process.argv[3] ?? 150);

/** @type {{ id: string, url: string, type: WorkerType }[]} */
const CONTESTANTS = [
  { id: 'simd', url: 'peers/uncrumple.js?kind=simd', type: 'module' },
  { id: 'scalar', url: 'peers/uncrumple.js?kind=scalar', type: 'module' },
  { id: 'tfjs wasm', url: 'peers/tfjs.js?backend=wasm', type: 'classic' },
  { id: 'tfjs cpu', url: 'peers/tfjs.js?backend=cpu', type: 'classic' },
  { id: 'onnxruntime', url: 'peers/onnx.js', type: 'module' },
  { id: 'ConvNetJS', url: 'peers/convnetjs.js', type: 'classic' },
  { id: 'brain.js', url: 'peers/brain.js', type: 'classic' },
];
const ids = CONTESTANTS.map(({ id }) => id);

const server = await serveFolder(new URL('.', import.meta.url));
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  page.on('console', (message) => process.stderr.write(`${message.text()}\n`));
  await page.goto(`${server.url}bench.html`);
  /** What each can do. @type {Map<string, string[]>} */
  const can = new Map();
  for (const contestant of CONTESTANTS) {
    const names = await page.evaluate((c) => /** @type {any} */ (globalThis).start(c), contestant);
    can.set(contestant.id, names);
  }

  /** @param {string} id @param {string} name @returns {Promise<{ rate: number, operations: number }>} */
  const measure = (id, name, ms = span) =>
    page.evaluate((asked) => /** @type {any} */ (globalThis).measure(asked), { id, name, ms });

  const results = new Results();
  const works = can.get('simd') ?? [];
  for (let round = 0; round < rounds; round += 1) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    /** @type {{ name: string, id: string, entry: { rate: number, operations: number } }[]} */
    const entries = [];
    let peak = 0;
    for (const name of works) {
      const able = ids.filter((id) => can.get(id)?.includes(name));
      const first = round % able.length;
      // Nobody always goes first.
      for (const id of [...able.slice(first), ...able.slice(0, first)]) {
        entries.push({ name, id, entry: await measure(id, name) });
      }
      peak = Math.max(peak, (await measure('simd', 'peak', span / 3)).operations);
    }
    for (const { name, id, entry } of entries) results.add(name, id, { ...entry, share: entry.operations / peak });
  }
  const products = works.filter((name) => name.startsWith('gemm '));
  process.stdout.write(`\n${report(results, ids, products)}\n`);
} finally {
  await browser.close();
  await server.close();
}
