// The interfaces of the global object: https://html.spec.whatwg.org/multipage/workers.html#workerglobalscope
// Deviation: the global object is an instance by what `instanceof` says; it inherits from neither.
const { FunctionPrototypeCall, Function, SymbolHasInstance, globalThis } = primordials;
const { defineInterface, illegalConstructor } = require('./webidl');
const { EventTarget } = require('./event-target');

const ordinaryHasInstance = Function.prototype[SymbolHasInstance];

class WorkerGlobalScope extends EventTarget {
  constructor() {
    throw illegalConstructor();
  }

  static [SymbolHasInstance](value) {
    return value === globalThis || FunctionPrototypeCall(ordinaryHasInstance, this, value);
  }
}

class ServiceWorkerGlobalScope extends WorkerGlobalScope {}

defineInterface(WorkerGlobalScope);
defineInterface(ServiceWorkerGlobalScope);

module.exports = { ServiceWorkerGlobalScope, WorkerGlobalScope };
