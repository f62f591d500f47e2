// How console shows a value: as Node's util.inspect does, with the limits its console has.
const {
  ArrayBuffer, ArrayBufferIsView, ArrayIsArray, ArrayPrototypeIncludes, ArrayPrototypeJoin, ArrayPrototypePop, ArrayPrototypePush, ArrayPrototypeSort, BigInt,
  Boolean, DataView,
  Date, Error, Function, FunctionPrototypeCall, Map, MapPrototypeForEach, MapPrototypeGet, MapPrototypeGetSize, MapPrototypeHas, MapPrototypeSet,
  MathMax, Number, ObjectGetPrototypeOf, ObjectIs, ObjectPrototypeHasOwnProperty, ObjectPrototypeToString, Promise,
  ReflectGetOwnPropertyDescriptor, ReflectOwnKeys, RegExp, RegExpPrototypeTest, Set, SharedArrayBuffer, SetPrototypeForEach, SetPrototypeGetSize, String,
  StringPrototypeEndsWith, StringPrototypeIncludes, StringPrototypeIndexOf, StringPrototypePadStart, StringPrototypeRepeat, StringPrototypeSlice,
  StringPrototypeSplit, StringPrototypeStartsWith, Symbol, SymbolToStringTag, Uint8Array, WeakMap, WeakSet, uncurryThis,
} = primordials;
const { layout } = require('./inspect-layout');
const platform = require('./inspect-platform');

/** https://nodejs.org/api/util.html#utilinspectobject-options */
const DEFAULTS = {
  __proto__: null, showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80,
  compact: 3, sorted: false, getters: false, numericSeparator: false,
};
const INDEXES_MAX = 100_000;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

const dateToISO = uncurryThis(Date.prototype.toISOString);
const dateGetTime = uncurryThis(Date.prototype.getTime);
const regExpToString = uncurryThis(RegExp.prototype.toString);
const symbolToString = uncurryThis(Symbol.prototype.toString);
const functionToString = uncurryThis(Function.prototype.toString);
const stringReplace = uncurryThis(String.prototype.replace);
const errorToString = Error.prototype.toString;
const objectTag = ObjectPrototypeToString;
const dateIsValid = (date) => !Number.isNaN(dateGetTime(date));
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** The escape sequences of a kind of value, by their numbers. */
const COLORS = {
  __proto__: null, number: [33, 39], bigint: [33, 39], boolean: [33, 39], undefined: [90, 39], null: [1, 22], string: [32, 39], symbol: [32, 39], date: [35, 39],
  regexp: [31, 39], special: [36, 39], module: [4, 24],
};

/** @param options those of DEFAULTS, all optional */
function inspect(value, options = {}) {
  return show(value, stateOf(options), 0);
}

function stateOf(options) {
  const state = {
    __proto__: null, ...DEFAULTS, ...options, seen: [], circular: new Map(), indent: 0, deepest: 0, options,
  };
  for (const name of ['depth', 'maxArrayLength', 'maxStringLength']) if (state[name] === null) state[name] = Infinity;
  if (state.depth === undefined) state.depth = DEFAULTS.depth;
  if (state.compact === true) state.compact = Infinity;
  else if (state.compact === false) state.compact = 0;
  state.palette = state.palette ?? COLORS;
  return state;
}

function paint(text, kind, state) {
  if (!state.colors) return text;
  const color = state.palette[kind];
  return color === undefined ? text : `\x1b[${color[0]}m${text}\x1b[${color[1]}m`;
}

function show(value, state, level) {
  switch (typeof value) {
    case 'string': return showString(value, state, level);
    case 'number': return paint(numeric(ObjectIs(value, -0) ? '-0' : String(value), state), 'number', state);
    case 'bigint': return paint(`${numeric(String(value), state)}n`, 'bigint', state);
    case 'symbol': return paint(symbolToString(value), 'symbol', state);
    case 'undefined': case 'boolean': return paint(String(value), typeof value, state);
    default: return value === null ? paint('null', 'null', state) : showObject(value, state, level);
  }
}

function numeric(text, state) {
  if (!state.numericSeparator || !RegExpPrototypeTest(/^-?\d+(\.\d+)?$/, text)) return text;
  const [whole, fraction] = StringPrototypeSplit(text, '.');
  const grouped = stringReplace(whole, /\B(?=(\d{3})+$)/g, '_');
  return fraction === undefined ? grouped : `${grouped}.${stringReplace(fraction, /\d{3}(?=\d)/g, '$&_')}`;
}

function showString(value, state, level) {
  let text = value;
  let rest = '';
  if (text.length > state.maxStringLength) {
    const left = text.length - state.maxStringLength;
    text = StringPrototypeSlice(text, 0, state.maxStringLength);
    rest = `... ${left} more character${left === 1 ? '' : 's'}`;
  }
  // A long text of many lines inside something stands one line below the other.
  if (state.compact !== Infinity && level > 0 && text.length > 16 && text.length > state.breakLength - state.indent - 4 && StringPrototypeIncludes(text, '\n')) {
    const lines = [];
    for (let from = 0; from < text.length;) {
      const end = StringPrototypeIndexOf(text, '\n', from);
      const to = end < 0 ? text.length : end + 1;
      ArrayPrototypePush(lines, paint(quote(StringPrototypeSlice(text, from, to)), 'string', state));
      from = to;
    }
    return ArrayPrototypeJoin(lines, ` +\n${StringPrototypeRepeat(' ', state.indent + 2)}`) + rest;
  }
  return paint(quote(text), 'string', state) + rest;
}

/** A string with the quotes that need the fewest escapes. */
function quote(text) {
  let mark = "'";
  if (StringPrototypeIncludes(text, "'")) {
    if (!StringPrototypeIncludes(text, '"')) mark = '"';
    else if (!StringPrototypeIncludes(text, '`') && !StringPrototypeIncludes(text, '${')) mark = '`';
  }
  const escaped = stringReplace(text, /[\x00-\x1f\x7f-\x9f'"`\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (c) => {
    if (c === '\\') return '\\\\';
    if (c === "'" || c === '"' || c === '`') return c === mark ? `\\${c}` : c;
    if (c >= '\ud800') return `\\u${c.charCodeAt(0).toString(16)}`;
    const known = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' }[c];
    return known ?? `\\x${StringPrototypePadStart(c.charCodeAt(0).toString(16).toUpperCase(), 2, '0')}`;
  });
  return `${mark}${escaped}${mark}`;
}

function showObject(value, state, level) {
  if (ArrayPrototypeIncludes(state.seen, value)) return paint(`[Circular *${circularIndex(value, state)}]`, 'special', state);
  if (level <= state.depth) state.deepest = level;
  try {
    const custom = state.customInspect ? value[INSPECT] : undefined;
    if (typeof custom === 'function' && custom !== module.exports.inspectForUsers && value.constructor?.prototype !== value) {
      const depth = state.depth - level;
      const result = FunctionPrototypeCall(custom, value, depth, optionsForUsers(state, depth), module.exports.inspectForUsers);
      if (result !== value) return typeof result === 'string' ? indented(result, state.indent) : show(result, state, level);
    }
    const text = showKind(value, state, level);
    const index = MapPrototypeGet(state.circular, value);
    return index === undefined ? text : `${paint(`<ref *${index}>`, 'special', state)} ${text}`;
  } catch (error) {
    return `[${constructorName(value) ?? 'Object'}: cannot be inspected: ${String(error?.message)}]`;
  }
}

/** What a method `[nodejs.util.inspect.custom]` gets as its options. */
function optionsForUsers(state, depth) {
  const options = { ...state.options };
  for (const name of ReflectOwnKeys(DEFAULTS)) options[name] = state[name];
  options.depth = depth;
  options.stylize = (text, kind) => paint(String(text), kind, state);
  return options;
}

function circularIndex(value, state) {
  if (!MapPrototypeHas(state.circular, value)) MapPrototypeSet(state.circular, value, MapPrototypeGetSize(state.circular) + 1);
  return MapPrototypeGet(state.circular, value);
}

function constructorName(value) {
  for (let at = value; at !== null && at !== undefined; at = ObjectGetPrototypeOf(at)) {
    const descriptor = ReflectGetOwnPropertyDescriptor(at, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '') return descriptor.value.name;
  }
  return null;
}

/** What stands before the braces: `Foo`, `[Object: null prototype]`, `Foo [tag]`. */
function prefixOf(value, fallback, size = '') {
  const name = constructorName(value);
  let prefix = name === null ? `[${fallback}${size}: null prototype]` : `${name}${size}`;
  const tag = tagOf(value);
  if (tag !== '' && tag !== name && (name !== null || tag !== fallback)) prefix += ` [${tag}]`;
  return prefix;
}

function tagOf(value) {
  const tag = value[SymbolToStringTag];
  return typeof tag !== 'string' || enumerableKey(value, SymbolToStringTag) ? '' : tag;
}

function showKind(value, state, level) {
  if (typeof value === 'function') return withProperties(paint(functionBase(value), 'special', state), value, state, level, []);
  if (platform.isShownByInterface(value)) return showPlatform(value, state, level);
  if (value instanceof Error) return showError(value, state, level);
  if (ArrayIsArray(value)) return showArray(value, state, level);
  if (value instanceof Date) return withProperties(paint(dateIsValid(value) ? dateToISO(value) : 'Invalid Date', 'date', state), value, state, level, []);
  if (value instanceof RegExp) return withProperties(paint(regExpToString(value), 'regexp', state), value, state, level, []);
  if (value instanceof Promise) return showPromise(value, state, level);
  if (value instanceof WeakSet || value instanceof WeakMap) return `${prefixOf(value, 'WeakSet')} { ${paint('<items unknown>', 'special', state)} }`;
  if (value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof Symbol || value instanceof BigInt) return showBoxed(value, state, level);
  if (level > state.depth && !isEmpty(value)) return paint(`[${prefixOf(value, 'Object')}]`, 'special', state);
  if (value instanceof Map) return showMap(value, state, level);
  if (value instanceof Set) return showSet(value, state, level);
  if (ArrayBufferIsView(value)) return showView(value, state, level);
  if (value instanceof ArrayBuffer || (SharedArrayBuffer !== undefined && value instanceof SharedArrayBuffer)) return showBuffer(value, state, level);
  if (objectTag(value) === '[object Arguments]' && tagOf(value) === '') return showArguments(value, state, level);
  return showPlain(value, state, level);
}

/** Whether nothing of it would be shown, so that its depth does not matter. */
function isEmpty(value) {
  if (value instanceof Map) {
    if (MapPrototypeGetSize(value) > 0) return false;
  } else if (value instanceof Set) {
    if (SetPrototypeGetSize(value) > 0) return false;
  } else if (ArrayBufferIsView(value) || value instanceof ArrayBuffer) return false;
  for (const key of ReflectOwnKeys(value)) if (enumerableKey(value, key)) return false;
  return true;
}

/** An object of a web API, on its own: where it stands does not change how it is broken into lines. */
function showPlatform(value, state, level) {
  const depth = state.depth - level;
  const { name, entries, attributes, state: inner } = platform.describe(value);
  if (depth < 0) return paint(`[${name}]`, 'special', state);
  const own = { ...state, depth, indent: 0, deepest: 0, showHidden: true };
  const list = inside(value, own, () => {
    const lines = [];
    for (let i = 0; entries !== undefined && i < entries.length; i++) ArrayPrototypePush(lines, `${show(entries[i][0], own, 1)} => ${show(entries[i][1], own, 1)}`);
    for (let i = 0; i < attributes.length; i++) ArrayPrototypePush(lines, `${keyText(attributes[i][0], true, own)}: ${show(attributes[i][1], own, 1)}`);
    for (let i = 0; i < inner.length; i++) ArrayPrototypePush(lines, `[${inner[i][0]}]: ${show(inner[i][1], own, 1)}`);
    return lines;
  });
  if (entries === undefined) return indented(`${name} ${layout([], list, '{', '}', own, 0)}`, state.indent);
  const text = layout([], list, `Object(${entries.length}) {`, '}', own, 0);
  return indented(name + StringPrototypeSlice(text, 6), state.indent);
}

function showPromise(value, state, level) {
  const { 0: kind, 1: result, 2: text } = host.promiseState?.(value) ?? ['fulfilled', null, '<settled>'];
  if (kind === 'pending') return `${prefixOf(value, 'Promise')} { ${paint('<pending>', 'special', state)} }`;
  const shown = text !== undefined ? text : inside(value, state, () => show(result, state, level + 1));
  return layout([], [kind === 'rejected' ? `${paint('<rejected>', 'special', state)} ${shown}` : shown], `${prefixOf(value, 'Promise')} {`, '}', state, level);
}

function showBoxed(value, state, level) {
  const kind = value instanceof Number ? 'Number' : value instanceof String ? 'String' : value instanceof Boolean ? 'Boolean' : value instanceof Symbol ? 'Symbol' : 'BigInt';
  const name = constructorName(value);
  const inner = show(value.valueOf(), { ...state, colors: false }, 0);
  const base = paint(`[${kind}${name === kind ? '' : ` (${name ?? 'null prototype'})`}: ${inner}]`, kind === 'BigInt' ? 'bigint' : kind.toLowerCase(), state);
  return withProperties(base, value, state, level, [], (key) => kind === 'String' && (key === 'length' || RegExpPrototypeTest(/^\d+$/, key)));
}

function showArguments(value, state, level) {
  return layout([], properties(value, state, level, []), '[Arguments] {', '}', state, level);
}

function functionBase(value) {
  const isClass = StringPrototypeStartsWith(functionToString(value), 'class');
  const own = ReflectGetOwnPropertyDescriptor(value, 'name')?.value;
  const name = typeof own !== 'string' || own === '' ? '(anonymous)' : own;
  const constructor = constructorName(value);
  if (isClass) {
    const parent = ObjectGetPrototypeOf(value);
    const base = parent === null ? ' extends null' : typeof parent === 'function' && parent.name ? ` extends ${parent.name}` : '';
    return `[class ${name}${constructor !== 'Function' && constructor !== null ? ` [${constructor}]` : ''}${base}]`;
  }
  const kind = StringPrototypeSlice(objectTag(value), 8, -1);
  const base = `[${kind}${constructor === null ? ' (null prototype)' : ''}${name === '(anonymous)' ? ' (anonymous)]' : `: ${name}]`}`;
  return constructor !== null && constructor !== kind && constructor !== 'Function' ? `${base} ${constructor}` : base;
}

function showError(value, state, level) {
  const name = value.name === undefined || value.name === null ? 'Error' : String(value.name);
  const own = value.stack;
  let stack = typeof own === 'string' && own !== '' ? own : titleOf(value);
  const hidden = [];
  for (const key of ['name', 'message', 'stack']) {
    if (!enumerableKey(value, key) || StringPrototypeIncludes(stack, String(value[key]))) ArrayPrototypePush(hidden, key);
  }
  stack = namedStack(stack, constructorName(value), name, tagOf(value));
  const { message } = value;
  const from = typeof message === 'string' && message !== '' ? StringPrototypeIndexOf(stack, message) : -1;
  let text = StringPrototypeIndexOf(StringPrototypeSlice(stack, from < 0 ? 0 : from + message.length), '\n    at') < 0 ? `[${stack}]` : stack;
  if (level > 0) text = indented(text, state.indent);
  const entries = properties(value, state, level, hidden);
  if ('cause' in value && ObjectPrototypeHasOwnProperty(value, 'cause') && !enumerableKey(value, 'cause')) {
    ArrayPrototypePush(entries, `[cause]: ${inside(value, state, () => show(value.cause, state, level + 1))}`);
  }
  if (ObjectPrototypeHasOwnProperty(value, 'errors') && ArrayIsArray(value.errors) && !enumerableKey(value, 'errors')) {
    ArrayPrototypePush(entries, `[errors]: ${inside(value, state, () => show(value.errors, state, level + 1))}`);
  }
  return entries.length === 0 ? text : `${text} ${blockOf(entries, state, level, text)}`;
}

function titleOf(value) {
  try {
    return FunctionPrototypeCall(errorToString, value);
  } catch {
    return 'Error';
  }
}

/** A stack that begins with the class's name: a class that forgets to set `name` has its base's there. */
function namedStack(stack, constructor, name, tag) {
  const begins = StringPrototypeStartsWith(stack, name);
  const after = stack[name.length];
  if (constructor === null || constructor === name || !StringPrototypeEndsWith(name, 'Error') || !begins || !(after === undefined || after === ':' || after === '\n')) return stack;
  const prefix = tag !== '' && tag !== constructor ? `${constructor} [${tag}]` : constructor;
  return StringPrototypeIncludes(prefix, name) ? prefix + StringPrototypeSlice(stack, name.length) : `${prefix} [${name}]${StringPrototypeSlice(stack, name.length)}`;
}

function enumerableKey(value, key) {
  return ReflectGetOwnPropertyDescriptor(value, key)?.enumerable === true;
}

function indented(text, by) {
  return by === 0 ? text : ArrayPrototypeJoin(StringPrototypeSplit(text, '\n'), `\n${StringPrototypeRepeat(' ', by)}`);
}

/** Shows something inside `value`: one level in, two columns in. */
function inside(value, state, work) {
  ArrayPrototypePush(state.seen, value);
  state.indent += 2;
  try {
    return work();
  } finally {
    state.indent -= 2;
    ArrayPrototypePop(state.seen);
  }
}

function showArray(value, state, level) {
  const name = constructorName(value);
  const prefix = name === 'Array' && tagOf(value) === '' ? '' : `${prefixOf(value, 'Array', `(${value.length})`)} `;
  if (level > state.depth && value.length > 0) return paint(`[${name === 'Array' ? 'Array' : prefixOf(value, 'Array')}]`, 'special', state);
  const items = inside(value, state, () => {
    const list = [];
    let holes = 0;
    let shown = 0;
    for (let i = 0; i < value.length && shown < state.maxArrayLength; i++) {
      if (!ObjectPrototypeHasOwnProperty(value, i)) {
        holes++;
        if (i + 1 < value.length && !ObjectPrototypeHasOwnProperty(value, i + 1)) continue;
        ArrayPrototypePush(list, paint(`<${holes} empty item${holes === 1 ? '' : 's'}>`, 'undefined', state));
        holes = 0;
      } else {
        ArrayPrototypePush(list, show(value[i], state, level + 1));
      }
      shown++;
    }
    more(list, value.length - MathMax(state.maxArrayLength, 0));
    return list;
  });
  // The keys of a large array are a list as large, for the rare one among them that is no index.
  const entries = value.length > INDEXES_MAX ? [] : properties(value, state, level, [], (key) => typeof key === 'string' && RegExpPrototypeTest(/^\d+$/, key) || key === 'length' && !state.showHidden);
  return layout(items, entries, `${prefix}[`, ']', state, level, isNumeric(value, state));
}

function isNumeric(array, state) {
  for (let i = 0; i < array.length && i < state.maxArrayLength; i++) if (typeof array[i] !== 'number' && typeof array[i] !== 'bigint') return false;
  return true;
}

function more(list, rest) {
  if (rest > 0) ArrayPrototypePush(list, `... ${rest} more item${rest === 1 ? '' : 's'}`);
}

function showMap(value, state, level) {
  const list = inside(value, state, () => {
    const entries = [];
    MapPrototypeForEach(value, (item, key) => {
      if (entries.length < state.maxArrayLength) ArrayPrototypePush(entries, `${show(key, state, level + 1)} => ${show(item, state, level + 1)}`);
    });
    more(entries, MapPrototypeGetSize(value) - state.maxArrayLength);
    return entries;
  });
  return layout([], [...list, ...properties(value, state, level, [])], `${prefixOf(value, 'Map', `(${MapPrototypeGetSize(value)})`)} {`, '}', state, level);
}

function showSet(value, state, level) {
  const list = inside(value, state, () => {
    const entries = [];
    SetPrototypeForEach(value, (item) => {
      if (entries.length < state.maxArrayLength) ArrayPrototypePush(entries, show(item, state, level + 1));
    });
    more(entries, SetPrototypeGetSize(value) - state.maxArrayLength);
    return entries;
  });
  return layout([], [...list, ...properties(value, state, level, [])], `${prefixOf(value, 'Set', `(${SetPrototypeGetSize(value)})`)} {`, '}', state, level);
}

function showView(value, state, level) {
  if (value instanceof DataView) {
    const entries = inside(value, state, () => [
      `byteLength: ${show(value.byteLength, state, level + 1)}`, `byteOffset: ${show(value.byteOffset, state, level + 1)}`, `buffer: ${show(value.buffer, state, level + 1)}`]);
    return layout([], [...entries, ...properties(value, state, level, [])], `${prefixOf(value, 'DataView')} {`, '}', state, level);
  }
  const items = [];
  for (let i = 0; i < value.length && i < state.maxArrayLength; i++) ArrayPrototypePush(items, show(value[i], state, level + 1));
  more(items, value.length - state.maxArrayLength);
  const entries = properties(value, state, level, [], (key) => typeof key === 'string' && RegExpPrototypeTest(/^\d+$/, key));
  return layout(items, entries, `${prefixOf(value, 'TypedArray', `(${value.length})`)} [`, ']', state, level, true);
}

function showBuffer(value, state, level) {
  const bytes = new Uint8Array(value);
  let text = '';
  for (let i = 0; i < bytes.length && i < 50; i++) text += `${i === 0 ? '' : ' '}${StringPrototypePadStart(bytes[i].toString(16), 2, '0')}`;
  if (bytes.length > 50) text += ` ... ${bytes.length - 50} more byte${bytes.length === 51 ? '' : 's'}`;
  const entries = [`[Uint8Contents]: <${text}>`, `byteLength: ${paint(String(bytes.length), 'number', state)}`, ...properties(value, state, level, [])];
  return layout([], entries, `${prefixOf(value, 'ArrayBuffer')} {`, '}', state, level);
}

function showPlain(value, state, level) {
  const prefix = prefixOf(value, 'Object');
  const entries = properties(value, state, level, []);
  const opening = prefix === 'Object' ? '{' : `${prefix} {`;
  return layout([], entries, opening, '}', state, level);
}

/** `key: value` of own enumerable properties. */
function properties(value, state, level, hidden, skip = () => false) {
  return inside(value, state, () => {
    const list = [];
    for (const key of ReflectOwnKeys(value)) {
      const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
      if (descriptor === undefined || ArrayPrototypeIncludes(hidden, key) || skip(key)) continue;
      if (!descriptor.enumerable && (!state.showHidden || typeof value === 'function' && ArrayPrototypeIncludes(['arguments', 'caller'], key))) continue;
      ArrayPrototypePush(list, `${keyText(key, descriptor.enumerable, state)}: ${propertyText(value, descriptor, state, level)}`);
    }
    if (state.sorted) ArrayPrototypeSort(list, typeof state.sorted === 'function' ? state.sorted : undefined);
    return list;
  });
}

function keyText(key, enumerable, state) {
  const text = typeof key === 'symbol' ? paint(symbolToString(key), 'symbol', state)
    : RegExpPrototypeTest(IDENTIFIER, key) ? paint(key, 'name', state) : paint(quote(key), 'string', state);
  return enumerable ? text : `[${typeof key === 'symbol' ? text : key}]`;
}

function propertyText(value, descriptor, state, level) {
  if (descriptor.get !== undefined) {
    const name = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter';
    const wanted = state.getters === true || state.getters === 'get' && descriptor.set === undefined || state.getters === 'set' && descriptor.set !== undefined;
    if (!wanted) return paint(`[${name}]`, 'special', state);
    try {
      const got = FunctionPrototypeCall(descriptor.get, value);
      return typeof got === 'object' && got !== null ? `${paint(`[${name}]`, 'special', state)} ${show(got, state, level + 1)}`
        : `${paint(`[${name}:`, 'special', state)} ${show(got, state, level + 1)}${paint(']', 'special', state)}`;
    } catch (error) {
      return paint(`[${name}: <Inspection threw (${error?.message})>]`, 'special', state);
    }
  }
  if (descriptor.set !== undefined) return paint('[Setter]', 'special', state);
  return show(descriptor.value, state, level + 1);
}

function withProperties(base, value, state, level, hidden, skip) {
  const entries = level > state.depth ? [] : properties(value, state, level, hidden, skip);
  return entries.length === 0 ? base : `${base} ${blockOf(entries, state, level, base)}`;
}

/** Properties behind what an object is shown as; below it where that has many lines. */
function blockOf(entries, state, level, base) {
  return layout([], entries, '{', '}', state, level, false, base);
}

module.exports = { inspect, inspectForUsers: inspect, DEFAULTS, COLORS, quote };
