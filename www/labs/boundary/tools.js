/** The row of tools under the plot: what a press does there, the brush, taking back, and how the run is looked at. */
import { html, render } from 'lit';
import { paintbox } from '../plane/paintbox.js';
import { pointText, readingText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').ArrowsOn} ArrowsOn */

let figures = 0;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 */
export function createTools(parts, slot) {
  const { view, w } = parts;
  const name = `boundary-${++figures}`;
  const box = paintbox(parts);
  let said = '';

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
    if (view.tool !== 'look') return [box.hint()];
    const [point, reading] = [pointText(parts), readingText(parts)];
    return point ? [point, reading] : [reading || w('hint.look')];
  };

  return {
    draw() {
      render(
        html`<p class="b-line" id="b-line">${lines().map((text) => html`<span>${text}</span>`)}</p>${box.tools(looks())}`,
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
