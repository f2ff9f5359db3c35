/** The network as it is: one small field per neuron, its weights as curves, and a press that shows a neuron on the stage. */
import { html, render } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { paintField, scratch } from '../../draw/field.js';
import { markSvg } from '../../draw/legend.js';
import { arrange, edges } from '../../draw/network.js';
import { fit } from '../../draw/plane.js';
import { unitRamp } from '../../draw/ramp.js';
import { unitScale } from '../../draw/thumbnail.js';
import { heading } from '../../element/heading.js';
import { firstRows } from './store.js';
import { hiddenLayers, unitName } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {import('./store.js').Unit} Unit */
/** @typedef {Unit & { row: number, name: string, tag: unknown }} Shown */
/** @typedef {{ label: string, units: Shown[][], hidden: number }} Column units in their columns, left to right */

/** More neurons than this are counted, not drawn; more than this stand in two columns. */
const MOST = 16;
const ROWS = 9;

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @param {(row: number) => boolean} bounded
 */
export function createNet(parts, slot, bounded) {
  const { ctx, store, view, w } = parts;
  const tool = scratch();
  let built = '';
  /** @type {{ palette: Palette, unit: ReturnType<typeof unitRamp>, classes: ReturnType<typeof unitRamp>[] } | undefined} */
  let ramps;
  /** @type {ImageData | undefined} */
  let image;
  /** @type {Float32Array | undefined} */
  let scaled;

  /** @returns {Column[]} */
  function columns() {
    const { shape } = store;
    const rows = firstRows(shape);
    const features = String(ctx.values().features ?? '').split(',');
    const layers = hiddenLayers(ctx);
    return shape.map((width, layer) => {
      const kind = layer === 0 ? 'feature' : layer === shape.length - 1 ? 'class' : 'hidden';
      const label = kind === 'hidden'
        ? w('net.layer', { count: width, activation: ctx.t(`labs.boundary.choices.activation.${layers[layer - 1]?.activation}`) })
        : w(kind === 'class' ? 'net.outputs' : 'net.inputs', { count: width });
      const { shown, hidden, rows: tall } = arrange(width, MOST, ROWS);
      const units = Array.from({ length: shown }, (_, index) => {
        const unit = /** @type {Unit} */ ({ kind, layer, index });
        const feature = ctx.t(`labs.boundary.choices.features.${features[index]}`);
        const tag = kind === 'feature' ? feature : kind === 'class' ? unsafeHTML(markSvg(index)) : '';
        return { ...unit, row: rows[layer] + index, name: unitName(w, unit, feature), tag };
      });
      return { label, hidden, units: Array.from({ length: Math.ceil(shown / tall) }, (_, c) => units.slice(c * tall, (c + 1) * tall)) };
    });
  }

  /** @param {Shown} unit */
  const button = (unit) => html`<button type="button" class="unit" data-row=${unit.row} aria-pressed=${String(view.unit === unit.row)}
    aria-label=${unit.name} @click=${() => parts.show({ unit: view.unit === unit.row ? null : unit.row })}
    ><i class="unit-pic"></i>${unit.tag ? html`<span class="b-unit-name" aria-hidden="true">${unit.tag}</span>` : ''}<i class="b-act"></i></button>`;

  function rebuild() {
    render(
      html`${heading(ctx, w('net.title'))}
        <div class="b-net" role="group" aria-label=${w('net.label')}><div class="b-grid">
          <canvas aria-hidden="true"></canvas>
          ${columns().map(({ label, units, hidden }) => html`<span class="b-head">${label}</span>
            <div class="b-col">${units.map((column) => html`<div class="net-col">${column.map(button)}</div>`)}</div>
            <span class="b-more">${hidden ? w('net.more', { count: hidden }) : ''}</span>`)}
        </div></div>`,
      slot,
    );
  }

  /** What the canvas shows. @type {unknown[]} */
  let painted = [];

  /** @param {Palette} palette */
  function rampsOf(palette) {
    if (ramps?.palette !== palette) {
      ramps = { palette, unit: unitRamp(palette, false), classes: palette.classes.map((_, k) => unitRamp(palette, false, k)) };
    }
    return ramps;
  }

  /** Where each shown unit stands, layer by layer: its picture's corner, and where its curves begin and end. */
  function spots() {
    const grid = /** @type {HTMLElement} */ (slot.querySelector('.b-grid'));
    const box = grid.getBoundingClientRect();
    return Array.from(grid.querySelectorAll('.b-col'), (column) =>
      Array.from(column.querySelectorAll('.unit'), (unit) => {
        const r = /** @type {HTMLElement} */ (unit.querySelector('.unit-pic')).getBoundingClientRect();
        const [left, top] = [r.left - box.left, r.top - box.top];
        return { row: Number(/** @type {HTMLElement} */ (unit).dataset.row), left, top, right: r.right - box.left, y: top + r.height / 2 };
      }),
    );
  }

  /** @type {{ spots: ReturnType<typeof spots>, width: number, height: number } | undefined} */
  let layout;

  /** Everything on one canvas: what a browser pays for each canvas that changes is more than what is drawn on these. @param {Palette} palette */
  function paint(palette) {
    const grid = /** @type {HTMLElement} */ (slot.querySelector('.b-grid'));
    layout ??= { spots: spots(), width: grid.scrollWidth, height: grid.scrollHeight };
    const { width, height } = layout;
    const canvas = /** @type {HTMLCanvasElement} */ (grid.firstElementChild);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const g = fit(canvas, width, height, devicePixelRatio);
    g.clearRect(0, 0, width, height);
    edges(g, layout.spots, store.tables.weights.data, store.shape, palette);
    const ratio = canvas.width / width;
    for (const spot of layout.spots.flat()) thumb(g, spot, ratio, palette);
  }

  /** @param {CanvasRenderingContext2D} g @param {ReturnType<typeof spots>[number][number]} spot @param {number} ratio @param {Palette} palette */
  function thumb(g, { row, left, top, right }, ratio, palette) {
    const size = Math.round((right - left) * ratio);
    if (image?.width !== size) image = new ImageData(size, size);
    const { unit, classes } = rampsOf(palette);
    const firstClass = store.tables.neurons.rows - store.classes;
    const grid = store.unitGrid(row);
    if (scaled?.length !== grid.length) scaled = new Float32Array(grid.length);
    const scale = row >= firstClass ? 1 : unitScale(grid, bounded(row));
    for (let i = 0; i < grid.length; i++) scaled[i] = grid[i] * scale;
    const ramp = row >= firstClass ? classes[row - firstClass] : unit;
    paintField(new Uint32Array(image.data.buffer), size, size, { values: scaled, layers: 1, side: store.unitSide }, ramp, tool);
    g.putImageData(image, Math.round(left * ratio), Math.round(top * ratio));
  }

  /** The buttons, if they are others now: they are there for keys and for who listens, whether or not anything was painted. */
  function build() {
    if (store.shape.length === 0) return;
    const now = [store.shape, view.unit, ctx.values().features, hiddenLayers(ctx).map((l) => l.activation)].join(';');
    if (now === built) return;
    built = now;
    layout = undefined;
    rebuild();
  }

  return {
    build,
    draw() {
      build();
      if (store.shape.length === 0 || (!layout && slot.clientWidth === 0)) return;
      const palette = parts.palette();
      const from = [store.netVersion, palette, layout];
      if (layout && from.every((v, i) => v === painted[i])) return;
      paint(palette);
      painted = [store.netVersion, palette, layout];
    },
    resize() {
      layout = undefined;
    },
    /** The bars that show each unit's activation at the crosshair. */
    read() {
      const { reading } = view;
      slot.classList.toggle('b-reading', Boolean(reading));
      if (!reading) return;
      const firstClass = store.tables.neurons.rows - store.classes;
      for (const node of /** @type {NodeListOf<HTMLElement>} */ (slot.querySelectorAll('.unit'))) {
        const row = Number(node.dataset.row);
        const scale = row >= firstClass ? 1 : unitScale(store.unitGrid(row), bounded(row));
        const value = Math.max(-1, Math.min(1, (reading[row] ?? 0) * scale));
        const bar = /** @type {HTMLElement} */ (node.querySelector('.b-act'));
        bar.style.setProperty('--a', value.toFixed(3));
        bar.dataset.sign = value < 0 ? '-' : '+';
      }
    },
  };
}
