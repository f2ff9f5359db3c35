/** Importing this module defines `<uncrumple-lab>`. */
import type { Figure, UncrumpleLabEventMap } from './types.js';

export type * from './types.js';

type Options = boolean | AddEventListenerOptions;

export interface UncrumpleLab extends Figure {}
export declare class UncrumpleLab extends HTMLElement {
  addEventListener<K extends keyof UncrumpleLabEventMap>(type: K, listener: (this: UncrumpleLab, event: UncrumpleLabEventMap[K]) => void, options?: Options): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: Options): void;
}

/** What the engine refuses: `code` and `data` are stable, `message` is English. */
export declare class LabError extends Error {
  name: 'LabError';
  code: string;
  data: Record<string, unknown>;
  /** Whether the figure's worker has been ended. */
  fatal: boolean;
}

declare global {
  interface HTMLElementTagNameMap {
    'uncrumple-lab': UncrumpleLab;
  }
}
