/** What the imagenet stage adds to the figure's styles; tokens and container queries only. */

export const css = `
#stage { display: grid; gap: var(--s6); grid-template-columns: minmax(0, 1fr); border-radius: var(--r1); }
.stage.blank { aspect-ratio: auto; min-height: 24rem; }
.i-part, .i-section { min-width: 0; }
.i-head, .i-title { font: 600 1.1875rem/1.3 var(--sans); }

.i-trio { display: grid; gap: var(--s5) var(--s3); grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; }
.i-one { margin: 0; min-width: 0; position: relative; display: grid; gap: var(--s2); grid-template-columns: minmax(0, 1fr); align-content: start; }
.i-mid { order: 1; grid-column: 1 / -1; grid-template-columns: repeat(2, minmax(0, 1fr)); column-gap: var(--s3); }
.i-mid .i-aim { grid-column: 1 / -1; }
.plate canvas.i-photo { aspect-ratio: 1; height: auto; border-radius: var(--r1); background: var(--wash); }
.plate canvas.i-square { image-rendering: pixelated; }
.i-one figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 var(--s3); color: var(--ink-2); min-height: 1lh; align-content: start; }
.i-aim { display: grid; gap: var(--s3); grid-template-columns: minmax(0, 1fr); }

.i-bars { list-style: none; padding: 0; margin: 0; display: grid; gap: 1px; }
.i-bars button, .i-bars p { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 3px var(--s3); align-items: end; align-content: center; width: 100%; min-height: var(--touch); border: 0; padding: var(--s1) 0; margin: 0; background: none; font: 400 var(--step--1)/1.25 var(--sans); font-variant-numeric: tabular-nums; color: var(--ink-2); text-align: start; border-radius: var(--r1); }
.i-bars button { cursor: pointer; touch-action: manipulation; }
.i-bars button:hover b { text-decoration: underline; text-underline-offset: 0.2em; }
.i-bars b { font-weight: 500; }
.i-bars span:not(.vh) { text-align: end; white-space: nowrap; }
.i-bars i { grid-column: 1 / -1; display: block; height: 5px; border-radius: 1px; background: linear-gradient(to right, var(--edge) 0 calc(var(--p, 0) * 100%), var(--rule) 0); }
.i-bars .i-from i { background-image: linear-gradient(to right, var(--c1) 0 calc(var(--p, 0) * 100%), var(--rule) 0); }
.i-bars .i-to i { background-image: linear-gradient(to right, var(--c2) 0 calc(var(--p, 0) * 100%), var(--rule) 0); }
.i-bars .i-from :is(b, span) { color: var(--c1-ink); }
.i-bars .i-to :is(b, span) { color: var(--c2-ink); }
.i-bars li:first-child :is(b, span) { font-weight: 650; }
.i-bars li:first-child :is(button, p) { font-size: 1.0625rem; }
.i-bars [aria-pressed="true"] b { text-decoration: underline 2px var(--accent); text-underline-offset: 0.2em; }

.reads .read { padding-block-end: var(--s4); }
.charts { grid-template-columns: minmax(0, 1fr); }
.i-section { border-block-start: var(--line-1) solid var(--edge); padding-block-start: var(--s4); display: grid; gap: var(--s4) var(--s6); grid-template-columns: minmax(0, 1fr); align-items: start; }
.i-section > .i-line { margin: 0; }
.i-two { display: grid; gap: var(--s5) var(--s6); grid-template-columns: minmax(0, 1fr); }
.i-control { display: grid; gap: var(--s3) var(--s4); grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); align-items: start; }
.plate canvas.i-evolve { aspect-ratio: auto; height: 17rem; }

.i-wipe { position: relative; max-width: 30rem; overflow: hidden; border-radius: var(--r1); margin-block-start: var(--s2); }
.i-wipe input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize; touch-action: pan-y; }
.i-wipe:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 3px; }
.i-edge { position: absolute; inset-block: 0; left: var(--at, 50%); width: 3px; margin-inline-start: -1.5px; background: var(--accent); box-shadow: 0 0 0 1px var(--paper); pointer-events: none; }
.i-edge::after { content: ""; position: absolute; top: 50%; left: 50%; width: 1.25rem; height: 1.25rem; transform: translate(-50%, -50%); border-radius: 50%; background: var(--accent); box-shadow: 0 0 0 2px var(--paper); }
.i-ends { display: flex; justify-content: space-between; gap: var(--s3); max-width: 30rem; color: var(--ink-2); margin-block: var(--s1) var(--s2); }
.i-pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s3); margin-block: var(--s2); max-width: 34rem; }
.i-choice { display: grid; gap: var(--s2); align-content: start; padding: 4px; border: var(--line-2) solid var(--rule); border-radius: var(--r2); background: none; color: var(--ink-2); font: 400 var(--step--1)/1.3 var(--sans); font-variant-numeric: tabular-nums; text-align: start; cursor: pointer; min-height: var(--touch); touch-action: manipulation; }
.i-choice > span { padding: 0 var(--s1) var(--s1); }
.i-choice b { display: block; color: var(--ink); font-weight: 650; }
.i-choice:not([disabled]):hover { border-color: var(--ink); }
.i-choice[disabled] { cursor: default; color: var(--ink-2); }
.i-was { border-color: var(--c1); }
.i-not { border-color: var(--c2); }
.i-apart .btn { margin-block-start: var(--s3); }

@container plate (min-width: 34rem) {
  .charts { grid-template-columns: minmax(0, 1fr); }
  .i-control { column-gap: var(--s5); }
}
@container plate (min-width: 38rem) {
  .work { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; grid-template-areas: "stage" "time" "right"; }
  .work .right { display: grid; }
  .work .reads { grid-area: auto; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-template-rows: auto auto; column-gap: var(--s5); }
  .work .read { grid-row: span 2; grid-template-rows: subgrid; }
  .work .minor { grid-area: auto; grid-template-columns: repeat(4, minmax(0, 1fr)); align-self: auto; }
  .work .net { grid-area: auto; }
  .i-trio { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--s6); }
  .i-mid { order: 0; grid-column: auto; grid-template-columns: minmax(0, 1fr); }
  .i-mid .i-aim { grid-column: auto; }
  .i-one:not(:last-child)::after { content: "+"; position: absolute; left: 100%; width: var(--s6); text-align: center; top: calc((100cqi - 2 * var(--s6)) / 6 - 1rem); font: 400 1.375rem/2rem var(--sans); color: var(--ink-2); }
  .i-mid.i-mid::after { content: "="; }
  .i-apart { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .i-title { grid-column: 1 / -1; }
}
@container plate (min-width: 52rem) {
  .work .right { grid-template-columns: minmax(0, 1fr) minmax(0, 1.12fr); grid-template-areas: "reads net" "minor net"; grid-template-rows: auto 1fr; gap: var(--s5) var(--s6); }
  .work .reads { grid-area: reads; }
  .work .minor { grid-area: minor; grid-template-columns: repeat(2, minmax(0, 1fr)); align-content: start; }
  .work .net { grid-area: net; }
  .i-two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .controls .col { grid-column: 1 / -1; }
  .controls .knobs { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: var(--s4) var(--s6); align-items: start; }
}
@media (forced-colors: active) {
  .i-bars i { forced-color-adjust: none; }
  .i-shelf label:has(:checked) { outline: 3px solid Highlight; }
}
@media print { .i-own, .i-aim, .i-apart { display: none; } }
`;
