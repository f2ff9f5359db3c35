/** The shapes that the parts of the imagenet stage hand to each other; nothing here runs. */

/** @typedef {import('../digits/types.js').StageContext & { seed: () => number, control: (knob: string) => unknown }} StageContext */
/** @typedef {import('../digits/types.js').StageView & { picture: () => Promise<Blob>, turned?: () => void }} StageView */
/** @typedef {import('../digits/types.js').Frame} Frame */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('../digits/types.js').Part} Part */

/**
 * @typedef {object} Parts what the parts of the stage share
 * @property {StageContext} ctx
 * @property {Store} store
 * @property {(key: string, vars?: import('../../lib/i18n.js').Vars) => string} w words under labs.imagenet.stage
 * @property {() => Palette} palette
 * @property {(index: number) => string} name of a class; empty until the names have come
 */
export {};
