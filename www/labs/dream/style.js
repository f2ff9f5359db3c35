/** What the dream stage adds to the figure's styles; tokens and container queries only. */

export const css = `
.g-main { display: grid; gap: var(--s5) var(--s6); grid-template-columns: minmax(0, 1fr); align-items: start; }
.stage canvas.g-large { aspect-ratio: 1; border-radius: 0; cursor: ew-resize; }
.g-under { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); align-items: end; justify-content: space-between; margin-block-start: var(--s2); }
.g-wipe { flex: 1 1 12rem; display: grid; }
.g-wipe label { font-weight: 500; }
.g-side { display: grid; gap: var(--s5) var(--s4); grid-template-columns: 5.5rem minmax(0, 1fr); min-width: 0; }
.g-climb { grid-column: 1 / -1; }
.g-side canvas { border-radius: 0; }
.stage canvas.g-original { max-width: 11rem; aspect-ratio: 1; box-shadow: 0 0 0 1px var(--edge); }
.stage .g-octaves canvas { aspect-ratio: auto; height: 8rem; }
@container plate (min-width: 34rem) {
  .g-side { grid-template-columns: 9rem minmax(0, 1fr); column-gap: var(--s5); }
}
@container plate (min-width: 52rem) {
  .g-main { grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); }
  .stage .g-climb canvas.a-chart { height: 23.5rem; }
}
@media print { .g-under { display: none; } }
`;
