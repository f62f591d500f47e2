// https://w3c.github.io/hr-time/
const { DateNow } = primordials;
const { defineInterface, illegalConstructor, requireArguments, toDOMString } = require('./webidl');
const { EventTarget } = require('./event-target');

const MADE = { __proto__: null };

const timeline = () => require('./performance-timeline');

class Performance extends EventTarget {
  #origin;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    super();
    this.#origin = DateNow() - host.performanceNow();
  }

  get timeOrigin() {
    return this.#origin;
  }

  now() {
    return this.#origin && host.performanceNow();
  }

  mark(name, options = undefined) {
    this.#origin;
    requireArguments(arguments.length, 1, "Failed to execute 'mark' on 'Performance'");
    return timeline().mark(name, options);
  }

  measure(name, startOrOptions = undefined, endMark = undefined) {
    this.#origin;
    requireArguments(arguments.length, 1, "Failed to execute 'measure' on 'Performance'");
    return timeline().measure(name, startOrOptions, endMark);
  }

  clearMarks(name = undefined) {
    this.#origin;
    timeline().clear('mark', name === undefined ? undefined : toDOMString(name));
  }

  clearMeasures(name = undefined) {
    this.#origin;
    timeline().clear('measure', name === undefined ? undefined : toDOMString(name));
  }

  getEntries() {
    this.#origin;
    return timeline().select(undefined, undefined);
  }

  getEntriesByType(type) {
    this.#origin;
    requireArguments(arguments.length, 1, "Failed to execute 'getEntriesByType' on 'Performance'");
    return timeline().select(undefined, toDOMString(type));
  }

  getEntriesByName(name, type = undefined) {
    this.#origin;
    requireArguments(arguments.length, 1, "Failed to execute 'getEntriesByName' on 'Performance'");
    return timeline().select(toDOMString(name), type === undefined ? undefined : toDOMString(type));
  }

  toJSON() {
    return { timeOrigin: this.#origin };
  }
}

defineInterface(Performance);

module.exports = { Performance, performance: new Performance(MADE) };
