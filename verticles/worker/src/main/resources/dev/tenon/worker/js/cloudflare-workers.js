// The module `cloudflare:workers`: https://developers.cloudflare.com/workers/runtime-apis/
const {
  Error, ObjectGetOwnPropertyDescriptor, Proxy, ReflectDefineProperty, ReflectGet, ReflectHas, ReflectOwnKeys, TypeError,
} = primordials;
const { current, env: shownEnv, exports: shownExports, outsideOfHandler, showing } = require('./invocation');

let ownEnv;

/** @param shared the worker's env, made before any module is evaluated */
function useEnv(shared) {
  ownEnv = shared;
}

const currentEnv = () => shownEnv() ?? (host.hasFlag('disallow_importable_env') ? {} : ownEnv);
const currentExports = () => shownExports() ?? require('./entrypoints').exports();

/** An object that is another one at every look. */
function mirror(of, writable) {
  return new Proxy({}, {
    get: (_, key) => ReflectGet(of(), key),
    has: (_, key) => ReflectHas(of(), key),
    ownKeys: () => ReflectOwnKeys(of()),
    getOwnPropertyDescriptor: (_, key) => ObjectGetOwnPropertyDescriptor(of(), key),
    set(_, key, value) {
      if (writable) of()[key] = value;
      return writable;
    },
    defineProperty: (_, key, descriptor) => writable && ReflectDefineProperty(of(), key, descriptor),
    deleteProperty: (_, key) => writable && delete of()[key],
  });
}

function waitUntil(promise) {
  const invocation = current();
  if (invocation === null) throw outsideOfHandler();
  require('./dispatch').waitUntil(invocation, promise);
}

function work(fn) {
  if (typeof fn !== 'function') throw new TypeError('The second argument must be a function.');
  return fn;
}

function abortIsolate() {
  throw new Error('abortIsolate() is not supported by Tenon.');
}

function make() {
  const { DurableObject, WorkerEntrypoint, WorkflowEntrypoint } = require('./entrypoint-classes');
  const stubs = require('./rpc-stubs');
  return {
    env: mirror(currentEnv, true),
    exports: mirror(currentExports, false),
    withEnv: (env, fn) => showing(env, shownExports(), work(fn)),
    withExports: (exports, fn) => showing(shownEnv(), exports, work(fn)),
    withEnvAndExports: (env, exports, fn) => showing(env, exports, work(fn)),
    waitUntil,
    abortIsolate,
    WorkerEntrypoint,
    DurableObject,
    WorkflowEntrypoint,
    RpcTarget: stubs.RpcTarget,
    RpcStub: stubs.RpcStub,
    RpcPromise: stubs.RpcPromise,
    RpcProperty: stubs.RpcProperty,
    ServiceStub: require('./service-stub').ServiceStub,
  };
}

module.exports = { make, useEnv };
