/** One lab, bare, in somebody else's frame: which one, its flags and its state are in the address. */
import '../element/define.js';
import { LABS } from '../element/labs.js';
import { announce } from './announce.js';
import { showAddress } from './keep.js';
import { obey } from './obey.js';
import { find, prepare } from './page.js';

const DEFAULT = 'boundary';
/** Browsers count how often the address is written; after a gesture is often enough. */
const QUIET_MS = 250;

const words = prepare({ keeps: false });
const query = new URLSearchParams(location.search);
const asked = query.get('lab') ?? DEFAULT;
const lab = LABS.includes(asked) ? asked : DEFAULT;

const figure = /** @type {import('../element/uncrumple-lab.js').UncrumpleLab} */ (find(document, 'uncrumple-lab'));
figure.lab = lab;
figure.hide = query.get('hide') ?? '';
figure.autoplay = query.get('autoplay') ?? '';
figure.simd = query.get('simd') ?? '';
figure.link = location.hash;
let timer = 0;
// Not `location.hash`: by the time this is heard, the address may have been written again.
addEventListener('hashchange', ({ newURL }) => {
  clearTimeout(timer); // what was still to be written is of before
  figure.link = new URL(newURL).hash;
});

if (parent !== self) {
  announce(figure, find(document, 'main'));
  obey(figure);
}

// A script's own steps change no setting; they end in a result.
for (const type of ['state', 'result']) {
  figure.addEventListener(type, () => {
    clearTimeout(timer);
    timer = window.setTimeout(write, QUIET_MS);
  });
}

function write() {
  if (figure.run?.playing) return; // where it stands when it is paused is what a reader would want to find again
  const { pathname, search } = location;
  showAddress(`${pathname}${search}${figure.link ? `#${figure.link}` : ''}`);
}

words.then(({ t }) => {
  document.title = t('lab.title', { lab: t(`lab.${lab}.heading`) });
  if (lab === asked) return;
  const notice = find(document, '#unknown');
  find(notice, 'p').textContent = t('lab.unknown', { lab: asked.slice(0, 40) });
  notice.hidden = false;
});
