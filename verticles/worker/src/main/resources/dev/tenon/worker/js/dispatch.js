// Events come in here, one crossing each, and their answers go out.
const { Error, ObjectDefineProperty, PromisePrototypeThen, PromiseResolve, SymbolToStringTag, TypeError } = primordials;
const { requireArguments } = require('./webidl');
const { requestFromExchange } = require('./request');
const { isError, isResponse } = require('./response');
const { sendResponse } = require('./send');
const invocations = require('./invocation');

/** What is given to a handler as `ctx`. https://developers.cloudflare.com/workers/runtime-apis/context/ */
class ExecutionContext {
  #invocation;

  constructor(invocation, props = {}) {
    this.#invocation = invocation;
    this.props = props;
  }

  get exports() {
    return host.hasFlag('enable_ctx_exports') ? require('./entrypoints').exports() : undefined;
  }

  waitUntil(promise) {
    const invocation = this.#invocation;
    requireArguments(arguments.length, 1, "Failed to execute 'waitUntil' on 'ExecutionContext'", 'Promise');
    waitUntil(invocation, promise);
  }

  passThroughOnException() {
    this.#invocation.passThroughOnException?.();
  }
}

ObjectDefineProperty(ExecutionContext.prototype, SymbolToStringTag, { __proto__: null, value: 'ExecutionContext', configurable: true });

function waitUntil(invocation, promise) {
  invocation.backgroundStarted();
  PromisePrototypeThen(
    PromiseResolve(promise),
    () => invocation.backgroundEnded(),
    (error) => {
      host.uncaught('Uncaught (in waitUntil) ', error);
      invocation.backgroundFailed();
    });
}

/** The worker's handlers as functions `(event argument, ctx)`; set once, by `use`. */
const handlers = { fetch: missing('fetch'), scheduled: missing('scheduled') };

function missing(name) {
  return () => {
    throw new Error(`Handler does not export a ${name}() function.`);
  };
}

/** @param some handlers that the worker has */
function use(some) {
  for (const name of ['fetch', 'scheduled']) if (some[name] !== undefined) handlers[name] = some[name];
}

function fetch(exchange) {
  invocations.run(exchange, respond, exchange);
}

function respond(exchange) {
  let result;
  try {
    result = handlers.fetch(requestFromExchange(exchange), new ExecutionContext(exchange));
  } catch (error) {
    exchange.fail(error);
    return;
  }
  if (isResponse(result)) {
    answer(exchange, result);
  } else if (typeof result?.then !== 'function') {
    exchange.fail(new TypeError("Callback returned incorrect type; expected 'Promise'"));
  } else {
    PromisePrototypeThen(PromiseResolve(result), (response) => answer(exchange, response), (error) => exchange.fail(error));
  }
}

/** A request over a binding to an entrypoint, or with props. */
function fetchEntrypoint(exchange) {
  invocations.run(exchange, respondAt, exchange);
}

function respondAt(exchange) {
  let result;
  try {
    const entrypoints = require('./entrypoints');
    const ctx = new ExecutionContext(exchange, entrypoints.propsOf(exchange.props()));
    result = entrypoints.fetch(exchange.entrypoint(), requestFromExchange(exchange), ctx);
  } catch (error) {
    exchange.fail(error);
    return;
  }
  PromisePrototypeThen(PromiseResolve(result), (response) => answer(exchange, response), (error) => exchange.fail(error));
}

/** A method call of another worker. */
function rpc(event) {
  invocations.run(event, respondToCall, event);
}

function respondToCall(event) {
  require('./rpc-receiver').respond(event, (invocation, props) => new ExecutionContext(invocation, props));
}

function countGiven(number, change) {
  require('./rpc-given').count(number, change);
}

function answer(exchange, response) {
  try {
    if (!isResponse(response)) {
      throw new TypeError(
        "Incorrect type for Promise: the Promise did not resolve to 'Response'.");
    }
    if (isError(response)) throw new TypeError('Return value from serve handler must not be an error response (like Response.error())');
    sendResponse(response, exchange);
  } catch (error) {
    exchange.fail(error);
  }
}

/** https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/ */
class ScheduledController {
  #event;

  constructor(event) {
    this.#event = event;
  }

  get cron() {
    return this.#event.cron();
  }

  get scheduledTime() {
    return this.#event.scheduledTime();
  }

  noRetry() {
    // Deviation: a scheduled event is never retried.
  }
}

function scheduled(event) {
  invocations.run(event, runScheduled, event);
}

function runScheduled(event) {
  let result;
  try {
    result = handlers.scheduled(new ScheduledController(event), new ExecutionContext(event));
  } catch (error) {
    event.fail(error);
    return;
  }
  PromisePrototypeThen(PromiseResolve(result), () => event.done(), (error) => event.fail(error));
}

module.exports = { fetch, fetchEntrypoint, rpc, countGiven, scheduled, use, waitUntil, current: invocations.current, ExecutionContext, ScheduledController };
