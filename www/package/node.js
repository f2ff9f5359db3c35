/** `import { Lab } from 'uncrumple'` in Node: the engine's class, ready at once. SIMD where this machine's V8 has it; the bits are the same. */
import { readFileSync } from 'node:fs';
import * as scalar from '../pkg/scalar/uncrumple.js';
import * as simd from '../pkg/simd/uncrumple.js';
import { SIMD_PROBE } from '../worker/simd.js';

const fast = WebAssembly.validate(new Uint8Array(SIMD_PROBE));
const engine = fast ? simd : scalar;
engine.initSync({ module: readFileSync(fast ? simdWasm : scalarWasm) });

export const Lab = /** @type {typeof import('./types.js').Lab} */ (engine.Lab);
