/** What the tests put into every page; see spy.mjs. */
declare var spy: import('./spy.mjs').Spy;
