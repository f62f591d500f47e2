// A binding to another worker, to one of this worker's own entrypoints, or to its assets. https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/
const { Object, ObjectSetPrototypeOf, Proxy, ReflectGet } = primordials;

class ServiceStub {
  #target;

  /** @param target what EntrypointTarget.java made; not for a look inside */
  constructor(target) {
    this.#target = target;
  }

  fetch(input, init) {
    return require('./fetch').fetchFrom(this.#target, input, init);
  }

  static { targetOf = (value) => (typeof value === 'object' && value !== null && #target in value ? value.#target : undefined); }
}

var targetOf;

/** What the class does not have is a method or property of the worker behind it. An object that is awaited is asked for `then`. */
ObjectSetPrototypeOf(ServiceStub.prototype, new Proxy(Object.prototype, {
  get(target, key, receiver) {
    if (typeof key !== 'string' || key === 'then' || key in target) return ReflectGet(target, key);
    return require('./rpc-stubs').propertyOf(receiver, key);
  },
}));

module.exports = { ServiceStub, targetOf: (value) => targetOf(value) };
