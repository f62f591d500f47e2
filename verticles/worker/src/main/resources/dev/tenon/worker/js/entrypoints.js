// What a worker exports, by name: objects with handlers, and classes that are instantiated for each event.
const { ArrayBuffer, Error, JSONParse, ObjectDefineProperty, ObjectKeys, Proxy, StringPrototypeSlice, StringPrototypeStartsWith, TypeError } = primordials;
const { WorkerEntrypoint, DurableObject, WorkflowEntrypoint } = require('./entrypoint-classes');

/** Marks props that are written as rpc-values.js writes; others are the configuration's JSON. */
const WRITTEN = '!';

const all = { __proto__: null };

/** @param namespace the main module's; @param env what handlers get */
function use(namespace, env) {
  for (const name of ObjectKeys(namespace)) {
    const value = namespace[name];
    if (typeof value === 'function') {
      if (name === 'default' || isEntrypoint(value)) all[name] = { handler: undefined, Class: value, env };
    } else if (typeof value === 'object' && value !== null) {
      all[name] = { handler: value, Class: undefined, env };
    } else if (value !== undefined) {
      throw new TypeError(`Incorrect type for map entry '${name}': the provided value is not of type 'function or ExportedHandler'. – export objects and classes only from the main module`);
    }
  }
}

/** Whether there is an entrypoint beside the default one. */
function hasNamed() {
  for (const name in all) if (name !== 'default' && (all[name].Class !== undefined || hasFunction(all[name].handler))) return true;
  return false;
}

function hasFunction(handler) {
  for (const key of ObjectKeys(handler)) if (typeof handler[key] === 'function') return true;
  return false;
}

function isEntrypoint(Class) {
  return Class.prototype instanceof WorkerEntrypoint;
}

/** Whether a class is for bindings of other kinds, and no entrypoint. */
function isForStorage(Class) {
  return Class.prototype instanceof DurableObject || Class.prototype instanceof WorkflowEntrypoint;
}

/** @param name empty for the default one */
function find(name) {
  const found = all[name === '' ? 'default' : name];
  if (found === undefined) {
    throw new Error(name === ''
      ? 'The worker has no default export that could be called – export default class extends WorkerEntrypoint { … }'
      : `The worker has no entrypoint "${name}" – export class ${name} extends WorkerEntrypoint { … }`);
  }
  return found;
}

/** A request over a binding to an entrypoint. */
function fetch(name, request, ctx) {
  const { handler, Class, env } = find(name);
  const target = Class === undefined ? handler : new Class(ctx, env);
  if (typeof target.fetch !== 'function') throw new Error('Handler does not export a fetch() function.');
  return target.fetch(request, env, ctx);
}

/** What an event of a binding's sees as `ctx.props`. */
function propsOf(text) {
  if (text === '') return {};
  if (!StringPrototypeStartsWith(text, WRITTEN)) return JSONParse(text);
  return require('./rpc-values').decode(StringPrototypeSlice(text, 1), new ArrayBuffer(0), require('./rpc-stubs').stubs).value;
}

function writeProps(props) {
  if (props === undefined) return '';
  const { json, bytes } = require('./rpc-values').encode(props, require('./rpc-stubs').stubs);
  if (bytes !== null) throw new TypeError('Bytes cannot be passed as props.');
  return `${WRITTEN}${json}`;
}

let loopbacks;

/** `ctx.exports`: https://developers.cloudflare.com/workers/runtime-apis/context/#exports */
function exports() {
  if (loopbacks === undefined) {
    loopbacks = {};
    for (const name in all) {
      ObjectDefineProperty(loopbacks, name, { __proto__: null, value: loopback(name === 'default' ? '' : name), writable: true, enumerable: true, configurable: true });
    }
  }
  return loopbacks;
}

/** A stub for an own entrypoint, which called with `{ props }` makes another. */
function loopback(name) {
  const { ServiceStub } = require('./service-stub');
  const stub = (options) => new ServiceStub(host.rpc().own(name, writeProps(options?.props)));
  const plain = stub();
  return new Proxy(stub, {
    get(target, key) {
      const value = plain[key];
      return key === 'fetch' ? (input, init) => plain.fetch(input, init) : value;
    },
  });
}

module.exports = { exports, fetch, find, hasNamed, isEntrypoint, isForStorage, propsOf, use };
