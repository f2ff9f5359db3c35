/** What TypeScript should know of a page that has loaded the element: its tag and its events. */
import type { LabError } from '../worker/protocol.js';
import type { State } from './link.js';
import type { UncrumpleLab } from './uncrumple-lab.js';

/** Numbers of the newest frame by read-out; NaN where nothing was measured yet. */
export type Readouts = Record<string, number>;

export interface UncrumpleLabEventMap {
  /** A frame arrived: `done` steps were taken for it; `settled` when the read-outs belong to this step. */
  frame: CustomEvent<{ step: number; done: number; settled: boolean; readouts: Readouts }>;
  /** Settings, seed, place, playing: what a link to this moment holds. */
  state: CustomEvent<State>;
  /** The figure stands still and everything is measured. */
  result: CustomEvent<{ lab: string; seed: number; step: number; readouts: Readouts }>;
  /** Training stopped or the worker broke; the figure says so too. Does not bubble. */
  error: CustomEvent<LabError>;
}

declare global {
  interface HTMLElementTagNameMap {
    'uncrumple-lab': UncrumpleLab;
  }
}
