/** A canvas context for tests: notes what is asked of it, and with which colours. */

/** @typedef {CanvasRenderingContext2D & { calls: any[][], fills: string[], strokes: string[], texts: string[] }} Recorder */

/** @returns {Recorder} */
export function recorder() {
  const kept = { calls: /** @type {any[][]} */ ([]), fills: /** @type {string[]} */ ([]), strokes: /** @type {string[]} */ ([]), texts: /** @type {string[]} */ ([]) };
  /** @type {Record<string, any>} */
  const state = { ...kept };
  return /** @type {Recorder} */ (
    /** @type {unknown} */ (
      new Proxy(state, {
        get(target, name) {
          if (typeof name !== 'string' || name in target) return target[/** @type {string} */ (name)];
          if (name === 'measureText') return (/** @type {string} */ text) => ({ width: 7 * text.length });
          return (/** @type {any[]} */ ...args) => {
            kept.calls.push([name, ...args]);
            if (name === 'fill') kept.fills.push(target.fillStyle);
            if (name === 'stroke') kept.strokes.push(target.strokeStyle);
            if (name === 'fillText') kept.texts.push(args[0]);
          };
        },
      })
    )
  );
}
