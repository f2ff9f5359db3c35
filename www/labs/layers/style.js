/** What the layers stage adds to the figure's styles; tokens and container queries only. */
import { painting } from '../plane/style.js';

export const css = `${painting}
.l-plot { position: relative; aspect-ratio: 1; border-radius: var(--r1); cursor: grab; touch-action: none; user-select: none; -webkit-user-select: none; }
.l-plot[data-space="plane"], .l-plot:not([data-tool="look"]) { cursor: crosshair; }
.l-plot[data-space="space"][data-tool="look"]:active { cursor: grabbing; }
.l-plot canvas { position: absolute; inset: 0; width: 100%; height: 100%; touch-action: none; }
.l-note { position: absolute; inset: 0 0 auto; margin: 1px; padding: var(--s1) var(--s3); background: color-mix(in srgb, var(--sheet) 88%, transparent); color: var(--ink); pointer-events: none; border-radius: var(--r1) var(--r1) 0 0; }
.l-note:empty { display: none; }
.l-scrub { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s2) var(--s4); align-items: center; margin-block-start: var(--s3); }
.l-slide { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 var(--s3); align-items: baseline; min-width: 0; }
.l-slide label { font-weight: 600; }
.l-slide output { color: var(--ink-2); text-align: end; min-height: 1lh; }
.l-line { color: var(--ink-2); min-height: 2lh; margin-block-start: var(--s1); }
.l-line .linklike { border: 0; background: none; padding: 0 var(--s1); min-height: 1.5rem; font: inherit; color: var(--accent); text-decoration: underline; text-underline-offset: 0.2em; cursor: pointer; }
.l-followed { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 var(--s4); color: var(--ink); }
.l-tools { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; margin-block-start: var(--s2); }
.l-zoom { display: flex; gap: var(--s1); }
.l-zoom .btn { font-size: 1.25rem; font-weight: 500; }
.l-project { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; }
.l-unit select { min-height: var(--touch); }
.key .l-ramp { width: 2.4rem; height: 0.8rem; border: var(--line-1) solid var(--edge); background: linear-gradient(to right, color-mix(in srgb, var(--sheet) 38%, var(--ink)), var(--sheet)); }
.key .l-cut { width: 1.4rem; border-block-start: 2px solid var(--mark); }
.key .l-back { width: 1.1rem; height: 0.9rem; border: var(--line-1) solid var(--edge); background: repeating-linear-gradient(45deg, transparent 0 3px, var(--ink-3) 3px 4px); }
.l-strip { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: var(--s3); }
.l-strip button { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--s1) var(--s2); width: 100%; padding: 3px; border: 0; background: none; font: 400 var(--step--1)/1.25 var(--sans); color: var(--ink); text-align: start; cursor: pointer; border-radius: var(--r1); align-items: center; }
.l-strip canvas { grid-column: 1 / -1; aspect-ratio: 1; border-radius: 2px; box-shadow: 0 0 0 1px var(--edge); }
.l-strip button:hover canvas { box-shadow: 0 0 0 2px var(--ink); }
.l-strip button[aria-pressed="true"] canvas { box-shadow: 0 0 0 3px var(--accent); }
.l-name { color: var(--ink-2); grid-column: 1 / -1; }
.l-share { font-weight: 600; text-align: end; }
.l-bar { height: 5px; background: var(--wash); border-radius: 3px; overflow: hidden; }
.l-bar i { display: block; height: 100%; width: calc(var(--share, 0) * 100%); background: var(--accent); }
.l-bar.l-control i { background: var(--edge); }
@container plate (max-width: 33.99rem) { .l-scrub { grid-template-columns: minmax(0, 1fr); } .l-strip { grid-template-columns: repeat(auto-fit, minmax(5rem, 1fr)); } }
@media (forced-colors: active) { .l-bar i { background: Highlight; } }
@media print { .l-tools, .l-line, .l-scrub { display: none; } }
`;
