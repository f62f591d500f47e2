// Functions of the language that say more here than in the engine, as they do in V8.
const {
  AggregateError, Date, FunctionPrototypeCall, ObjectDefineProperty, ObjectPrototypeHasOwnProperty, Promise, ReflectApply, ReflectGetOwnPropertyDescriptor,
  StringPrototypeEndsWith, StringPrototypeIncludes, StringPrototypeReplaceAll, StringPrototypeSlice, TypeError, WeakMap, WeakMapPrototypeGet, WeakMapPrototypeSet, globalThis,
} = primordials;
const { Intl } = globalThis;
const words = require('./json-words');

function replace(target, functions) {
  for (const name in functions) ObjectDefineProperty(target, name, { __proto__: null, value: functions[name], writable: true, configurable: true });
}

replace(globalThis.JSON, {
  parse(text, reviver) {
    return words.parse(text, reviver);
  },
  stringify(value, replacer, space) {
    return words.stringify(value, replacer, space);
  },
});

// Workers live in UTC, for which the engine has another name.
const zoned = (text) => StringPrototypeEndsWith(text, '(GMT)') ? `${StringPrototypeSlice(text, 0, -5)}(Coordinated Universal Time)` : text;
// And writes times with narrow spaces, which V8 does not.
const spaced = (text) => StringPrototypeIncludes(text, '\u202f') || StringPrototypeIncludes(text, '\u2009')
  ? StringPrototypeReplaceAll(StringPrototypeReplaceAll(text, '\u202f', ' '), '\u2009', ' ') : text;
const { toString, toTimeString, toLocaleString, toLocaleTimeString } = Date.prototype;
const { prototype: formatter } = Intl.DateTimeFormat;
const { resolvedOptions, formatToParts, formatRange, formatRangeToParts } = formatter;
const { get: getFormat } = ReflectGetOwnPropertyDescriptor(formatter, 'format');
const formats = new WeakMap();

replace(Date.prototype, {
  toString() {
    return zoned(FunctionPrototypeCall(toString, this));
  },
  toTimeString() {
    return zoned(FunctionPrototypeCall(toTimeString, this));
  },
  toLocaleString() {
    return spaced(ReflectApply(toLocaleString, this, arguments));
  },
  toLocaleTimeString() {
    return spaced(ReflectApply(toLocaleTimeString, this, arguments));
  },
});

function spacedParts(parts) {
  for (let i = 0; i < parts.length; i++) parts[i].value = spaced(parts[i].value);
  return parts;
}

replace(formatter, {
  resolvedOptions() {
    const options = FunctionPrototypeCall(resolvedOptions, this);
    if (options.timeZone === 'Etc/UTC') options.timeZone = 'UTC';
    return options;
  },
  formatToParts(date) {
    return spacedParts(FunctionPrototypeCall(formatToParts, this, date));
  },
  formatRange(startDate, endDate) {
    return spaced(FunctionPrototypeCall(formatRange, this, startDate, endDate));
  },
  formatRangeToParts(startDate, endDate) {
    return spacedParts(FunctionPrototypeCall(formatRangeToParts, this, startDate, endDate));
  },
});

ObjectDefineProperty(formatter, 'format', {
  __proto__: null,
  configurable: true,
  get: ReflectGetOwnPropertyDescriptor({ get format() {
    let found = WeakMapPrototypeGet(formats, this);
    if (found === undefined) {
      const format = FunctionPrototypeCall(getFormat, this);
      found = (date) => spaced(format(date));
      ObjectDefineProperty(found, 'name', { __proto__: null, value: '', configurable: true });
      WeakMapPrototypeSet(formats, this, found);
    }
    return found;
  } }, 'format').get,
});

const engineAny = Promise.any;

replace(Promise, {
  // https://tc39.es/ecma262/#sec-promise.any
  any(iterable) {
    const type = this;
    if (type === null || (typeof type !== 'object' && typeof type !== 'function')) throw new TypeError('Promise.any called on non-object');
    function Naming(executor) {
      return new type((resolve, reject) => executor(resolve, (reason) => reject(named(reason))));
    }
    const { resolve } = type;
    Naming.resolve = typeof resolve === 'function' ? (value) => FunctionPrototypeCall(resolve, type, value) : resolve;
    return ReflectApply(engineAny, Naming, [iterable]);
  },
});

function named(reason) {
  if (reason instanceof AggregateError && !ObjectPrototypeHasOwnProperty(reason, 'message')) {
    ObjectDefineProperty(reason, 'message', { __proto__: null, value: 'All promises were rejected', writable: true, configurable: true });
  }
  return reason;
}
