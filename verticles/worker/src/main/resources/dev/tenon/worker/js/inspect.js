// How console shows a value: as Node's util.inspect does, with the limits its console has.
const {
  Array, ArrayBufferIsView, ArrayBufferPrototypeGetByteLength, ArrayIsArray, ArrayPrototypeIncludes, ArrayPrototypeJoin, ArrayPrototypeMap, ArrayPrototypePop,
  ArrayPrototypePush, BigInt, Date, Error, FunctionPrototypeCall, JSONStringify, Map, MapPrototypeForEach, MapPrototypeGetSize, MathMax, Number, Object,
  ObjectGetPrototypeOf, ObjectIs, ObjectPrototypeHasOwnProperty, Promise, Proxy, ReflectGetOwnPropertyDescriptor, ReflectOwnKeys, RegExp, RegExpPrototypeTest,
  Set, SetPrototypeForEach, SetPrototypeGetSize, String, StringPrototypeIncludes, StringPrototypeIndexOf, StringPrototypePadStart, StringPrototypeRepeat,
  StringPrototypeSlice, StringPrototypeSplit, StringPrototypeStartsWith, Symbol, SymbolToStringTag, Uint8Array, WeakMap, WeakSet, globalThis, isArrayBuffer,
  uncurryThis,
} = primordials;

const DEPTH = 2;
const ITEMS_MAX = 100;
const STRING_MAX = 10_000;
const LINE = 72;
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
  return show(value, { seen: [], depth: options.depth === undefined ? DEPTH : options.depth === null ? Infinity : options.depth, mapStack: options.mapStack ?? ((stack) => stack), indent: 0 }, 0, true);
}

function show(value, state, level, typed) {
  switch (typeof value) {
    case 'string': return quote(value);
    case 'number': return ObjectIs(value, -0) ? '-0' : String(value);
    case 'bigint': return `${String(value)}n`;
    case 'symbol': return symbolToString(value);
    case 'undefined': case 'boolean': return String(value);
    default: return value === null ? 'null' : showObject(value, state, level, typed);
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
  if (ArrayPrototypeIncludes(state.seen, value)) return '[Circular *1]';
  try {
    const custom = value[INSPECT];
    if (typeof custom === 'function') {
      const result = FunctionPrototypeCall(custom, value, state.depth - level, {}, inspect);
      return typeof result === 'string' ? result : show(result, state, level);
    }
    return showKind(value, state, level);
  } catch (error) {
    return `[${constructorName(value) ?? 'Object'}: cannot be inspected: ${String(error?.message)}]`;
  }
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

const { ArrayBuffer, Boolean } = primordials;

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
  return entries.length === 0 ? text : `${text} ${blockOf(entries, state)}`;
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
  const entries = properties(value, state, level, [], (key) => typeof key === 'string' && RegExpPrototypeTest(/^\d+$/, key) || key === 'length');
  return layout(items, entries, `${prefix}[`, ']', state);
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
  return layout([], [...list, ...properties(value, state, level, [])], `${prefixOf(value, 'Map')}(${MapPrototypeGetSize(value)}) {`, '}', state);
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
  return layout([], [...list, ...properties(value, state, level, [])], `${prefixOf(value, 'Set')}(${SetPrototypeGetSize(value)}) {`, '}', state);
}

function showView(value, state, level) {
  if (value instanceof DataView) return showPlain(value, state, level);
  const items = [];
  for (let i = 0; i < value.length && i < ITEMS_MAX; i++) ArrayPrototypePush(items, show(value[i], state, level + 1));
  more(items, value.length - ITEMS_MAX);
  return layout(items, [], `${prefixOf(value, 'TypedArray')}(${value.length}) [`, ']', state);
}

const { DataView } = primordials;

function showBuffer(value, state) {
  const bytes = new Uint8Array(value);
  let text = '';
  for (let i = 0; i < bytes.length && i < 50; i++) text += `${i === 0 ? '' : ' '}${StringPrototypePadStart(bytes[i].toString(16), 2, '0')}`;
  if (bytes.length > 50) text += ` ... ${bytes.length - 50} more byte${bytes.length === 51 ? '' : 's'}`;
  return layout([], [`[Uint8Contents]: <${text}>`, `byteLength: ${bytes.length}`], 'ArrayBuffer {', '}', state);
}

function showPlain(value, state, level) {
  const prefix = prefixOf(value, 'Object');
  const entries = [...properties(value, state, level, []), ...accessors(value, state, level)];
  const opening = prefix === 'Object' ? '{' : `${prefix} {`;
  return layout([], entries, opening, '}', state);
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
  return entries.length === 0 ? base : `${base} ${blockOf(entries, state)}`;
}

function braces(prefix, entries) {
  return `${prefix} { ${ArrayPrototypeJoin(entries, ', ')} }`;
}

function blockOf(entries, state) {
  return layout([], entries, '{', '}', state);
}

/** Entries on one line if they are short, otherwise one a line. */
function layout(items, entries, opening, closing, state) {
  const all = [...items, ...entries];
  if (all.length === 0) return opening + closing;
  const grouped = items.length > 6 && entries.length === 0 ? columns(items, state) : all;
  let length = grouped.length + opening.length;
  let broken = grouped !== all && grouped.length > 1;
  for (let i = 0; i < grouped.length; i++) {
    length += grouped[i].length;
    if (StringPrototypeIncludes(grouped[i], '\n')) broken = true;
  }
  if (!broken && length + state.indent <= LINE + 4 && length <= BREAK) return `${opening} ${ArrayPrototypeJoin(grouped, ', ')} ${closing}`;
  const pad = `\n${StringPrototypeRepeat(' ', state.indent)}`;
  return `${opening}${pad}  ${ArrayPrototypeJoin(grouped, `,${pad}  `)}${pad}${closing}`;
}

/** Many short items side by side, as Node arranges them. */
function columns(items, state) {
  const hasMore = StringPrototypeStartsWith(items[items.length - 1], '... ');
  const count = hasMore ? items.length - 1 : items.length;
  let total = 0;
  let longest = 0;
  const lengths = [];
  for (let i = 0; i < count; i++) {
    lengths[i] = items[i].length;
    total += lengths[i] + 2;
    longest = MathMax(longest, lengths[i]);
  }
  const width = longest + 2;
  if (width * 3 + state.indent >= BREAK || !(total / width > 5 || longest <= 6)) return items;
  const bias = Math.sqrt(width - total / items.length);
  const perLine = Math.min(
    Math.round(Math.sqrt(2.5 * MathMax(bias - 3 + 3, 1) * count) / MathMax(bias, 1)), Math.floor((BREAK - state.indent) / width), 12, 15);
  if (perLine <= 1) return items;
  const widths = [];
  for (let column = 0; column < perLine; column++) {
    let widest = 0;
    for (let i = column; i < count; i += perLine) widest = MathMax(widest, lengths[i]);
    widths[column] = widest + 2;
  }
  const numeric = RegExpPrototypeTest(/^-?\d/, items[0]);
  const lines = [];
  for (let i = 0; i < count; i += perLine) {
    const end = Math.min(i + perLine, count);
    let line = '';
    for (let j = i; j < end; j++) {
      const last = j === end - 1;
      const cell = last ? items[j] : `${items[j]}, `;
      const size = widths[j - i] - (last ? 2 : 0);
      line += numeric ? StringPrototypePadStart(cell, size) : last ? cell : cell.padEnd(size);
    }
    ArrayPrototypePush(lines, line);
  }
  if (hasMore) ArrayPrototypePush(lines, items[count]);
  return lines;
}

module.exports = { inspect };
