/** What the tests put into every page; see spy.mjs. */
declare var spy: import('./spy.mjs').Spy;
/** What a host's page (hosts/frame.html) heard of its frame. */
declare var heard: any[];
declare var embedly: string[];
