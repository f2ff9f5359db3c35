/** Code to copy: every lab in each of the three ways, live beside it, and the tables of flags and messages. */
import { html, nothing, render } from 'lit';
import { COMPACT, elementCode, frameAddress, frameCode } from '../element/embed-code.js';
import { LABS } from '../element/labs.js';
import { copied } from '../element/share.js';
import { prepare, find } from './page.js';
import './frame-height.js';
import heightCode from './frame-height.js?raw';

/** @typedef {import('../element/locale.js').Locale} Locale */

const SITE = new URL('.', location.href);
/** Lines of a policy, what each is for. */
const POLICY = [
  `script-src ${SITE.origin} 'wasm-unsafe-eval'`, 'worker-src blob:', `connect-src ${SITE.origin}`,
  `font-src ${SITE.origin}`, `frame-src ${SITE.origin}`, `img-src ${SITE.origin}`,
];
const FLAGS = {
  lab: LABS.join(', '),
  hide: 'title, menu, key, timeline, readouts, network, controls, charts',
  theme: 'light, dark',
  autoplay: 'visible, off',
  lang: 'en, fr',
  state: '#v=1&seed=7&at=460&epsilon=0.2',
};
const COMMANDS = {
  play: "{ type: 'play' }",
  pause: "{ type: 'pause' }",
  step: "{ type: 'step', steps: 100 }",
  seek: "{ type: 'seek', step: 460 }",
  set: "{ type: 'set', knob: 'epsilon', value: 0.2 }",
  reset: "{ type: 'reset', seed: 8 }",
};
const EVENTS = {
  hello: '',
  resize: 'height',
  embedly: '{"context":"iframe.resize","height":N}',
  ready: 'seed, step, last, playing',
  frame: 'step, done, settled, readouts',
  state: 'seed, step, last, playing',
  result: 'seed, step, readouts',
  done: 'id, seed, step, last, playing',
  error: 'id, code',
};
const MESSAGE = `const frame = document.querySelector('iframe');
frame.contentWindow.postMessage({ uncrumple: 1, id: 1, type: 'step', steps: 100 }, '${SITE.origin}');
addEventListener('message', ({ source, data }) => {
  if (source === frame.contentWindow && data.uncrumple === 1 && data.type === 'result') console.log(data.readouts);
});`;
const PACKAGE = (/** @type {string} */ lab) => `npm install uncrumple

<script type="module">import 'uncrumple/element';</script>
<uncrumple-lab lab="${lab}"></uncrumple-lab>`;

prepare({ says: ['gallery'] }).then((words) => {
  const { t, lang } = words;
  const code = { resize: `<script>\n${heightCode.trim()}\n</script>`, message: MESSAGE, policy: policy(), cors: 'Access-Control-Allow-Origin: *' };
  for (const [name, text] of Object.entries(code)) render(block(words, t(`gallery.code.${name}`), '', text), find(document, `[data-code="${name}"]`));
  render(table(words, 'flags', FLAGS), find(document, '[data-table="flags"]'));
  render(table(words, 'commands', COMMANDS), find(document, '[data-table="commands"]'));
  render(table(words, 'events', EVENTS), find(document, '[data-table="events"]'));
  render(LABS.map((lab) => example(words, lab)), find(document, '#labs'));
  document.documentElement.lang = lang;
});

function policy() {
  return POLICY.join(';\n');
}

/** @param {Locale} words @param {string} lab */
function example(words, lab) {
  const { t, lang } = words;
  const title = t(`labs.${lab}.title`);
  const { theme } = document.documentElement.dataset;
  const src = frameAddress({ lab, hide: COMPACT, lang, theme, autoplay: 'visible' });
  return html`<section class="example" aria-labelledby="lab-${lab}">
    <h2 id="lab-${lab}">${title}</h2>
    <div class="both">
      <iframe src=${src} title=${title} loading="lazy" height="900" allow="clipboard-write"></iframe>
      <div class="codes">
        ${block(words, t('gallery.ways.frame'), title, frameCode({ lab, title, lang }), t('gallery.ways.frameWhy'))}
        ${block(words, t('gallery.ways.element'), title, elementCode({ lab, lang }), t('gallery.ways.elementWhy'))}
        ${block(words, t('gallery.ways.package'), title, PACKAGE(lab), t('gallery.ways.packageWhy'))}
      </div>
    </div>
  </section>`;
}

/** Text to be copied, and a button that does. @param {Locale} words @param {string} name @param {string} of what it is about: names are given once a page @param {string} text @param {string} [why] */
function block({ t }, name, of, text, why) {
  const copy = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const done = await copied(text);
    const said = /** @type {HTMLElement} */ (button.previousElementSibling);
    said.textContent = t(done ? 'ui.menu.copied' : 'gallery.byHand');
    if (!done) getSelection()?.selectAllChildren(/** @type {Node} */ (button.closest('.code')?.querySelector('code')));
  };
  return html`<div class="code">
    <div class="top"><p>${name}</p><span role="status"></span><button type="button" class="btn" aria-label=${t('gallery.copyWhat', { what: name })} @click=${copy}>${t('gallery.copy')}</button></div>
    <pre tabindex="0" role="region" aria-label=${of ? `${name}: ${of}` : name}><code translate="no">${text}</code></pre>
    ${why ? html`<p class="why">${why}</p>` : nothing}
  </div>`;
}

/** @param {Locale} words @param {string} name @param {Record<string, string>} rows */
function table({ t }, name, rows) {
  const head = (/** @type {string} */ column) => t(`gallery.${name}.${column}`);
  return html`<div class="facts" tabindex="0" role="region" aria-label=${head('caption')}><table>
    <caption>${head('caption')}</caption>
    <thead><tr><th scope="col">${head('name')}</th><th scope="col">${head('values')}</th><th scope="col">${t('gallery.meaning')}</th></tr></thead>
    <tbody>${Object.entries(rows).map(
      ([id, values]) => html`<tr><th scope="row"><code translate="no">${id}</code></th><td><code translate="no">${values}</code></td><td>${t(`gallery.${name}.rows.${id}`)}</td></tr>`,
    )}</tbody></table></div>`;
}
