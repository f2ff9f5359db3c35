/** The figure in a frame of ours, for pages that refuse its worker or its wasm but not a frame: six commands in, numbers out. */
import { frameAddress } from '../element/embed-code.js';
import { LabError } from '../worker/protocol.js';
import { languageOf } from './language.js';
import { isOurs } from './messages.js';

/** @typedef {import('./shell.js').Content} Content */

/** Once the frame has loaded, whatever is in it has had its say; a message may still be on its way. */
const GRACE_MS = 2000;
const COMMANDS = ['step', 'seek', 'reset', 'set'];
/** What an element is when its page says nothing of its height. */
const HEIGHT = 900;

/** @param {HTMLElement} host @returns {Content} */
export function frame(host) {
  const attribute = (/** @type {string} */ name) => host.getAttribute(name) ?? '';
  const lab = attribute('lab');
  const node = document.createElement('iframe');
  node.dataset.shown = 'frame';
  node.title = attribute('heading') || lab;
  node.allow = 'clipboard-write';
  const { style } = node; // through the CSSOM, which no page's policy refuses
  Object.assign(style, { display: 'block', width: '100%', height: `${HEIGHT}px`, border: '0' });
  const src = frameAddress({
    lab,
    hide: attribute('hide'),
    theme: attribute('data-theme'),
    autoplay: attribute('autoplay'),
    simd: attribute('simd'),
    lang: languageOf(host),
    state: stateOf(attribute),
  });
  const { origin } = new URL(src);

  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let next = 0;
  const seen = { readouts: {}, state: {} };
  const opened = settled();
  const end = new AbortController();
  const { signal } = end;
  const refused = () => {
    end.abort();
    opened.reject(failed('start', 'neither the figure nor a frame with it may run on this page'));
  };
  let alive = false;
  addEventListener('message', ({ source, origin: from, data }) => {
    // A frame that is gone has no window, and says no more.
    if (source === null || source !== node.contentWindow || from !== origin || !isOurs(data)) return;
    alive = true;
    hear(data);
  }, { signal });
  // What a page's policy refuses loads an empty document, and the load is told all the same.
  node.addEventListener('load', () => setTimeout(() => alive || refused(), GRACE_MS), { signal });
  node.src = src;

  /** @param {Record<string, any>} data */
  function hear({ type, id, ...rest }) {
    if (type === 'resize') style.height = `${Number(rest.height)}px`;
    if (type === 'ready') opened.resolve();
    if (type === 'frame' || type === 'result') seen.readouts = rest.readouts;
    if (type === 'ready' || type === 'state' || type === 'done') seen.state = rest;
    const asked = waiting.get(id);
    if (asked) {
      waiting.delete(id);
      if (type === 'done') asked.resolve(undefined);
      else asked.reject(failed(String(rest.code), `the figure answered: ${rest.code}`));
    } else if (['frame', 'state', 'result', 'error'].includes(type)) {
      host.dispatchEvent(new CustomEvent(type, { detail: rest, bubbles: type !== 'error' }));
    }
  }

  /** @param {Record<string, unknown>} command */
  const post = (command) => node.contentWindow?.postMessage({ uncrumple: 1, ...command }, origin);

  return {
    node,
    ready: opened.promise,
    get readouts() {
      return seen.readouts;
    },
    get state() {
      return { lab, ...seen.state };
    },
    play: () => post({ type: 'play' }),
    pause: () => post({ type: 'pause' }),
    async call(name, args) {
      if (!COMMANDS.includes(name)) throw failed('framed', `“${name}” needs the figure itself; this page allows only a frame with it`);
      const id = next++;
      const [first, second] = args;
      const command = {
        step: { steps: first ?? 1 },
        seek: { step: first },
        reset: { .../** @type {object} */ (first) },
        set: { knob: first, value: second },
      }[name];
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        post({ type: name, id, ...command });
      });
    },
    pass() {}, // read when it began
  };
}

/** A promise and the two ends of it. */
function settled() {
  /** @type {(value: void) => void} */
  let resolve = () => {};
  /** @type {(reason: Error) => void} */
  let reject = () => {};
  const promise = new Promise((/** @type {(value: void) => void} */ yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** What a link would hold. @param {(name: string) => string} attribute */
function stateOf(attribute) {
  const pairs = [['seed', attribute('seed')], ['at', attribute('at')]].filter(([, value]) => value);
  return [...pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`), attribute('knobs')].filter(Boolean).join('&');
}

/** @param {string} code @param {string} message */
function failed(code, message) {
  return new LabError({ code, message, data: {}, fatal: false });
}
