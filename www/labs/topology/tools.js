/** What stands under the plot: the key, the verdict and the finding as sentences, and the buttons. */
import { html, nothing, render } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { markSvg } from '../../draw/legend.js';
import { exactly, finding, setsOf, verdict } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').Tool} Tool */

const RING = '<svg viewBox="0 0 18 18" aria-hidden="true" focusable="false"><circle cx="9" cy="9" r="6" fill="none" stroke="var(--accent)" stroke-width="2.4"/><circle cx="9" cy="9" r="1.6" fill="var(--accent)"/></svg>';
const WAY = '<svg viewBox="0 0 18 18" aria-hidden="true" focusable="false"><path d="M2 14C6 13 5 6 9 6s4 3 7-2" fill="none" stroke="var(--accent)" stroke-width="2.6" stroke-linecap="round" stroke-dasharray=".1 4"/></svg>';
const PRESETS = /** @type {const} */ (['nested', 'hooked', 'parted']);
let figures = 0;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createTools(parts, slot) {
  const { ctx, store, view, w } = parts;
  const name = `topology-${++figures}`;
  let said = '';

  const own = () => ctx.values().dataset === 'yours';

  function key() {
    const sets = setsOf(parts);
    return html`<ul class="key" aria-label=${w('key.label')}>
      ${[0, 1].map((k) => html`<li>${unsafeHTML(markSvg(k))}${w(`sets.${sets}.${k}`)}</li>`)}
      ${store.theorem.must ? html`<li>${unsafeHTML(RING)}${w('key.witness')}</li>` : nothing}
      ${store.theorem.must && store.tables.corridor.rows > 1 ? html`<li>${unsafeHTML(WAY)}${w('key.corridor')}</li>` : nothing}
    </ul>`;
  }

  function lines() {
    if (view.refused) return html`<p class="t-bad" role="alert">${ctx.t(`errors.refused.reasons.${view.refused}`)}</p><p>${w('kept')}</p>`;
    if (view.tool === 'draw') return html`<p class="t-verdict">${w(view.first ? 'draw.second' : 'draw.first')}</p>`;
    if (view.tool === 'move') return html`<p class="t-verdict">${verdict(parts)}</p><p>${w('move')}</p>`;
    const exact = exactly(parts);
    return html`<p class="t-verdict">${verdict(parts)}</p><p>${finding(parts)}</p>${exact ? html`<p>${exact}</p>` : nothing}`;
  }

  /** @param {Tool} tool */
  const kind = (tool) => html`<label><input type="radio" name=${name} .checked=${view.tool === tool}
    @change=${() => parts.show({ tool, first: null, stroke: null, moved: null, point: -1, refused: '' })} /><span>${w(`tool.${tool}`)}</span></label>`;

  function buttons() {
    const { weights, activation } = ctx.values();
    if (own()) {
      return html`<div class="seg" role="radiogroup" aria-label=${w('tool.label')}>${/** @type {Tool[]} */ (['look', 'draw', 'move']).map(kind)}</div>
        ${PRESETS.map((preset, i) => html`<button type="button" class="btn" @click=${() => start(i)}>${w(`preset.${preset}`)}</button>`)}`;
    }
    const exact = weights === 'exact';
    const known = setsOf(parts) === 'disc' && activation !== 'linear';
    return html`${known || exact ? html`<button type="button" class="btn" @click=${() => ctx.set('weights', exact ? 'random' : 'exact')}>${w(exact ? 'chance' : 'exact')}</button>` : nothing}
      <button type="button" class="btn" @click=${draw}>${w('yours')}</button>`;
  }

  /** @param {number} preset */
  function start(preset) {
    parts.show({ tool: 'look', first: null, stroke: null, moved: null, point: -1, refused: '' });
    ctx.input('preset', [preset]);
  }

  function draw() {
    ctx.set('dataset', 'yours');
    parts.show({ tool: 'draw', first: null, stroke: null, refused: '' });
  }

  return {
    draw() {
      if (!store.version) return;
      render(html`${key()}<div class="t-line" id="t-line">${lines()}</div><div class="t-tools">${buttons()}</div>`, slot);
    },
    /** After a frame: only if a word changed. */
    say() {
      const { weights, dataset, activation } = ctx.values();
      const now = [verdict(parts), finding(parts), weights, dataset, activation, store.tables.corridor.rows > 1].join('\n');
      if (now === said) return;
      said = now;
      this.draw();
    },
  };
}
