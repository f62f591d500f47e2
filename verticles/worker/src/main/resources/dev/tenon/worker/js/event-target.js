// https://dom.spec.whatwg.org/#interface-eventtarget
const {
  ArrayPrototypePush, ArrayPrototypeSlice, ArrayPrototypeSplice, Boolean, FunctionPrototypeCall, Map, MapPrototypeGet, MapPrototypeSet, ObjectDefineProperty,
  ReflectGetOwnPropertyDescriptor, TypeError,
} = primordials;
const { defineInterface, illegalInvocation, isObject, requireArguments, toDOMString } = require('./webidl');
const { begin, end, isCancelled, isDispatching, isEvent, isStoppedNow, setPassive, trust } = require('./event');

class EventTarget {
  #listeners = undefined; // type → list of { callback, capture, once, passive, removed }

  addEventListener(type, callback, options = undefined) {
    const target = targetOf(this);
    requireArguments(arguments.length, 2, "Failed to execute 'addEventListener' on 'EventTarget'", 'string,function or HandlerObject');
    const name = toDOMString(type);
    checkCallback(callback, 'addEventListener', 'function or HandlerObject');
    const { capture, once, passive, signal } = addOptions(options);
    if (signal !== undefined && signal.aborted) return;
    if (callback === null || callback === undefined) return;
    const list = listenersOf(target, name);
    for (let i = 0; i < list.length; i++) if (list[i].callback === callback && list[i].capture === capture) return;
    const listener = { callback, capture, once, passive, removed: false };
    ArrayPrototypePush(list, listener);
    if (signal !== undefined) require('./abort').onAbort(signal, () => removeListener(target, name, listener));
  }

  removeEventListener(type, callback, options = undefined) {
    const target = targetOf(this);
    requireArguments(arguments.length, 2, "Failed to execute 'removeEventListener' on 'EventTarget'", 'string,Object');
    const name = toDOMString(type);
    checkCallback(callback, 'removeEventListener', 'Object');
    const capture = isObject(options) ? Boolean(options.capture) : Boolean(options);
    const list = listenersOf(target, name);
    for (let i = 0; i < list.length; i++) {
      if (list[i].callback === callback && list[i].capture === capture) {
        removeListener(target, name, list[i]);
        return;
      }
    }
  }

  dispatchEvent(event) {
    const target = targetOf(this);
    requireArguments(arguments.length, 1, "Failed to execute 'dispatchEvent' on 'EventTarget'", 'Event');
    if (!isEvent(event)) throw new TypeError("Failed to execute 'dispatchEvent' on 'EventTarget': parameter 1 is not of type 'Event'.");
    if (isDispatching(event)) {
      const { DOMException } = require('./dom-exception');
      throw new DOMException('The event is already being dispatched.', 'InvalidStateError');
    }
    return dispatch(target, event);
  }

  static {
    mapOf = (target) => (target.#listeners ??= new Map());
    hasListeners = (target, name) => target.#listeners !== undefined && (MapPrototypeGet(target.#listeners, name)?.length ?? 0) > 0;
    isTarget = (value) => isObject(value) && #listeners in value;
  }
}

var mapOf, hasListeners, isTarget;

function targetOf(receiver) {
  if (isTarget(receiver)) return receiver;
  throw illegalInvocation();
}

function listenersOf(target, name) {
  const map = mapOf(target);
  let list = MapPrototypeGet(map, name);
  if (list === undefined) {
    list = [];
    MapPrototypeSet(map, name, list);
  }
  return list;
}

function removeListener(target, name, listener) {
  listener.removed = true;
  const list = listenersOf(target, name);
  for (let i = 0; i < list.length; i++) {
    if (list[i] === listener) {
      ArrayPrototypeSplice(list, i, 1);
      return;
    }
  }
}

function checkCallback(callback, method, type) {
  if (callback !== null && callback !== undefined && !isObject(callback)) {
    throw new TypeError(`Failed to execute '${method}' on 'EventTarget': parameter 2 is not of type '${type}'.`);
  }
}

function addOptions(options) {
  if (!isObject(options)) return { capture: Boolean(options), once: false, passive: false, signal: undefined };
  const capture = Boolean(options.capture);
  const once = Boolean(options.once);
  const passive = options.passive === undefined ? false : Boolean(options.passive);
  const { signal } = options;
  if (signal !== undefined && !require('./abort').isAbortSignal(signal)) {
    throw new TypeError("Failed to execute 'addEventListener' on 'EventTarget': member signal is not of type 'AbortSignal'.");
  }
  return { capture, once, passive, signal };
}

/** https://dom.spec.whatwg.org/#concept-event-dispatch; there are no trees, so the path is the target alone, twice: capturing and then not. */
function dispatch(target, event) {
  if (!hasListeners(target, event.type)) return !isCancelled(event);
  begin(event, target);
  try {
    const listeners = ArrayPrototypeSlice(listenersOf(target, event.type));
    invoke(target, event, listeners, true);
    invoke(target, event, listeners, false);
  } finally {
    end(event);
  }
  return !isCancelled(event);
}

function invoke(target, event, listeners, capturing) {
  for (let i = 0; i < listeners.length; i++) {
    const listener = listeners[i];
    if (listener.removed || listener.capture !== capturing) continue;
    if (isStoppedNow(event)) return;
    if (listener.once) removeListener(target, event.type, listener);
    setPassive(event, listener.passive);
    const { callback } = listener;
    try {
      if (typeof callback === 'function') {
        FunctionPrototypeCall(callback, event.currentTarget, event);
      } else {
        const { handleEvent } = callback;
        if (typeof handleEvent !== 'function') throw new TypeError('EventListener has no handleEvent method');
        FunctionPrototypeCall(handleEvent, callback, event);
      }
    } catch (error) {
      require('./report-error').report(error);
    }
    setPassive(event, false);
  }
}

/** An event of the runtime's own making. */
function fire(target, event) {
  return dispatch(target, trust(event));
}

/**
 * Adds an event handler attribute (`onabort`) to a class. Its place among the listeners is where it was first set.
 * @param onSet (object) what else setting it does; undefined for nothing
 * https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes
 */
function defineHandler(type, name, handlersOf, onSet) {
  const attribute = `on${name}`;
  const accessor = {
    get [attribute]() {
      return handlersOf(this)[name]?.value ?? null;
    },
    set [attribute](value) {
      const handlers = handlersOf(this);
      const entry = (handlers[name] ??= { value: null, listening: false });
      entry.value = isObject(value) ? value : null;
      if (onSet !== undefined) onSet(this);
      if (entry.value !== null && !entry.listening) {
        entry.listening = true;
        ArrayPrototypePush(listenersOf(this, name), { callback: handlerCallback(this, entry), capture: false, once: false, passive: false, removed: false });
      }
    },
  };
  ObjectDefineProperty(type.prototype, attribute, ReflectGetOwnPropertyDescriptor(accessor, attribute));
}

function handlerCallback(target, entry) {
  return (event) => {
    const { value } = entry;
    if (typeof value === 'function' && FunctionPrototypeCall(value, target, event) === false) event.preventDefault();
  };
}

defineInterface(EventTarget);

module.exports = { EventTarget, defineHandler, dispatch, fire, hasListeners };
