// https://dom.spec.whatwg.org/#interface-event
const { ArrayPrototypePush, Boolean, ObjectDefineProperty, ReflectGetOwnPropertyDescriptor, TypeError } = primordials;
const { defineConstants, defineInterface, requireArguments, toDictionary, toDOMString, toUSVString } = require('./webidl');

const NONE = 0;
const AT_TARGET = 2;

class Event {
  #type;
  #bubbles = false;
  #cancelable = false;
  #composed = false;
  #target = null;
  #currentTarget = null;
  #phase = NONE;
  #dispatching = false;
  #initialised = true;
  #stopped = false;
  #stoppedNow = false;
  #cancelled = false;
  #passive = false;
  #trusted = false;
  #timeStamp = host.performanceNow?.() ?? 0;

  constructor(type, eventInitDict = undefined) {
    requireArguments(arguments.length, 1, `Failed to construct '${new.target?.name ?? 'Event'}'`);
    this.#type = toDOMString(type);
    const init = toDictionary(eventInitDict, "Failed to construct 'Event'", 2, 'Init');
    if (init !== undefined) {
      this.#bubbles = Boolean(init.bubbles);
      this.#cancelable = Boolean(init.cancelable);
      this.#composed = Boolean(init.composed);
    }
    ObjectDefineProperty(this, 'isTrusted', IS_TRUSTED);
  }

  get type() { return this.#type; }
  get target() { return this.#target; }
  get srcElement() { return this.#target; }
  get currentTarget() { return this.#currentTarget; }

  composedPath() {
    const target = this.#currentTarget;
    return target === null ? [] : [target];
  }

  get eventPhase() { return this.#phase; }

  stopPropagation() {
    this.#stopped = true;
  }

  get cancelBubble() { return this.#stopped; }

  set cancelBubble(value) {
    this.#stopped ||= Boolean(value);
  }

  stopImmediatePropagation() {
    this.#stopped = true;
    this.#stoppedNow = true;
  }

  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get returnValue() { return !this.#cancelled; }

  set returnValue(value) {
    this.#cancel(!value);
  }

  preventDefault() {
    this.#cancel(true);
  }

  get defaultPrevented() { return this.#cancelled; }
  get composed() { return this.#composed; }
  get timeStamp() { return this.#timeStamp; }

  initEvent(type, bubbles = false, cancelable = false) {
    const dispatching = this.#dispatching;
    requireArguments(arguments.length, 1, "Failed to execute 'initEvent' on 'Event'");
    const name = toDOMString(type);
    if (dispatching) return;
    this.#initialised = true;
    this.#stopped = false;
    this.#stoppedNow = false;
    this.#cancelled = false;
    this.#trusted = false;
    this.#target = null;
    this.#type = name;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }

  #cancel(wanted) {
    if (wanted && this.#cancelable && !this.#passive) this.#cancelled = true;
  }

  static {
    isEvent = (value) => typeof value === 'object' && value !== null && #type in value;
    isDispatching = (event) => event.#dispatching || !event.#initialised;
    begin = (event, target) => {
      event.#dispatching = true;
      event.#target = target;
      event.#currentTarget = target;
      event.#phase = AT_TARGET;
    };
    end = (event) => {
      event.#dispatching = false;
      event.#currentTarget = null;
      event.#phase = NONE;
      event.#stopped = false;
      event.#stoppedNow = false;
    };
    setPassive = (event, passive) => {
      event.#passive = passive;
    };
    isStopped = (event) => event.#stopped;
    isStoppedNow = (event) => event.#stoppedNow;
    isCancelled = (event) => event.#cancelled;
    trust = (event) => {
      event.#trusted = true;
      return event;
    };
    isTrustedEvent = (event) => event.#trusted;
  }
}

var isEvent, isDispatching, begin, end, setPassive, isStopped, isStoppedNow, isCancelled, trust, isTrustedEvent;

// [LegacyUnforgeable]: an own property of each event, the same getter for all.
const { get: isTrusted } = ReflectGetOwnPropertyDescriptor({ get isTrusted() { return isTrustedEvent(this); } }, 'isTrusted');
const IS_TRUSTED = { __proto__: null, get: isTrusted, set: undefined, enumerable: true, configurable: false };

class CustomEvent extends Event {
  #detail = null;

  constructor(type, eventInitDict = undefined) {
    super(type, eventInitDict);
    if (eventInitDict !== undefined && eventInitDict !== null && eventInitDict.detail !== undefined) this.#detail = eventInitDict.detail;
  }

  get detail() { return this.#detail; }

  initCustomEvent(type, bubbles = false, cancelable = false, detail = null) {
    requireArguments(arguments.length, 1, "Failed to execute 'initCustomEvent' on 'CustomEvent'");
    if (isDispatching(this)) return;
    this.initEvent(type, bubbles, cancelable);
    this.#detail = detail;
  }
}

class ErrorEvent extends Event {
  #message = '';
  #filename = '';
  #lineno = 0;
  #colno = 0;
  #error = undefined;

  constructor(type, eventInitDict = undefined) {
    super(type, eventInitDict);
    if (eventInitDict === undefined || eventInitDict === null) return;
    const { colno, error, filename, lineno, message } = eventInitDict;
    if (colno !== undefined) this.#colno = colno >>> 0;
    if (error !== undefined) this.#error = error;
    if (filename !== undefined) this.#filename = toDOMString(filename);
    if (lineno !== undefined) this.#lineno = lineno >>> 0;
    if (message !== undefined) this.#message = toDOMString(message);
  }

  get message() { return this.#message; }
  get filename() { return this.#filename; }
  get lineno() { return this.#lineno; }
  get colno() { return this.#colno; }
  get error() { return this.#error; }
}

class PromiseRejectionEvent extends Event {
  #promise;
  #reason;

  constructor(type, eventInitDict) {
    requireArguments(arguments.length, 2, "Failed to construct 'PromiseRejectionEvent'");
    super(type, eventInitDict);
    if (eventInitDict?.promise === undefined) throw new TypeError("Failed to construct 'PromiseRejectionEvent': Required member promise is undefined.");
    this.#promise = eventInitDict.promise;
    this.#reason = eventInitDict.reason;
  }

  get promise() { return this.#promise; }
  get reason() { return this.#reason; }
}

class MessageEvent extends Event {
  #data = null;
  #origin = '';
  #lastEventId = '';
  #source = null;
  #ports = [];

  constructor(type, eventInitDict = undefined) {
    super(type, eventInitDict);
    if (eventInitDict === undefined || eventInitDict === null) return;
    const { data, lastEventId, origin, ports, source } = eventInitDict;
    if (data !== undefined) this.#data = data;
    if (lastEventId !== undefined) this.#lastEventId = toDOMString(lastEventId);
    if (origin !== undefined) this.#origin = toDOMString(origin);
    if (ports !== undefined) for (let i = 0; i < ports.length; i++) ArrayPrototypePush(this.#ports, ports[i]);
    if (source !== undefined) this.#source = source;
  }

  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }
}

class CloseEvent extends Event {
  #wasClean = false;
  #code = 0;
  #reason = '';

  constructor(type, eventInitDict = undefined) {
    super(type, eventInitDict);
    if (eventInitDict === undefined || eventInitDict === null) return;
    const { code, reason, wasClean } = eventInitDict;
    if (code !== undefined) this.#code = code & 0xffff;
    if (reason !== undefined) this.#reason = toUSVString(reason);
    this.#wasClean = Boolean(wasClean);
  }

  get wasClean() { return this.#wasClean; }
  get code() { return this.#code; }
  get reason() { return this.#reason; }
}

defineInterface(Event);
defineConstants(Event, { __proto__: null, NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });
defineInterface(CustomEvent);
defineInterface(ErrorEvent);
defineInterface(PromiseRejectionEvent);
defineInterface(MessageEvent);
defineInterface(CloseEvent);

module.exports = {
  CloseEvent, CustomEvent, ErrorEvent, Event, MessageEvent, PromiseRejectionEvent, begin, end, isCancelled, isDispatching, isEvent, isStopped, isStoppedNow,
  setPassive, trust,
};
