// Lighthouse's mark for speed on a phone, the median of several runs: `node benches/lighthouse.mjs [runs]`.
import { existsSync } from 'node:fs';
import { audit } from '../tests/browser/lighthouse.mjs';
import { serveSite } from '../www/tools/site.js';

const RUNS = Number(process.argv[2] ?? 5);
const LEAST = 90;
const PAGES = ['lab.html?lab=boundary', 'embed.html?lab=boundary', 'index.html'].filter((page) =>
  existsSync(new URL(`../www/${page.replace(/\?.*/, '')}`, import.meta.url)),
);

const site = await serveSite();
let low = false;
try {
  for (const page of PAGES) {
    const marks = [];
    /** @type {string[]} */
    let faults = [];
    for (let run = 0; run < RUNS; run++) {
      const result = await audit(site.url + page, ['performance']);
      marks.push(result.scores.performance);
      faults = result.faults;
    }
    const median = marks.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)];
    low ||= median < LEAST;
    process.stdout.write(`  ${page.padEnd(26)} performance ${median} (${marks.join(', ')}; at least ${LEAST})\n`);
    for (const fault of faults) process.stdout.write(`    ${fault}\n`);
  }
} finally {
  await site.close();
}
if (low) process.exitCode = 1;
