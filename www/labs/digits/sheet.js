/** One canvas of the stage: its size asked once, its text alternative written with it. */
import { fit } from '../../draw/plane.js';

/** @typedef {import('./types.js').Palette} Palette */
/** @typedef {{ g: CanvasRenderingContext2D, width: number, height: number, palette: Palette }} Sheet in CSS pixels */

/**
 * @param {() => Palette} palette
 * @param {() => HTMLCanvasElement | null} find
 * @param {(sheet: Sheet) => string} drawing says what it shows
 */
export function sheet(palette, find, drawing) {
  /** @type {[number, number] | undefined} asked once a size: asking lays the page out */
  let size;
  return {
    draw() {
      const canvas = find();
      if (!canvas) return;
      size ??= [canvas.clientWidth, canvas.clientHeight];
      const [width, height] = size;
      if (width === 0 || height === 0) return void (size = undefined);
      const g = fit(canvas, width, height, devicePixelRatio);
      g.clearRect(0, 0, width, height);
      const text = drawing({ g, width, height, palette: palette() });
      if (canvas.getAttribute('aria-label') !== text) canvas.setAttribute('aria-label', text);
    },
    resize() {
      size = undefined;
    },
  };
}
