/** Styles of the photos to pick; tokens and container queries only. */

export const css = `
#stage.i-over { outline: 3px dashed var(--accent); outline-offset: 6px; }
.i-line { color: var(--ink-2); max-width: 44rem; }
.i-bad { color: var(--bad); }
.i-shelves { display: flex; flex-wrap: wrap; gap: var(--s4) var(--s6); align-items: start; }
.i-shelf { display: flex; flex-wrap: wrap; gap: var(--s1); align-content: start; }
.i-shelf legend { width: 100%; margin-block-end: var(--s1); }
.i-shelf label { position: relative; display: grid; justify-items: center; align-content: start; gap: 2px; width: 4.25rem; padding: 3px 3px 1px; border: var(--line-2) solid transparent; border-radius: var(--r2); cursor: pointer; font-size: var(--step--2); line-height: 1.2; color: var(--ink-2); text-align: center; hyphens: auto; }
.stage .i-shelf canvas { width: 3.625rem; height: 3.625rem; border-radius: 2px; background: var(--wash); }
.i-shelf input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.i-shelf label:hover { background: var(--wash); }
.i-shelf label:has(:checked) { border-color: var(--accent); color: var(--ink); font-weight: 600; }
.i-shelf label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 1px; }
.i-own { flex: 1 1 18rem; max-width: 30rem; }
.i-credit { font-size: var(--step--2); margin-block-start: var(--s3); max-width: 52rem; }
.i-acts { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: start; }
.i-own .i-line { width: 100%; margin-block-start: var(--s1); }
@media not ((hover: none) and (pointer: coarse)) { .i-camera { display: none; } }
@container plate (max-width: 37.99rem) {
  .i-shelf:not(.i-own) { flex-wrap: nowrap; overflow-x: auto; max-width: 100%; padding-block-end: var(--s1); }
  .i-shelf label { flex: none; }
}
`;
