/** The tools of a plane that can be painted on: what a press there does, the brush, taking back. */
import { html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { markSvg } from '../../draw/legend.js';
import { CLASSES } from '../../draw/palette.js';
import { fill } from '../../element/fill.js';
import { icons } from './icons.js';

/** @typedef {import('./brush.js').Brush} Brush */
/**
 * @typedef {object} Painted
 * @property {import('../boundary/types.js').StageContext} ctx
 * @property {Brush} view
 * @property {(key: string) => string} w the stage's own words, of which classes have theirs
 * @property {(change: Partial<Brush>) => void} show
 * @property {(kind: string, data: number[]) => void} edit
 * @property {() => void} lift
 * @property {(what: 'undo' | 'redo') => void} again
 */

const BRUSH = { min: 0.03, max: 0.4, step: 0.01 };
let boxes = 0;

/** @param {Painted} parts */
export function paintbox(parts) {
  const { ctx, view, w } = parts;
  const name = `brush-${++boxes}`;
  /** @param {string} key @param {import('../../lib/i18n.js').Vars} [vars] */
  const t = (key, vars) => ctx.t(`ui.brush.${key}`, vars);

  /** @param {Partial<Brush>} change @param {boolean} checked @param {string} label @param {unknown} picture @param {number} [cls] */
  const kind = (change, checked, label, picture, cls) => html`<label
    class=${cls === undefined ? 'p-icon' : `p-class p-c${cls + 1}`} title=${label}
    ><input type="radio" name="${name}-tool" .checked=${checked} @change=${() => parts.show(change)} /><span class="vh">${label}</span>${picture}</label>`;

  const kinds = () => html`<div class="p-kinds" role="radiogroup" aria-label=${t('tool.label')}>
    ${kind({ tool: 'look' }, view.tool === 'look', t('tool.look'), icons.look)}
    ${Array.from({ length: CLASSES }, (_, cls) =>
      kind({ tool: 'paint', cls }, view.tool === 'paint' && view.cls === cls, t('tool.paint', { class: w(`class.${cls + 1}`) }), unsafeHTML(markSvg(cls)), cls),
    )}
    ${kind({ tool: 'erase' }, view.tool === 'erase', t('tool.erase'), icons.erase)}
    ${kind({ tool: 'hole' }, view.tool === 'hole', t('tool.hole'), icons.hole)}
  </div>`;

  /** @param {'undo' | 'redo'} what */
  const again = (what) => html`<button type="button" class="btn icon" aria-label=${t(what)} title=${t(what)} @click=${() => parts.again(what)}>${icons[what]}</button>`;

  const size = () => html`<div class="p-brush">
    <label for="${name}-size">${t('size')}</label>
    <input class="slide" id="${name}-size" type="range" min=${BRUSH.min} max=${BRUSH.max} step=${BRUSH.step} .value=${String(view.brush)} ${fill((view.brush - BRUSH.min) / (BRUSH.max - BRUSH.min))}
      @input=${(/** @type {Event} */ e) => parts.show({ brush: Number(/** @type {HTMLInputElement} */ (e.target).value) })} />
    <output for="${name}-size">${ctx.number(view.brush, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</output>
  </div>`;

  function clear() {
    parts.edit('clear', []);
    parts.lift();
  }

  return {
    /** @param {unknown} [beside] what stands beside taking back */
    tools: (beside = nothing) => html`<div class="p-tools">
      ${kinds()}
      <div class="p-side"><div class="p-pair">${again('undo')}${again('redo')}</div>${beside}</div>
      ${view.tool === 'look' ? nothing : html`${size()}<button type="button" class="btn" @click=${clear}>${t('clear')}</button>`}
    </div>`,
    /** What a press would do; nothing where one only looks. */
    hint() {
      if (view.tool === 'look') return '';
      return t(`hint.${view.tool}`, { class: w(`class.${view.cls + 1}`) });
    },
  };
}
