/** Whether this browser runs wasm SIMD: asked by the engine's worker, and by the service worker for what it should keep. */

// (module (func (result v128) i32.const 0 i8x16.splat)): valid only where simd128 is.
export const SIMD_PROBE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];
