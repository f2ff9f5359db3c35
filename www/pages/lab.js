/** One lab, full size: which one, and its state, are in the address. */
import '../element/define.js';
import { LABS } from '../element/labs.js';
import { showAddress } from './keep.js';
import { find, prepare } from './page.js';

const DEFAULT = 'boundary';
/** Browsers count how often the address is written; after a gesture is often enough. */
const QUIET_MS = 250;

const query = new URLSearchParams(location.search);
const asked = query.get('lab') ?? DEFAULT;
const lab = LABS.includes(asked) ? asked : DEFAULT;
const words = prepare({ says: [lab] });

const figure = /** @type {import('../element/uncrumple-lab.js').UncrumpleLab} */ (find(document, 'uncrumple-lab'));
figure.lab = lab;
figure.autoplay = query.get('autoplay') ?? '';
figure.simd = query.get('simd') ?? '';
figure.link = location.hash;
let timer = 0;
// Not `location.hash`: by the time this is heard, the address may have been written again.
addEventListener('hashchange', ({ newURL }) => {
  clearTimeout(timer); // what was still to be written is of before
  figure.link = new URL(newURL).hash;
});

figure.addEventListener('state', () => {
  clearTimeout(timer);
  timer = window.setTimeout(write, QUIET_MS);
});

function write() {
  if (figure.run?.playing) return; // where it stands when it is paused is what a reader would want to find again
  const { pathname, search } = location;
  showAddress(`${pathname}${search}${figure.link ? `#${figure.link}` : ''}`);
}

words.then(({ t }) => {
  const heading = t(`lab.${lab}.heading`);
  document.title = t('lab.title', { lab: heading });
  const description = t(`lab.${lab}.description`);
  find(document, 'meta[name="description"]').setAttribute('content', description);
  find(document, 'meta[property="og:title"]').setAttribute('content', document.title);
  find(document, 'meta[property="og:description"]').setAttribute('content', description);
  find(document, 'meta[property="og:image"]').setAttribute('content', `./og/${lab}.png`);
  find(document, 'link[rel="alternate"]').setAttribute('href', `./oembed/${lab}.json`);
  find(document, 'h1').textContent = heading;
  find(document, '#lead').textContent = t(`lab.${lab}.lead`);
  find(document, '#labs').replaceChildren(
    ...LABS.map((id) => {
      const link = document.createElement('a');
      link.href = `./lab.html?lab=${id}`;
      link.textContent = t(`lab.${id}.heading`);
      if (id === lab) link.ariaCurrent = 'page';
      const item = document.createElement('li');
      item.append(link);
      return item;
    }),
  );
  if (lab === asked) return;
  const notice = find(document, '#unknown');
  find(notice, 'p').textContent = t('lab.unknown', { lab: asked.slice(0, 40) });
  notice.hidden = false;
});
