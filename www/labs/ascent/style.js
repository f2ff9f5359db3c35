/** What the stages `filters` and `dream` share of their styles; tokens and container queries only. */

export const css = `
#stage { display: grid; gap: var(--s5); grid-template-columns: minmax(0, 1fr); }
.stage.blank { aspect-ratio: auto; min-height: 24rem; }
.a-part { min-width: 0; }
.a-part:not(:has(*)) { display: none; }
.a-line { color: var(--ink-2); margin-block-start: var(--s1); max-width: 40rem; }
.a-depth { display: grid; gap: var(--s4) var(--s6); grid-template-columns: minmax(0, 1fr); align-items: start; }
.a-layer { min-width: 0; }
.a-nets { display: grid; gap: var(--s3); grid-template-columns: minmax(0, 1fr); }
.a-nets .seg { width: 100%; }
.a-strip { position: relative; height: 5.25rem; }
.stage .a-strip canvas { aspect-ratio: auto; height: 100%; border-radius: 0; }
.a-strip input { position: absolute; inset-block: 0; height: 100%; margin: 0; opacity: 0; cursor: pointer; touch-action: pan-y; }
.a-strip:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: var(--r1); }
.work { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; grid-template-areas: "stage" "time" "right"; }
.work .net { display: none; }
.stage canvas.a-chart { aspect-ratio: auto; height: 11.5rem; border-radius: 0; }
@container plate (min-width: 38rem) {
  .work { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; grid-template-areas: "stage" "time" "right"; }
  .work .right { display: grid; }
  .work .reads { grid-area: auto; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-template-rows: auto auto; column-gap: var(--s5); }
  .work .read { grid-row: span 2; grid-template-rows: subgrid; }
  .work .minor { grid-area: auto; grid-template-columns: repeat(4, minmax(0, 1fr)); align-self: auto; }
}
@container plate (min-width: 52rem) {
  .a-depth:has(.a-nets) { grid-template-columns: 17rem minmax(0, 1fr); }
}
`;
