/** What the uncrumple stage adds to the figure's styles; tokens and container queries only. */

export const css = `
.u-view { position: relative; aspect-ratio: 1.42; cursor: grab; touch-action: pan-y; user-select: none; -webkit-user-select: none; border-radius: var(--r1); }
.u-view:active { cursor: grabbing; }
.stage .u-view canvas { position: absolute; inset: 0; width: 100%; height: 100%; aspect-ratio: auto; touch-action: pan-y; }
.stage .u-view canvas[hidden] { display: none; }
.u-line { min-height: 2lh; }
.u-note { color: var(--ink-2); margin-block-start: var(--s1); }
.u-note:empty { margin: 0; }
.u-note.u-bad { color: var(--bad); }
.u-strip { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: var(--s1); border: 0; padding: 0; margin: var(--s2) 0 0; min-width: 0; }
.u-strip label { position: relative; display: grid; justify-items: center; min-width: 0; min-height: var(--touch); padding-block-end: var(--s1); border-block-end: 3px solid transparent; cursor: pointer; text-align: center; line-height: 1.25; }
.stage-col .u-strip canvas { width: 100%; max-width: 6.5rem; aspect-ratio: 1.42; }
.u-strip input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.u-strip label:has(:checked) { border-color: var(--accent); font-weight: 600; }
.u-strip label:hover { background: var(--wash); }
.u-strip label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: var(--r1); }
.u-strip small { color: var(--ink-2); font-size: var(--step--2); font-weight: 400; font-variant-numeric: tabular-nums; }
.u-slide { display: block; width: 100%; }
.u-tools { display: flex; flex-wrap: wrap; gap: 0 var(--s4); align-items: center; margin-block-start: var(--s1); }
.u-tools label { display: inline-flex; align-items: center; gap: var(--s2); min-height: var(--touch); cursor: pointer; }
.u-tools input { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); margin: 0; }
@container plate (max-width: 26rem) { .u-view { aspect-ratio: 1.15; } .u-strip { gap: 0; } }
@media (forced-colors: active) { .u-strip label:has(:checked) { outline: 2px solid Highlight; } }
@media print { .u-tools, .u-slide { display: none; } }
`;
