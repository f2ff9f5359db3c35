/** Where the network, the names of its classes and the photos lie, and what they must be. */
import manifest from '../../assets/imagenet/manifest.json';

/** @type {Record<string, import('../../element/ships.js').File>} */
export const ships = {
  'lite0.bin': { address: new URL('../../assets/imagenet/lite0.bin.gz', import.meta.url), entry: manifest.lite0 },
  'labels.txt': { address: new URL('../../assets/imagenet/labels.txt', import.meta.url), entry: manifest.labels },
  'panda.bin': { address: new URL('../../assets/imagenet/panda.bin.gz', import.meta.url), entry: manifest.panda },
  'gibbon.bin': { address: new URL('../../assets/imagenet/gibbon.bin.gz', import.meta.url), entry: manifest.gibbon },
  'red-panda.bin': { address: new URL('../../assets/imagenet/red-panda.bin.gz', import.meta.url), entry: manifest['red-panda'] },
  'koala.bin': { address: new URL('../../assets/imagenet/koala.bin.gz', import.meta.url), entry: manifest.koala },
  'polar-bear.bin': { address: new URL('../../assets/imagenet/polar-bear.bin.gz', import.meta.url), entry: manifest['polar-bear'] },
  'dog.bin': { address: new URL('../../assets/imagenet/dog.bin.gz', import.meta.url), entry: manifest.dog },
  'cat.bin': { address: new URL('../../assets/imagenet/cat.bin.gz', import.meta.url), entry: manifest.cat },
  'lemur.bin': { address: new URL('../../assets/imagenet/lemur.bin.gz', import.meta.url), entry: manifest.lemur },
  'bison.bin': { address: new URL('../../assets/imagenet/bison.bin.gz', import.meta.url), entry: manifest.bison },
  'jaguar.bin': { address: new URL('../../assets/imagenet/jaguar.bin.gz', import.meta.url), entry: manifest.jaguar },
  'crab.bin': { address: new URL('../../assets/imagenet/crab.bin.gz', import.meta.url), entry: manifest.crab },
  'sheep.bin': { address: new URL('../../assets/imagenet/sheep.bin.gz', import.meta.url), entry: manifest.sheep },
  'giraffe.bin': { address: new URL('../../assets/imagenet/giraffe.bin.gz', import.meta.url), entry: manifest.giraffe },
  'moose.bin': { address: new URL('../../assets/imagenet/moose.bin.gz', import.meta.url), entry: manifest.moose },
  'kingfisher.bin': { address: new URL('../../assets/imagenet/kingfisher.bin.gz', import.meta.url), entry: manifest.kingfisher },
  'crocodile.bin': { address: new URL('../../assets/imagenet/crocodile.bin.gz', import.meta.url), entry: manifest.crocodile },
};

/** The photos as small pictures to choose from: addresses, by name. @type {Record<string, URL>} */
export const smalls = {
  panda: new URL('../../assets/imagenet/panda.webp', import.meta.url),
  gibbon: new URL('../../assets/imagenet/gibbon.webp', import.meta.url),
  'red-panda': new URL('../../assets/imagenet/red-panda.webp', import.meta.url),
  koala: new URL('../../assets/imagenet/koala.webp', import.meta.url),
  'polar-bear': new URL('../../assets/imagenet/polar-bear.webp', import.meta.url),
  dog: new URL('../../assets/imagenet/dog.webp', import.meta.url),
  cat: new URL('../../assets/imagenet/cat.webp', import.meta.url),
  lemur: new URL('../../assets/imagenet/lemur.webp', import.meta.url),
  bison: new URL('../../assets/imagenet/bison.webp', import.meta.url),
  jaguar: new URL('../../assets/imagenet/jaguar.webp', import.meta.url),
  crab: new URL('../../assets/imagenet/crab.webp', import.meta.url),
  sheep: new URL('../../assets/imagenet/sheep.webp', import.meta.url),
  giraffe: new URL('../../assets/imagenet/giraffe.webp', import.meta.url),
  moose: new URL('../../assets/imagenet/moose.webp', import.meta.url),
  kingfisher: new URL('../../assets/imagenet/kingfisher.webp', import.meta.url),
  crocodile: new URL('../../assets/imagenet/crocodile.webp', import.meta.url),
};
