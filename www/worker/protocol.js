/**
 * What the page and its worker say to each other: the only file both threads import.
 *
 * The page pulls. Nothing runs in the worker except in answer to a request, every request carries an `id`, and each is
 * answered exactly once with the same `id`: pausing is not asking, and a slow page can never be flooded with frames.
 *
 * @typedef {'data' | 'network' | 'training' | 'push' | 'view'} GroupId
 * @typedef {{ type: 'number', min: number, max: number, step: number, scale: 'linear' | 'log', integer: boolean }} NumberKind
 * @typedef {{ type: 'choice', choices: string[] }} ChoiceKind
 * @typedef {{ type: 'flag' }} FlagKind
 * @typedef {{ type: 'layers', maxLayers: number, maxUnits: number, activations: string[] }} LayersKind  text: "8,8", "16:relu,8"
 * @typedef {{ type: 'subset', choices: string[] }} SubsetKind                                            text: "x,y"
 * @typedef {{ type: 'name', max: number }} NameKind  one of many names, which a file of the lab knows
 * @typedef {NumberKind | ChoiceKind | FlagKind | LayersKind | SubsetKind | NameKind} KnobKind
 * @typedef {number | string | boolean} KnobValue
 * @typedef {{ id: string, group: string, kind: KnobKind, default: KnobValue, unit?: string, live: boolean }} Knob
 * @typedef {{ id: string, unit: Unit, role: 'claim' | 'control' | 'minor', by?: string }} Readout  with `by`: one number for every key
 * @typedef {'count' | 'share' | 'number' | 'text'} Unit
 * @typedef {{ id: string, knobs: Knob[], readouts: Readout[], inputs: string[], exports: string[], assets: string[], ships?: string[], step: string }} About  `ships`: files of the site that it may need
 * @typedef {Record<string, KnobValue>} Config  every knob's present value, by id
 *
 * Requests. `tick` runs at most `steps` steps and about `ms` milliseconds; what is left of the time goes to measurements,
 * which are always given at least a quarter of it unless `settle` is false. `spare` gives back buffers of earlier frames.
 *
 * @typedef {{ type: 'describe', lab: string, simd?: boolean }} Describe
 * @typedef {{ type: 'create', lab: string, config?: Config, seed: number, did?: Uint8Array, simd?: boolean }} Create
 * @typedef {{ type: 'supply', asset: string, bytes: Uint8Array }} Supply  a file of `ships`, which a `create`, `reset` or `set` was refused for the lack of (`not-supplied`)
 * @typedef {{ type: 'tick', steps: number, ms: number, settle: boolean, spare: ArrayBuffer[] }} Tick
 * @typedef {{ type: 'seek', step: number }} Seek
 * @typedef {{ type: 'reset', seed?: number, config?: Config, did?: Uint8Array }} Reset  without `config` the settings and the visitor's own points stay
 * @typedef {{ type: 'set', knob: string, value: KnobValue }} Set
 * @typedef {{ type: 'input', kind: string, data: Float32Array }} Input
 * @typedef {{ type: 'ask', kind: string, data: Float32Array }} Ask
 * @typedef {{ type: 'load', asset: string, bytes: Uint8Array }} Load
 * @typedef {{ type: 'hash' }} Hash
 * @typedef {{ type: 'export', kind: string }} Export
 * @typedef {Describe | Supply | Create | Tick | Seek | Reset | Set | Input | Ask | Load | Hash | Export} Request
 *
 * Replies. A frame also carries settings, seed and trail where they may have changed: always unless it answers a tick.
 * `last` is the furthest step of the run. A trail is how the run began and what was done since (src/labs/trail.rs), by
 * which `create` and `reset` begin the very same run; nothing was done if `did` is empty, too much for a link without it.
 *
 * @typedef {{ dims: [number, number], data: Float32Array }} Channel  rows, columns; columns vary fastest
 * @typedef {{ type: 'ready', about: About, simd: boolean }} Ready
 * @typedef {{ start: Config, did?: Uint8Array }} Trail
 * @typedef {{ type: 'frame', step: number, last: number, done: number, settled: boolean, channels: Record<string, Channel>,
 *   texts: Record<string, string>, restarted?: boolean, config?: Config, seed?: number, trail?: Trail }} Frame
 * @typedef {{ type: 'answer', data?: Float32Array, hash?: string, bytes?: Uint8Array }} Answer
 * @typedef {{ type: 'error', code: string, message: string, data: Record<string, unknown>, fatal: boolean }} Failure
 * @typedef {Ready | Frame | Answer | Failure} Reply
 */

/** The name every error of the engine bears; any other exception is a fault of ours and ends the worker. */
export const ENGINE_ERROR = 'LabError';

/**
 * What went wrong, in a form that survives `postMessage`.
 *
 * @param {unknown} error
 * @param {string} [code] what to call it when it is not the engine's own
 * @returns {Failure}
 */
export function failure(error, code = 'panic') {
  const e = /** @type {{ name?: unknown, code?: unknown, message?: unknown, data?: unknown }} */ (error ?? {});
  const typed = e.name === ENGINE_ERROR;
  return {
    type: 'error',
    code: typed && typeof e.code === 'string' ? e.code : code,
    message: String(e.message ?? error),
    data: typed && e.data && typeof e.data === 'object' ? /** @type {Record<string, unknown>} */ (e.data) : {},
    fatal: !typed,
  };
}

/** An error of the engine, as the page throws it: `code` and `data` are stable, `message` is English. */
export class LabError extends Error {
  /** @param {Pick<Failure, 'code' | 'message' | 'data' | 'fatal'>} failure */
  constructor({ code, message, data, fatal }) {
    super(message);
    this.name = ENGINE_ERROR;
    this.code = code;
    this.data = data;
    this.fatal = fatal;
  }
}
