/** The last line of a figure in somebody else's page: what it is, and the one link back, to this very moment. */
import { html } from 'lit';
import { linkAddress } from './share.js';

/** @param {import('./uncrumple-lab.js').UncrumpleLab} figure @returns {import('lit').TemplateResult} */
export function credit(figure) {
  const { run, t } = figure;
  return html`<p class="credit"><span>${run ? t('ui.credit.seed', { seed: String(run.seed) }) : ''}</span>
    <a href=${linkAddress(figure)} target="_blank" rel="noopener">${t('ui.credit.from')}</a></p>`;
}
