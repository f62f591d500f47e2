// https://w3c.github.io/hr-time/
// Deviation: marks and measures are accepted and forgotten; there is nobody to observe them.
const { DateNow } = primordials;
const { defineInterface, illegalConstructor } = require('./webidl');
const { EventTarget } = require('./event-target');

const MADE = { __proto__: null };

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

  toJSON() {
    return { timeOrigin: this.#origin };
  }
}

defineInterface(Performance);

module.exports = { Performance, performance: new Performance(MADE) };
