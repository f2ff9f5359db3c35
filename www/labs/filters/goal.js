/** One optimiser, three names: a slider from a fooling image over an adversarial example to a dream; and the digit it begins with. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { fill } from '../../element/fill.js';
import { stamp } from '../digits/pixels.js';
import { PIXELS } from '../digits/store.js';
import { isDigits } from './look.js';

/** @typedef {import('../ascent/types.js').Parts} Parts */

/** The first of every class among the test digits, by number; classes from 0 to 9. */
const PICKED = [3, 2, 1, 18, 4, 8, 11, 0, 61, 7];

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('../ascent/types.js').Part}
 */
export function createGoal(parts, slot) {
  const { ctx, w } = parts;
  const kind = ctx.about.knobs.find(({ id }) => id === 'goal')?.kind;
  const goals = kind?.type === 'choice' ? kind.choices : [];
  /** Test digits by number. @type {Map<number, Float32Array>} */
  const digits = new Map();
  let drawn = '';

  const goal = () => String(ctx.values().goal);

  /** @param {number} i */
  async function fetchDigit(i) {
    if (digits.has(i)) return;
    digits.set(i, new Float32Array(0));
    try {
      digits.set(i, await ctx.ask('item', [i]));
      self.draw();
    } catch {
      digits.delete(i); // the run began again: asked once more with the next frame
    }
  }

  const shelf = () => html`<fieldset class="d-shelf f-shelf"><legend class="sub">${w('goal.start')}</legend>${PICKED.map(
    (i, k) => html`<label><canvas data-item=${i} aria-hidden="true"></canvas><input type="radio" name="f-item" aria-label=${w('goal.digit', { digit: k })} .checked=${live(Number(ctx.values().item) === i)} @change=${() => ctx.set('item', i)} /></label>`,
  )}</fieldset>`;

  function words() {
    const now = JSON.stringify([goal(), isDigits(parts), ctx.values().item, ctx.values().epsilon, ctx.t('ui.close')]);
    if (now === drawn) return;
    drawn = now;
    const at = goals.indexOf(goal());
    render(
      html`<div class="f-goal"><label class="sub" for="f-goal">${w('goal.title')}</label>
          <input class="slide" id="f-goal" type="range" min="0" max=${goals.length - 1} step="1" .value=${live(String(at))} ${fill(at / Math.max(1, goals.length - 1))}
            aria-valuetext=${w(`goal.names.${goal()}`)} aria-describedby="f-goal-is" @change=${(/** @type {Event} */ e) => ctx.set('goal', goals[/** @type {HTMLInputElement} */ (e.target).valueAsNumber])} />
          <div class="f-stops" aria-hidden="true">${goals.map((one) => html`<span class=${one === goal() ? 'it' : ''}>${w(`goal.names.${one}`)}</span>`)}</div>
          <p class="a-line" id="f-goal-is">${w(`goal.is.${goal()}`)}</p></div>
        ${goal() === 'adversarial' ? html`<div>${ctx.control('epsilon')}</div>` : nothing}
        ${goal() !== 'fooling' && isDigits(parts) ? shelf() : nothing}`,
      slot,
    );
  }

  const self = {
    draw() {
      words();
      const palette = parts.palette();
      for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (slot.querySelectorAll('.f-shelf canvas'))) {
        const item = Number(canvas.dataset.item);
        void fetchDigit(item);
        const digit = digits.get(item);
        if (digit?.length === PIXELS) stamp(canvas, digit, palette);
      }
    },
  };
  return self;
}
