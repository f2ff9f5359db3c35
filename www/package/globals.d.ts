/** Addresses within the package, put in their places by `tools/package.js`. */
declare const planeSimdWasm: URL;
declare const picturesSimdWasm: URL;
declare const planeScalarWasm: URL;
declare const picturesScalarWasm: URL;
