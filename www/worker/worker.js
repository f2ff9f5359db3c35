/** The worker: sole owner of the wasm instance. It imports `pkg/`; nothing else may. */
import { MODULE_OF } from '../pkg/modules.js';
import { Pace, runFor } from './pace.js';
import { Pool } from './pool.js';
import { failure } from './protocol.js';
import { SIMD_PROBE } from './simd.js';

/**
 * @typedef {import('./protocol.js').Request} Request
 * @typedef {import('./protocol.js').Reply} Reply
 * @typedef {typeof import('../pkg/plane/simd/uncrumple.js')} Glue
 * @typedef {InstanceType<Glue['Lab']>} Lab
 */

/** The least share of a tick that measurements may count on while the network trains. */
const MEASURING = 0.25;

/** Every module, with SIMD and without. */
const GLUES = /** @type {Record<string, () => Promise<Glue>>} */ (import.meta.glob('../pkg/*/*/uncrumple.js'));
/** What is asked about a lab that is in none: it knows what to answer. */
const ANY = 'plane';

const pool = new Pool();
/** Steps and measurements cost differently, so each learns its own pace. */
const stepping = new Pace();
const measuring = new Pace();

/** @type {Promise<{ glue: Glue, memory: WebAssembly.Memory, simd: boolean }> | undefined} */
let engine;
/** @type {WebAssembly.Memory} */
let memory;
/** @type {Lab} */
let lab;
/** Entries of the log at the last frame that told of settings. */
let told = -1;
/** What came for the lab that is to be created. @type {import('./protocol.js').Supply[]} */
const supplies = [];
/** @type {Request[]} */
const queue = [];
let busy = false;

// Set before anything is awaited: messages that arrive while no handler is there are lost.
self.onmessage = ({ data }) => {
  queue.push(data);
  if (!busy) drain();
};

/** One request at a time, in order. */
async function drain() {
  busy = true;
  for (let request = queue.shift(); request; request = queue.shift()) {
    const id = /** @type {{ id?: number }} */ (request).id;
    /** @type {Reply} */
    let reply;
    try {
      reply = await answer(request);
    } catch (error) {
      reply = failure(error, lab ? 'panic' : 'start');
    }
    self.postMessage({ ...reply, id }, transfers(reply));
  }
  busy = false;
}

/** @param {string} id @param {boolean} [wanted] whether with SIMD */
async function start(id, wanted) {
  const simd = wanted !== false && WebAssembly.validate(new Uint8Array(SIMD_PROBE));
  const module = Object.hasOwn(MODULE_OF, id) ? MODULE_OF[id] : ANY;
  const glue = await GLUES[`../pkg/${module}/${simd ? 'simd' : 'scalar'}/uncrumple.js`]();
  const exports = await glue.default();
  return { glue, memory: exports.memory, simd };
}

/** Names come from anyone's script: whatever is not text is read as text, and refused as a name. @param {Request} request @returns {Promise<Reply> | Reply} */
function answer(request) {
  switch (request.type) {
    case 'describe':
    case 'create':
      return create(request);
    case 'supply':
      if (lab) lab.supply(String(request.asset), request.bytes);
      else supplies.push(request);
      return { type: 'answer' };
    case 'tick':
      return tick(request);
    case 'seek': {
      const done = lab.seek(request.step);
      return { ...frame({ changed: true }), done };
    }
    case 'reset':
      return replace(request);
    case 'set': {
      const restarted = lab.set(String(request.knob), request.value) === 'restarted';
      return { ...frame({ changed: true }), restarted };
    }
    case 'input':
      lab.input(String(request.kind), request.data);
      return frame({ changed: true });
    case 'load':
      lab.load(String(request.asset), request.bytes);
      return frame({ changed: true });
    case 'ask':
      return { type: 'answer', data: lab.ask(String(request.kind), request.data) };
    case 'hash':
      return { type: 'answer', hash: lab.hash() };
    case 'export':
      return { type: 'answer', bytes: lab.export(String(request.kind)) };
  }
}

/** @param {import('./protocol.js').Describe | import('./protocol.js').Create} request @returns {Promise<Reply>} */
async function create(request) {
  engine ??= start(request.lab, request.simd);
  const { glue, simd, memory: linear } = await engine;
  memory = linear;
  const about = glue.Lab.describe(request.lab);
  if (request.type === 'create') {
    const fresh = begun(new glue.Lab(request.lab, request.config, request.seed), request.did, supplies);
    supplies.length = 0;
    lab?.free();
    lab = fresh;
    told = -1;
  }
  return { type: 'ready', about, simd };
}

/** @param {import('./protocol.js').Reset} request @returns {Reply} */
function replace({ seed, config, did }) {
  if (!config) {
    lab.restart(seed ?? lab.seed()); // with the present settings, and whatever the visitor made
    return frame({ changed: true });
  }
  // Built before the old one is let go: settings that cannot be used leave the running one as it is.
  const fresh = begun(lab.another(config, seed ?? lab.seed()), did);
  lab.free();
  lab = fresh;
  return frame({ changed: true });
}

/** @param {Lab} fresh @param {Uint8Array | undefined} did @param {import('./protocol.js').Supply[]} [files] */
function begun(fresh, did, files = []) {
  try {
    for (const { asset, bytes } of files) fresh.supply(asset, bytes);
    fresh.ready();
    if (did) fresh.follow(did);
  } catch (error) {
    fresh.free();
    throw error;
  }
  return fresh;
}

/** @param {import('./protocol.js').Tick} request @returns {Reply} */
function tick({ steps, ms, settle, spare }) {
  pool.give(spare);
  const now = () => performance.now();
  const start = now();
  const share = settle ? 1 - MEASURING : 1;
  const done = steps > 0 ? runFor(stepping, (n) => lab.step(n), steps, start + ms * share, now) : 0;
  let settled = false;
  if (settle) {
    runFor(measuring, (n) => ((settled = lab.measure(n)), settled ? 0 : n), Infinity, start + ms, now);
  }
  return { ...frame({ changed: false }), done, settled };
}

/**
 * The picture as it is now. Everything is copied at once into pooled buffers: views over wasm memory are never posted
 * and never kept.
 *
 * @param {{ changed: boolean }} what `changed`: the settings may differ, so they go along; they also do after steps that
 *   came by a deed of an earlier present
 * @returns {import('./protocol.js').Frame}
 */
function frame({ changed }) {
  lab.draw();
  /** @type {Record<string, import('./protocol.js').Channel>} */
  const channels = {};
  /** @type {Record<string, string>} */
  const texts = {};
  for (const name of lab.channels()) channels[name] = channel(name);
  for (const name of lab.texts()) texts[name] = lab.text(name) ?? '';
  const step = lab.steps();
  const news = changed || lab.deeds() !== told;
  told = lab.deeds();
  const settings = news ? { config: lab.config(), seed: lab.seed(), trail: { start: lab.start(), did: lab.trail() } } : {};
  return { type: 'frame', step, last: lab.last(), done: 0, settled: false, channels, texts, ...settings };
}

/** @param {string} name @returns {import('./protocol.js').Channel} */
function channel(name) {
  const [rows, cols] = lab.dims(name) ?? [0, 0];
  const ptr = lab.ptr(name); // before `memory.buffer` is read: passing a name may grow the memory
  const view = new Float32Array(memory.buffer, ptr, rows * cols);
  return { dims: [rows, cols], data: pool.copy(view) };
}

/** @param {Reply} reply @returns {Transferable[]} */
function transfers(reply) {
  if (reply.type === 'frame') return Object.values(reply.channels).map((c) => c.data.buffer);
  if (reply.type !== 'answer') return [];
  return [reply.data?.buffer, reply.bytes?.buffer].filter((buffer) => buffer !== undefined);
}
