/** The shapes that the parts of the stages `filters` and `dream` hand to each other; nothing here runs. */

/** @typedef {import('../imagenet/types.js').StageContext & { pause: () => void }} StageContext */
/** @typedef {import('../imagenet/types.js').StageView} StageView */
/** @typedef {import('../boundary/types.js').Frame} Frame */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/** @typedef {import('./store.js').Store} Store */

/**
 * @typedef {object} Parts what the parts of a stage share
 * @property {StageContext} ctx
 * @property {Store} store
 * @property {(key: string, vars?: import('../../lib/i18n.js').Vars) => string} w words under the lab's `stage`
 * @property {() => Palette} palette
 */
/** @typedef {{ draw: () => void, resize?: () => void, guess?: (share: number | undefined) => void, stop?: () => void }} Part */
/** @typedef {{ all: string[], of: (index: number) => string }} Labels names of the large network's classes; empty until they have come */
export {};
