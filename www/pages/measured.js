/** The last table of the essay: a row for each claim, with what the reader guessed and what their own run measured, and a link to that very run. */
import { pieces } from '../lib/i18n.js';
import { find } from './page.js';

/**
 * @typedef {import('../element/uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../element/locale.js').Locale} Locale
 */

/** @param {HTMLTableElement} table @param {Locale} words */
export function measured(table, words) {
  const body = find(table, 'tbody');
  for (const figure of /** @type {NodeListOf<Figure>} */ (document.querySelectorAll('main uncrumple-lab[id], header uncrumple-lab[id]'))) {
    body.append(row(figure, words));
  }
}

/** @param {Figure} figure @param {Locale} words */
function row(figure, { t, formats }) {
  const say = (/** @type {string} */ part, vars = {}) => t(`page.${figure.lab}.row.${part}`, vars);
  // On a narrow page rows become blocks, and would no longer be told as rows and cells of a table.
  const line = document.createElement('tr');
  line.role = 'row';
  const claim = document.createElement('th');
  claim.scope = 'row';
  claim.role = 'rowheader';
  claim.textContent = say('claim');
  const cells = Object.fromEntries(
    ['guess', 'found', 'control', 'run'].map((part) => {
      const cell = document.createElement('td');
      cell.role = 'cell';
      cell.dataset.label = t(`page.measured.${part}`);
      const words = document.createElement('span');
      cell.append(words);
      line.append(cell);
      return [part, words];
    }),
  );
  const link = document.createElement('a');
  cells.run.className = 'run';
  cells.run.append(link);
  line.prepend(claim);

  line.className = 'none';
  cells.guess.textContent = t('page.measured.noGuess');
  cells.found.textContent = t('page.measured.notRun');
  cells.control.textContent = say('idle');
  link.href = `#${figure.id}`;
  link.textContent = t('page.measured.toFigure');

  figure.addEventListener('result', () => {
    const vars = figure.vars();
    for (const { id, unit } of figure.about.readouts) vars[`read.${id}`] = formats.readout(figure.readouts[id], unit);
    const { step, seed } = figure.run ?? { step: 0, seed: 0 };
    line.className = '';
    if (figure.guessed !== undefined) cells.guess.textContent = formats.percent(figure.guessed);
    bold(cells.found, say('found'), vars);
    cells.control.textContent = say('control', vars);
    link.href = `./lab.html?lab=${figure.lab}#${figure.link}`;
    link.textContent = t('page.measured.link', { seed: String(seed), step });
  });
  return line;
}

/** The sentence, its first number in bold. @param {HTMLElement} place @param {string} text @param {import('../lib/i18n.js').Vars} vars */
function bold(place, text, vars) {
  let first = true;
  place.replaceChildren(
    ...pieces(text).map((piece) => {
      if (!('slot' in piece)) return piece.text;
      const value = String(vars[piece.slot] ?? '');
      if (!first) return value;
      first = false;
      const b = document.createElement('b');
      b.textContent = value;
      return b;
    }),
  );
}
