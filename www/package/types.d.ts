/** What the package promises to TypeScript. `types.check.js` beside this holds it to what the code is. */

export type KnobValue = number | string | boolean;
export type Config = Record<string, KnobValue>;

export type KnobKind =
  | { type: 'number'; min: number; max: number; step: number; scale: 'linear' | 'log'; integer: boolean }
  | { type: 'choice'; choices: string[] }
  | { type: 'flag' }
  | { type: 'layers'; maxLayers: number; maxUnits: number; activations: string[] }
  | { type: 'subset'; choices: string[] }
  | { type: 'name'; max: number };

/** A setting of a lab. Setting one that is not `live` begins a new run. */
export interface Knob {
  id: string;
  group: string;
  kind: KnobKind;
  default: KnobValue;
  unit?: string;
  live: boolean;
}

export interface Readout {
  id: string;
  unit: 'count' | 'share' | 'number' | 'text';
  role: 'claim' | 'control' | 'minor';
}

/** What a lab says of itself. */
export interface About {
  id: string;
  step: string;
  knobs: Knob[];
  readouts: Readout[];
  inputs: string[];
  exports: string[];
  assets: string[];
  /** Files it may need: fetched by a figure, given by `supply` in Node; a run that lacks one says `not-supplied`. */
  ships?: string[];
}

/** What a caller got wrong: `code` and `data` are stable, `message` is English. */
export interface LabErrorLike extends Error {
  name: 'LabError';
  code: string;
  data: Record<string, unknown>;
}

/** A run of one lab, without a page. Throws a `LabErrorLike`; anything else thrown is a fault of ours, after which the process should not go on using it. */
export declare class Lab {
  /** Every lab's name. */
  static ids(): string[];
  /** What the lab `id` says of itself, without running it. */
  static describe(id: string): About;

  /** The lab `id` at step 0; knobs not in `config` have their defaults. `seed` is any 32-bit number. */
  constructor(id: string, config: Partial<Config> | undefined, seed: number);
  free(): void;
  [Symbol.dispose](): void;

  about(): About;
  config(): Config;
  seed(): number;
  /** Steps taken. */
  steps(): number;
  /** Furthest step of this run. */
  last(): number;

  /** Up to `count` steps; returns how many were done. Throws if the first one fails. */
  step(count: number): number;
  /** Up to `budget` units (≈ 1 ms) of measuring; returns whether the read-outs belong to the present step. */
  measure(budget: number): boolean;
  /** Goes to a step, back (exactly as it was) or forward. */
  seek(step: number): void;
  /** Begins a new run with the present settings and the visitor's own data. */
  restart(seed: number): void;
  /** Sets a knob: `'live'` if it acts on this run, `'restarted'` if it began a new one. */
  set(knob: string, value: KnobValue): string;
  /** A click, a drag, a stroke. */
  input(kind: string, data: Float32Array | number[]): void;
  /** A file, such as `points.csv` or `network.safetensors`. */
  load(asset: string, bytes: Uint8Array | number[]): void;
  /** A file of `about().ships`, unpacked; before the first step. Runs that follow from this one have it too. */
  supply(asset: string, bytes: Uint8Array | number[]): void;
  /** Throws `not-supplied` while the run lacks files: `data.assets` names them, with spaces between. */
  ready(): void;
  /** A fresh run of the same lab with other settings, and the files this one was given. */
  another(config: Partial<Config> | undefined, seed: number): Lab;
  /** A question that changes nothing. */
  ask(kind: string, data: Float32Array | number[]): Float32Array;
  /** One of `about().exports`. */
  export(kind: string): Uint8Array;

  /** Fills the channels with what there is to see. */
  draw(): void;
  /** Names of the channels, after `draw`. */
  channels(): string[];
  /** Rows and columns of a channel. */
  dims(name: string): Uint32Array | undefined;
  /** A copy of a channel. */
  read(name: string): Float32Array | undefined;
  texts(): string[];
  text(name: string): string | undefined;
  /** Twelve hexadecimal digits over everything there is to see, measured to the end first. */
  hash(): string;
  heapBytes(): number;
}

/** Numbers of the newest frame by read-out; NaN where nothing was measured yet. */
export type Readouts = Record<string, number>;

/** What a link holds; defaults are left out. */
export interface State {
  v: number;
  lab: string;
  seed: number;
  at: number;
  knobs: Config;
}

export interface UncrumpleLabEventMap {
  /** A frame arrived: `done` steps were taken for it; `settled` when the read-outs belong to this step. */
  frame: CustomEvent<{ step: number; done: number; settled: boolean; readouts: Readouts }>;
  /** Settings, seed, place, playing. */
  state: CustomEvent<State>;
  /** The figure stands still and everything is measured. */
  result: CustomEvent<{ lab: string; seed: number; step: number; readouts: Readouts }>;
  /** Training stopped or the worker broke. Does not bubble. */
  error: CustomEvent<Error & { code: string; data: Record<string, unknown> }>;
}

/** The script interface of `<uncrumple-lab>`. */
export interface Figure {
  lab: string;
  /** The first frame has been shown; rejects if the engine does not arrive. */
  readonly ready: Promise<void>;
  readonly readouts: Readouts;
  readonly state: State;
  readonly about: About;
  /** The state as the text after `#`; setting it brings the figure there. */
  link: string;
  play(): void;
  pause(): void;
  /** Pauses and takes `n` steps; the read-outs then belong to the last of them. */
  step(n?: number): Promise<void>;
  seek(step: number): Promise<void>;
  reset(options?: { seed?: number }): Promise<void>;
  set(knob: string, value: KnobValue): Promise<void>;
  load(asset: string, bytes: Uint8Array): Promise<void>;
  ask(kind: string, data: ArrayLike<number>): Promise<Float32Array>;
  channel(name: string): Promise<{ dims: [number, number]; data: Float32Array }>;
  hash(): Promise<string>;
  export(kind: string): Promise<Blob>;
}
