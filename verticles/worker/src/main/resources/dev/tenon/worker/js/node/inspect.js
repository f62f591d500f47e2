// util.inspect, util.format and what goes with them. https://nodejs.org/api/util.html#utilinspectobject-options
const inspector = require('./inspect');
const { nodeError } = require('./node/errors');
const { validateObject } = require('./node/validators');

const COLORS = {
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25], inverse: [7, 27], hidden: [8, 28], strikethrough: [9, 29],
  doubleunderline: [21, 24], black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39],
  bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49], bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49],
  framed: [51, 54], overlined: [53, 55], gray: [90, 39], redBright: [91, 39], greenBright: [92, 39], yellowBright: [93, 39], blueBright: [94, 39],
  magentaBright: [95, 39], cyanBright: [96, 39], whiteBright: [97, 39], bgGray: [100, 49], bgRedBright: [101, 49], bgGreenBright: [102, 49],
  bgYellowBright: [103, 49], bgBlueBright: [104, 49], bgMagentaBright: [105, 49], bgCyanBright: [106, 49], bgWhiteBright: [107, 49],
};

const STYLES = Object.assign(Object.create(null), {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green', symbol: 'green', date: 'magenta',
  regexp: 'red', module: 'underline',
});
for (const [alias, name] of [['grey', 'gray'], ['blackBright', 'gray'], ['bgGrey', 'bgGray'], ['bgBlackBright', 'bgGray'], ['faint', 'dim'], ['crossedout', 'strikethrough'],
  ['strikeThrough', 'strikethrough'], ['crossedOut', 'strikethrough'], ['conceal', 'hidden'], ['swapColors', 'inverse'], ['swapcolors', 'inverse'], ['doubleUnderline', 'doubleunderline']]) {
  Object.defineProperty(COLORS, alias, { __proto__: null, get() { return this[name]; }, set(value) { this[name] = value; }, configurable: true, enumerable: false });
}

const defaults = { ...inspector.DEFAULTS };

function palette() {
  const found = Object.create(null);
  for (const kind of Object.keys(STYLES)) found[kind] = COLORS[STYLES[kind]];
  return found;
}

/** @param options an object; or, as long ago: showHidden, depth, colors */
function inspect(value, options, ...legacy) {
  let given = options;
  if (typeof options === 'boolean' || options === null || options === undefined) {
    given = {};
    if (options !== undefined && options !== null) given.showHidden = options;
    if (legacy[0] !== undefined) given.depth = legacy[0];
    if (legacy[1] !== undefined) given.colors = legacy[1];
  }
  return inspector.inspect(value, { ...defaults, ...given, palette: palette() });
}

inspect.custom = Symbol.for('nodejs.util.inspect.custom');
inspect.colors = COLORS;
inspect.styles = STYLES;
Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() { return defaults; },
  set(options) {
    validateObject(options, 'options');
    Object.assign(defaults, options);
  },
});
inspector.inspectForUsers = inspect;

function format(...args) {
  return formatWith({}, args);
}

function formatWithOptions(options, ...args) {
  validateObject(options, 'inspectOptions');
  return formatWith(options, args);
}

function formatWith(options, args) {
  const [first] = args;
  let text = '';
  let next = 0;
  if (typeof first === 'string') {
    next = 1;
    if (args.length === 1) return first;
    text = first.replace(/%([sdifjoOc%])/g, (whole, kind) => {
      if (kind === '%') return '%';
      return next < args.length ? specified(kind, args[next++], options) : whole;
    });
  }
  for (; next < args.length; next++) {
    const value = args[next];
    text += `${next === 0 ? '' : ' '}${typeof value === 'string' ? value : inspect(value, { ...options, compact: 3, colors: options.colors ?? false })}`;
  }
  return text;
}

function specified(kind, value, options) {
  switch (kind) {
    case 's':
      if (typeof value === 'number') return Object.is(value, -0) ? '-0' : numeric(value, options);
      if (typeof value === 'bigint') return `${numeric(value, options)}n`;
      if (typeof value !== 'object' || value === null || !builtInText(value)) return String(value);
      return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    case 'd':
      return typeof value === 'bigint' ? `${numeric(value, options)}n` : typeof value === 'symbol' ? 'NaN' : numeric(Number(value), options);
    case 'i': return typeof value === 'bigint' ? `${numeric(value, options)}n` : typeof value === 'symbol' ? 'NaN' : numeric(Number.parseInt(value), options);
    case 'f': return typeof value === 'symbol' ? 'NaN' : numeric(Number.parseFloat(value), options);
    case 'j': return json(value);
    case 'o': return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O': return inspect(value, options);
    default: return '';
  }
}

function numeric(value, options) {
  return options.numericSeparator ? inspect(value, { numericSeparator: true }).replace(/n$/, '') : Object.is(value, -0) ? '-0' : String(value);
}

/** Whether an object's text would be the one every object has: then it is inspected instead. */
function builtInText(value) {
  if (value instanceof Error && Object.hasOwn(value, 'toString') === false && value.constructor === Error) return true;
  if (typeof value[Symbol.toPrimitive] === 'function') return value instanceof Date;
  if (typeof value.toString !== 'function') return true;
  if (Object.hasOwn(value, 'toString')) return false;
  let at = value;
  do at = Object.getPrototypeOf(at); while (at !== null && !Object.hasOwn(at, 'toString'));
  if (at === null) return true;
  const constructor = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
  return typeof constructor === 'function' && /\[native code\]/.test(Function.prototype.toString.call(constructor));
}

function json(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (/circular|cyclic/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

function styleText(styles, text) {
  if (typeof text !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', 'text', 'string', text);
  let before = '';
  let after = '';
  for (const style of Array.isArray(styles) ? styles : [styles]) {
    const codes = COLORS[style];
    if (codes === undefined) throw nodeError('ERR_INVALID_ARG_VALUE', 'format', style, `must be one of: ${Object.keys(COLORS).map((name) => `'${name}'`).join(', ')}`);
    before += `\x1b[${codes[0]}m`;
    after = `\x1b[${codes[1]}m${after}`;
  }
  return before + text + after;
}

module.exports = { inspect, format, formatWithOptions, styleText };
