/** Everything is a vector: the shown picture as 784 numbers, and as one point among others. */
import { html, nothing, render } from 'lit';
import { haloed } from '../../draw/chart.js';
import { heading } from '../../element/heading.js';
import { sheet } from './sheet.js';
import { PIXELS, rivals, SIDE } from './store.js';
import { shownNow } from './quad.js';

/** @typedef {import('./types.js').Parts} Parts */

/** A frame round all points with a little room, as [left, right, bottom, top]. @param {number[]} xs @param {number[]} ys @returns {[number, number, number, number]} */
export function around(xs, ys) {
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = 0.06 * Math.max(right - left, top - bottom, 1e-6);
  return [left - room, right + room, bottom - room, top + room];
}

/**
 * @param {Parts} parts
 * @param {HTMLElement} slot
 * @returns {import('./types.js').Part}
 */
export function createVector(parts, slot) {
  const { ctx, store, w } = parts;
  let open = false;
  let drawn = '';

  /** The numbers themselves, built only while they are looked at. */
  function numbers() {
    const { pushed } = shownNow(parts);
    if (!open || pushed.length !== PIXELS) return nothing;
    const two = (/** @type {number} */ v) => (v === 0 ? '0' : ctx.number(v, { maximumFractionDigits: 2 }));
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${w('vector.table')}><table class="dtable d-numbers"><caption>${w('vector.table')}</caption>
      <tbody>${Array.from({ length: SIDE }, (_, r) => html`<tr><th scope="row">${r + 1}</th>${Array.from({ length: SIDE }, (_, c) => html`<td>${two(pushed[r * SIDE + c])}</td>`)}</tr>`)}</tbody></table></div>`;
  }

  function words() {
    const axes = store.row('axes');
    const shares = [...axes].map((v) => ctx.percent(v, 1));
    const now = JSON.stringify([open, open ? [store.version, parts.view.row] : 0, shares, ctx.t('labs.digits.title')]);
    if (now === drawn) return;
    drawn = now;
    render(
      html`${heading(ctx, w('vector.title'), 1, 'd-head')}<p class="d-line">${w('vector.text')}</p>
        <div class="d-two">
          <div>${heading(ctx, w('vector.strip'), 2)}<canvas class="d-strip" role="img"></canvas>
            <p class="d-line">${w('vector.stripLine')}</p>
            <details class="data" @toggle=${(/** @type {Event} */ e) => ((open = /** @type {HTMLDetailsElement} */ (e.currentTarget).open), self.draw())}><summary>${w('vector.numbers')}</summary>${numbers()}</details></div>
          <div>${heading(ctx, w('vector.cloud'), 2)}<canvas class="d-cloud" role="img"></canvas>
            <p class="d-line">${shares.length === 2 ? w('vector.axes', { first: shares[0], second: shares[1] }) : nothing}</p></div>
        </div>`,
      slot,
    );
  }

  /** @param {import('./sheet.js').Sheet} sheet */
  function strip({ g, width, height, palette }) {
    const { original, pushed } = shownNow(parts);
    if (pushed.length !== PIXELS) return w('vector.none');
    const step = width / PIXELS;
    g.fillStyle = palette.rule;
    g.fillRect(0, height - 1, width, 1);
    for (let i = 0; i < PIXELS; i++) {
      const [a, b] = [original[i] * (height - 2), pushed[i] * (height - 2)];
      g.fillStyle = palette.ink;
      g.fillRect(i * step, height - 1 - Math.min(a, b), Math.max(0.7, step), Math.min(a, b));
      g.fillStyle = b > a ? palette.classes[1].fill : palette.classes[0].fill;
      g.fillRect(i * step, height - 1 - Math.max(a, b), Math.max(0.7, step), Math.abs(b - a));
    }
    const inked = pushed.reduce((sum, v) => sum + Number(v > 0.02), 0);
    return w('vector.stripAlt', { inked, paper: PIXELS - inked });
  }

  /** @param {import('./sheet.js').Sheet} sheet */
  function cloud({ g, width, height, palette }) {
    const [xs, ys, classes] = [0, 1, 2].map((c) => store.column('cloud', c));
    const [place, pushed] = [store.row('place'), store.row('placePushed')];
    g.strokeStyle = palette.edge;
    g.lineWidth = 1;
    g.strokeRect(0.5, 0.5, width - 1, height - 1);
    if (xs.length === 0) return w('vector.none');
    const [left, right, bottom, top] = around([...xs, ...(place.length ? [place[0], pushed[0]].filter(Number.isFinite) : [])], [...ys, ...(place.length ? [place[1], pushed[1]].filter(Number.isFinite) : [])]);
    const scale = Math.min(width / (right - left), height / (top - bottom));
    const x = (/** @type {number} */ v) => width / 2 + (v - (left + right) / 2) * scale;
    const y = (/** @type {number} */ v) => height / 2 - (v - (bottom + top) / 2) * scale;
    const { from, to } = store.pushed ? rivals(store.row('answers', 0), store.row('answers', store.lastRow), store.truth) : { from: store.truth, to: -1 };
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    const last = (/** @type {number} */ k) => (k === from || k === to ? 1 : 0);
    const order = classes.map((_, i) => i).sort((a, b) => last(classes[a]) - last(classes[b]));
    for (const i of order) {
      const k = classes[i];
      g.font = `${last(k) ? 600 : 400} 11px ${palette.sans}`;
      g.fillStyle = k === from ? palette.classes[0].ink : k === to ? palette.classes[1].ink : palette.ink3;
      g.fillText(String(k), x(xs[i]), y(ys[i]));
    }
    if (place.length && pushed.length) {
      g.strokeStyle = palette.accent;
      g.lineWidth = 2.4;
      g.beginPath();
      g.moveTo(x(place[0]), y(place[1]));
      g.lineTo(x(pushed[0]), y(pushed[1]));
      g.stroke();
      g.beginPath();
      g.arc(x(place[0]), y(place[1]), 9, 0, 2 * Math.PI);
      g.fillStyle = palette.paper;
      g.fill();
      g.stroke();
      if (store.truth >= 0) {
        g.font = `700 13px ${palette.sans}`;
        haloed(g, String(store.truth), x(place[0]), y(place[1]) + 0.5, palette.accent, palette.paper);
      }
    }
    return w('vector.cloudAlt', { count: xs.length });
  }

  const pictures = [sheet(parts.palette, () => slot.querySelector('.d-strip'), strip), sheet(parts.palette, () => slot.querySelector('.d-cloud'), cloud)];
  const self = {
    draw() {
      words();
      for (const picture of pictures) picture.draw();
    },
    resize() {
      for (const picture of pictures) picture.resize();
    },
  };
  return self;
}
