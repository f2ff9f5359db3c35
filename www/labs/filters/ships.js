/** Where the lab's files lie: the digits' networks and their digits, the large network, the names of its classes and the photos. */
import manifest from '../../assets/digits/manifest.json';
import { ships as digits } from '../digits/ships.js';
import { ships as imagenet } from '../imagenet/ships.js';

/** @type {Record<string, import('../../element/ships.js').File>} */
export const ships = {
  'digits-net.bin': { address: new URL('../../assets/digits/digits-net.bin.gz', import.meta.url), entry: manifest['digits-net'] },
  'digits-robust.bin': { address: new URL('../../assets/digits/digits-robust.bin.gz', import.meta.url), entry: manifest['digits-robust'] },
  ...digits,
  ...imagenet,
};
