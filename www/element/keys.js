/** Single keys while a figure has the focus: Space plays, `.` steps, R resets, Ctrl+Z takes the last setting back, Ctrl+Shift+Z turns it again. */

/** @typedef {import('./uncrumple-lab.js').UncrumpleLab} Figure */

const WRITTEN_IN = 'textarea, select, input:not([type="range"], [type="radio"], [type="checkbox"]), [contenteditable]';
const PRESSED = 'button, summary, a[href], input, select, textarea, label';

/** @param {Figure} figure @param {KeyboardEvent} event */
export function onKey(figure, event) {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || !figure.run || !(target instanceof Element)) return;
  if (event.key === 'Escape') {
    if (figure.closeMenu(true)) event.preventDefault();
    return;
  }
  if (target.matches(WRITTEN_IN)) return;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (command && !event.altKey && (key === 'z' || (key === 'y' && !event.shiftKey))) {
    if (key === 'y' || event.shiftKey ? figure.redo() : figure.undo()) event.preventDefault();
    return;
  }
  if (command || event.altKey) return;
  const act = { ' ': () => figure.toggle(), '.': () => figure.oneStep(), r: () => figure.restart(), R: () => figure.restart() }[event.key];
  // Space belongs to whatever it would press.
  if (!act || (event.key === ' ' && target.matches(PRESSED))) return;
  event.preventDefault();
  act();
}
