// Events of the global scope: service-worker syntax, and promises that nobody handles.
const {
  ArrayPrototypePush, ArrayPrototypeSlice, Error, Map, MapPrototypeGet, MapPrototypeSet, ObjectDefineProperty, Promise, PromiseReject, PromiseResolve, ReflectApply, String,
  TypeError, globalThis,
} = primordials;

/** Listeners of the global scope, by type. */
const listeners = new Map();

function addEventListener(type, listener, options) {
  if (listener === null || listener === undefined) return;
  const name = String(type);
  const list = MapPrototypeGet(listeners, name);
  const entry = { listener, once: options?.once === true };
  if (list === undefined) {
    MapPrototypeSet(listeners, name, [entry]);
  } else {
    for (let i = 0; i < list.length; i++) if (list[i].listener === listener) return;
    ArrayPrototypePush(list, entry);
  }
}

function removeEventListener(type, listener) {
  const name = String(type);
  const list = MapPrototypeGet(listeners, name);
  if (list === undefined) return;
  const kept = [];
  for (let i = 0; i < list.length; i++) if (list[i].listener !== listener) ArrayPrototypePush(kept, list[i]);
  MapPrototypeSet(listeners, name, kept);
}

/** Calls the listeners of `event.type`, as dispatching an event does. */
function emit(type, event) {
  const list = MapPrototypeGet(listeners, type);
  if (list === undefined) return false;
  for (const { listener, once } of ArrayPrototypeSlice(list)) {
    if (once) removeEventListener(type, listener);
    if (typeof listener === 'function') ReflectApply(listener, globalThis, [event]);
    else listener.handleEvent(event);
  }
  return true;
}

function dispatchEvent(event) {
  emit(event.type, event);
  return !event.defaultPrevented;
}

function has(type) {
  return MapPrototypeGet(listeners, type)?.length > 0;
}

class ExtendableEvent {
  #ctx;
  #prevented = false;

  constructor(type, ctx) {
    ObjectDefineProperty(this, 'type', { __proto__: null, value: type, enumerable: true });
    this.#ctx = ctx;
  }

  get defaultPrevented() { return this.#prevented; }

  preventDefault() { this.#prevented = true; }

  waitUntil(promise) { this.#ctx.waitUntil(promise); }

  passThroughOnException() { this.#ctx.passThroughOnException(); }
}

class FetchEvent extends ExtendableEvent {
  #response;
  #request;

  constructor(request, ctx) {
    super('fetch', ctx);
    this.#request = request;
  }

  get request() { return this.#request; }

  respondWith(response) {
    if (this.#response !== undefined) throw new TypeError('FetchEvent.respondWith() has already been called; it can only be called once.');
    this.#response = PromiseResolve(response);
  }

  static response(event) { return event.#response; }
}

class ScheduledEvent extends ExtendableEvent {
  #controller;

  constructor(controller, ctx) {
    super('scheduled', ctx);
    this.#controller = controller;
  }

  get cron() { return this.#controller.cron; }

  get scheduledTime() { return this.#controller.scheduledTime; }

  noRetry() { this.#controller.noRetry(); }
}

/** The handlers of a worker that listens to events. */
function handlers() {
  return { fetch: has('fetch') ? handleFetch : undefined, scheduled: has('scheduled') ? handleScheduled : undefined };
}

function handleFetch(request, ctx) {
  const event = new FetchEvent(request, ctx);
  emit('fetch', event);
  const response = FetchEvent.response(event);
  if (response === undefined) throw new Error('No event handler called respondWith() for this request.');
  return response;
}

function handleScheduled(controller, ctx) {
  const event = new ScheduledEvent(controller, ctx);
  emit('scheduled', event);
}

class PromiseRejectionEvent {
  #prevented = false;

  constructor(type, init) {
    this.type = type;
    this.promise = init.promise;
    this.reason = init.reason;
  }

  get defaultPrevented() { return this.#prevented; }

  preventDefault() { this.#prevented = true; }
}

/** Called by the engine when a promise was rejected and nothing handles it. */
function unhandledRejection(reason, promise) {
  const event = new PromiseRejectionEvent('unhandledrejection', { promise, reason });
  try {
    emit('unhandledrejection', event);
  } catch (error) {
    host.uncaught('Uncaught ', error);
  }
  if (!event.defaultPrevented) host.uncaught('Uncaught (in promise) ', reason);
}

module.exports = { addEventListener, removeEventListener, dispatchEvent, handlers, unhandledRejection };
