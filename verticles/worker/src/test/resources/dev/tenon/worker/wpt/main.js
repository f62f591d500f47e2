// Runs one file of web-platform-tests, as a browser's worker would, and answers with what came of it.
const { setTimeout, Proxy, Reflect, URL, String, JSON, Promise, Object, Response, Symbol } = globalThis;

export default {
  async fetch(request, env) {
    const plan = await request.json();
    surround(plan);
    const finished = new Promise((resolve) => run(plan, env.WPT, resolve));
    return new Response(JSON.stringify(await finished));
  },
};

// Everything up to the last script happens in one go: testharness.js takes the end of that for the end of loading.
function run(plan, wpt, resolve) {
  const scopes = hide(['WorkerGlobalScope', 'ServiceWorkerGlobalScope']);
  wpt.run('/resources/testharness.js');
  scopes.forEach(([name, descriptor]) => Object.defineProperty(globalThis, name, descriptor));
  globalThis.add_completion_callback((tests, status) => resolve(report(tests, status)));
  if (plan.scripts.includes('/resources/idlharness.js')) helpIdlHarness(wpt);
  for (const script of plan.scripts) {
    if (script === '/common/sab.js') defineCreateBuffer();
    else wpt.run(script);
  }
  setTimeout(() => globalThis.timeout(), plan.milliseconds);
}

/** By these testharness.js would take this scope for a service worker's, and wait for its installation. */
function hide(names) {
  const hidden = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]).filter(([, descriptor]) => descriptor !== undefined);
  for (const [name] of hidden) delete globalThis[name];
  return hidden;
}

/** It wants to know what kind of scope this is, and makes objects of expressions: nothing that a worker could do for itself. */
function helpIdlHarness(wpt) {
  const scope = (name) => define(name, globalThis[name] ?? class { static [Symbol.hasInstance](value) { return value === globalThis; } });
  scope('WorkerGlobalScope');
  scope('ServiceWorkerGlobalScope');
  define('eval', (text) => {
    wpt.evaluate(text);
    const { wptValue } = globalThis;
    delete globalThis.wptValue;
    return wptValue;
  });
}

/** Stands for /common/sab.js, which takes shared buffers from WebAssembly because a browser may hide their constructor; here it is the other way round. */
function defineCreateBuffer() {
  define('createBuffer', (type, length, options) => new globalThis[type](length, options));
}

function report(tests, status) {
  return {
    failure: status.status === status.OK ? '' : `${status.format_status()}: ${status.message ?? ''}`,
    subtests: tests.map((test) => ({ name: wellFormed(test.name), passed: test.status === test.PASS, message: wellFormed(test.message ?? '') })),
  };
}

function wellFormed(text) {
  return String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (unit) => `U+${unit.charCodeAt(0).toString(16)}`);
}

// ---- what a browser has around a script and a server has not

function surround(plan) {
  const url = new URL(plan.url);
  const location = { toString: () => url.href };
  for (const name of ['href', 'origin', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']) location[name] = url[name];
  define('location', location);
  define('GLOBAL', { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false });
  define('META_TITLE', plan.title);
  const { Request } = globalThis;
  const absolute = (args) => (args.length === 0 || args[0] instanceof Request ? args : [resolved(args[0]), ...args.slice(1)]);
  const resolved = (input) => {
    const text = String(input);
    try {
      return new URL(text, url).href;
    } catch {
      return text;
    }
  };
  wrap('fetch', { apply: (target, self, args) => Reflect.apply(target, self, absolute(args)) });
  wrapClass('Request', absolute);
  for (const name of ['WebSocket', 'EventSource']) if (name in globalThis) wrapClass(name, absolute);
  const redirect = Response.redirect;
  Response.redirect = new Proxy(redirect, { apply: (target, self, args) => Reflect.apply(target, self, absolute(args)) });
}

function define(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

function wrap(name, traps) {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
  const wrapped = new Proxy(globalThis[name], traps);
  Object.defineProperty(globalThis, name, { value: wrapped, writable: true, configurable: true, enumerable: descriptor.enumerable });
  return wrapped;
}

function wrapClass(name, absolute) {
  const wrapped = wrap(name, {
    construct: (target, args, newTarget) => Reflect.construct(target, absolute(args), newTarget === wrapped ? target : newTarget),
  });
  wrapped.prototype.constructor = wrapped;
}
