/** What the digits stage adds to the figure's styles; tokens and container queries only. */
import { pieces } from './pieces.js';

export const css = `${pieces}
#stage { display: grid; gap: var(--s5); grid-template-columns: minmax(0, 1fr); }
.stage.blank { aspect-ratio: auto; min-height: 24rem; }
.d-part, .d-quad, .d-section, .d-slice { min-width: 0; }
.stage .d-quad canvas { aspect-ratio: auto; height: calc((100cqi - 56px) / 3 + 46px); border-radius: 0; }
.d-shelves { display: flex; flex-wrap: wrap; gap: var(--s3) var(--s6); align-items: start; }
.d-any .lab { display: block; font-weight: 600; margin-block-end: var(--s1); }
.d-any output { min-width: 5.5ch; }
.d-push { display: grid; gap: var(--s4) var(--s5); grid-template-columns: minmax(0, 1fr); }
.d-push .knob, .d-draw .knob { align-content: start; }
.d-acts { display: flex; flex-wrap: wrap; gap: var(--s2); align-content: start; }
.d-acts [aria-pressed="true"] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
.d-answers, .d-draw, .d-two, .d-three { display: grid; gap: var(--s5) var(--s6); grid-template-columns: minmax(0, 1fr); align-items: start; }
.stage .d-evolve canvas, .d-curve { aspect-ratio: auto; height: 17rem; }
.d-line { color: var(--ink-2); margin-block-start: var(--s1); max-width: 44rem; }
.d-line .linklike { border: 0; background: none; padding: 0 var(--s1); min-height: 1.5rem; font: inherit; color: var(--accent); text-decoration: underline; text-underline-offset: 0.2em; cursor: pointer; }
.d-random { display: flex; gap: var(--s3); align-items: center; color: var(--ink-2); }
.d-random canvas, .stage .d-random canvas { width: 6rem; height: 6rem; flex: none; image-rendering: pixelated; box-shadow: 0 0 0 1px var(--edge); border-radius: 0; }
.d-random b { display: block; color: var(--ink); font-weight: 600; }
.charts { grid-template-columns: minmax(0, 1fr); }
.d-section { border-block-start: var(--line-1) solid var(--edge); padding-block-start: var(--s4); display: grid; gap: var(--s4); grid-template-columns: minmax(0, 1fr); }
.d-section > .d-line { margin: 0; }
.d-head { font: 600 1.1875rem/1.3 var(--sans); }
.chart.d-tall canvas { height: 20rem; }
.chart.d-own canvas { height: auto; aspect-ratio: 1; max-width: 22rem; }
.chart.d-tiles canvas { height: 6rem; }
.plate canvas.d-square { aspect-ratio: 1; max-width: 30rem; }
.plate canvas.d-cloud { aspect-ratio: 1; max-width: 30rem; }
.plate canvas.d-strip { height: 9rem; }
.plate canvas.d-pad { aspect-ratio: 1; max-width: 22rem; border: var(--line-1) solid var(--edge); border-radius: var(--r1); cursor: crosshair; touch-action: none; }
.plate canvas.d-seen { width: 4.5rem; height: 4.5rem; flex: none; image-rendering: pixelated; box-shadow: 0 0 0 1px var(--edge); }
.plate canvas.d-off { width: 100%; max-width: 14rem; aspect-ratio: 1; image-rendering: pixelated; box-shadow: 0 0 0 1px var(--edge); margin-block-start: var(--s4); }
.d-big { font: 350 6.5rem/1 var(--sans); letter-spacing: -0.04em; }
.d-given { display: flex; gap: var(--s3); align-items: center; color: var(--ink-2); margin-block-start: var(--s5); }
.d-numbers { font-size: var(--step--2); }
.d-numbers td, .d-numbers th { padding: 1px var(--s2) 1px 0; }
@container plate (min-width: 34rem) {
  .charts { grid-template-columns: minmax(0, 1fr); }
  .d-push { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .d-two, .d-draw { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .d-answers { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .d-three { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@container plate (min-width: 38rem) {
  .work { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; grid-template-areas: "stage" "time" "right"; }
  .work .right { display: grid; }
  .work .reads { grid-area: auto; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-template-rows: auto auto; column-gap: var(--s5); }
  .work .read { grid-row: span 2; grid-template-rows: subgrid; }
  .work .minor { grid-area: auto; grid-template-columns: repeat(4, minmax(0, 1fr)); align-self: auto; }
  .work .net { grid-area: auto; }
}
@container plate (min-width: 52rem) {
  .work .right { grid-template-columns: minmax(0, 1.12fr) minmax(0, 1fr); grid-template-areas: "reads net" "minor net"; grid-template-rows: auto 1fr; gap: var(--s5) var(--s6); }
  .work .reads { grid-area: reads; }
  .work .minor { grid-area: minor; grid-template-columns: repeat(2, minmax(0, 1fr)); align-content: start; }
  .work .net { grid-area: net; }
  .d-push { grid-template-columns: repeat(3, minmax(0, 1fr)) auto; }
  .d-acts { flex-direction: column; }
  .d-answers { grid-template-columns: minmax(0, 1.4fr) minmax(0, 1.2fr) minmax(0, 0.7fr); }
  .d-random { flex-direction: column; align-items: start; }
  .d-three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .d-draw { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr); }
}
@container plate (max-width: 33.99rem) {
  .stage .d-quad canvas { height: calc((100cqi - 56px) / 3 + 46px); }
}
@media print { .d-push, .d-any { display: none; } }
`;
