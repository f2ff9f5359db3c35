/** Which layer: the whole network from the input to the classes as a strip of bars, as tall as its maps and as wide as it has units. */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { sheet } from '../digits/sheet.js';
import { layerOf, layersOf, NETWORKS, slots } from './layers.js';

/** @typedef {import('./types.js').Parts} Parts */

/** Width of a browser's thumb of a slider: its middle is where the pointer is. In pixels. */
const THUMB = 16;
const WIDEST = 132;
const TALLEST = 58;
/** Room under the bars for a word each; where a slot is narrower than that, there are none. */
const WORDS = 22;
const ROOMY = 64;
/** Side of a picture as a network takes it, for the first bar. @type {Record<string, number>} */
const INPUT = { digits: 28, lite0: 224 };

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @param {object} [more]
 * @param {Record<string, number>} [more.along] what is set with another layer
 * @param {(network: string) => unknown} [more.networks] where there are several to choose from: what else is set of that network
 */
export function createDepth(parts, slot, { along, networks } = {}) {
  const { ctx, w } = parts;
  const kind = ctx.about.knobs.find(({ id }) => id === 'layer')?.kind;
  /** @type {string[]} */
  const choices = kind?.type === 'choice' ? kind.choices : [];
  /** Units and side of the map, two a choice. */
  /** @type {Float32Array} */
  let sizes = new Float32Array(0);
  let asked = false;
  /** Where the hand is on its way to, until it lets go. @type {string | undefined} */
  let passing;
  let drawn = '';

  const now = () => passing ?? String(ctx.values().layer);
  const network = () => layerOf(now()).network;
  const row = () => layersOf(choices, network());

  /** @param {string} layer */
  function sizeOf(layer) {
    const at = 2 * choices.indexOf(layer);
    return { units: sizes[at] ?? NaN, side: sizes[at + 1] ?? NaN };
  }

  async function ask() {
    if (asked) return;
    asked = true;
    try {
      sizes = await ctx.ask('layers', []);
      self.draw();
    } catch {
      asked = false; // the run began again: asked once more with the next frame
    }
  }

  /** @param {string} layer */
  function name(layer) {
    const { block, kind: what } = layerOf(layer);
    const convolution = w(`depth.kinds.${what}`);
    return block === undefined ? convolution : w('depth.block', { block, kind: convolution });
  }

  /** @param {string} layer */
  function sentence(layer) {
    const { units, side } = sizeOf(layer);
    if (!Number.isFinite(units)) return name(layer);
    const count = ctx.number(units, { maximumFractionDigits: 0 });
    return side > 1 ? w('depth.maps', { name: name(layer), units: count, side }) : w('depth.classes', { name: name(layer), units: count });
  }

  /** @param {string} layer */
  function choose(layer) {
    passing = undefined;
    if (layer === ctx.values().layer) return self.draw();
    ctx.together({ ...along, layer });
    self.draw();
  }

  /** @param {Event} event */
  const pointed = (event) => row()[/** @type {HTMLInputElement} */ (event.target).valueAsNumber];

  /** @param {string} one */
  const switchTo = (one) => () => choose(layersOf(choices, one).at(-1) ?? now());

  const segments = () => html`<div class="a-nets"><fieldset><legend class="sub">${w('depth.network')}</legend><div class="seg">${NETWORKS.map(
    (one) => html`<label><input type="radio" name="a-network" .checked=${live(one === network())} @change=${switchTo(one)} /><span>${w(`depth.networks.${one}`)}</span></label>`,
  )}</div></fieldset>${networks?.(network())}</div>`;

  function words() {
    const said = JSON.stringify([now(), sizes.length, ctx.values(), ctx.t('ui.close')]);
    if (said === drawn) return;
    drawn = said;
    const all = row();
    render(
      html`<div class="a-depth">${networks ? segments() : nothing}
        <div class="a-layer"><p class="sub" id="a-layer">${w('depth.title')}</p>
          <div class="a-strip"><canvas aria-hidden="true"></canvas>
            <input type="range" min="0" max=${all.length - 1} step="1" .value=${live(String(all.indexOf(now())))} aria-labelledby="a-layer" aria-valuetext=${sentence(now())}
              @input=${(/** @type {Event} */ e) => ((passing = pointed(e)), self.draw())} @change=${(/** @type {Event} */ e) => choose(pointed(e))} /></div>
          <p class="a-line" aria-hidden="true">${sentence(now())}</p></div></div>`,
      slot,
    );
  }

  /** @param {import('../digits/sheet.js').Sheet} sheet */
  function bars({ g, width, height, palette }) {
    const all = row();
    const { slot: step, at } = slots(all.length, width, WIDEST);
    const roomy = step >= ROOMY;
    const middle = (height - (roomy ? WORDS : 0)) / 2;
    const input = INPUT[network()];
    const tall = (/** @type {number} */ side) => 5 + (TALLEST - 5) * (Number.isFinite(side) ? Math.log2(Math.max(1, side)) / Math.log2(input) : 0.3);
    const wide = (/** @type {number} */ units) => Math.max(2, Math.min(step - 2, 44) * (Number.isFinite(units) ? Math.min(1, Math.log2(units) / (roomy ? 5 : 10.4)) : 0.3));
    g.strokeStyle = palette.rule;
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(at(-1), middle);
    g.lineTo(at(all.length - 1), middle);
    g.stroke();
    g.textAlign = 'center';
    g.textBaseline = 'bottom';
    const bar = (/** @type {number} */ i, /** @type {number} */ w2, /** @type {number} */ h, /** @type {boolean} */ chosen, /** @type {boolean} */ hollow) => {
      const [x, y] = [Math.round(at(i) - w2 / 2), Math.round(middle - h / 2)];
      g.fillStyle = hollow ? palette.paper : chosen ? palette.accent : palette.edge;
      g.fillRect(x, y, Math.round(w2), Math.round(h));
      if (!hollow) return;
      g.strokeStyle = palette.edge;
      g.strokeRect(x + 0.5, y + 0.5, Math.round(w2) - 1, Math.round(h) - 1);
    };
    bar(-1, Math.max(3, Math.min(step - 2, TALLEST)), TALLEST, false, true);
    all.forEach((layer, i) => {
      const { units, side } = sizeOf(layer);
      bar(i, wide(units), tall(side), layer === now(), false);
    });
    const chosen = all.indexOf(now());
    if (!roomy && chosen >= 0) {
      g.fillStyle = palette.accent;
      g.beginPath();
      g.moveTo(at(chosen), height - 7);
      g.lineTo(at(chosen) - 5, height);
      g.lineTo(at(chosen) + 5, height);
      g.fill();
    }
    if (roomy) {
      ['', ...all].forEach((layer, i) => {
        g.font = `${layer === now() ? 600 : 400} 13px ${palette.sans}`;
        g.fillStyle = layer === now() ? palette.accent : palette.ink2;
        g.fillText(layer ? w(`depth.short.${layerOf(layer).kind}`) : w('depth.input'), at(i - 1), height, step - 4);
      });
    }
    const range = slot.querySelector('.a-strip input');
    if (range instanceof HTMLElement) {
      range.style.left = `${at(0) - THUMB / 2}px`;
      range.style.width = `${at(all.length - 1) - at(0) + THUMB}px`;
    }
    return '';
  }

  const strip = sheet(parts.palette, () => slot.querySelector('canvas'), bars);
  const self = {
    draw() {
      void ask();
      words();
      strip.draw();
      const range = slot.querySelector('.a-strip input');
      const at = String(row().indexOf(now()));
      // A range keeps the value it had when its end moved: written again once the end is there.
      if (range instanceof HTMLInputElement && range.value !== at) range.value = at;
    },
    resize: strip.resize,
    /** Units of the layer that is chosen; NaN until they are known. */
    units: () => sizeOf(String(ctx.values().layer)).units,
    name: () => name(String(ctx.values().layer)),
  };
  return self;
}
