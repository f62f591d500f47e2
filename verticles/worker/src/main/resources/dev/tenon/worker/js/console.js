// https://console.spec.whatwg.org/
const {
  ArrayIsArray, ArrayPrototypeJoin, ArrayPrototypeMap, ArrayPrototypePush, ArrayPrototypeSlice, Error, JSONStringify, Map, MapPrototypeDelete, MapPrototypeGet,
  MapPrototypeHas, MapPrototypeSet, Number, ObjectDefineProperty, ObjectGetPrototypeOf, ObjectIs, ObjectPrototypeHasOwnProperty, ReflectGetOwnPropertyDescriptor, String,
  StringPrototypeSlice, StringPrototypeSplit, StringPrototypeStartsWith, SymbolToStringTag, TypeError, globalThis, parseFloat, parseInt,
} = primordials;

/** Ordinals of WorkerLog.Level. */
const DEBUG = 0;
const LOG = 1;
const INFO = 2;
const WARN = 3;
const ERROR = 4;

function shown(value, options) {
  return typeof value === 'string' ? value : require('./inspect').inspect(value, { colors: host.colours(), ...options });
}

/** https://console.spec.whatwg.org/#formatter */
function format(args) {
  if (args.length === 0) return '';
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  let at = 0;
  let text = '';
  if (typeof args[0] === 'string') {
    at = 1;
    const template = args[0];
    let from = 0;
    for (let i = 0; i < template.length - 1; i++) {
      if (template[i] !== '%') continue;
      const kind = template[i + 1];
      if (kind === '%') {
        text += StringPrototypeSlice(template, from, i + 1);
      } else if (at < args.length && 'sdifjoOc'.includes(kind)) {
        text += StringPrototypeSlice(template, from, i) + substitute(kind, args[at++]);
      } else {
        continue;
      }
      i++;
      from = i + 1;
    }
    text += StringPrototypeSlice(template, from);
  }
  for (let i = at; i < args.length; i++) text += (i === 0 ? '' : ' ') + shown(args[i]);
  return text;
}

function substitute(kind, value) {
  switch (kind) {
    case 's':
      if (typeof value === 'number') return ObjectIs(value, -0) ? '-0' : String(value);
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'object' && value !== null && hasCommonText(value) ? shown(value, { depth: 0, colors: false }) : String(value);
    case 'd': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : shown(Number(value));
    case 'i': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : shown(parseInt(value, 10));
    case 'f': return typeof value === 'symbol' ? 'NaN' : shown(parseFloat(value));
    case 'j': return json(value);
    case 'o': return always(value, { showHidden: true, showProxy: true, depth: 4 });
    case 'O': return always(value);
    default: return '';
  }
}

function always(value, options) {
  return require('./inspect').inspect(value, { colors: host.colours(), ...options });
}

function json(value) {
  try {
    return JSONStringify(value);
  } catch (error) {
    if (error instanceof TypeError && StringPrototypeStartsWith(error.message, 'Converting circular structure')) return '[Circular]';
    throw error;
  }
}

/** Whether an object's text would be the one that every object of a class of the language has: then it is inspected instead. */
function hasCommonText(value) {
  if (typeof value.toString !== 'function') return true;
  if (ObjectPrototypeHasOwnProperty(value, 'toString')) return false;
  let at = value;
  do at = ObjectGetPrototypeOf(at); while (at !== null && !ObjectPrototypeHasOwnProperty(at, 'toString'));
  const constructor = at === null ? undefined : ReflectGetOwnPropertyDescriptor(at, 'constructor')?.value;
  return typeof constructor !== 'function' || globalThis[constructor.name] === constructor;
}

class Console {
  #indent = '';
  #counts = new Map();
  #timers = new Map();

  constructor() {
    ObjectDefineProperty(this, SymbolToStringTag, { __proto__: null, value: 'console', configurable: true });
  }

  #write(level, text) {
    host.log(level, this.#indent === '' ? text : this.#indent + ArrayPrototypeJoin(StringPrototypeSplit(text, '\n'), `\n${this.#indent}`));
  }

  debug = (...args) => this.#write(DEBUG, format(args));
  log = (...args) => this.#write(LOG, format(args));
  info = (...args) => this.#write(INFO, format(args));
  warn = (...args) => this.#write(WARN, format(args));
  error = (...args) => this.#write(ERROR, format(args));
  dirxml = (...args) => this.#write(LOG, format(args));
  dir = (value = undefined, options = undefined) => this.#write(LOG, require('./inspect').inspect(value, { colors: options?.colors ?? host.colours(), depth: options?.depth }));

  trace = (...args) => {
    const { stack } = new Error();
    const text = format(args);
    const frames = ArrayPrototypeJoin(ArrayPrototypeSlice(StringPrototypeSplit(String(stack), '\n'), 1), '\n');
    this.#write(DEBUG, `Trace${text === '' ? '' : `: ${text}`}${frames === '' ? '' : `\n${frames}`}`);
  };

  assert = (condition = false, ...args) => {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args = ['Assertion failed', ...args];
    this.#write(ERROR, format(args));
  };

  group = (...args) => {
    if (args.length > 0) this.#write(LOG, format(args));
    this.#indent += '  ';
  };

  groupCollapsed = this.group;

  groupEnd = () => {
    this.#indent = StringPrototypeSlice(this.#indent, 2);
  };

  count = (label = 'default') => {
    const name = String(label);
    const count = (MapPrototypeGet(this.#counts, name) ?? 0) + 1;
    MapPrototypeSet(this.#counts, name, count);
    this.#write(INFO, `${name}: ${count}`);
  };

  countReset = (label = 'default') => {
    const name = String(label);
    if (!MapPrototypeDelete(this.#counts, name)) this.#write(WARN, `Count for '${name}' does not exist`);
  };

  time = (label = 'default') => {
    const name = String(label);
    if (MapPrototypeHas(this.#timers, name)) this.#write(WARN, `Timer '${name}' already exists`);
    else MapPrototypeSet(this.#timers, name, host.performanceNow());
  };

  timeLog = (label = 'default', ...args) => this.#elapsed(String(label), args);

  timeEnd = (label = 'default') => {
    this.#elapsed(String(label), []);
    MapPrototypeDelete(this.#timers, String(label));
  };

  #elapsed(name, args) {
    const start = MapPrototypeGet(this.#timers, name);
    if (start === undefined) this.#write(WARN, `Timer '${name}' does not exist`);
    else this.#write(INFO, `${name}: ${(host.performanceNow() - start).toFixed(3)}ms${args.length === 0 ? '' : ` ${format(args)}`}`);
  }

  table = (data = undefined, columns = undefined) => this.#write(LOG, typeof data === 'object' && data !== null ? require('./console-table').table(data, columns) : format([data]));

  clear = () => {
    this.#indent = '';
  };

  profile = () => {};
  profileEnd = () => {};
  timeStamp = () => {};
}

// A namespace object: there is nothing to see between it and Object.prototype.
delete Console.prototype.constructor;

module.exports = { Console };
