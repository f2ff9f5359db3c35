/** `import { Lab } from 'uncrumple'` in Node. */
export { Lab } from './types.js';
export type { About, Config, Knob, KnobKind, KnobValue, LabErrorLike, Readout } from './types.js';
