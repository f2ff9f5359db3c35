/** Styles of what other stages show too: digits to pick, ten answers as bars. */

export const pieces = `
.d-shelf { display: flex; flex-wrap: wrap; gap: 2px; }
.d-shelf legend { width: 100%; }
.d-shelf label { position: relative; display: grid; justify-items: center; align-content: start; padding: 3px; border: var(--line-2) solid transparent; border-radius: var(--r2); cursor: pointer; font-size: var(--step--2); color: var(--ink-2); min-width: var(--touch); }
.stage .d-shelf canvas { width: 2.25rem; height: 2.25rem; aspect-ratio: 1; background: var(--sheet); box-shadow: 0 0 0 1px var(--rule); image-rendering: pixelated; }
.d-shelf input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.d-shelf label:hover { background: var(--wash); }
.d-shelf label:has(:checked) { border-color: var(--accent); color: var(--ink); }
.d-shelf label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 1px; }
.d-bars { list-style: none; padding: 0; display: grid; gap: 1px; }
.d-bars button, .d-bars p { display: grid; grid-template-columns: 1.25rem minmax(0, 1fr) 4.25rem; gap: var(--s2); align-items: center; width: 100%; min-height: 1.75rem; border: 0; padding: 0 var(--s1); background: none; font: 400 var(--step--1)/1.2 var(--sans); font-variant-numeric: tabular-nums; color: var(--ink-2); text-align: start; border-radius: var(--r1); }
.d-bars button { cursor: pointer; touch-action: manipulation; }
.d-bars button:hover { background: var(--wash); }
.d-bars button[aria-pressed="true"] { box-shadow: inset 0 0 0 2px var(--accent); }
.d-bars b { font-weight: 500; }
.d-bars i { display: block; height: 0.875rem; border-radius: 1px; background: var(--edge); width: max(1px, calc(var(--p, 0) * 100%)); }
.d-bars span { text-align: end; }
.d-bars .d-true i { background: var(--c1); }
.d-bars .d-now i { background: var(--c2); }
.d-bars .d-true :is(b, span), .d-bars .d-now :is(b, span) { color: var(--ink); font-weight: 650; }
@media (forced-colors: active) { .d-bars i { forced-color-adjust: none; } .d-shelf label:has(:checked) { outline: 3px solid Highlight; } }
`;
