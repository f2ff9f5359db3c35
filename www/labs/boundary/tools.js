/** The row of tools under the plot: what a press does there, the brush, taking back, and how the run is looked at. */
import { html, nothing, render } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { CLASSES } from '../../draw/palette.js';
import { markSvg } from '../../draw/legend.js';
import { icons } from './icons.js';
import { pointText, readingText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').ViewState} ViewState */
/** @typedef {import('./types.js').ArrowsOn} ArrowsOn */

const BRUSH = { min: 0.03, max: 0.4, step: 0.01 };
let figures = 0;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createTools(parts, slot) {
  const { ctx, view, w } = parts;
  const name = `boundary-${++figures}`;
  let said = '';

  /** @param {Partial<ViewState>} change @param {boolean} checked @param {string} label @param {unknown} picture @param {number} [cls] */
  const kind = (change, checked, label, picture, cls) => html`<label
    class=${cls === undefined ? 'b-icon' : `b-class b-c${cls + 1}`} title=${label}
    ><input type="radio" name="${name}-tool" .checked=${checked} @change=${() => parts.show(change)} /><span class="vh">${label}</span>${picture}</label>`;

  const kinds = () => html`<div class="b-kinds" role="radiogroup" aria-label=${w('tool.label')}>
    ${kind({ tool: 'look' }, view.tool === 'look', w('tool.look'), icons.look)}
    ${Array.from({ length: CLASSES }, (_, cls) =>
      kind({ tool: 'paint', cls }, view.tool === 'paint' && view.cls === cls, w('tool.paint', { class: w(`class.${cls + 1}`) }), unsafeHTML(markSvg(cls)), cls),
    )}
    ${kind({ tool: 'erase' }, view.tool === 'erase', w('tool.erase'), icons.erase)}
    ${kind({ tool: 'hole' }, view.tool === 'hole', w('tool.hole'), icons.hole)}
  </div>`;

  /** @param {'undo' | 'redo'} what */
  const again = (what) => html`<button type="button" class="btn icon" aria-label=${w(what)} title=${w(what)} @click=${() => parts.again(what)}>${icons[what]}</button>`;

  const brush = () => html`<div class="b-brush">
    <label for="${name}-brush">${w('brush')}</label>
    <input class="slide" id="${name}-brush" type="range" min=${BRUSH.min} max=${BRUSH.max} step=${BRUSH.step} .value=${String(view.brush)} ${ref((slider) => fill(slider))}
      @input=${(/** @type {Event} */ e) => parts.show({ brush: Number(/** @type {HTMLInputElement} */ (e.target).value) })} />
    <output for="${name}-brush">${ctx.number(view.brush, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</output>
  </div>`;

  function clear() {
    parts.edit('clear', []);
    parts.lift();
  }

  /** How far the slider is filled; a style attribute would be refused by the page's content policy. @param {Element | undefined} slider */
  function fill(slider) {
    const share = (100 * (view.brush - BRUSH.min)) / (BRUSH.max - BRUSH.min);
    if (slider instanceof HTMLElement) slider.style.setProperty('--fill', `${share}%`);
  }

  /** @param {'contours' | 'soft' | 'gradient'} what */
  const toggle = (what) => html`<label class="switch"><input type="checkbox" role="switch" .checked=${view[what]}
    @change=${(/** @type {Event} */ e) => parts.show({ [what]: /** @type {HTMLInputElement} */ (e.target).checked })} />${w(`view.${what}`)}</label>`;

  const looks = () => html`<details class="menu" @keydown=${closeOnEscape}>
    <summary class="btn">${w('view.label')}</summary>
    <div class="menu-list b-views">
      <p class="lab" id="${name}-arrows">${w('view.arrows')}</p>
      <div class="seg" role="radiogroup" aria-labelledby="${name}-arrows">
        ${/** @type {ArrowsOn[]} */ (['held', 'all', 'none']).map((on) => html`<label><input type="radio" name="${name}-arrows" .checked=${view.arrows === on}
          @change=${() => parts.show({ arrows: on })} /><span>${w(`view.${on}`)}</span></label>`)}
      </div>
      ${toggle('contours')}${toggle('soft')}${toggle('gradient')}
    </div>
  </details>`;

  /** @param {KeyboardEvent} event */
  function closeOnEscape(event) {
    const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (event.key !== 'Escape' || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }

  /** What is known of the chosen point, what a press on the plot would do, and what the network does at the crosshair. */
  const lines = () => {
    const reading = view.tool === 'look' ? readingText(parts) : '';
    if (view.tool === 'paint') return [w('hint.paint', { class: w(`class.${view.cls + 1}`) })];
    if (view.tool !== 'look') return [w(`hint.${view.tool}`)];
    const point = pointText(parts);
    return point ? [point, reading] : [reading || w('hint.look')];
  };

  return {
    draw() {
      const drawing = view.tool !== 'look';
      render(
        html`<p class="b-line" id="b-line">${lines().map((text) => html`<span>${text}</span>`)}</p>
          <div class="b-tools">
            ${kinds()}
            <div class="b-side"><div class="b-pair">${again('undo')}${again('redo')}</div>${looks()}</div>
            ${drawing ? brush() : nothing}
            ${drawing ? html`<button type="button" class="btn" @click=${clear}>${w('clear')}</button>` : nothing}
          </div>`,
        slot,
      );
    },
    /** The lines of words follow the pointer; the rest is drawn with them only because nothing in it will have changed. */
    say() {
      const now = lines().join('\n');
      if (now === said) return;
      said = now;
      this.draw();
    },
    /** @param {Event} event a press anywhere in the figure */
    closeMenu(event) {
      const menu = slot.querySelector('details.menu');
      if (menu instanceof HTMLDetailsElement && menu.open && !event.composedPath().includes(menu)) menu.open = false;
    },
  };
}
