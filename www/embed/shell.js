/**
 * `<uncrumple-lab>` on a page that is not ours: an almost empty element with the script interface of the real one. What
 * it holds is fetched when it comes near: the figure; where the page refuses its worker or its wasm, a frame of ours
 * with the figure in it; and where it refuses that too, the still picture with a link.
 */

/**
 * @typedef {import('../worker/protocol.js').KnobValue} KnobValue
 * @typedef {import('../worker/protocol.js').LabError} LabError
 *
 * @typedef {object} Content
 * @property {HTMLElement} node
 * @property {Promise<void>} ready
 * @property {Record<string, unknown>} readouts
 * @property {Record<string, unknown>} state
 * @property {() => void} play
 * @property {() => void} pause
 * @property {(name: string, args: unknown[]) => Promise<any>} call a method of the script interface
 * @property {(name: string, value: string | null) => void} pass an attribute
 */

/** Built this far before it scrolls into view, so that it is ready when it gets there. */
const NEAR = '900px 0px';
/** Attributes that are the figure's own. */
export const PASSED = ['lab', 'seed', 'at', 'knobs', 'heading', 'level', 'autoplay', 'simd', 'eager', 'hide', 'lang', 'data-theme'];

const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host { display: block; min-width: 0; }
:host([hidden]) { display: none; }
.room { min-height: 60rem; }`);

export class UncrumpleLab extends HTMLElement {
  static observedAttributes = PASSED;

  #root = this.attachShadow({ mode: 'open' });
  /** @type {Promise<Content> | undefined} */
  #begun;
  /** @type {Content | undefined} */
  #content;
  /** What was given up. @type {Content | undefined} */
  #given;
  /** @type {IntersectionObserver | undefined} */
  #near;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    const room = document.createElement('div');
    room.className = 'room';
    this.#root.append(room);
    // What a figure cannot do here another way may: its error is then not the page's concern.
    this.#root.addEventListener('error', (event) => this.#failed(event), { capture: true });
  }

  connectedCallback() {
    if (this.#begun) return;
    this.#near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#begin(), { rootMargin: NEAR });
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#near?.disconnect();
  }

  /** @param {string} name @param {string | null} _was @param {string | null} value */
  attributeChangedCallback(name, _was, value) {
    this.#content?.pass(name, value);
  }

  // ---- the script interface, as element/README.md has it ----

  get ready() {
    return this.#ready();
  }

  play() {
    this.#do((content) => content.play());
  }

  pause() {
    this.#do((content) => content.pause());
  }

  /** @param {number} [n] */
  step(n) {
    return this.#ask('step', n);
  }

  /** @param {number} step */
  seek(step) {
    return this.#ask('seek', step);
  }

  /** @param {{ seed?: number }} [options] */
  reset(options) {
    return this.#ask('reset', options);
  }

  /** @param {string} knob @param {KnobValue} value */
  set(knob, value) {
    return this.#ask('set', knob, value);
  }

  /** @param {string} name */
  channel(name) {
    return this.#ask('channel', name);
  }

  hash() {
    return this.#ask('hash');
  }

  /** @param {string} kind */
  export(kind) {
    return this.#ask('export', kind);
  }

  /** @param {string} asset @param {Uint8Array} bytes */
  load(asset, bytes) {
    return this.#ask('load', asset, bytes);
  }

  /** @param {string} kind @param {ArrayLike<number>} data */
  ask(kind, data) {
    return this.#ask('ask', kind, data);
  }

  get readouts() {
    return this.#content?.readouts ?? {};
  }

  get state() {
    return this.#content?.state ?? {};
  }

  /** How it is shown: `figure`, `frame`, `still`, or nothing yet. */
  get shown() {
    return this.#content?.node.dataset.shown ?? '';
  }

  get lab() {
    return this.getAttribute('lab') ?? '';
  }

  set lab(lab) {
    this.setAttribute('lab', lab);
  }

  // ---- what it holds ----

  #begin() {
    this.#near?.disconnect();
    return (this.#begun ??= this.#figure().catch(() => this.#frame()));
  }

  async #figure() {
    const { figure } = await import('./figure.js');
    return this.#hold(figure(this));
  }

  async #frame() {
    const { frame } = await import('./frame.js');
    const content = this.#hold(frame(this));
    content.ready.catch(() => (this.#begun = this.#still()));
    return content;
  }

  async #still() {
    const { still } = await import('./still.js');
    return this.#hold(await still(this, () => this.#again()));
  }

  #again() {
    this.#begun = undefined;
    this.#begin();
  }

  /** @param {Content} content */
  #hold(content) {
    this.#content = content;
    for (const name of PASSED) if (this.hasAttribute(name)) content.pass(name, this.getAttribute(name));
    this.#root.replaceChildren(content.node);
    return content;
  }

  /** The engine did not start: refused by the page's policy, or not reached. @param {Event} event */
  #failed(event) {
    const { code } = /** @type {CustomEvent<LabError>} */ (event).detail ?? {};
    if (code !== 'start' || !this.#content) return;
    event.stopImmediatePropagation();
    // It may say so twice: the worker, and whoever waited for it.
    if (this.#given === this.#content) return;
    this.#given = this.#content;
    this.#begun = this.#frame();
  }

  async #ready() {
    for (;;) {
      const begun = this.#begin();
      const content = await begun;
      try {
        return await content.ready;
      } catch (error) {
        if (this.#begun === begun) throw error;
      }
    }
  }

  /** @param {string} name @param {unknown[]} args */
  async #ask(name, ...args) {
    await this.#ready();
    return /** @type {Content} */ (this.#content).call(name, args);
  }

  /** @param {(content: Content) => void} act */
  #do(act) {
    this.#ready().then(
      () => act(/** @type {Content} */ (this.#content)),
      () => {}, // shown where it stands
    );
  }
}
