// https://w3c.github.io/performance-timeline/ and https://w3c.github.io/user-timing/
const {
  ArrayPrototypeFilter, ArrayPrototypePush, ArrayPrototypeSlice, ArrayPrototypeSort, ArrayPrototypeSplice, NumberIsFinite, ObjectFreeze, PromisePrototypeThen, PromiseResolve, ReflectApply, TypeError,
} = primordials;
const { defineInterface, illegalConstructor, isObject, requireArguments, toDictionary, toDOMString, toSequence, toUnrestrictedDouble } = require('./webidl');

const MADE = { __proto__: null };
const TYPES = ObjectFreeze(['mark', 'measure']);
/** An isolate serves many requests: it keeps this many entries, and up to twice as many. */
const ENTRIES_KEPT = 5000;

let entries = [];
const observers = [];

class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#name = arguments[1];
    this.#type = arguments[2];
    this.#start = arguments[3];
    this.#duration = arguments[4];
  }

  get name() { return this.#name; }
  get entryType() { return this.#type; }
  get startTime() { return this.#start; }
  get duration() { return this.#duration; }

  toJSON() {
    return { name: this.#name, entryType: this.#type, startTime: this.#start, duration: this.#duration };
  }

  static {
    nameOf = (entry) => entry.#name;
    typeOf = (entry) => entry.#type;
    startOf = (entry) => entry.#start;
  }
}

var nameOf, typeOf, startOf;

class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = undefined) {
    const what = "Failed to construct 'PerformanceMark'";
    requireArguments(arguments.length, 1, what);
    const text = toDOMString(name);
    const init = toDictionary(options, what);
    let start = host.performanceNow();
    if (init?.startTime !== undefined) {
      start = toTime(init.startTime, what);
      if (start < 0) throw new TypeError(`${what}: '${text}' cannot have a negative start time.`);
    }
    super(MADE, text, 'mark', start, 0);
    this.#detail = cloned(init?.detail);
  }

  get detail() { return this.#detail; }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    super(MADE, arguments[1], 'measure', arguments[2], arguments[3]);
    this.#detail = arguments[4];
  }

  get detail() { return this.#detail; }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

function cloned(detail) {
  return detail === undefined || detail === null ? null : require('./structured-clone').structuredClone(detail);
}

function toTime(value, what) {
  const time = toUnrestrictedDouble(value);
  if (!NumberIsFinite(time)) throw new TypeError(`${what}: The provided double value is non-finite.`);
  return time;
}

function mark(name, options) {
  const entry = new PerformanceMark(name, options);
  add(entry);
  return entry;
}

/** https://w3c.github.io/user-timing/#measure-method */
function measure(name, startOrOptions, endMark) {
  const what = "Failed to execute 'measure' on 'Performance'";
  const text = toDOMString(name);
  const options = isObject(startOrOptions) ? startOrOptions : undefined;
  let detail;
  let duration;
  let startMark = startOrOptions ?? undefined;
  let end = endMark;
  if (options !== undefined) {
    ({ detail, duration, end, start: startMark } = options);
    const some = detail !== undefined || duration !== undefined || end !== undefined || startMark !== undefined;
    if (some && endMark !== undefined) throw new TypeError(`${what}: an end mark beside options is not possible.`);
    if (some && startMark === undefined && end === undefined) throw new TypeError(`${what}: options need a start or an end.`);
    if (startMark !== undefined && duration !== undefined && end !== undefined) throw new TypeError(`${what}: start, end and duration cannot all be given.`);
  }
  const length = duration === undefined ? undefined : toTime(duration, what);
  let endTime;
  if (end !== undefined) endTime = timeOf(end, what);
  else if (startMark !== undefined && length !== undefined) endTime = timeOf(startMark, what) + length;
  else endTime = host.performanceNow();
  let startTime = 0;
  if (startMark !== undefined) startTime = timeOf(startMark, what);
  else if (length !== undefined && end !== undefined) startTime = endTime - length;
  const entry = new PerformanceMeasure(MADE, text, startTime, endTime - startTime, cloned(detail));
  add(entry);
  return entry;
}

/** A number, or the last mark of a name. */
function timeOf(markOrTime, what) {
  if (typeof markOrTime === 'number') {
    const time = toTime(markOrTime, what);
    if (time < 0) throw new TypeError(`${what}: a time cannot be negative.`);
    return time;
  }
  const name = toDOMString(markOrTime);
  for (let i = entries.length - 1; i >= 0; i--) if (typeOf(entries[i]) === 'mark' && nameOf(entries[i]) === name) return startOf(entries[i]);
  const { DOMException } = require('./dom-exception');
  throw new DOMException(`${what}: The mark '${name}' does not exist.`, 'SyntaxError');
}

function add(entry) {
  ArrayPrototypePush(entries, entry);
  if (entries.length > 2 * ENTRIES_KEPT) entries = ArrayPrototypeSlice(entries, -ENTRIES_KEPT);
  for (let i = 0; i < observers.length; i++) notice(observers[i], entry);
}

function sorted(list) {
  return ArrayPrototypeSort(list, (a, b) => startOf(a) - startOf(b));
}

/** The entries of a name and a type, each of which may be undefined for any. */
function select(list, name, type) {
  return sorted(ArrayPrototypeFilter(list, (entry) => (name === undefined || nameOf(entry) === name) && (type === undefined || typeOf(entry) === type)));
}

function clear(type, name) {
  entries = ArrayPrototypeFilter(entries, (entry) => typeOf(entry) !== type || (name !== undefined && nameOf(entry) !== name));
}

class PerformanceObserverEntryList {
  #list;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#list = arguments[1];
  }

  getEntries() { return select(this.#list, undefined, undefined); }

  getEntriesByType(type) {
    requireArguments(arguments.length, 1, "Failed to execute 'getEntriesByType' on 'PerformanceObserverEntryList'");
    return select(this.#list, undefined, toDOMString(type));
  }

  getEntriesByName(name, type = undefined) {
    requireArguments(arguments.length, 1, "Failed to execute 'getEntriesByName' on 'PerformanceObserverEntryList'");
    return select(this.#list, toDOMString(name), type === undefined ? undefined : toDOMString(type));
  }
}

class PerformanceObserver {
  #callback;
  #types = [];
  #queue = [];
  #single = undefined; // whether it was told one `type` at a time
  #scheduled = false;

  constructor(callback) {
    if (typeof callback !== 'function') throw new TypeError("Failed to construct 'PerformanceObserver': parameter 1 is not of type 'Function'.");
    this.#callback = callback;
  }

  static get supportedEntryTypes() { return TYPES; }

  observe(options = undefined) {
    const what = "Failed to execute 'observe' on 'PerformanceObserver'";
    const init = toDictionary(options, what) ?? { __proto__: null };
    const { buffered, entryTypes, type } = init;
    if (entryTypes === undefined && type === undefined) throw new TypeError(`${what}: either 'entryTypes' or 'type' has to be given.`);
    if (entryTypes !== undefined && type !== undefined) throw new TypeError(`${what}: 'entryTypes' and 'type' cannot both be given.`);
    const single = type !== undefined;
    if (this.#single !== undefined && this.#single !== single) {
      const { DOMException } = require('./dom-exception');
      throw new DOMException(`${what}: 'entryTypes' and 'type' cannot be mixed.`, 'InvalidModificationError');
    }
    this.#single = single;
    const wanted = single ? [toDOMString(type)] : toSequence(entryTypes, toDOMString, what);
    const known = ArrayPrototypeFilter(wanted, (one) => one === 'mark' || one === 'measure');
    if (known.length === 0) return;
    this.#types = single ? [...this.#types, ...known] : known;
    if (ArrayPrototypeFilter(observers, (one) => one === this).length === 0) ArrayPrototypePush(observers, this);
    if (single && buffered) for (const entry of select(entries, undefined, known[0])) this.#take(entry);
  }

  disconnect() {
    this.#types = [];
    this.#queue = [];
    this.#single = undefined;
    for (let i = observers.length - 1; i >= 0; i--) if (observers[i] === this) ArrayPrototypeSplice(observers, i, 1);
  }

  takeRecords() {
    const list = this.#queue;
    this.#queue = [];
    return list;
  }

  #take(entry) {
    ArrayPrototypePush(this.#queue, entry);
    if (this.#scheduled) return;
    this.#scheduled = true;
    PromisePrototypeThen(PromiseResolve(undefined), () => this.#tell());
  }

  #tell() {
    this.#scheduled = false;
    const list = this.takeRecords();
    if (list.length === 0) return;
    try {
      ReflectApply(this.#callback, this, [new PerformanceObserverEntryList(MADE, list), this, { droppedEntriesCount: 0 }]);
    } catch (error) {
      require('./report-error').report(error);
    }
  }

  static {
    notice = (observer, entry) => {
      for (let i = 0; i < observer.#types.length; i++) {
        if (observer.#types[i] === typeOf(entry)) {
          observer.#take(entry);
          return;
        }
      }
    };
  }
}

var notice;

for (const type of [PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList]) defineInterface(type);

module.exports = {
  PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, clear, mark, measure,
  select: (name, type) => select(entries, name, type),
};
