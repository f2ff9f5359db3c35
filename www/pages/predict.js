/** Predict, then reveal: a guess kept in the page's memory, answered by the reader's own run once it has learnt. */
import { find } from './page.js';
import { say } from './translate.js';

/**
 * @typedef {import('../element/uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../element/locale.js').Locale} Locale
 */

/**
 * A form with a slider of per cents, about the figure `data-for`. Once that has taken `data-learnt` steps, with the settings
 * that the question is about (see {@link knobsOf}), the sentence `page.<data-section>.reveal` says what was measured: `{guess}`,
 * `{claim}` for the read-out `data-claim`, `{control}` for its `data-control`, or any other read-out by its name.
 *
 * @param {HTMLFormElement} form
 * @param {Locale} words
 */
export function predict(form, { t, formats }) {
  const figure = /** @type {Figure} */ (find(document, `#${form.dataset.for}`));
  const { section = '', claim = '', control = '' } = form.dataset;
  /** Far enough for the answer to be about a network that has learnt. */
  const learnt = Number(form.dataset.learnt);
  const slider = /** @type {HTMLInputElement} */ (find(form, 'input[type="range"]'));
  const shown = find(form, 'output');
  const button = /** @type {HTMLButtonElement} */ (find(form, '[type="submit"]'));
  const hint = find(form, '.hint');
  const reveal = find(/** @type {ParentNode} */ (form.parentElement), '.reveal');

  const show = () => {
    shown.textContent = formats.percent(slider.valueAsNumber / 100);
    slider.style.setProperty('--fill', `${slider.value}%`);
    slider.setAttribute('aria-valuetext', shown.textContent);
  };
  show();
  slider.addEventListener('input', () => {
    show();
    if (slider.disabled) return;
    button.disabled = false;
    hint.textContent = t('page.noHint');
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    slider.disabled = button.disabled = true;
    button.textContent = t('page.kept');
    hint.textContent = '';
    const guess = slider.valueAsNumber / 100;
    figure.guess(guess);
    reveal.hidden = false;
    try {
      await figure.ready;
      // Whatever the settings were turned to meanwhile is turned back.
      for (const [knob, asked] of knobsOf(figure, form.dataset)) if (figure.value(knob) !== asked) await figure.set(knob, asked);
      await learn();
    } catch {
      reveal.hidden = true; // the figure says what went wrong
      return;
    }
    const { readouts, about } = figure;
    const share = (/** @type {number} */ v) => (Number.isFinite(v) ? `${formats.nearly(v)}\u202f%` : formats.percent(v));
    const written = about.readouts.map(({ id, unit }) => [id, unit === 'share' ? share(readouts[id]) : formats.readout(readouts[id], unit)]);
    /** @type {Record<string, string>} */
    const numbers = { guess: formats.percent(guess), ...Object.fromEntries(written) };
    bold(reveal, { ...numbers, claim: numbers[claim], control: numbers[control] });
    say(reveal, t(`page.${section}.reveal`));
  });

  /** Lets the figure train in the open until the answer is due. */
  async function learn() {
    if (at() < learnt) {
      const progress = () => (reveal.textContent = t(`page.${section}.training`, { step: at(), last: learnt }));
      progress();
      figure.play();
      await new Promise((resolve, reject) => {
        const end = new AbortController();
        const { signal } = end;
        const done = (/** @type {(reason: unknown) => void} */ settle) => (/** @type {unknown} */ reason) => {
          end.abort();
          settle(reason);
        };
        figure.addEventListener('frame', () => (progress(), at() >= learnt && done(resolve)(undefined)), { signal });
        figure.addEventListener('error', done(reject), { signal });
      });
    }
    await figure.step(0); // measured to the end, and still while it is read
  }

  const at = () => figure.state.at;
}

/**
 * Settings as a page's markup writes them: `data-knob` at `data-value`, or several `data-knobs` as in a link. A digit may be a choice.
 *
 * @param {Figure} figure
 * @param {DOMStringMap} dataset
 * @returns {[string, number | boolean | string][]}
 */
export function knobsOf({ about }, { knob, value = '', knobs }) {
  const written = knob ? [[knob, value]] : [...new URLSearchParams(knobs)];
  return written.map(([id, text]) => {
    const kind = about.knobs.find((known) => known.id === id)?.kind.type;
    return [id, kind === 'number' ? Number(text) : kind === 'flag' ? text === 'true' : text];
  });
}

/** Puts the numbers a sentence will name into elements of their own. @param {HTMLElement} place @param {Record<string, string>} numbers */
function bold(place, numbers) {
  place.replaceChildren(
    ...Object.entries(numbers).map(([name, text]) => {
      const b = document.createElement('b');
      b.dataset.slot = name;
      b.textContent = text;
      return b;
    }),
  );
}
