/** Layers by their names: which network, which block, which kind of convolution; and how deep each stands. */

/** Networks of which a name says which it is of; a name that says none is of the large one. */
export const NETWORKS = ['digits', 'lite0'];
const LARGE = 'lite0';

/**
 * `lite0.b7.expand` is the widening convolution of the large network's block 7, `digits.class` the small one's answers.
 *
 * @param {string} id
 */
export function layerOf(id) {
  const parts = id.split('.');
  const network = NETWORKS.includes(parts[0]) ? /** @type {string} */ (parts.shift()) : LARGE;
  const block = /^b(\d+)$/.exec(parts[0] ?? '');
  return { network, block: block ? Number(block[1]) : undefined, kind: parts.at(-1) ?? '' };
}

/** @param {string[]} choices @param {string} network */
export const layersOf = (choices, network) => choices.filter((id) => layerOf(id).network === network);

/**
 * Where bars stand in a width: one for the input, then one a layer, in equal slots, none wider than `most`.
 *
 * @param {number} count of layers
 * @param {number} width
 * @param {number} most
 */
export function slots(count, width, most) {
  const slot = Math.min(most, width / (count + 1));
  return { slot, at: (/** @type {number} */ i) => (i + 1.5) * slot };
}
