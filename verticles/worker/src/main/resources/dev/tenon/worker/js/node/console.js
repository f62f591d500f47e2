// The module `node:console`: the global console, and a class that writes to streams. https://nodejs.org/api/console.html
const { globalThis } = primordials;
const { formatWithOptions, inspect } = require('./node/inspect');

class Console {
  #stdout;
  #stderr;
  #indent = '';
  #options;
  #counts = new Map();
  #timers = new Map();

  constructor(stdoutOrOptions, stderr) {
    const options = typeof stdoutOrOptions?.write === 'function' ? { stdout: stdoutOrOptions, stderr } : stdoutOrOptions ?? {};
    if (typeof options.stdout?.write !== 'function') throw Object.assign(new TypeError('Console expects a writable stream instance for stdout'), { code: 'ERR_CONSOLE_WRITABLE_STREAM' });
    this.#stdout = options.stdout;
    this.#stderr = options.stderr ?? options.stdout;
    this.#options = { colors: options.colorMode === true, ...options.inspectOptions };
    for (const name of Object.getOwnPropertyNames(Console.prototype)) {
      if (name !== 'constructor') Object.defineProperty(this, name, { __proto__: null, value: this[name].bind(this), writable: true, configurable: true, enumerable: true });
    }
  }

  #write(stream, args) {
    const text = formatWithOptions(this.#options, ...args);
    stream.write(`${this.#indent}${this.#indent === '' ? text : text.replaceAll('\n', `\n${this.#indent}`)}\n`);
  }

  log(...args) { this.#write(this.#stdout, args); }
  info(...args) { this.#write(this.#stdout, args); }
  debug(...args) { this.#write(this.#stdout, args); }
  warn(...args) { this.#write(this.#stderr, args); }
  error(...args) { this.#write(this.#stderr, args); }
  trace(...args) {
    const error = new Error(formatWithOptions(this.#options, ...args));
    error.name = 'Trace';
    this.#write(this.#stderr, [error.stack]);
  }
  dir(value, options) { this.#write(this.#stdout, [inspect(value, { customInspect: false, ...this.#options, ...options })]); }
  dirxml(...args) { this.log(...args); }
  assert(condition, ...args) {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  }
  group(...args) {
    if (args.length > 0) this.log(...args);
    this.#indent += '  ';
  }
  groupCollapsed(...args) { this.group(...args); }
  groupEnd() { this.#indent = this.#indent.slice(2); }
  count(label = 'default') {
    const count = (this.#counts.get(`${label}`) ?? 0) + 1;
    this.#counts.set(`${label}`, count);
    this.log(`${label}: ${count}`);
  }
  countReset(label = 'default') { this.#counts.delete(`${label}`); }
  time(label = 'default') { this.#timers.set(`${label}`, host.performanceNow()); }
  timeLog(label = 'default', ...args) {
    const start = this.#timers.get(`${label}`);
    if (start !== undefined) this.log(`${label}: ${(host.performanceNow() - start).toFixed(3)}ms`, ...args);
  }
  timeEnd(label = 'default') {
    this.timeLog(label);
    this.#timers.delete(`${label}`);
  }
  table(value) { this.log(value); }
  clear() {}
}

const { console } = globalThis;
module.exports = new Proxy(console, {
  get(target, name) { return name === 'Console' ? Console : target[name]; },
  has(target, name) { return name === 'Console' || name in target; },
  ownKeys(target) { return [...new Set([...Reflect.ownKeys(target), ...Reflect.ownKeys(Object.getPrototypeOf(target)).filter((name) => typeof name === 'string' && name !== 'constructor'), 'Console'])]; },
  getOwnPropertyDescriptor(target, name) {
    return Reflect.getOwnPropertyDescriptor(target, name)
      ?? (name === 'Console' || name in target ? { value: name === 'Console' ? Console : target[name], writable: true, enumerable: true, configurable: true } : undefined);
  },
});
