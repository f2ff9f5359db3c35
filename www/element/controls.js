/** All of a lab's knobs, in folding groups: at most six in sight each, the rest one press away. */
import { html, nothing } from 'lit';
import { columns } from '../lib/groups.js';
import { knobRow } from './knob.js';
import { ownPoints } from './own-points.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../worker/protocol.js').Knob} Knob
 */

const IN_SIGHT = 6;

/** @param {Figure} figure */
export function controls(figure) {
  const shown = figure.about.knobs.filter(({ id }) => !figure.withheld.includes(id));
  return html`<div class="controls" part="controls">
    ${columns(shown).map((column) => html`<div class="col">${column.map(({ id, knobs }) => group(figure, id, knobs))}</div>`)}
  </div>`;
}

/** What is folded away is built when it is opened: on a phone that is most of it. @param {Figure} figure @param {string} id @param {Knob[]} knobs */
function group(figure, id, knobs) {
  const name = figure.groupName(id);
  const open = figure.isOpen(id);
  return html`<details class="group" ?open=${open} @toggle=${(/** @type {Event} */ e) => figure.folded(id, e)}>
    <summary tabindex=${figure.wide ? -1 : 0}>${name}<span class="now">${figure.nowOf(id, knobs)}</span></summary>
    ${open ? settings(figure, id, name, knobs) : nothing}
  </details>`;
}

/** @param {Figure} figure @param {string} id @param {string} name @param {Knob[]} knobs */
function settings(figure, id, name, knobs) {
  const split = knobs.length > IN_SIGHT ? IN_SIGHT - 1 : knobs.length;
  const rows = (/** @type {Knob[]} */ some) => some.map((knob) => knobRow(figure, knob));
  const rest = knobs.slice(split);
  return html`<fieldset class="knobs">
      <legend class="vh">${name}</legend>
      ${rows(knobs.slice(0, split))}
      ${rest.length === 0
        ? nothing
        : html`<details class="more"><summary>${figure.t('ui.controls.more', { count: rest.length })}</summary>
            <div class="knobs">${rows(rest)}</div></details>`}
      ${id === 'data' ? ownPoints(figure) : nothing}
      ${knobs.every(({ live }) => !live) ? html`<p class="knob"><span class="help">${figure.t('ui.controls.restarts')}</span></p>` : nothing}
    </fieldset>`;
}
