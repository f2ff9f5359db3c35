/** Addresses within the package, put in their places by `tools/package.js`. */
declare const simdWasm: URL;
declare const scalarWasm: URL;
