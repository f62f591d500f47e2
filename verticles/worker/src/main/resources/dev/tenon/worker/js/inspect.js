// How console shows a value: as Node's util.inspect does, with the limits its console has.
const {
  ArrayBuffer, ArrayBufferIsView, ArrayIsArray, ArrayPrototypeIncludes, ArrayPrototypeJoin, ArrayPrototypePop, ArrayPrototypePush, Boolean, DataView,
  Date, Error, Function, FunctionPrototypeCall, Map, MapPrototypeForEach, MapPrototypeGet, MapPrototypeGetSize, MapPrototypeHas, MapPrototypeSet,
  MathFloor, MathMax, MathMin, MathRound, MathSqrt, Number, ObjectGetPrototypeOf, ObjectIs, ObjectPrototypeHasOwnProperty, Promise,
  ReflectGetOwnPropertyDescriptor, ReflectOwnKeys, RegExp, RegExpPrototypeTest, Set, SetPrototypeForEach, SetPrototypeGetSize, String,
  StringPrototypeIncludes, StringPrototypeIndexOf, StringPrototypePadEnd, StringPrototypePadStart, StringPrototypeRepeat, StringPrototypeSlice,
  StringPrototypeSplit, StringPrototypeStartsWith, Symbol, SymbolToStringTag, Uint8Array, WeakMap, WeakSet, uncurryThis,
} = primordials;

const DEPTH = 2;
const ITEMS_MAX = 100;
const STRING_MAX = 10_000;
const INDEXES_MAX = 100_000;
const BREAK = 80;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

const dateToISO = uncurryThis(Date.prototype.toISOString);
const dateGetTime = uncurryThis(Date.prototype.getTime);
const regExpToString = uncurryThis(RegExp.prototype.toString);
const symbolToString = uncurryThis(Symbol.prototype.toString);
const functionToString = uncurryThis(Function.prototype.toString);
const stringReplace = uncurryThis(String.prototype.replace);
const dateIsValid = (date) => !Number.isNaN(dateGetTime(date));
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** @param options `depth` and `mapStack`, both optional */
function inspect(value, options = {}) {
  const depth = options.depth === undefined ? DEPTH : options.depth === null ? Infinity : options.depth;
  return show(value, { seen: [], circular: new Map(), depth, mapStack: options.mapStack ?? ((stack) => stack), indent: 0, deepest: 0 }, 0);
}

function show(value, state, level) {
  switch (typeof value) {
    case 'string': return quote(value);
    case 'number': return ObjectIs(value, -0) ? '-0' : String(value);
    case 'bigint': return `${String(value)}n`;
    case 'symbol': return symbolToString(value);
    case 'undefined': case 'boolean': return String(value);
    default: return value === null ? 'null' : showObject(value, state, level);
  }
}

/** A string with the quotes that need the fewest escapes. */
function quote(text) {
  let mark = "'";
  if (StringPrototypeIncludes(text, "'")) {
    if (!StringPrototypeIncludes(text, '"')) mark = '"';
    else if (!StringPrototypeIncludes(text, '`') && !StringPrototypeIncludes(text, '${')) mark = '`';
  }
  const shown = text.length > STRING_MAX ? StringPrototypeSlice(text, 0, STRING_MAX) : text;
  const escaped = stringReplace(shown, /[\x00-\x1f\x7f-\x9f'"`\\]/g, (c) => {
    if (c === '\\') return '\\\\';
    if (c === "'" || c === '"' || c === '`') return c === mark ? `\\${c}` : c;
    const known = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' }[c];
    return known ?? `\\x${StringPrototypePadStart(c.charCodeAt(0).toString(16).toUpperCase(), 2, '0')}`;
  });
  const rest = text.length - shown.length;
  return `${mark}${escaped}${mark}${rest > 0 ? `... ${rest} more character${rest === 1 ? '' : 's'}` : ''}`;
}

function showObject(value, state, level) {
  if (ArrayPrototypeIncludes(state.seen, value)) return `[Circular *${circularIndex(value, state)}]`;
  if (level <= state.depth) state.deepest = level;
  try {
    const custom = value[INSPECT];
    if (typeof custom === 'function') {
      const result = FunctionPrototypeCall(custom, value, state.depth - level, {}, inspect);
      return typeof result === 'string' ? result : show(result, state, level);
    }
    const text = showKind(value, state, level);
    const index = MapPrototypeGet(state.circular, value);
    return index === undefined ? text : `<ref *${index}> ${text}`;
  } catch (error) {
    return `[${constructorName(value) ?? 'Object'}: cannot be inspected: ${String(error?.message)}]`;
  }
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
function prefixOf(value, fallback) {
  const name = constructorName(value);
  let prefix = name === null ? `[${fallback}: null prototype]` : name;
  const tag = value[SymbolToStringTag];
  if (typeof tag === 'string' && tag !== '' && tag !== name) prefix += ` [${tag}]`;
  return prefix;
}

function showKind(value, state, level) {
  if (typeof value === 'function') return withProperties(functionBase(value), value, state, level, ['length', 'name', 'prototype', 'arguments', 'caller']);
  if (value instanceof Error) return showError(value, state, level);
  if (ArrayIsArray(value)) return showArray(value, state, level);
  if (value instanceof Date) return withProperties(dateIsValid(value) ? dateToISO(value) : 'Invalid Date', value, state, level, []);
  if (value instanceof RegExp) return withProperties(regExpToString(value), value, state, level, ['lastIndex']);
  if (value instanceof Promise) return braces('Promise', ['<pending or settled>'], state, level);
  if (value instanceof WeakSet || value instanceof WeakMap) return `${constructorName(value)} { <items unknown> }`;
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return `[${constructorName(value)}: ${show(value.valueOf(), state, level)}]`;
  }
  if (level > state.depth) return `[${prefixOf(value, 'Object')}]`;
  if (value instanceof Map) return showMap(value, state, level);
  if (value instanceof Set) return showSet(value, state, level);
  if (ArrayBufferIsView(value)) return showView(value, state, level);
  if (value instanceof ArrayBuffer) return showBuffer(value, state, level);
  return showPlain(value, state, level);
}

function functionBase(value) {
  const isClass = StringPrototypeStartsWith(functionToString(value), 'class');
  const name = value.name === '' || value.name === undefined ? '(anonymous)' : value.name;
  if (isClass) {
    const parent = ObjectGetPrototypeOf(value);
    const base = typeof parent === 'function' && parent.name ? ` extends ${parent.name}` : '';
    return `[class ${name}${base}]`;
  }
  const kind = constructorName(value) ?? 'Function';
  return name === '(anonymous)' ? `[${kind} (anonymous)]` : `[${kind}: ${name}]`;
}

function showError(value, state, level) {
  const name = String(value.name ?? 'Error');
  const message = String(value.message ?? '');
  const title = message === '' ? name : `${name}: ${message}`;
  const stack = typeof value.stack === 'string' && value.stack !== '' ? state.mapStack(value.stack) : '';
  const frames = StringPrototypeIndexOf(stack, '\n    at ');
  let text = frames < 0 ? (stack === '' ? `[${title}]` : stack) : `${title}${StringPrototypeSlice(stack, frames)}`;
  if (level > 0) text = indented(text, state.indent);
  const entries = properties(value, state, level, ['stack', 'message', 'name']);
  if ('cause' in value && ObjectPrototypeHasOwnProperty(value, 'cause') && !enumerableKey(value, 'cause')) {
    ArrayPrototypePush(entries, `[cause]: ${inside(value, state, () => show(value.cause, state, level + 1))}`);
  }
  if (ObjectPrototypeHasOwnProperty(value, 'errors') && ArrayIsArray(value.errors) && !enumerableKey(value, 'errors')) {
    ArrayPrototypePush(entries, `[errors]: ${inside(value, state, () => show(value.errors, state, level + 1))}`);
  }
  return entries.length === 0 ? text : `${text} ${blockOf(entries, state, level)}`;
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
  const prefix = name === 'Array' ? '' : `${prefixOf(value, 'Array')}(${value.length}) `;
  if (level > state.depth) return '[Array]';
  const items = inside(value, state, () => {
    const list = [];
    let holes = 0;
    let shown = 0;
    for (let i = 0; i < value.length && shown < ITEMS_MAX; i++) {
      if (!ObjectPrototypeHasOwnProperty(value, i)) {
        holes++;
        if (i + 1 < value.length && !ObjectPrototypeHasOwnProperty(value, i + 1)) continue;
        ArrayPrototypePush(list, `<${holes} empty item${holes === 1 ? '' : 's'}>`);
        holes = 0;
      } else {
        ArrayPrototypePush(list, show(value[i], state, level + 1));
      }
      shown++;
    }
    more(list, value.length - ITEMS_MAX);
    return list;
  });
  // The keys of a large array are a list as large, for the rare one among them that is no index.
  const entries = value.length > INDEXES_MAX ? [] : properties(value, state, level, [], (key) => typeof key === 'string' && RegExpPrototypeTest(/^\d+$/, key) || key === 'length');
  return layout(items, entries, `${prefix}[`, ']', state, level, isNumeric(value));
}

function isNumeric(array) {
  for (let i = 0; i < array.length && i < ITEMS_MAX; i++) if (typeof array[i] !== 'number' && typeof array[i] !== 'bigint') return false;
  return true;
}

function more(list, rest) {
  if (rest > 0) ArrayPrototypePush(list, `... ${rest} more item${rest === 1 ? '' : 's'}`);
}

function showMap(value, state, level) {
  const list = inside(value, state, () => {
    const entries = [];
    MapPrototypeForEach(value, (item, key) => {
      if (entries.length < ITEMS_MAX) ArrayPrototypePush(entries, `${show(key, state, level + 1)} => ${show(item, state, level + 1)}`);
    });
    more(entries, MapPrototypeGetSize(value) - ITEMS_MAX);
    return entries;
  });
  return layout([], [...list, ...properties(value, state, level, [])], `${prefixOf(value, 'Map')}(${MapPrototypeGetSize(value)}) {`, '}', state, level);
}

function showSet(value, state, level) {
  const list = inside(value, state, () => {
    const entries = [];
    SetPrototypeForEach(value, (item) => {
      if (entries.length < ITEMS_MAX) ArrayPrototypePush(entries, show(item, state, level + 1));
    });
    more(entries, SetPrototypeGetSize(value) - ITEMS_MAX);
    return entries;
  });
  return layout([], [...list, ...properties(value, state, level, [])], `${prefixOf(value, 'Set')}(${SetPrototypeGetSize(value)}) {`, '}', state, level);
}

function showView(value, state, level) {
  if (value instanceof DataView) return showPlain(value, state, level);
  const items = [];
  for (let i = 0; i < value.length && i < ITEMS_MAX; i++) ArrayPrototypePush(items, show(value[i], state, level + 1));
  more(items, value.length - ITEMS_MAX);
  return layout(items, [], `${prefixOf(value, 'TypedArray')}(${value.length}) [`, ']', state, level, true);
}

function showBuffer(value, state, level) {
  const bytes = new Uint8Array(value);
  let text = '';
  for (let i = 0; i < bytes.length && i < 50; i++) text += `${i === 0 ? '' : ' '}${StringPrototypePadStart(bytes[i].toString(16), 2, '0')}`;
  if (bytes.length > 50) text += ` ... ${bytes.length - 50} more byte${bytes.length === 51 ? '' : 's'}`;
  return layout([], [`[Uint8Contents]: <${text}>`, `byteLength: ${bytes.length}`], 'ArrayBuffer {', '}', state, level);
}

function showPlain(value, state, level) {
  const prefix = prefixOf(value, 'Object');
  const entries = [...properties(value, state, level, []), ...accessors(value, state, level)];
  const opening = prefix === 'Object' ? '{' : `${prefix} {`;
  return layout([], entries, opening, '}', state, level);
}

/** The attributes of a web API's object: getters of its prototype that the interface makes enumerable. */
function accessors(value, state, level) {
  const list = [];
  const prototype = ObjectGetPrototypeOf(value);
  if (prototype === null || typeof prototype[SymbolToStringTag] !== 'string') return list;
  inside(value, state, () => {
    for (const key of ReflectOwnKeys(prototype)) {
      const descriptor = ReflectGetOwnPropertyDescriptor(prototype, key);
      if (typeof key !== 'string' || descriptor.get === undefined || !descriptor.enumerable) continue;
      let shown;
      try {
        shown = show(value[key], state, level + 1);
      } catch {
        continue;
      }
      ArrayPrototypePush(list, `${key}: ${shown}`);
    }
  });
  return list;
}

/** `key: value` of own enumerable properties. */
function properties(value, state, level, hidden, skip = () => false) {
  return inside(value, state, () => {
    const list = [];
    for (const key of ReflectOwnKeys(value)) {
      const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
      if (descriptor === undefined || !descriptor.enumerable || ArrayPrototypeIncludes(hidden, key) || skip(key)) continue;
      ArrayPrototypePush(list, `${keyText(key)}: ${propertyText(descriptor, state, level)}`);
    }
    return list;
  });
}

function keyText(key) {
  if (typeof key === 'symbol') return `[${symbolToString(key)}]`;
  return RegExpPrototypeTest(IDENTIFIER, key) ? key : quote(key);
}

function propertyText(descriptor, state, level) {
  if (descriptor.get !== undefined) return descriptor.set !== undefined ? '[Getter/Setter]' : '[Getter]';
  if (descriptor.set !== undefined) return '[Setter]';
  return show(descriptor.value, state, level + 1);
}

function withProperties(base, value, state, level, hidden) {
  const entries = level > state.depth ? [] : properties(value, state, level, hidden);
  return entries.length === 0 ? base : `${base} ${blockOf(entries, state, level)}`;
}

function braces(prefix, entries) {
  return `${prefix} { ${ArrayPrototypeJoin(entries, ', ')} }`;
}

function blockOf(entries, state, level) {
  return layout([], entries, '{', '}', state, level);
}

/** Entries on one line if they are few, short and shallow, otherwise one a line; many short items of an array side by side. */
function layout(items, entries, opening, closing, state, level, numeric = false) {
  const all = [...items, ...entries];
  if (all.length === 0) return opening + closing;
  const output = items.length > 6 ? columns(items, entries, state, numeric) : all;
  if (state.deepest - level < 3 && output.length === all.length) {
    const joined = ArrayPrototypeJoin(output, ', ');
    const length = joined.length - 2 * (output.length - 1) + 2 * output.length + state.indent + opening.length + 10;
    if (length <= BREAK && !StringPrototypeIncludes(joined, '\n')) return `${opening} ${joined} ${closing}`;
  }
  const pad = `\n${StringPrototypeRepeat(' ', state.indent)}`;
  return `${opening}${pad}  ${ArrayPrototypeJoin(output, `,${pad}  `)}${pad}${closing}`;
}

/** Items side by side in columns of equal width, as Node arranges them. */
function columns(items, entries, state, numeric) {
  const all = [...items, ...entries];
  const count = StringPrototypeStartsWith(items[items.length - 1], '... ') && entries.length === 0 ? all.length - 1 : all.length;
  const separator = 2;
  const lengths = [];
  let total = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    lengths[i] = all[i].length;
    total += lengths[i] + separator;
    longest = MathMax(longest, lengths[i]);
  }
  const widest = longest + separator;
  if (widest * 3 + state.indent >= BREAK || !(total / widest > 5 || longest <= 6)) return all;
  const biased = MathMax(widest - 3 - MathSqrt(widest - total / all.length), 1);
  const perLine = MathMin(MathRound(MathSqrt(2.5 * biased * count) / biased), MathFloor((BREAK - state.indent) / widest), 12, 15);
  if (perLine <= 1) return all;
  const widths = [];
  for (let column = 0; column < perLine; column++) {
    let width = 0;
    for (let i = column; i < count; i += perLine) width = MathMax(width, lengths[i]);
    widths[column] = width + separator;
  }
  const lines = [];
  for (let start = 0; start < count; start += perLine) {
    const last = MathMin(start + perLine, count) - 1;
    let line = '';
    for (let i = start; i < last; i++) line += (numeric ? StringPrototypePadStart : StringPrototypePadEnd)(`${all[i]}, `, widths[i - start], ' ');
    line += numeric ? StringPrototypePadStart(all[last], widths[last - start] - separator, ' ') : all[last];
    ArrayPrototypePush(lines, line);
  }
  for (let i = count; i < all.length; i++) ArrayPrototypePush(lines, all[i]);
  return lines;
}

module.exports = { inspect };
