// Service-worker syntax: https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/
const { Error, ObjectDefineProperty, PromiseResolve, SymbolToStringTag, TypeError } = primordials;
const { notOfType } = require('./webidl');
const { isResponse } = require('./response');
const { Event } = require('./event');
const { dispatchEvent } = require('./global-events');

class ExtendableEvent extends Event {
  #ctx;

  constructor(type, ctx, init) {
    super(type, init);
    this.#ctx = ctx;
  }

  waitUntil(promise) {
    this.#ctx.waitUntil(promise);
  }

  passThroughOnException() {
    this.#ctx.passThroughOnException();
  }
}

class FetchEvent extends ExtendableEvent {
  #request;
  #response;

  constructor(request, ctx) {
    super('fetch', ctx, { cancelable: true });
    this.#request = request;
  }

  get request() {
    return this.#request;
  }

  respondWith(response) {
    if (this.#response !== undefined) throw new TypeError('FetchEvent.respondWith() has already been called; it can only be called once.');
    if (!isResponse(response) && typeof response?.then !== 'function') throw notOfType("Failed to execute 'respondWith' on 'FetchEvent'", 1, 'Promise');
    this.#response = PromiseResolve(response);
    this.stopImmediatePropagation();
  }

  static response(event) {
    return event.#response;
  }
}

class ScheduledEvent extends ExtendableEvent {
  #controller;

  constructor(controller, ctx) {
    super('scheduled', ctx);
    this.#controller = controller;
  }

  get cron() {
    return this.#controller.cron;
  }

  get scheduledTime() {
    return this.#controller.scheduledTime;
  }

  noRetry() {
    this.#controller.noRetry();
  }
}

const responseOf = FetchEvent.response;
delete FetchEvent.response;
for (const type of [ExtendableEvent, FetchEvent, ScheduledEvent]) {
  ObjectDefineProperty(type.prototype, SymbolToStringTag, { __proto__: null, value: type.name, configurable: true });
}

function handleFetch(request, ctx) {
  const event = new FetchEvent(request, ctx);
  dispatchEvent(event);
  const response = responseOf(event);
  if (response === undefined) throw new Error('No event handler called respondWith() for this request.');
  return response;
}

function handleScheduled(controller, ctx) {
  dispatchEvent(new ScheduledEvent(controller, ctx));
}

module.exports = { ExtendableEvent, FetchEvent, ScheduledEvent, handleFetch, handleScheduled };
