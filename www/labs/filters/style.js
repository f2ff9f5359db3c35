/** What the filters stage adds to the figure's styles; tokens and container queries only. */

export const css = `
.f-main { display: grid; gap: var(--s5) var(--s6); grid-template-columns: minmax(0, 1fr); align-items: start; }
.f-side { display: grid; gap: var(--s5); grid-template-columns: minmax(0, 1fr); min-width: 0; }
.stage .f-picture canvas { aspect-ratio: 1; border-radius: 0; }
.f-unit { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s3); align-items: center; margin-block-start: var(--s2); }
.f-unit .a-line { margin: 0; }
.f-number { width: 5.5ch; height: var(--touch); border: 0; padding: 0; background: none; color: var(--ink); font: 600 var(--step--1)/1 var(--sans); text-align: center; appearance: textfield; }
.f-number::-webkit-inner-spin-button { appearance: none; margin: 0; }
.f-names { flex: 1 1 12rem; min-width: 0; }
.f-grid { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 2px; }
.f-grid.f-many { grid-template-columns: repeat(4, minmax(0, 1fr)); }
.f-grid legend { grid-column: 1 / -1; }
.f-grid label { position: relative; display: grid; gap: 3px; padding: 4px; border: var(--line-2) solid transparent; border-radius: var(--r2); cursor: pointer; font-size: var(--step--2); color: var(--ink-2); min-width: 0; }
.stage .f-grid canvas { image-rendering: pixelated; border-radius: 0; background: var(--sheet); box-shadow: 0 0 0 1px var(--rule); }
.f-grid span { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 var(--s1); }
.f-grid b { font-weight: 600; color: var(--ink); }
.f-grid input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.f-grid label:hover { background: var(--wash); }
.f-grid label:has(:checked) { border-color: var(--accent); }
.f-grid label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 1px; }
.f-stops { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--s2); font-size: var(--step--2); color: var(--ink-2); margin-block-start: calc(-1 * var(--s1)); }
.f-stops span:nth-child(2) { text-align: center; }
.f-stops span:nth-child(3) { text-align: end; }
.f-stops .it { color: var(--accent); font-weight: 600; }
.f-goal ~ * { margin-block-start: var(--s4); }
.f-beside { display: grid; gap: var(--s5) var(--s6); grid-template-columns: minmax(0, 1fr); align-items: start; border-block-start: var(--line-1) solid var(--rule); padding-block-start: var(--s4); }
.f-best { list-style: none; padding: 0; display: grid; gap: 3px; }
.f-best li { display: grid; grid-template-columns: 2.25rem minmax(0, 1fr) 3.25rem; gap: var(--s3); align-items: center; font-variant-numeric: tabular-nums; color: var(--ink-2); }
.stage .f-best canvas { width: 2.25rem; aspect-ratio: 1; image-rendering: pixelated; border-radius: 0; box-shadow: 0 0 0 1px var(--rule); }
.f-best i { display: block; height: 0.875rem; border-radius: 1px; background: var(--edge); width: max(1px, calc(var(--p, 0) * 100%)); }
.f-best .it { color: var(--ink); font-weight: 650; }
.f-best .it i { background: var(--accent); }
.f-best .it canvas { box-shadow: 0 0 0 2px var(--accent); }
.f-best li > span:last-child { text-align: end; }
.f-pair { display: grid; grid-template-columns: repeat(2, minmax(0, 8rem)); gap: var(--s4); margin-block-end: var(--s2); }
.stage .f-pair canvas { image-rendering: pixelated; border-radius: 0; box-shadow: 0 0 0 1px var(--edge); }
.f-pair p { color: var(--ink-2); font-size: var(--step--2); margin-block-start: var(--s1); }
.d-bars.f-five { gap: var(--s3); }
.d-bars.f-five p { grid-template-columns: minmax(0, 1fr) 4.25rem; min-height: 0; }
.d-bars.f-five i { grid-column: 1 / -1; }
@container plate (min-width: 34rem) {
  .f-beside { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@container plate (min-width: 38rem) {
  .f-main { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
}
@container plate (min-width: 52rem) {
  .f-main { grid-template-columns: minmax(0, 1fr) minmax(0, 1.18fr); }
  .f-grid.f-many { grid-template-columns: repeat(8, minmax(0, 1fr)); }
  .f-beside { grid-template-columns: repeat(3, minmax(0, 1fr)); }
}
@media (forced-colors: active) { .f-best i { forced-color-adjust: none; } .f-grid label:has(:checked) { outline: 3px solid Highlight; } }
@media print { .f-goal { display: none; } }
`;
