/** Asks what the network does at the crosshair, one question at a time: while an answer is out, only the newest question waits. */

/** @typedef {[number, number]} Place */

/**
 * @param {(place: Place) => Promise<Float32Array>} ask
 * @param {(reading: Float32Array, place: Place) => void} tell
 */
export function reader(ask, tell) {
  let busy = false;
  /** @type {Place | null} */
  let next = null;
  let round = 0;

  async function run() {
    busy = true;
    while (next) {
      const place = next;
      const asked = round;
      next = null;
      try {
        const reading = await ask(place);
        if (asked === round) tell(reading, place);
      } catch {
        // A run that was restarted or ended meanwhile has nothing to say here; the element reports what went wrong.
      }
    }
    busy = false;
  }

  return {
    /** @param {Place} place */
    at(place) {
      next = place;
      if (!busy) void run();
    },
    /** Forgets what was asked. */
    stop() {
      next = null;
      round++;
    },
  };
}
