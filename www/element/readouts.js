/** The read-outs: each claim's number beside the number that could refute it, and a few minor ones below. */
import { html, nothing } from 'lit';
import { shortest } from '../lib/knobs.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../worker/protocol.js').Readout} Readout
 * @typedef {import('../worker/protocol.js').Frame} Frame
 */

const MINOR = 4;

/**
 * Read-outs by name, out of a frame: numbers, texts, and for those given by a key an object of numbers.
 *
 * @param {Readout[]} declared
 * @param {Frame | undefined} frame
 * @returns {import('./globals.js').Readouts}
 */
export function readoutsOf(declared, frame) {
  const data = frame?.channels.readouts?.data ?? [];
  const plain = declared.filter(({ by, unit }) => !by && unit !== 'text');
  const keyed = declared.filter(({ by }) => by);
  return Object.fromEntries([
    ...plain.map(({ id }, i) => [id, data[i] ?? NaN]),
    ...declared.filter(({ unit }) => unit === 'text').map(({ id }) => [id, frame?.texts[id] ?? '']),
    ...keyed.map(({ id }) => [id, byKey(frame?.channels[id]?.data ?? new Float32Array(0))]),
  ]);
}

/** Rows of key and value as an object; keys as they were declared, `0.3` and not its nearest 32-bit float. @param {Float32Array} rows */
function byKey(rows) {
  /** @type {Record<string, number>} */
  const values = {};
  for (let i = 0; i + 1 < rows.length; i += 2) values[String(shortest(rows[i]))] = rows[i + 1];
  return values;
}

/** @param {Figure} figure */
export function pairs(figure) {
  const { readouts } = figure.about;
  const main = readouts.filter(({ role, by }) => !by && (role === 'claim' || role === 'control'));
  return html`<dl class="reads" part="readouts">${main.map((readout) => {
    const value = figure.readouts[readout.id];
    const of = `readouts.${readout.id}.of`;
    return html`<div class=${readout.role === 'claim' ? 'read it' : 'read'}>
      <dt>${figure.word(`readouts.${readout.id}.label`, figure.vars())}</dt>
      <dd><span class="n">${number(figure, readout, value)}</span><span class="of">${figure.hasWord(of) && (typeof value === 'string' ? value !== '' : Number.isFinite(value))
        ? figure.word(of, figure.vars())
        : nothing}</span></dd>
    </div>`;
  })}</dl>`;
}

/** @param {Figure} figure @param {Readout} readout @param {number | string} value */
function number(figure, { unit }, value) {
  if (unit !== 'share' || typeof value === 'string' || !Number.isFinite(value)) return figure.locale.formats.readout(value, unit);
  return html`${figure.locale.formats.nearly(value)}<small>%</small>`;
}

/** @param {Figure} figure */
export function minors(figure) {
  const minor = figure.about.readouts.filter(({ role, by }) => !by && role === 'minor');
  const chosen = figure.minors
    .map((id) => minor.find((readout) => readout.id === id))
    .filter((readout) => readout !== undefined);
  const shown = (chosen.length > 0 ? chosen : minor).slice(0, MINOR);
  if (shown.length === 0) return nothing;
  return html`<dl class="minor">${shown.map(
    ({ id, unit }) => html`<div><dt>${figure.word(`readouts.${id}.label`, figure.vars())}</dt>
      <dd>${figure.locale.formats.readout(figure.readouts[id], unit)}</dd></div>`,
  )}</dl>`;
}
