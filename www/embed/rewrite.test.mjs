// Sheets for pages that are not ours: every rule of the real tokens ends up on the figure, no rem is left, faces keep whole addresses.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { facesOf, inPixels, onHost } from './rewrite.js';

const TOKENS = readFileSync(new URL('../style/tokens.css', import.meta.url), 'utf8');

test('rem becomes pixels, and nothing else does', () => {
  assert.equal(inPixels('a{margin:1rem -0.5rem;width:calc(100% - 2.75rem)}'), 'a{margin:16px -8px;width:calc(100% - 44px)}');
  assert.equal(inPixels('@container plate (min-width:33.99rem){b{font:400 .9375rem/1.35 x}}'), '@container plate (min-width:543.84px){b{font:400 15px/1.35 x}}');
  assert.equal(inPixels('a{color:#1rem;--step--1:2em;content:"x"}.size-2rem{}'), 'a{color:#1rem;--step--1:2em;content:"x"}.size-2rem{}');
});

test('every rule of the tokens is the figure’s, in both themes, and the system’s only where it has none of its own', () => {
  const css = onHost(TOKENS.replace(/\/\*[\s\S]*?\*\//g, ''));
  const selectors = [...css.matchAll(/(?:^|[{}])\s*([^{}@;]+)\s*\{/g)].map(([, selector]) => selector.trim());
  assert.ok(selectors.length >= 4);
  for (const selector of selectors) assert.match(selector, /^:host/, selector);
  assert.ok(selectors.includes(':host(:not([data-theme="light"]))') && selectors.includes(':host([data-theme="dark"])'));
  assert.doesNotMatch(css, /@font-face|:root/);
  assert.match(css, /"Uncrumple Sans"/);
  assert.doesNotMatch(inPixels(css), /\drem/);
});

test('the faces of a figure have addresses that hold on any page; the page’s own are left behind', () => {
  const faces = facesOf(TOKENS, 'https://here.example/u/style/tokens.css');
  assert.equal(faces.match(/@font-face/g)?.length, 2);
  assert.doesNotMatch(faces, /Serif/);
  assert.match(faces, /url\("https:\/\/here\.example\/u\/assets\/fonts\/sans\.woff2"\)/);
});
