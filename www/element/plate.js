/** The plate: a figure's whole markup, in the order every figure keeps. */
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { controls } from './controls.js';
import { coverOf, noticeOf } from './covers.js';
import { linkLacks } from './link.js';
import { menu } from './menu.js';
import { credit } from './credit.js';
import { savedAs } from './own-file.js';
import { minors, pairs } from './readouts.js';
import { timeline } from './timeline.js';

/** @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure */

/** @param {Figure} figure */
export function plate(figure) {
  const { run } = figure;
  const kind = ['plate-in', figure.begun ? '' : 'unready', figure.covered?.kind === 'heavy' ? 'asks' : '', figure.compact ? 'compact' : ''].join(' ');
  return html`<div class="plate"><figure class=${kind} aria-labelledby="title">
    <figcaption class="head">
      <div class=${figure.shows('title') ? '' : 'vh'}><p class="h" id="title" role="heading" aria-level=${figure.level}>${figure.titleText}</p>
        ${figure.hasWord('help') ? html`<p>${figure.word('help')}</p>` : nothing}</div>
      ${figure.shows('menu') ? menu(figure) : nothing}
    </figcaption>
    <div class="notices">${figure.notices.map((notice) => noticeOf(figure, notice))}</div>
    <div class="work">
      <div class="stage-col" part="stage">
        <div class=${figure.view ? 'stage' : 'stage blank'}>
          <div id="stage"></div>
          ${figure.covered ? coverOf(figure, figure.covered) : nothing}
        </div>
        ${figure.compact && figure.shows('timeline') ? timeline(figure, run) : nothing}
        <div id="key" ?hidden=${!figure.shows('key')}></div>
        ${unkept(figure)}
        ${figure.covered?.kind === 'waiting' ? html`<p class="bytes"><span>${figure.t('ui.still')}</span></p>` : nothing}
      </div>
      ${figure.compact ? nothing : [figure.shows('timeline') ? timeline(figure, run) : nothing, numbers(figure)]}
    </div>
    ${figure.compact
      ? html`<details class="workings more"><summary>${figure.t('ui.workings')}</summary>
          <div class="inside">${numbers(figure)}${workings(figure)}</div></details>`
      : workings(figure)}
    ${figure.credit ? credit(figure) : nothing}
    <p class="vh" role="status" aria-live="polite">${figure.spoken}</p>
  </figure></div>`;
}

/** What no link holds goes with the page, which nobody would guess: told while it can still be saved. @param {Figure} figure */
function unkept(figure) {
  if (linkLacks(figure) !== 'tooLong') return nothing;
  const asset = savedAs(figure);
  return html`<p class="bytes unkept" role="status"><span>${figure.t('ui.unkept')}</span>
    ${asset ? html`<button type="button" class="btn" @click=${() => figure.download(asset)}>${figure.t('ui.own.save')}</button>` : nothing}</p>`;
}

/** @param {Figure} figure */
function numbers(figure) {
  return html`<div class="right">${figure.shows('readouts') ? pairs(figure) : nothing}<div class="net" id="net" ?hidden=${!figure.shows('network')}></div>${figure.shows('readouts') ? minors(figure) : nothing}</div>`;
}

/** @param {Figure} figure */
function workings(figure) {
  const { run } = figure;
  return html`${run && figure.begun && figure.shows('controls')
      ? guard(figure.controlsShow(), () => controls(figure)) // they change with a gesture, the rest with every frame
      : nothing}
    <div class="charts" id="charts" ?hidden=${!figure.shows('charts')}></div>
    ${run ? table(figure) : nothing}`;
}

/** The sentence and the rows say what the pictures show; built only while they are open. @param {Figure} figure */
function table(figure) {
  const data = figure.tableOpen ? figure.view?.table() : undefined;
  return html`<details class="data" @toggle=${(/** @type {Event} */ e) => figure.tableToggled(e)}>
    <summary>${figure.t('ui.table')}</summary>
    ${data
      ? html`<p>${figure.view?.summary()}</p>
          <div class="scroll" tabindex="0" role="region" aria-label=${data.caption}><table class="dtable">
            <caption>${data.caption}</caption>
            <thead><tr>${data.head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
            <tbody>${data.rows.map(
              ([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
            )}</tbody></table></div>`
      : nothing}
  </details>`;
}
