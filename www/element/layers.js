/** The hidden layers of a network: a stepper each, an activation of its own if wanted, and buttons to add and remove. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { readLayers, writeLayers } from '../lib/layers.js';
import { hold, press } from './hold.js';
import { help } from './knob.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../lib/layers.js').Layer} Layer
 * @typedef {import('../lib/layers.js').LayersKind} LayersKind
 */

/** What a first hidden layer starts with. */
const FIRST = 8;

/** @param {Figure} figure @param {Knob} knob @param {LayersKind} kind */
export function layersEditor(figure, knob, kind) {
  const read = () => readLayers(String(figure.value(knob.id)), kind) ?? [];
  const layers = read();
  // Read again at the moment of the press: a held button changes them faster than they are drawn.
  const change = (/** @type {(layers: Layer[]) => void} */ edit) => {
    const next = read();
    edit(next);
    figure.turn(knob.id, writeLayers(next));
  };
  const add = () => change((all) => all.push({ ...(all.at(-1) ?? { units: FIRST }) }));
  return html`<div class="knob" role="group" aria-labelledby=${`l-${knob.id}`}>
      <span class="lab" id=${`l-${knob.id}`}>${figure.label(knob)}</span><span class="val">${layers.length}</span>
      <ol class="layers wide">${layers.map((layer, i) => row(figure, knob, kind, layer, i, change))}</ol>
      <button type="button" class="btn" id=${`add-${knob.id}`} ?disabled=${layers.length >= kind.maxLayers} @click=${add}>
        ${figure.t('ui.layers.add')}</button>
      ${help(figure, knob)}
    </div>`;
}

/**
 * @param {Figure} figure
 * @param {Knob} knob
 * @param {LayersKind} kind
 * @param {Layer} layer
 * @param {number} i
 * @param {(edit: (layers: Layer[]) => void) => void} change
 */
function row(figure, knob, kind, { units, activation }, i, change) {
  const n = i + 1;
  const name = figure.t('ui.layers.name', { n });
  /** @param {number} by */
  const widen = (by) => () =>
    change((all) => {
      if (all[i]) all[i].units = Math.min(kind.maxUnits, Math.max(1, all[i].units + by));
    });
  /** @param {Event} event */
  const own = (event) => {
    const chosen = /** @type {HTMLSelectElement} */ (event.currentTarget).value;
    change((all) => all[i] && (all[i] = chosen ? { units: all[i].units, activation: chosen } : { units: all[i].units }));
  };
  const remove = () => {
    change((all) => all.splice(i, 1));
    // The button that was pressed goes with its layer; the reader's place does not.
    figure.focusOn(`add-${knob.id}`);
  };
  const word = (/** @type {string} */ a) =>
    figure.choice(figure.hasWord(`choices.${knob.id}.${a}`) ? knob.id : 'activation', a);
  const button = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ label, /** @type {boolean} */ off) =>
    html`<button type="button" aria-label=${label} ?disabled=${off}
      @pointerdown=${(/** @type {PointerEvent} */ e) => hold(e, widen(by))} @click=${() => press(widen(by))}>${sign}</button>`;
  return html`<li>
    <span class="name">${name}</span>
    <span class="stepper" role="group" aria-label=${figure.t('ui.layers.units', { n })}>
      ${button(-1, '−', figure.t('ui.layers.fewer', { n }), units <= 1)}
      <output aria-label=${figure.t('ui.layers.units', { n })}>${units}</output>
      ${button(1, '+', figure.t('ui.layers.more', { n }), units >= kind.maxUnits)}
    </span>
    <span class="act">
      ${kind.activations.length === 0
        ? nothing
        : html`<select aria-label=${figure.t('ui.layers.activation', { n })} @change=${own}>
            <option value="" .selected=${live(!activation)}>${figure.t('ui.layers.common')}</option>
            ${kind.activations.map((a) => html`<option value=${a} .selected=${live(a === activation)}>${word(a)}</option>`)}
          </select>`}
      <button type="button" class="btn" aria-label=${figure.t('ui.layers.removeOne', { n })} @click=${remove}>${figure.t('ui.layers.remove')}</button>
    </span>
  </li>`;
}
