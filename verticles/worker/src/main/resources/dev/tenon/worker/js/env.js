// What a worker gets as `env`.
const { Error, JSONParse, ObjectDefineProperty, PromisePrototypeThen, PromiseReject, StringPrototypeSplit } = primordials;
const { receiveBytes } = require('./bytes');
const { outsideOfHandler } = require('./invocation');
const { ServiceStub } = require('./service-stub');

/** What Isolate.java calls the worker's own assets. */
const ASSETS = 'assets:';

/** @param bindings HostBindings.java */
function makeEnv(bindings) {
  const env = {};
  const names = bindings.names();
  if (names === '') return env;
  for (const name of StringPrototypeSplit(names, '\n')) {
    ObjectDefineProperty(env, name, { __proto__: null, value: make(bindings, name), writable: true, enumerable: true, configurable: true });
  }
  return env;
}

function make(bindings, name) {
  switch (bindings.kind(name)) {
    case 'text': return bindings.value(name);
    case 'json': return JSONParse(bindings.value(name));
    case 'service': return new ServiceStub(bindings.value(name));
    case 'assets': return new ServiceStub(ASSETS);
    default: return bindings.script(name)({ call: (operation, json, bytes) => call(bindings, name, operation, json, bytes) });
  }
}

function call(bindings, name, operation, json, bytes) {
  const reply = bindings.call(name, operation, json ?? 'null', bytes ?? null);
  return reply === null ? PromiseReject(outsideOfHandler()) : PromisePrototypeThen(reply, unpack);
}

function unpack(reply) {
  const bytes = reply.bytes();
  return {
    json: reply.json(),
    bytes: bytes === null ? null : receiveBytes(bytes),
    stream: streamOf(reply),
  };
}

function streamOf(reply) {
  const { bodyFromHost, streamOf: make } = require('./body');
  const body = bodyFromHost(reply);
  return body === null ? null : make(body);
}

module.exports = { makeEnv };
