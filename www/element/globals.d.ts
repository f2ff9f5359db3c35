/** What TypeScript should know of a page that has loaded the element: its tag and its events. */
import type { LabError } from '../worker/protocol.js';
import type { State } from './link.js';
import type { UncrumpleLab } from './uncrumple-lab.js';

/**
 * What the newest frame reads, by read-out: a number, or where there is one for every layer, size…, an object of numbers by
 * that key; NaN where nothing was measured yet. The lab's own list (`about`) says which is which, no type can.
 */
export type Readouts = Record<string, any>;

export interface UncrumpleLabEventMap {
  /** A frame arrived: `done` steps were taken for it; `settled` when the read-outs belong to this step. */
  frame: CustomEvent<{ step: number; done: number; settled: boolean; readouts: Readouts }>;
  /** Settings, seed, place, playing: what a link to this moment holds. */
  state: CustomEvent<State>;
  /** The figure stands still and everything is measured. */
  result: CustomEvent<{ lab: string; seed: number; step: number; readouts: Readouts }>;
  /** It needs so many bytes more, which are fetched once somebody asks for it. */
  wait: CustomEvent<{ bytes: number }>;
  /** Training stopped or the worker broke; the figure says so too. Does not bubble. */
  error: CustomEvent<LabError>;
}

declare global {
  interface HTMLElementTagNameMap {
    'uncrumple-lab': UncrumpleLab;
  }
}
