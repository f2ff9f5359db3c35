/** The lab's own part of a figure: its stage module, fetched by name, mounted in four empty elements of the plate. */
import { palette } from '../draw/palette.js';
import { LabError } from '../worker/protocol.js';
import { LABS } from './labs.js';
import { knobRow } from './knob.js';
import { chooseFile } from './own-file.js';

/**
 * @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure
 * @typedef {import('../worker/protocol.js').Frame} Frame
 * @typedef {import('../draw/palette.js').Palette} Palette
 *
 * @typedef {object} View
 * @property {(frame: Frame) => void} frame
 * @property {() => void} resize
 * @property {() => void} theme
 * @property {() => string} summary
 * @property {() => { caption: string, head: string[], rows: string[][] }} table
 * @property {(group: string) => string} nowOf
 * @property {() => void} destroy
 * @property {(share: number | undefined) => void} [guess] marks the reader's guess, where a stage can
 * @property {() => boolean} [undo] takes the last stroke back, if there is one
 * @property {() => boolean} [redo] makes it once more
 * @property {() => void} [turned] settings were asked for, confirmed or refused: what shows them does so again
 * @property {() => Promise<Blob>} [picture] the stage as one picture, where it is more than its canvases side by side
 * @property {() => import('../lib/i18n.js').Vars} [vars] what the lab's sentences may name besides settings and read-outs
 *
 * @typedef {object} Module
 * @property {string} id
 * @property {(context: any) => View} mount
 * @property {string | string[]} [thumbnails] choice knobs shown as pictures
 * @property {string[]} [hidden] knobs the stage turns itself
 * @property {number} [course] steps that one press of play goes, where going on for ever shows nothing more
 * @property {string[]} [minors] the minor read-outs worth their place
 * @property {Record<string, import('./ships.js').File>} [ships] where the files lie that its lab may need
 * @property {Record<string, () => string[] | Promise<string[]>>} [names] of a knob that takes one of many names: all of them, once they are known
 */

/** @param {string} lab @returns {Promise<Module>} */
export async function fetchStage(lab) {
  // Said here, in the engine's own words: a script that is not there would be taken for one that did not arrive.
  if (!LABS.includes(lab)) throw new LabError({ code: 'unknown-lab', message: `there is no lab called “${lab}”`, data: { name: lab }, fatal: true });
  const file = await import(`../labs/${lab}.js`);
  return { ...file, ...file.default };
}

/**
 * Mounts a lab's stage in a rendered figure.
 *
 * @param {Figure} figure
 * @param {Module} module
 * @returns {View}
 */
export function mount(figure, module) {
  const root = /** @type {ShadowRoot} */ (figure.renderRoot);
  const slot = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.getElementById(id));
  const { formats } = figure.locale;
  /** A knob that the stage shows in a place of its own, as the figure shows it elsewhere. @param {string} id */
  const control = (id) => {
    const knob = figure.about.knobs.find((one) => one.id === id);
    return knob && knobRow(figure, knob);
  };
  return module.mount({
    control,
    level: () => figure.level,
    seed: () => figure.run?.seed ?? 0,
    pause: () => figure.run?.pause(),
    slots: { stage: slot('stage'), net: slot('net'), key: slot('key'), charts: slot('charts') },
    t: figure.t,
    number: formats.number,
    percent: formats.percent,
    readout: formats.readout,
    tokens: () => figure.palette,
    values: () => figure.values(),
    set: (/** @type {string} */ knob, /** @type {import('../worker/protocol.js').KnobValue} */ value) => figure.turn(knob, value),
    together: (/** @type {Record<string, import('../worker/protocol.js').KnobValue>} */ values) => figure.together(values),
    look: (/** @type {string} */ knob, /** @type {import('../worker/protocol.js').KnobValue} */ value) => figure.look(knob, value),
    input: (/** @type {string} */ kind, /** @type {ArrayLike<number>} */ data) => figure.touch(kind, data),
    ask: (/** @type {string} */ kind, /** @type {ArrayLike<number>} */ data) => figure.ask(kind, data),
    openFile: () => chooseFile(figure),
    load: (/** @type {string} */ asset, /** @type {Uint8Array} */ bytes) => figure.load(asset, bytes),
    about: figure.about,
    announce: (/** @type {string} */ text) => figure.announce(text),
    root,
  });
}

/** The figure's colours, out of its custom properties. @param {HTMLElement} host @returns {Palette} */
export function paletteOf(host) {
  const style = getComputedStyle(host);
  return palette((name) => style.getPropertyValue(`--${name}`).trim());
}

/**
 * The stage as one picture, its canvases laid over each other where they stand.
 *
 * @param {HTMLElement} stage
 * @param {string} background
 * @returns {Promise<Blob>}
 */
export async function pictureOf(stage, background) {
  const canvases = [...stage.querySelectorAll('canvas')].filter((canvas) => canvas.clientWidth > 0);
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const widest = boxes.reduce((most, box, i) => (box.width > boxes[most].width ? i : most), 0);
  const frame = boxes[widest];
  const picture = document.createElement('canvas');
  const ctx = picture.getContext('2d');
  if (!frame || !ctx) throw new Error('there is no picture to save yet');
  const scale = canvases[widest].width / frame.width;
  picture.width = Math.round(frame.width * scale);
  picture.height = Math.round(frame.height * scale);
  ctx.fillStyle = background;
  ctx.fillRect(0, 0, picture.width, picture.height);
  canvases.forEach((canvas, i) => {
    const { left, top, width, height } = boxes[i];
    ctx.drawImage(canvas, (left - frame.left) * scale, (top - frame.top) * scale, width * scale, height * scale);
  });
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png');
  });
}
