/** The likeliest five classes as bars; each can be pressed to lead the push there. */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { sureText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./store.js').Guess} Guess */

/** A style attribute would be refused by the page's content policy. @param {number} share */
const length = (share) => (/** @type {Element | undefined} */ bar) => {
  if (bar instanceof HTMLElement) bar.style.setProperty('--p', String(Number.isFinite(share) ? share : 0));
};

/**
 * @param {Parts} parts
 * @param {Guess[]} guesses likeliest first
 * @param {{ aims?: boolean }} [how] `aims`: a bar is a button that makes its class the target
 */
export function bars(parts, guesses, { aims = false } = {}) {
  const { ctx, store, w } = parts;
  const { from, to } = rivals(store);
  return html`<ol class="i-bars">${guesses.map(({ index, share }) => {
    const name = parts.name(index);
    const aimed = aims && store.to === index;
    const row = html`<b lang="en">${name}</b><span>${sureText(ctx, share)}</span><i ${ref(length(share))}></i>`;
    const kind = index === from ? 'i-from' : index === to ? 'i-to' : '';
    return html`<li class=${kind}>${aims && name && index !== from
      ? html`<button type="button" aria-pressed=${aimed} @click=${() => ctx.set('target', aimed ? 'none' : name)}>${row}<span class="vh">${w(aimed ? 'bars.free' : 'bars.aim')}</span></button>`
      : html`<p>${row}</p>`}</li>`;
  })}${guesses.length ? nothing : html`<li><p>${w('bars.none')}</p></li>`}</ol>`;
}

/** The two classes an attack is about: what the photo is read as, and what it is led to, or else read as now. @param {import('./store.js').Store} store */
export function rivals(store) {
  const [now] = store.guesses('now');
  const to = store.to >= 0 ? store.to : now && now.index !== store.from ? now.index : -1;
  return { from: store.from, to };
}
