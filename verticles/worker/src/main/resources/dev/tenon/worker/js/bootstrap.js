// Puts an isolate together: the globals, then the worker's own code. The only file that touches globalThis.
const { Error, ObjectDefineProperty, PromisePrototypeThen, ReflectOwnKeys, StringPrototypeSplit, SymbolToStringTag, TypeError, globalThis } = primordials;

// Taken before they go: invocation.js holds AsyncContext, the handler holds Graal.
const invocations = require('./invocation');
const timers = require('./timers');
const modules = require('./modules');
const dispatch = require('./dispatch');
const lazy = require('./globals');
const { Console } = require('./console');
const globalEvents = require('./global-events');
const nodeEnv = require('./node/environment');
const codeGeneration = require('./code-generation');

let bindings;

globalThis.Graal.setUnhandledPromiseRejectionHandler(globalEvents.unhandledRejection);

/** Names of the engine that no worker has. */
for (const name of ['Graal', 'AsyncContext', 'arguments', 'Polyglot', 'Java', 'load', 'print']) delete globalThis[name];

function define(name, value) {
  ObjectDefineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true });
}

/** A global that comes into being when it is first touched. */
function defineLazily(name, make) {
  ObjectDefineProperty(globalThis, name, {
    __proto__: null,
    configurable: true,
    get() {
      const value = make();
      define(name, value);
      return value;
    },
    set(value) {
      define(name, value);
    },
  });
}

for (const name of ReflectOwnKeys(lazy)) defineLazily(name, lazy[name]);
for (const name of ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'scheduler']) define(name, timers[name]);
for (const name of ['ExtendableEvent', 'FetchEvent', 'ScheduledEvent']) defineLazily(name, () => require('./service-worker')[name]);
for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) define(name, globalEvents[name]);
require('./builtins');
require('./error-stack');
require('./wasm-streaming').define();
define('console', new Console());
define('self', globalThis);
ObjectDefineProperty(globalThis, SymbolToStringTag, { __proto__: null, value: 'ServiceWorkerGlobalScope', configurable: true });

/** Tells the isolate what it will run. */
function prepare(hostModules, hostBindings) {
  modules.use(hostModules);
  bindings = hostBindings;
  if (!hostModules.hasFlag('allow_eval_during_startup')) codeGeneration.refuse();
  const absent = hostModules.absentGlobals();
  if (absent !== '') for (const name of StringPrototypeSplit(absent, ' ')) delete globalThis[name];
  if (hostModules.hasNodeGlobals()) {
    const nodeGlobals = require('./node/globals');
    for (const name of ReflectOwnKeys(nodeGlobals)) defineLazily(name, nodeGlobals[name]);
    if (hostModules.hasFlag('nodejs_compat_populate_process_env')) nodeEnv.bindings = hostBindings;
  }
}

/** Runs the worker's top level. @param outcome HostStart.java */
function start(mainModule, format, outcome) {
  try {
    const env = require('./env').makeEnv(bindings);
    require('./cloudflare-workers').useEnv(env);
    if (format === 'SERVICE_WORKER') {
      startScript(env);
      started(outcome);
    } else {
      PromisePrototypeThen(
        PromisePrototypeThen(modules.importMain(mainModule), (namespace) => useExports(namespace, env)),
        () => started(outcome),
        (error) => outcome.failed(error));
    }
  } catch (error) {
    outcome.failed(error);
  }
}

function started(outcome) {
  codeGeneration.refuse();
  outcome.succeeded();
}

function startScript(env) {
  for (const name of ReflectOwnKeys(env)) define(name, env[name]);
  modules.runScript();
  const handlers = globalEvents.handlers();
  if (handlers.fetch === undefined && handlers.scheduled === undefined) {
    throw new TypeError('No event handlers were registered: nothing is exported as default, and nothing listens – export default { fetch(request, env, ctx) { … } }');
  }
  dispatch.use(handlers);
}

/** Handlers that a worker may have for events which nothing here sends yet. */
const OTHER_HANDLERS = ['queue', 'email', 'tail', 'tailStream', 'trace', 'alarm', 'test'];

function useExports(namespace, env) {
  const main = namespace.default;
  const entrypoints = require('./entrypoints');
  entrypoints.use(namespace, env);
  const handlers = typeof main === 'function' ? classHandlers(main, env) : objectHandlers(main, env);
  if (handlers.fetch !== undefined || handlers.scheduled !== undefined || entrypoints.hasNamed() || hasOtherHandler(main)) {
    dispatch.use(handlers);
    return;
  }
  const listened = globalEvents.handlers();
  if (listened.fetch === undefined && listened.scheduled === undefined) {
    throw new TypeError(
      main === undefined
        ? 'No event handlers were registered: the main module has no default export – export default { fetch(request, env, ctx) { … } }'
        : 'No event handlers were registered: the default export has no fetch() or scheduled() – export default { fetch(request, env, ctx) { … } }');
  }
  dispatch.use(listened);
}

function hasOtherHandler(main) {
  const handlers = typeof main === 'function' ? main.prototype : main;
  if (typeof main === 'function' && require('./entrypoints').isEntrypoint(main)) return true;
  for (const name of OTHER_HANDLERS) if (typeof handlers?.[name] === 'function') return true;
  return false;
}

/** `export default { fetch, scheduled }`. */
function objectHandlers(main, env) {
  if (main === null || typeof main !== 'object') return {};
  return {
    fetch: typeof main.fetch === 'function' ? (request, ctx) => main.fetch(request, env, ctx) : undefined,
    scheduled: typeof main.scheduled === 'function' ? (controller, ctx) => main.scheduled(controller, env, ctx) : undefined,
  };
}

/** `export default class extends WorkerEntrypoint`: one instance per event. */
function classHandlers(Main, env) {
  const { prototype } = Main;
  return {
    fetch: typeof prototype?.fetch === 'function' ? (request, ctx) => new Main(ctx, env).fetch(request, env, ctx) : undefined,
    scheduled: typeof prototype?.scheduled === 'function' ? (controller, ctx) => new Main(ctx, env).scheduled(controller, env, ctx) : undefined,
  };
}

module.exports = { modules, dispatch, timers, prepare, start };
