// The module `cloudflare:workers`: https://developers.cloudflare.com/workers/runtime-apis/
const { Error, ReflectConstruct, TypeError } = primordials;
const { current, outsideOfHandler } = require('./invocation');

/** Base classes keep what they are made with, as user classes expect. */
function base(name) {
  return { [name]: class {
    constructor(ctx, env) {
      this.ctx = ctx;
      this.env = env;
    }
  } }[name];
}

class RpcTarget {}

class RpcStub {
  constructor() {
    throw new TypeError('RpcStub is not supported yet – call the object itself');
  }
}

let env;

/** @param shared the worker's env, made before any module is evaluated */
function useEnv(shared) {
  env = shared;
}

function waitUntil(promise) {
  const invocation = current();
  if (invocation === null) throw outsideOfHandler();
  require('./dispatch').waitUntil(invocation, promise);
}

function make() {
  return {
    env,
    waitUntil,
    exports: {},
    WorkerEntrypoint: base('WorkerEntrypoint'),
    DurableObject: base('DurableObject'),
    WorkflowEntrypoint: base('WorkflowEntrypoint'),
    RpcTarget,
    RpcStub,
  };
}

module.exports = { make, useEnv };
