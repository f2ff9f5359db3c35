/** Share and save: a link to this moment, the picture, the run's own files, its hash. */
import { html, nothing } from 'lit';
import { icons } from './icons.js';
import { NETWORK, chooseFile } from './own-file.js';

/** @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure */

/** @typedef {{ said: string, link: string, code: string, hash: string }} MenuState  `link`, `code`: shown for copying by hand where a browser refuses */

/** @param {Figure} figure */
export function menu(figure) {
  const { t, menuState } = figure;
  const files = figure.about.exports;
  return html`<details class="menu" @toggle=${() => figure.menuToggled()}>
    <summary class="btn icon" aria-label=${t('ui.menu.name')} title=${t('ui.menu.name')}>${icons.more}</summary>
    <div class="menu-list">
      ${figure.canLink
        ? html`<ul>
            <li><button type="button" @click=${() => figure.copyLink()}>${t('ui.menu.link')}</button></li>
            <li><button type="button" @click=${() => figure.copyEmbed()}>${t('ui.menu.embed')}</button></li>
          </ul>`
        : nothing}
      ${menuState.said ? html`<p class="said" role="status">${menuState.said}</p>` : nothing}
      ${byHand(t('ui.menu.byHand'), menuState.link)}${byHand(t('ui.menu.embedByHand'), menuState.code)}
      <hr />
      <ul>
        <li><button type="button" @click=${() => figure.download('picture.png')}>${t('ui.menu.picture')} <small>${t('ui.menu.pictureKind')}</small></button></li>
        ${files.map((kind) => {
          const key = `ui.menu.files.${kind.replace('.', '-')}`;
          const [name, ending] = kind.split('.');
          return html`<li><button type="button" @click=${() => figure.download(kind)}>${figure.locale.has(key) ? t(key) : name}
            <small>${ending?.toUpperCase()}</small></button></li>`;
        })}
      </ul>
      <hr />
      ${figure.about.assets.includes(NETWORK)
        ? html`<ul><li><button type="button" @click=${() => {
            figure.closeMenu(true);
            chooseFile(figure, NETWORK);
          }}>${t('ui.network.open')} <small>SAFETENSORS</small></button></li></ul><hr />`
        : nothing}
      ${menuState.hash
        ? html`<p class="hash" role="status">${t('ui.menu.hashIs')} <code>${menuState.hash.replace(/(.{4})(?=.)/g, '$1 ')}</code><br />${figure.sameLinkText()}</p>`
        : nothing}
      <ul>
        <li><button type="button" @click=${() => (menuState.hash ? figure.copyHash() : figure.showHash())}>${t(menuState.hash ? 'ui.menu.copyHash' : 'ui.menu.hash')}</button></li>
      </ul>
    </div>
  </details>`;
}

/** @param {string} label @param {string} text nothing while it is empty */
function byHand(label, text) {
  if (!text) return nothing;
  return html`<p class="said"><label>${label}<input class="text-in" readonly .value=${text}
    @focus=${(/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.currentTarget).select()} /></label></p>`;
}
