/** What makes a page's sections work: guesses that a run answers, and sentences that operate its figure. Their markup says all. */
import { find } from './page.js';
import { predict, settingsOf } from './predict.js';

/**
 * `form.ask` is a guess (predict.js says what its attributes mean). `button.do` operates the figure `data-for`: sets
 * `data-knobs` as a link writes them, goes to the step `data-seek`, and with `data-play` plays.
 *
 * @param {Promise<import('../element/locale.js').Locale>} words
 */
export function sections(words) {
  for (const button of document.querySelectorAll('button.do')) {
    button.addEventListener('click', () => operate(/** @type {HTMLElement} */ (button)));
  }
  words.then((locale) => {
    for (const form of document.querySelectorAll('form.ask')) predict(/** @type {HTMLFormElement} */ (form), locale);
  });
}

/** What each figure was last asked by a sentence. @type {WeakMap<HTMLElement, object>} */
const newest = new WeakMap();

/** The newest sentence holds: what an older one has yet to do is not done. @param {HTMLElement} button */
async function operate({ dataset }) {
  const figure = /** @type {import('../element/uncrumple-lab.js').UncrumpleLab} */ (find(document, `#${dataset.for}`));
  show(figure);
  const press = {};
  newest.set(figure, press);
  figure.run?.giveUp();
  const holds = () => newest.get(figure) === press;
  try {
    await figure.ready; // what kind of values its knobs take is known from here on
    for (const [knob, value] of settingsOf(figure, dataset.knobs ?? '')) if (holds()) await figure.set(knob, value);
    if (dataset.seek && holds()) await figure.seek(Number(dataset.seek));
    if ('play' in dataset && holds()) figure.play();
  } catch {
    // Told on the figure itself.
  }
}

/** Of a picture, this much in view is enough to see what a sentence does to it. */
const ENOUGH = 0.6;

/** The picture a sentence is about is brought into view: most figures are taller than the window, and end in charts. @param {HTMLElement} figure */
function show(figure) {
  const { top, bottom, height } = (figure.shadowRoot?.querySelector('.stage') ?? figure).getBoundingClientRect();
  const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
  if (seen < ENOUGH * Math.min(height, innerHeight)) figure.scrollIntoView({ block: 'start' });
}
