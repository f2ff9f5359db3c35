/** Ten answers as bars; where a push can be aimed, each is a button. */
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { sureText } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */

/** A style attribute would be refused by the page's content policy. @param {number} share */
const length = (share) => (/** @type {Element | undefined} */ bar) => {
  if (bar instanceof HTMLElement) bar.style.setProperty('--p', String(Number.isFinite(share) ? share : 0));
};

/**
 * @param {Pick<Parts, 'ctx' | 'w'>} parts
 * @param {ArrayLike<number>} shares ten; anything else is shown as nothing
 * @param {{ truth: number, best: number, aim?: { at: string, to: (digit: number) => void } }} what `aim.at`: the digit that is aimed at, or none
 */
export function bars({ ctx, w }, shares, { truth, best, aim }) {
  const known = shares.length === 10;
  return html`<ul class="d-bars">${Array.from({ length: 10 }, (_, k) => {
    const share = known ? shares[k] : NaN;
    const kind = k === truth ? 'd-true' : k === best ? 'd-now' : '';
    const aimed = aim?.at === String(k);
    const row = html`<b>${k}</b> <i ${ref(length(share))}></i><span>${sureText(ctx, share)}</span>`;
    return html`<li class=${kind}>${aim
      ? html`<button type="button" aria-pressed=${aimed} @click=${() => aim.to(k)}>${row}<span class="vh">${w('bars.aim', { digit: k })}</span></button>`
      : html`<p>${row}</p>`}</li>`;
  })}</ul>`;
}
