/** What the boundary stage adds to the figure's styles; tokens and container queries only. */
import { painting } from '../plane/style.js';

export const css = `${painting}
.b-plot { position: relative; aspect-ratio: 1; border-radius: var(--r1); cursor: crosshair; touch-action: pan-y; user-select: none; -webkit-user-select: none; }
.b-plot[data-tool="look"] { cursor: default; }
.b-plot:not([data-tool="look"]), .b-plot:not([data-tool="look"]) canvas { touch-action: none; }
.b-plot canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.b-plot.b-empty { border: var(--line-2) dashed var(--edge); background: var(--sheet); }
.b-plot .cover { pointer-events: none; }
.b-plot .cover > div { text-align: center; display: grid; gap: var(--s4); justify-items: center; }
.b-plot .cover p { color: var(--ink-2); }
.b-plot .cover .sub { font-size: 1.1875rem; color: var(--ink); }
.b-plot .cover .row { display: flex; flex-wrap: wrap; gap: var(--s2); justify-content: center; pointer-events: auto; }
.b-note { position: absolute; inset: 0 0 auto; padding: var(--s2) var(--s3); background: color-mix(in srgb, var(--sheet) 88%, transparent); color: var(--ink); border-radius: var(--r1) var(--r1) 0 0; pointer-events: none; margin: 1px; }
.b-line { color: var(--ink-2); min-height: 2lh; margin-block-start: var(--s1); }
.b-line span { display: block; }
.p-tools .menu { position: static; }
.p-tools .menu > summary { color: var(--ink); }
.p-tools .menu-list { top: calc(100% + 4px); padding: var(--s3); width: min(22rem, 100%); }
.b-views { display: grid; gap: var(--s1); }
.b-views .lab { font-weight: 500; margin-block-end: var(--s1); }
.b-net { overflow-x: auto; overflow-y: hidden; padding: 3px; margin: -3px; }
.b-grid { position: relative; display: grid; grid-auto-flow: column; grid-template-rows: auto 1fr auto; justify-content: space-between; align-items: center; column-gap: 1.25rem; min-width: max-content; }
.b-grid > canvas { position: absolute; left: 0; top: 0; pointer-events: none; }
.b-head { justify-self: center; color: var(--ink-2); white-space: nowrap; margin-block-end: var(--s2); align-self: end; }
.b-col { position: relative; display: grid; grid-auto-flow: column; gap: 3px; justify-items: center; justify-self: center; }
.b-col .unit { position: relative; }
.b-unit-name { position: absolute; inset: auto auto 5px 5px; font: 600 var(--step--2)/1 var(--sans); color: var(--ink); padding: 1px 3px; border-radius: 2px; background: color-mix(in srgb, var(--sheet) 82%, transparent); pointer-events: none; }
.b-unit-name svg { display: block; width: 0.8rem; height: 0.8rem; overflow: visible; }
.b-act { position: absolute; right: 4px; top: 50%; width: 5px; height: calc((100% - 8px) / 2); pointer-events: none; transform-origin: 50% 0; transform: scaleY(calc(var(--a) * -1)); background: var(--c2); box-shadow: 0 0 0 1px var(--mark-edge); opacity: 0; }
.b-act[data-sign="-"] { background: var(--c1); }
.b-reading .b-act { opacity: 1; }
.b-more { justify-self: center; color: var(--ink-2); font-size: var(--step--2); margin-block-start: var(--s1); white-space: nowrap; }
@container plate (min-width: 52rem) { .charts { grid-template-columns: repeat(3, minmax(0, 1fr)); } .b-grid { column-gap: 1.75rem; } }
@container plate (min-width: 34rem) and (max-width: 51.99rem) { .charts .b-both { grid-column: 1 / -1; } }
@container plate (max-width: 33.99rem) { .p-side .menu > summary { width: 100%; } }
@media print { .b-line { display: none; } }
`;
