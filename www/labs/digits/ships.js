/** Where the lab's pictures lie, and what they must be. */
import manifest from '../../assets/digits/manifest.json';

/** @type {Record<string, import('../../element/ships.js').File>} */
export const ships = {
  'digits-train.bin': { address: new URL('../../assets/digits/digits-train.bin.gz', import.meta.url), entry: manifest['digits-train'] },
  'digits-test.bin': { address: new URL('../../assets/digits/digits-test.bin.gz', import.meta.url), entry: manifest['digits-test'] },
  'clothes-test.bin': { address: new URL('../../assets/digits/clothes-test.bin.gz', import.meta.url), entry: manifest['clothes-test'] },
};
