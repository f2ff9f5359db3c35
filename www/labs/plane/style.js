/** What painting on a plane adds to a stage's styles; tokens and container queries only. */

export const painting = `
.p-tools { position: relative; display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; margin-block-start: var(--s2); }
.p-kinds { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); flex: 1 1 22rem; gap: 1px; background: var(--edge); border: var(--line-1) solid var(--edge); border-radius: var(--r2); overflow: hidden; max-width: 26rem; }
.p-kinds label { position: relative; min-width: 0; min-height: calc(var(--touch) - 2px); display: grid; place-items: center; background: var(--sheet); cursor: pointer; }
.p-kinds input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.p-kinds svg { width: 1.25rem; height: 1.25rem; overflow: visible; }
.p-kinds .p-icon svg { fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.p-kinds label:hover { background: var(--wash); }
.p-kinds label:has(:checked) { background: var(--ink); color: var(--paper); }
.p-c1 { --own: var(--c1); }
.p-c2 { --own: var(--c2); }
.p-c3 { --own: var(--c3); }
.p-c4 { --own: var(--c4); }
.p-c5 { --own: var(--c5); }
.p-kinds label.p-class:has(:checked) { background: var(--own); }
.p-kinds label.p-class:has(:checked) path { fill: var(--paper); }
.p-kinds label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: -3px; }
.p-side { display: flex; gap: var(--s2); }
.p-pair { display: flex; gap: var(--s1); }
.p-brush { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 var(--s3); align-items: center; flex: 1 1 14rem; }
.p-brush input[type="range"].slide { grid-column: auto; }
.p-brush output { font-weight: 600; }
@container plate (max-width: 33.99rem) {
  .p-kinds { grid-template-columns: repeat(4, minmax(0, 1fr)); flex: 1 1 11rem; }
  .p-side { flex-direction: column; gap: 1px; }
  .p-kinds label { min-height: calc(var(--touch) - 1px); }
}
@media (forced-colors: active) { .p-kinds label:has(:checked) { outline: 3px solid Highlight; outline-offset: -3px; } }
@media print { .p-tools { display: none; } }
`;
