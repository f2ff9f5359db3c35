// Every lab has a card to show beside a link to it, and an oEmbed description that names files that are there.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { CARD, LABS, english, oembed } from './share.js';

const www = new URL('../', import.meta.url);
const MOST = 60_000;
/** Photographs pack worse than drawings. */
const MOST_OF_PHOTOS = 180_000;
const PHOTOS = ['imagenet', 'dream'];

test('labs are known by their stages', () => {
  assert.ok(LABS.includes('boundary'));
  for (const lab of LABS) assert.ok(english().has(`lab.${lab}.heading`), lab);
});

for (const lab of LABS) {
  test(`${lab} has a card of ${CARD.width} by ${CARD.height} that is quickly there (node www/tools/cards.js ${lab} draws it)`, () => {
    const file = new URL(`public/og/${lab}.png`, www);
    const png = readFileSync(file);
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }, CARD);
    assert.ok(statSync(file).size <= (PHOTOS.includes(lab) ? MOST_OF_PHOTOS : MOST), `${statSync(file).size} bytes`);
  });

  test(`${lab} is described for oEmbed, with addresses of one site`, () => {
    const said = oembed(lab, 'https://site.invalid/essay/');
    assert.equal(said.version, '1.0');
    assert.equal(said.type, 'rich');
    assert.match(said.html, new RegExp(`^<iframe src="https://site\\.invalid/essay/embed\\.html\\?lab=${lab}" width="${said.width}" height="${said.height}" title="[^"<>]+" .*</iframe>$`));
    assert.equal(said.thumbnail_url, `https://site.invalid/essay/og/${lab}.png`);
    assert.ok(said.title.length > 12 && !said.title.includes('{'));
  });
}

test('no card is left of a lab that is gone', () => {
  const cards = readdirSync(new URL('public/og/', www)).map((name) => name.replace(/\.png$/, ''));
  assert.deepEqual(cards.filter((name) => !LABS.includes(name)), []);
});
