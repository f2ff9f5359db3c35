/** The shapes that the parts of the layers stage hand to each other; nothing here runs. */

/** @typedef {import('../boundary/types.js').StageContext} StageContext */
/** @typedef {import('../boundary/types.js').StageView} StageView */
/** @typedef {import('../boundary/types.js').Frame} Frame */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/** @typedef {import('./store.js').Store} Store */

/** @typedef {'pca' | 'units' | 'tour'} Projecting how more than three coordinates become three */
/**
 * @typedef {object} Look how the visitor looks at the run; it changes no number
 * @property {number} t how many layers the plane has been carried through, 0 … L
 * @property {number} yaw
 * @property {number} pitch
 * @property {number} reach half the width of what is seen, in units of the space
 * @property {boolean} answers the sheet shows what the network answers instead of how areas change
 * @property {Projecting} projecting
 * @property {number} tour how far a tour of all directions has come
 * @property {[number, number, number]} units which ones are drawn, 0-based, where they are chosen
 */
/** @typedef {Look & import('../plane/brush.js').Brush} ViewState */
/**
 * @typedef {object} Parts what the parts of the stage share
 * @property {StageContext} ctx
 * @property {Store} store
 * @property {ViewState} view
 * @property {(key: string, vars?: import('../../lib/i18n.js').Vars) => string} w words under labs.layers.stage
 * @property {() => Palette} palette
 * @property {(change: Partial<ViewState>) => void} show changes the view and repaints what depends on it
 * @property {(kind: string, data: number[]) => void} edit changes the points by one dab of a stroke
 * @property {() => void} lift ends a stroke
 * @property {(what: 'undo' | 'redo') => void} again takes a whole stroke back, or does it once more
 * @property {(change: Partial<import('../plane/brush.js').Brush>) => void} brush takes up a tool, or puts it down
 * @property {(at: [number, number] | null) => void} read moves the crosshair
 * @property {(t: number, rest?: boolean) => void} go moves the scrubber; `rest`: it has come to rest there, so the link may say so
 * @property {(place: [number, number] | null) => void} follow picks up the point of the plane that stands there, or lets it go
 */
export {};
