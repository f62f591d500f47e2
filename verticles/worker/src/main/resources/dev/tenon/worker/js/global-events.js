// Events of the global scope: service-worker syntax, errors, and promises that nobody handles.
const { Set, SetPrototypeAdd, SetPrototypeHas, String } = primordials;

/** Types that somebody has listened to. Nothing is loaded and nothing is made for an event that nobody ever listened to. */
const listened = new Set();
let target;

function scope() {
  if (target === undefined) {
    const { EventTarget } = require('./event-target');
    target = new EventTarget();
  }
  return target;
}

function addEventListener(type, listener, options) {
  scope().addEventListener(type, listener, options);
  SetPrototypeAdd(listened, String(type));
}

function removeEventListener(type, listener, options) {
  scope().removeEventListener(type, listener, options);
}

function dispatchEvent(event) {
  return scope().dispatchEvent(event);
}

/** The handlers of a worker that listens to events. */
function handlers() {
  const has = (type) => SetPrototypeHas(listened, type);
  if (!has('fetch') && !has('scheduled')) return {};
  const { handleFetch, handleScheduled } = require('./service-worker');
  return { fetch: has('fetch') ? handleFetch : undefined, scheduled: has('scheduled') ? handleScheduled : undefined };
}

/** Called by the engine when a promise was rejected and nothing handles it. */
function unhandledRejection(reason, promise) {
  if (SetPrototypeHas(listened, 'unhandledrejection')) {
    const { PromiseRejectionEvent } = require('./event');
    const event = new PromiseRejectionEvent('unhandledrejection', { cancelable: true, promise, reason });
    if (!dispatchEvent(event)) return;
  }
  host.uncaught('Uncaught (in promise) ', reason);
}

module.exports = { addEventListener, removeEventListener, dispatchEvent, handlers, unhandledRejection };
