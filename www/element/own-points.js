/** Points of the reader's own: a file opened, lines pasted, and the way to take them along again. */
import { html, nothing } from 'lit';
import { icons } from './icons.js';
import { chooseFile, ownAsset, savedAs, useFile } from './own-file.js';

/** @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure */

/** @param {Figure} figure */
export function ownPoints(figure) {
  const { t } = figure;
  const asset = ownAsset(figure);
  if (!asset) return nothing;
  /** @param {SubmitEvent} event */
  const pasted = (event) => {
    event.preventDefault();
    const area = /** @type {HTMLFormElement} */ (event.currentTarget).querySelector('textarea');
    if (area?.value.trim()) useFile(figure, asset, new TextEncoder().encode(area.value));
    else area?.focus();
  };
  return html`<details class="more own-points">
    <summary>${t('ui.own.title')}</summary>
    <form class="own" @submit=${pasted}>
      <div class="row">
        <button type="button" class="btn" @click=${() => chooseFile(figure)}>${icons.file}${t('ui.own.open')}</button>
        ${savedAs(figure)
          ? html`<button type="button" class="btn" @click=${() => figure.download(asset)}>${t('ui.own.save')}</button>`
          : nothing}
      </div>
      <label for="own-text">${t('ui.own.paste')}</label>
      <textarea id="own-text" class="text-in" rows="4" spellcheck="false" aria-describedby="own-help" placeholder="0.1, -0.4, 0"></textarea>
      <p class="help" id="own-help">${t('ui.own.format')}</p>
      <button class="btn">${t('ui.own.use')}</button>
    </form>
  </details>`;
}
