// What Lighthouse counts on a phone: accessibility, best practices, what a search engine needs. Speed is for the bench.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { serveSite } from '../../www/tools/site.js';
import { audit } from './lighthouse.mjs';

const LEAST = 95;
const CATEGORIES = ['accessibility', 'best-practices', 'seo'];
const PAGES = ['lab.html?lab=boundary', 'embed.html?lab=boundary'].filter((page) =>
  existsSync(new URL(`../../www/${page.replace(/\?.*/, '')}`, import.meta.url)),
);

/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
before(async () => void (site = await serveSite()));
after(() => site?.close());

for (const page of PAGES) {
  test(`Lighthouse gives ${page} at least ${LEAST} for everything that can be counted, and it asks nobody else`, async () => {
    const { scores, faults, requests } = await audit(site.url + page, CATEGORIES);
    assert.deepEqual(Object.keys(scores), CATEGORIES);
    for (const [category, score] of Object.entries(scores)) assert.ok(score >= LEAST, `${category} ${score}: ${faults.join('; ')}`);
    const elsewhere = requests.filter((url) => !/^(?:data|blob):/.test(url) && !url.startsWith(site.url));
    assert.ok(requests.length > 5, 'the page was looked at');
    assert.deepEqual(elsewhere, []);
  });
}
