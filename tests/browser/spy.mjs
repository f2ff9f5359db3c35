// What a page is watched with from before its first script: its workers and what they were asked, wasm on the main thread,
// refusals of the content policy, long tasks.

/**
 * @typedef {{ url: string, ended: boolean, asked: Record<string, number>, ticking: number, mostTicking: number }} WorkerRecord
 * @typedef {{ workers: WorkerRecord[], ports: Worker[], wasm: number, violations: string[], long: number[] }} Spy
 */

/** Runs in the page; self-contained, because it is sent as text. */
export function installSpy() {
  /** @type {Spy} */
  const spy = { workers: [], ports: [], wasm: 0, violations: [], long: [] };
  Object.assign(globalThis, { spy });

  const Real = globalThis.Worker;
  globalThis.Worker = class extends Real {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      super(url, options);
      /** @type {WorkerRecord} */
      this.record = { url: String(url), ended: false, asked: {}, ticking: 0, mostTicking: 0 };
      /** @type {Set<number>} */
      this.ticks = new Set();
      spy.workers.push(this.record);
      spy.ports.push(this);
      this.addEventListener('message', ({ data }) => {
        if (this.ticks.delete(data.id)) this.record.ticking--;
      });
    }

    /** @override @param {any} message @param {any} [transfer] */
    postMessage(message, transfer) {
      const { record } = this;
      record.asked[message.type] = (record.asked[message.type] ?? 0) + 1;
      if (message.type === 'tick') {
        this.ticks.add(message.id);
        record.ticking++;
        record.mostTicking = Math.max(record.mostTicking, record.ticking);
      }
      super.postMessage(message, transfer);
    }

    /** @override */
    terminate() {
      this.record.ended = true;
      super.terminate();
    }
  };

  const wasm = /** @type {Record<string, any>} */ (/** @type {unknown} */ (WebAssembly));
  for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming', 'Module', 'Instance']) {
    wasm[name] = new Proxy(wasm[name], {
      apply: (target, self, values) => (spy.wasm++, Reflect.apply(target, self, values)),
      construct: (target, values) => (spy.wasm++, Reflect.construct(target, values)),
    });
  }

  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    spy.violations.push(`${violatedDirective} ${blockedURI}`);
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) spy.long.push(duration);
  }).observe({ type: 'longtask', buffered: true });
}
