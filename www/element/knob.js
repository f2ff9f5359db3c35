/** One knob as a widget: slider, segments, select, switch, boxes; with its label, value, help and the way back. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { isDefault } from '../lib/knobs.js';
import { scaleOf } from '../lib/slider.js';
import { fill } from './fill.js';
import { layersEditor } from './layers.js';
import { nameBox } from './names.js';
import { thumbnails } from './thumbnails.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../worker/protocol.js').Knob} Knob
 * @typedef {import('../worker/protocol.js').NumberKind} NumberKind
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 */

/** Up to here choices stand side by side, if their words are short enough for a narrow column; more go into a list. */
const SEGMENTS = 3;
const LETTERS = 22;

/** @param {Figure} figure @param {Knob} knob */
export function knobRow(figure, knob) {
  const { kind } = knob;
  if (figure.pictures.includes(knob.id)) return thumbnails(figure, knob);
  switch (kind.type) {
    case 'number':
      return slider(figure, knob, kind);
    case 'choice':
      return sideBySide(figure, knob, kind.choices) ? segments(figure, knob, kind.choices) : list(figure, knob, kind.choices);
    case 'flag':
      return toggle(figure, knob);
    case 'subset':
      return boxes(figure, knob, kind.choices);
    case 'layers':
      return layersEditor(figure, knob, kind);
    case 'name':
      return name(figure, knob, kind.max);
  }
}

/** @param {Figure} figure @param {Knob} knob @param {string[]} choices */
function sideBySide(figure, { id }, choices) {
  return choices.length <= SEGMENTS && choices.map((choice) => figure.choice(id, choice)).join('').length <= LETTERS;
}

/** @param {Figure} figure @param {Knob} knob @param {NumberKind} kind */
function slider(figure, knob, kind) {
  const value = Number(figure.value(knob.id));
  const scale = scaleOf(kind);
  const at = scale.to(value);
  const shown = figure.shown(knob, value);
  const turn = (/** @type {HTMLInputElement} */ input) => figure.turn(knob.id, scale.from(input.valueAsNumber));
  /** @param {KeyboardEvent & { currentTarget: HTMLInputElement }} event */
  const page = (event) => {
    const steps = event.key === 'PageUp' ? 10 : event.key === 'PageDown' ? -10 : 0;
    if (steps === 0) return;
    event.preventDefault();
    event.currentTarget.valueAsNumber = at + steps * scale.step;
    turn(event.currentTarget);
  };
  return html`<div class="knob">
    <label for=${`k-${knob.id}`}>${figure.label(knob)}</label>
    <output for=${`k-${knob.id}`} aria-live="off">${shown.number}${unit(shown.unit)}</output>
    <input class="slide" type="range" id=${`k-${knob.id}`} min=${scale.min} max=${scale.max} step=${scale.step}
      ${fill((at - scale.min) / (scale.max - scale.min))} .value=${live(String(at))} aria-valuetext=${shown.text}
      aria-describedby=${`h-${knob.id}`}
      @input=${(/** @type {Event} */ e) => turn(/** @type {HTMLInputElement} */ (e.currentTarget))} @keydown=${page} />
    ${help(figure, knob)}
  </div>`;
}

/** @param {string | undefined} word */
const unit = (word) => (word ? html` <span class="unit-w">${word}</span>` : nothing);

/** @param {Figure} figure @param {Knob} knob @param {string[]} choices */
function segments(figure, knob, choices) {
  const value = figure.value(knob.id);
  return html`<div class="knob">
    <span class="lab" id=${`l-${knob.id}`}>${figure.label(knob)}</span>
    <div class="seg wide" role="radiogroup" aria-labelledby=${`l-${knob.id}`} aria-describedby=${`h-${knob.id}`}>
      ${choices.map(
        (choice) => html`<label><input type="radio" name=${knob.id} value=${choice} .checked=${live(choice === value)}
          @change=${() => figure.turn(knob.id, choice)} /><span>${figure.choice(knob.id, choice)}</span></label>`,
      )}
    </div>
    ${help(figure, knob)}
  </div>`;
}

/** @param {Figure} figure @param {Knob} knob @param {string[]} choices */
function list(figure, knob, choices) {
  const value = figure.value(knob.id);
  return html`<div class="knob">
    <label for=${`k-${knob.id}`}>${figure.label(knob)}</label>
    <select id=${`k-${knob.id}`} aria-describedby=${`h-${knob.id}`}
      @change=${(/** @type {Event} */ e) => figure.turn(knob.id, /** @type {HTMLSelectElement} */ (e.currentTarget).value)}>
      ${choices.map((choice) => html`<option value=${choice} .selected=${live(choice === value)}>${figure.choice(knob.id, choice)}</option>`)}
    </select>
    ${help(figure, knob)}
  </div>`;
}

/** Typed, out of the names that the stage knows. @param {Figure} figure @param {Knob} knob @param {number} max */
function name(figure, { id, ...knob }, max) {
  const none = `choices.${id}.none`;
  const box = {
    id: `k-${id}`, help: `h-${id}`, max, value: String(figure.value(id)), t: figure.t,
    none: figure.hasWord(none) ? { value: 'none', word: figure.word(none) } : undefined,
    names: figure.module?.names?.[id] ?? (() => []),
    take: (/** @type {string} */ value) => figure.turn(id, value),
  };
  return html`<div class="knob">
    <label for=${box.id}>${figure.labelOf(id)}</label>
    <div class="combo wide" ${nameBox(box)}></div>
    ${help(figure, { id, ...knob })}
  </div>`;
}

/** @param {Figure} figure @param {Knob} knob */
function toggle(figure, knob) {
  return html`<div class="knob">
    <label class="switch wide"><input type="checkbox" role="switch" .checked=${live(figure.value(knob.id) === true)}
      aria-describedby=${`h-${knob.id}`}
      @change=${(/** @type {Event} */ e) => figure.turn(knob.id, /** @type {HTMLInputElement} */ (e.currentTarget).checked)} />
      ${figure.label(knob)}</label>
    ${help(figure, knob)}
  </div>`;
}

/** @param {Figure} figure @param {Knob} knob @param {string[]} choices */
function boxes(figure, knob, choices) {
  const chosen = String(figure.value(knob.id)).split(',');
  /** @param {Event} event @param {string} choice */
  const change = (event, choice) => {
    const box = /** @type {HTMLInputElement} */ (event.currentTarget);
    const next = choices.filter((c) => (c === choice ? box.checked : chosen.includes(c)));
    // Nothing at all is not a set a network can read: the last box stays.
    if (next.length === 0) box.checked = true;
    else figure.turn(knob.id, next.join(','));
  };
  return html`<div class="knob">
    <span class="lab" id=${`l-${knob.id}`}>${figure.label(knob)}</span>
    <div class="checks wide" role="group" aria-labelledby=${`l-${knob.id}`} aria-describedby=${`h-${knob.id}`}>
      ${choices.map(
        (choice) => html`<label class="check"><input type="checkbox" .checked=${live(chosen.includes(choice))}
          @change=${(/** @type {Event} */ e) => change(e, choice)} />${figure.choice(knob.id, choice)}</label>`,
      )}
    </div>
    ${help(figure, knob)}
  </div>`;
}

/** The line under a widget; with the way back once it was changed. @param {Figure} figure @param {Knob} knob */
export function help(figure, knob) {
  const key = `knobs.${knob.id}.help`;
  const text = figure.hasWord(key) ? figure.word(key) : '';
  const changed = !isDefault(knob, figure.value(knob.id));
  if (!text && !changed) return html`<p class="help" id=${`h-${knob.id}`} hidden></p>`;
  const back = figure.t('ui.knob.back', { value: figure.shownText(knob, knob.default) });
  return html`<p class="help" id=${`h-${knob.id}`}>${text}${changed
    ? html` <button type="button" class="changed" aria-label=${`${back} (${figure.label(knob)})`}
        @click=${() => figure.turn(knob.id, knob.default)}>${back}</button>`
    : nothing}</p>`;
}
