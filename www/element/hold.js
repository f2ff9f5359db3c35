/** A button that repeats while it is held, and still does one thing for one press of Enter, Space or a finger. */

const WAIT_MS = 420;
const EVERY_MS = 90;

/** Whether the press under way has already repeated; its closing click then does nothing more. */
let repeated = false;

/** For `@pointerdown`. @param {PointerEvent} event @param {() => void} act */
export function hold(event, act) {
  repeated = false;
  if (event.button !== 0) return;
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  let timer = setTimeout(again, WAIT_MS);
  function again() {
    if (button.disabled || !button.isConnected) return stop();
    repeated = true;
    act();
    timer = setTimeout(again, EVERY_MS);
  }
  function stop() {
    clearTimeout(timer);
    for (const type of ENDS) window.removeEventListener(type, stop);
  }
  for (const type of ENDS) window.addEventListener(type, stop);
}

const ENDS = ['pointerup', 'pointercancel', 'blur'];

/** For `@click`. @param {() => void} act */
export function press(act) {
  if (!repeated) act();
  repeated = false;
}
