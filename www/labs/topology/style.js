/** What the topology stage adds to the figure's styles; tokens and container queries only. */

export const css = `
.t-plot { position: relative; aspect-ratio: 1; border-radius: var(--r1); touch-action: pan-y; user-select: none; -webkit-user-select: none; }
.t-plot canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.t-plot[data-tool="draw"], .t-plot[data-tool="draw"] canvas { cursor: crosshair; touch-action: none; }
.t-plot[data-tool="move"], .t-plot[data-tool="move"] canvas { cursor: move; touch-action: none; }
.t-plot.t-space, .t-plot.t-space canvas { cursor: grab; touch-action: pan-y; }
.t-line { margin-block-start: var(--s2); display: grid; gap: var(--s1); min-height: 4lh; align-content: start; }
.t-line .t-verdict { font-weight: 600; color: var(--ink); }
.t-line p { color: var(--ink-2); }
.t-line .t-bad { color: var(--bad); font-weight: 600; }
.t-tools { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; margin-block-start: var(--s3); }
.t-hidden { position: relative; aspect-ratio: 1; max-width: 27rem; width: 100%; border: var(--line-1) solid var(--rule); border-radius: var(--r1); background: var(--sheet); }
.t-hidden canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.t-hidden[data-turns], .t-hidden[data-turns] canvas { cursor: grab; touch-action: pan-y; user-select: none; -webkit-user-select: none; }
.t-note { color: var(--ink-2); margin-block-end: var(--s2); max-width: 30rem; }
@media print { .t-tools { display: none; } }
`;
