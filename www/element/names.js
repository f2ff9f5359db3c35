/**
 * One of many names, typed to be found: a combobox with a list (WAI-ARIA 1.2, list autocomplete). Arrow keys go through the list, Enter takes, Escape
 * gives up; what is left half typed goes back to what it was.
 */
import { html, noChange, nothing, render } from 'lit';
import { Directive, PartType, directive } from 'lit/directive.js';
import { live } from 'lit/directives/live.js';

/**
 * @typedef {object} Box
 * @property {string} id of its input
 * @property {string} help id of the line that describes it
 * @property {number} max letters
 * @property {string} value
 * @property {{ value: string, word: string } | undefined} none what stands for no name, first in the list
 * @property {() => string[] | Promise<string[]>} names
 * @property {(value: string) => void} take
 * @property {import('../lib/i18n.js').Translate} t
 */

/** As many as anyone goes through; the rest is found by typing on. */
const SHOWN = 40;

/** Without accents and capitals. @param {string} text */
const plain = (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

/**
 * Names that have the typed text in them: those that begin with it, then those with a word that does, then the others, each kept in order.
 *
 * @param {string[]} names
 * @param {string} typed
 */
export function found(names, typed) {
  const asked = plain(typed);
  if (asked === '') return names;
  /** @type {[string[], string[], string[]]} */
  const ranks = [[], [], []];
  for (const name of names) {
    const at = ` ${plain(name)}`.indexOf(asked);
    if (at < 0) continue;
    ranks[at === 1 ? 0 : ` ${plain(name)}`.match(new RegExp(`[^\\p{L}\\p{N}]${asked.replaceAll(/[^\p{L}\p{N} ]/gu, '\\$&')}`, 'u')) ? 1 : 2].push(name);
  }
  return ranks.flat();
}

class NameBox extends Directive {
  /** @type {HTMLElement | undefined} */
  #slot;
  /** @type {Box | undefined} */
  #box;
  /** @type {string[]} */
  #names = [];
  /** What is being typed; nothing while nobody types. @type {string | undefined} */
  #typed;
  #open = false;
  /** Which option the keys are at. */
  #at = -1;

  /** @param {import('lit/directive.js').PartInfo} info */
  constructor(info) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('a name box stands in the tag of its place');
  }

  /** @override @param {Box} _box */
  render(_box) {
    return noChange;
  }

  /** @override @param {import('lit/directive.js').ElementPart} part @param {[Box]} box */
  update({ element }, [box]) {
    if (!this.#slot) {
      this.#slot = /** @type {HTMLElement} */ (element);
      Promise.resolve(box.names()).then(
        (names) => {
          this.#names = [...new Set(names)];
          this.#draw();
        },
        () => {}, // then it is typed without help, and the engine says what there is
      );
    }
    this.#box = box;
    this.#draw();
    return noChange;
  }

  /** Values to choose from, as they stand in the list. */
  #options() {
    const { none } = /** @type {Box} */ (this.#box);
    const names = found(this.#names, this.#typed ?? '');
    const first = none && (!this.#typed || plain(none.word).startsWith(plain(this.#typed))) ? [none.value] : [];
    return { list: [...first, ...names.slice(0, SHOWN)], more: Math.max(0, names.length - SHOWN) };
  }

  /** @param {string} value */
  #word(value) {
    const { none } = /** @type {Box} */ (this.#box);
    return value === none?.value ? none.word : value;
  }

  /** @param {string} value */
  #take(value) {
    const box = /** @type {Box} */ (this.#box);
    this.#close();
    if (value !== box.value) box.take(value);
    this.#draw();
  }

  #close() {
    this.#open = false;
    this.#typed = undefined;
    this.#at = -1;
  }

  /** @param {Event} event */
  #input = (event) => {
    this.#typed = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    this.#open = true;
    this.#at = 0;
    this.#draw();
  };

  /** @param {Event} event */
  #show = (event) => {
    if (this.#open) return;
    /** @type {HTMLInputElement} */ (event.currentTarget).select();
    this.#open = true;
    this.#at = -1;
    this.#draw();
  };

  /** Whole names are taken, halves go back. */
  #blur = () => {
    const typed = this.#typed;
    const box = /** @type {Box} */ (this.#box);
    const whole = typed === undefined ? undefined : typed.trim() === '' && box.none ? box.none.value : this.#names.find((name) => plain(name) === plain(typed));
    if (whole !== undefined) return this.#take(whole);
    this.#close();
    this.#draw();
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const { list } = this.#options();
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const from = this.#open ? this.#at : -1;
      this.#open = true;
      const far = Math.abs(by) > 1;
      this.#at = far ? Math.max(0, Math.min(list.length - 1, from + by)) : from < 0 && by < 0 ? list.length - 1 : (from + by + list.length) % Math.max(1, list.length);
      return this.#draw();
    }
    if (event.key === 'Escape' && (this.#open || this.#typed !== undefined)) {
      event.preventDefault();
      this.#close();
      return this.#draw();
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const chosen = this.#open ? list[this.#at] : undefined;
    if (chosen !== undefined) this.#take(chosen);
    else this.#blur();
  };

  #draw() {
    const [slot, box] = [this.#slot, this.#box];
    if (!slot || !box) return;
    const { list, more } = this.#open ? this.#options() : { list: [], more: 0 };
    const at = list[this.#at] === undefined ? nothing : `${box.id}-${this.#at}`;
    render(
      html`<input class="text-in" id=${box.id} type="text" role="combobox" maxlength=${box.max} autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="done"
          aria-autocomplete="list" aria-expanded=${this.#open} aria-controls=${`${box.id}-list`} aria-activedescendant=${at} aria-describedby=${box.help}
          .value=${live(this.#typed ?? this.#word(box.value))}
          @input=${this.#input} @click=${this.#show} @blur=${this.#blur} @keydown=${this.#key} />
        <div class="names" id=${`${box.id}-list`} role="listbox" aria-label=${box.t('ui.names.list')} ?hidden=${!this.#open || list.length === 0} @pointerdown=${(/** @type {Event} */ e) => e.preventDefault()}>
          ${list.map((value, i) => html`<div role="option" id=${`${box.id}-${i}`} aria-selected=${i === this.#at} class=${value === box.value ? 'is' : ''} lang=${value === box.none?.value ? nothing : 'en'} @click=${() => this.#take(value)}>${this.#word(value)}</div>`)}
        </div>
        ${this.#open && (more > 0 || list.length === 0) ? html`<p class="help names-more">${more > 0 ? box.t('ui.names.more', { count: more }) : box.t('ui.names.nothing')}</p>` : nothing}`,
      slot,
    );
    slot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }
}

export const nameBox = directive(NameBox);
