/** The essay: its figures, the guesses about them, and the sentences that operate them. */
import '../element/uncrumple-lab.js';
import { find, prepare } from './page.js';
import { predict } from './predict.js';

prepare().then((words) => {
  for (const form of document.querySelectorAll('form.ask')) predict(/** @type {HTMLFormElement} */ (form), words);
});

for (const button of document.querySelectorAll('button.do')) {
  button.addEventListener('click', () => operate(/** @type {HTMLElement} */ (button)));
}

/** A sentence's button: sets a knob, or several as a link writes them, goes to a step, and then plays. @param {HTMLElement} button */
async function operate({ dataset }) {
  const figure = /** @type {import('../element/uncrumple-lab.js').UncrumpleLab} */ (find(document, `#${dataset.for}`));
  figure.scrollIntoView({ block: 'nearest' });
  try {
    const knobs = dataset.knob ? [[dataset.knob, dataset.value ?? '']] : [...new URLSearchParams(dataset.knobs)];
    for (const [knob, value] of knobs) await figure.set(knob, Number.isNaN(Number(value)) ? value : Number(value));
    if (dataset.seek) await figure.seek(Number(dataset.seek));
    if ('play' in dataset) figure.play();
  } catch {
    // Told on the figure itself.
  }
}
