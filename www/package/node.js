/** `import { Lab } from 'uncrumple'` in Node: the engine's class. SIMD where this machine's V8 has it; the bits are the same. */
import { readFileSync } from 'node:fs';
import * as picturesScalar from '../pkg/pictures/scalar/uncrumple.js';
import * as picturesSimd from '../pkg/pictures/simd/uncrumple.js';
import * as planeScalar from '../pkg/plane/scalar/uncrumple.js';
import * as planeSimd from '../pkg/plane/simd/uncrumple.js';
import { MODULE_OF } from '../pkg/modules.js';
import { SIMD_PROBE } from '../worker/simd.js';

/** @typedef {typeof import('./types.js').Lab} LabClass */

const fast = WebAssembly.validate(new Uint8Array(SIMD_PROBE));

/** @param {typeof planeSimd} glue @param {URL} wasm @returns {() => LabClass} begins at the first lab that is asked for */
function engine(glue, wasm) {
  /** @type {LabClass | undefined} */
  let known;
  return () => {
    if (!known) glue.initSync({ module: readFileSync(wasm) });
    return (known ??= /** @type {LabClass} */ (/** @type {unknown} */ (glue.Lab)));
  };
}

/** @type {Record<string, () => LabClass>} */
const ENGINES = {
  plane: fast ? engine(planeSimd, planeSimdWasm) : engine(planeScalar, planeScalarWasm),
  pictures: fast ? engine(picturesSimd, picturesSimdWasm) : engine(picturesScalar, picturesScalarWasm),
};

/** One that is in no module is refused by any. @param {string} id */
const classOf = (id) => ENGINES[Object.hasOwn(MODULE_OF, id) ? MODULE_OF[id] : 'plane']();

/** Each module has a class of its own; this one is all of them. */
class AnyLab {
  /** @param {string} id @param {import('./types.js').Config | undefined} config @param {number} seed */
  constructor(id, config, seed) {
    return new (classOf(id))(id, config, seed);
  }

  static ids() {
    return Object.keys(MODULE_OF);
  }

  /** @param {string} id */
  static describe(id) {
    return classOf(id).describe(id);
  }

  /** @param {unknown} value */
  static [Symbol.hasInstance](value) {
    return Object.values(ENGINES).some((engine) => value instanceof engine());
  }
}

export const Lab = /** @type {LabClass} */ (/** @type {unknown} */ (AnyLab));
