// The module `node:perf_hooks`. https://nodejs.org/api/perf_hooks.html
const { globalThis } = primordials;

/** Entries are not observed: nothing is ever delivered. */
class PerformanceObserver {
  static supportedEntryTypes = [];
  observe() {}
  disconnect() {}
  takeRecords() { return []; }
}

class Histogram {
  min = 0; max = 0; mean = 0; stddev = 0; exceeds = 0; count = 0;
  percentiles = new Map();
  percentile() { return 0; }
  reset() {}
  enable() { return true; }
  disable() { return true; }
  record() {}
}

module.exports = {
  get performance() { return globalThis.performance; },
  PerformanceObserver: globalThis.PerformanceObserver ?? PerformanceObserver,
  get Performance() { return globalThis.Performance; },
  get PerformanceEntry() { return globalThis.PerformanceEntry; },
  get PerformanceMark() { return globalThis.PerformanceMark; },
  get PerformanceMeasure() { return globalThis.PerformanceMeasure; },
  constants: {
    NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16, NODE_PERFORMANCE_GC_FLAGS_NO: 0,
  },
  monitorEventLoopDelay: () => new Histogram(),
  createHistogram: () => new Histogram(),
  eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }),
  timerify: (fn) => fn,
};
