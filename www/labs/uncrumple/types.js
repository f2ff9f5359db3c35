/** The shapes that the parts of the uncrumple stage hand to each other; nothing here runs. */

/** @typedef {import('../boundary/types.js').StageContext} StageContext */
/** @typedef {import('../boundary/types.js').Frame} Frame */
/** @typedef {import('../../element/stage.js').View} StageView */
/** @typedef {import('../../draw/palette.js').Palette} Palette */
/** @typedef {import('./camera.js').Orbit} Orbit */
/** @typedef {import('./colours.js').Colours} Colours */
/**
 * @typedef {object} Sheet one surface of each class, as it lies at one station
 * @property {Float32Array} at vertices, the first sheet's row by row, then the second's
 * @property {Float32Array} normals
 * @property {Float32Array} creases how sharply the paper is bent at each vertex: below 0 a valley as seen along the normal, above 0 a ridge
 */
/**
 * @typedef {object} Scene what one picture shows
 * @property {number} side vertices along an edge of a sheet
 * @property {Sheet} sheet
 * @property {Float32Array | null} points where they are shown
 * @property {Float32Array} answers class and share of class 2 for every point
 * @property {number[] | null} cut `n·y + c = 0`, where it belongs to this picture
 * @property {number} strength how plainly the cut is shown, 0 to 1
 * @property {number} floor height of the table under the paper
 * @property {number} version changes with the numbers, not with how they are looked at
 * @property {ImageBitmap | null} photo printed on the paper
 */
/**
 * @typedef {object} Painter draws scenes on a canvas of its own
 * @property {(scene: Scene, orbit: Orbit, colours: Colours, width: number, height: number) => void} paint
 * @property {() => void} renew whatever was on the graphics card is gone
 * @property {() => void} destroy
 */
/**
 * @typedef {object} ViewState how the visitor looks at the run; it changes no number
 * @property {number} station where between the first station and the last, continuously
 * @property {boolean} follow goes on to later layers as the network learns
 * @property {boolean} exact shows the exact inverse, fold by fold, instead of the network's layers
 * @property {boolean} points
 * @property {Orbit} orbit
 */
export {};
