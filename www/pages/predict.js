/** Predict, then reveal: a guess kept in the page's memory, answered by the reader's own run once it has learnt. */
import { find } from './page.js';
import { say } from './translate.js';

/**
 * @typedef {import('../element/uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../element/locale.js').Locale} Locale
 */

/**
 * A form with a slider of per cents, about the figure `data-for`. Once that has taken `data-learnt` steps, with the settings
 * `data-knobs` that the question is about, the sentence `page.<data-section>.reveal` says what was measured: `{guess}`,
 * `{claim}` for the read-out `data-claim`, `{control}` for its `data-control`, or any other read-out by its name.
 *
 * @param {HTMLFormElement} form
 * @param {Locale} words
 */
export function predict(form, { t, formats }) {
  const figure = /** @type {Figure} */ (find(document, `#${form.dataset.for}`));
  const { section = '', claim = '', control = '', knobs = '' } = form.dataset;
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
      // Whatever they were turned to meanwhile is turned back.
      for (const [knob, value] of asked()) if (figure.value(knob) !== value) await figure.set(knob, value);
      await learn();
    } catch {
      reveal.hidden = true; // the figure says what went wrong; it can be asked again
      slider.disabled = button.disabled = false;
      button.textContent = t('page.keep');
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
      const progress = () => {
        reveal.hidden = !stands(); // turned to something else it answers another question; turned back it goes on with this one
        reveal.textContent = t(`page.${section}.training`, { step: at(), last: learnt });
      };
      progress();
      figure.play();
      await new Promise((resolve, reject) => {
        const end = new AbortController();
        const { signal } = end;
        const done = (/** @type {(reason: unknown) => void} */ settle) => (/** @type {unknown} */ reason) => {
          end.abort();
          settle(reason);
        };
        figure.addEventListener('frame', () => (progress(), at() >= learnt && stands() && done(resolve)(undefined)), { signal });
        figure.addEventListener('error', done(reject), { signal });
      });
    }
    await figure.step(0); // measured to the end, and still while it is read
  }

  const at = () => figure.state.at;
  const asked = () => settingsOf(figure, knobs);
  const stands = () => asked().every(([knob, value]) => figure.value(knob) === value);
}

/** Settings as a link writes them. @param {Figure} figure @param {string} text @returns {[string, import('../worker/protocol.js').KnobValue][]} */
export function settingsOf(figure, text) {
  return [...new URLSearchParams(text)].map(([knob, value]) => [knob, valueOf(figure, knob, value)]);
}

/** A knob's value as a page's markup writes it: a digit may be a choice. @param {Figure} figure @param {string} knob @param {string} text */
function valueOf({ about }, knob, text) {
  const kind = about.knobs.find(({ id }) => id === knob)?.kind.type;
  if (kind === 'number') return Number(text);
  return kind === 'flag' ? text === 'true' : text;
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
