/** The essay: its figures, the guesses about them, and the sentences that operate them. */
import '../element/uncrumple-lab.js';
import { measured } from './measured.js';
import { find, prepare } from './page.js';
import { predict } from './predict.js';

prepare().then((words) => {
  for (const form of document.querySelectorAll('form.ask')) predict(/** @type {HTMLFormElement} */ (form), words);
  measured(/** @type {HTMLTableElement} */ (find(document, '.measured')), words);
});

for (const button of document.querySelectorAll('button.do')) {
  button.addEventListener('click', () => operate(/** @type {HTMLElement} */ (button)));
}

/** A sentence's button: sets a knob, goes to a step, or both and then plays. @param {HTMLElement} button */
async function operate({ dataset }) {
  const figure = /** @type {import('../element/uncrumple-lab.js').UncrumpleLab} */ (find(document, `#${dataset.for}`));
  figure.scrollIntoView({ block: 'nearest' });
  try {
    if (dataset.knob) {
      const number = Number(dataset.value);
      await figure.set(dataset.knob, Number.isNaN(number) ? (dataset.value ?? '') : number);
    }
    if (dataset.seek) await figure.seek(Number(dataset.seek));
    if ('play' in dataset) figure.play();
  } catch {
    // Told on the figure itself.
  }
}
