// The module `node:process` and the global `process`. https://nodejs.org/api/process.html
const { globalThis, JSONParse, JSONStringify } = primordials;
const EventEmitter = require('./node/events');
const environment = require('./node/environment');
const { nodeError } = require('./node/errors');
const { validateFunction, validateString } = require('./node/validators');

const VERSION = '22.19.0';

function Process() {}
Object.setPrototypeOf(Process.prototype, EventEmitter.prototype);
Object.defineProperty(Process.prototype, 'constructor', { __proto__: null, value: { process: function process() {} }.process, writable: true, configurable: true });
Object.defineProperty(Process.prototype, Symbol.toStringTag, { __proto__: null, value: 'process', configurable: true });
const process = new Process();
EventEmitter.call(process);

/** The worker's variables and secrets; what is not text stands as JSON. */
function variables() {
  const found = {};
  const { bindings } = environment;
  const names = bindings === null ? '' : bindings.names();
  if (names === '') return found;
  for (const name of names.split('\n')) {
    const kind = bindings.kind(name);
    if (kind === 'text') found[name] = bindings.value(name);
    else if (kind === 'json') found[name] = JSONStringify(JSONParse(bindings.value(name)));
  }
  return found;
}

/** As in Node, whatever is stored becomes text. */
function textOnly(values) {
  return new Proxy(values, {
    set(target, name, value) {
      if (typeof name === 'symbol' || typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      target[name] = `${value}`;
      return true;
    },
    defineProperty(target, name, descriptor) {
      if ('value' in descriptor) return Reflect.defineProperty(target, name, { ...descriptor, value: `${descriptor.value}` });
      throw Object.assign(new TypeError("'process.env' does not accept an accessor(getter/setter) descriptor"), { code: 'ERR_INVALID_OBJECT_DEFINE_PROPERTY' });
    },
  });
}

let env;
let directory = '/bundle';

function uptime() {
  return host.performanceNow() / 1000;
}

function hrtime(previous) {
  const now = host.performanceNow();
  let seconds = Math.floor(now / 1000);
  let nanos = Math.floor((now % 1000) * 1e6);
  if (previous !== undefined) {
    if (!Array.isArray(previous)) throw nodeError('ERR_INVALID_ARG_TYPE', 'time', 'Array', previous);
    if (previous.length !== 2) throw nodeError('ERR_OUT_OF_RANGE', 'time', 2, previous.length);
    seconds -= previous[0];
    nanos -= previous[1];
    if (nanos < 0) {
      seconds--;
      nanos += 1e9;
    }
  }
  return [seconds, nanos];
}
hrtime.bigint = () => BigInt(Math.floor(host.performanceNow() * 1e6));

function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  if (args.length === 0) queueMicrotask(callback);
  else queueMicrotask(() => callback(...args));
}

function emitWarning(warning, typeOrOptions, codeOrConstructor) {
  let type = typeOrOptions;
  let code = codeOrConstructor;
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) ({ type, code, detail } = type);
  else if (typeof type === 'function') type = undefined;
  if (typeof code === 'function') code = undefined;
  if (type !== undefined) validateString(type, 'type');
  if (code !== undefined) validateString(code, 'code');
  let error = warning;
  if (typeof warning === 'string') {
    error = new Error(warning);
    error.name = String(type || 'Warning');
    if (code !== undefined) error.code = code;
    if (typeof detail === 'string') error.detail = detail;
  } else if (!(warning instanceof Error)) {
    throw nodeError('ERR_INVALID_ARG_TYPE', 'warning', ['Error', 'string'], warning);
  }
  if (error.name === 'DeprecationWarning' && process.noDeprecation) return;
  queueMicrotask(() => {
    const heard = process.emit('warning', error);
    if (!heard) globalThis.console.warn(`(node) ${error.code ? `[${error.code}] ` : ''}${error.name}: ${error.message}${error.detail ? `\n${error.detail}` : ''}`);
  });
}

/** A method that a worker has no use for. */
function impossible(name, why) {
  return {
    [name]() {
      const error = nodeError('ERR_METHOD_NOT_IMPLEMENTED', `process.${name}`);
      error.message += `: ${why}`;
      throw error;
    },
  }[name];
}

function exit(code) {
  const given = code ?? process.exitCode ?? 0;
  throw Object.assign(new Error(`process.exit(${given}) was called: a worker does not end itself, it returns a response`), { code: 'ERR_WORKER_PROCESS_EXIT' });
}

/** A stream that writes whole lines to the worker's log. */
function output(fd, level) {
  const { Writable } = require('./node/stream');
  let line = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, encoding, done) {
      line += typeof chunk === 'string' ? chunk : chunk.toString();
      const end = line.lastIndexOf('\n');
      if (end >= 0) {
        globalThis.console[level](line.slice(0, end));
        line = line.slice(end + 1);
      }
      done();
    },
  });
  return Object.assign(stream, { fd, isTTY: false, columns: 80, rows: 24, getColorDepth: () => 1, hasColors: () => false, _type: 'fs', _isStdio: true, destroySoon: stream.destroy });
}

function input() {
  const { Readable } = require('./node/stream');
  return Object.assign(new Readable({ read() { this.push(null); } }), { fd: 0, isTTY: false });
}

const versions = Object.freeze({ __proto__: null, node: VERSION, v8: '12.4.254.21-node.33', uv: '1.51.0', zlib: '1.3.1', modules: '127', openssl: '3.0.17', unicode: '16.0' });
const lazy = {
  env: () => env ??= textOnly(variables()),
  stdout: () => output(1, 'log'),
  stderr: () => output(2, 'error'),
  stdin: input,
};

for (const name of Object.keys(lazy)) {
  Object.defineProperty(process, name, {
    __proto__: null, configurable: true, enumerable: true,
    get() {
      const value = lazy[name]();
      Object.defineProperty(process, name, { __proto__: null, value, writable: true, configurable: true, enumerable: true });
      return value;
    },
    set(value) { Object.defineProperty(process, name, { __proto__: null, value, writable: true, configurable: true, enumerable: true }); },
  });
}

Object.assign(process, {
  title: 'workerd', version: `v${VERSION}`, versions, arch: 'x64', platform: 'linux', argv: ['workerd'], argv0: 'workerd', execArgv: [], execPath: '/bin/workerd', pid: 1, ppid: 0,
  exitCode: undefined, debugPort: 0, features: Object.freeze({
    inspector: false, debug: false, uv: false, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true, cached_builtins: true, require_module: false, typescript: false,
  }),
  config: Object.freeze({ target_defaults: {}, variables: {} }), release: { name: 'node', lts: 'Jod' }, noDeprecation: false, throwDeprecation: false, traceDeprecation: false,
  allowedNodeEnvironmentFlags: new Set(), report: undefined, permission: undefined, finalization: { register() {}, registerBeforeExit() {}, unregister() {} }, connected: false,
  nextTick, hrtime, emitWarning, uptime, exit, reallyExit: exit,
  cwd: () => directory,
  chdir(path) { validateString(path, 'directory'); directory = require('./node/path').resolve(path); },
  abort: impossible('abort', 'a worker cannot end its node'),
  kill: impossible('kill', 'a worker has no other processes'),
  umask: () => 0o22,
  getuid: () => 0, geteuid: () => 0, getgid: () => 0, getegid: () => 0, getgroups: () => [0],
  memoryUsage: Object.assign(() => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }), { rss: () => 0 }),
  resourceUsage: () => ({
    userCPUTime: 0, systemCPUTime: 0, maxRSS: 0, sharedMemorySize: 0, unsharedDataSize: 0, unsharedStackSize: 0, minorPageFault: 0, majorPageFault: 0, swappedOut: 0, fsRead: 0,
    fsWrite: 0, ipcSent: 0, ipcReceived: 0, signalsCount: 0, voluntaryContextSwitches: 0, involuntaryContextSwitches: 0,
  }),
  constrainedMemory: () => 0, availableMemory: () => 0, cpuUsage: () => ({ user: 0, system: 0 }), getActiveResourcesInfo: () => [],
  setUncaughtExceptionCaptureCallback() {}, hasUncaughtExceptionCaptureCallback: () => false, setSourceMapsEnabled() {}, ref() {}, unref() {},
  loadEnvFile: impossible('loadEnvFile', 'use vars or .dev.vars'),
  binding: impossible('binding', 'a worker has no native modules'), dlopen: impossible('dlopen', 'a worker has no native modules'),
  getBuiltinModule(id) {
    validateString(id, 'id');
    const modules = require('./modules');
    const name = modules.nodeName(id);
    return name === null ? undefined : modules.nodeModule(name);
  },
});

module.exports = process;
