// The called side of method calls between workers. https://developers.cloudflare.com/workers/runtime-apis/rpc/
const {
  ArrayPrototypeJoin, Error, Object, ObjectGetPrototypeOf, ObjectPrototypeHasOwnProperty, PromisePrototypeThen, PromiseResolve, ReflectApply, SetPrototypeHas, Set, TypeError,
} = primordials;
const { receive } = require('./bytes');
const { targetOf } = require('./service-stub');
const { decode, encode, toError } = require('./rpc-values');
const { RpcTarget, stateOf, stubs, stubsForElsewhere } = require('./rpc-stubs');
const entrypoints = require('./entrypoints');
const given = require('./rpc-given');

const RESERVED = new Set(['fetch', 'connect', 'alarm', 'webSocketMessage', 'webSocketClose', 'webSocketError', 'dup', 'constructor']);
const RESERVED_OF_TARGETS = new Set(['dup', 'constructor']);

/** @param event RpcEvent.java; @param makeContext (event, props) → what a handler gets as ctx */
function respond(event, makeContext) {
  let result;
  try {
    result = answer(event, makeContext);
  } catch (error) {
    reply(event, false, error);
    return;
  }
  PromisePrototypeThen(PromiseResolve(result), (value) => reply(event, true, value), (error) => reply(event, false, error));
}

function reply(event, succeeded, value) {
  const given = event.fromElsewhere() ? stubsForElsewhere : stubs;
  let message;
  try {
    message = encode([succeeded, succeeded ? value : toError(value)], given);
  } catch (error) {
    if (!succeeded) {
      event.fail(value);
      return;
    }
    message = encode([false, error], given);
  }
  event.reply(message.json, message.bytes);
}

function answer(event, makeContext) {
  const { value: [path, args] } = decode(event.json(), receive(event.bytes()), stubs);
  const number = event.given();
  if (number >= 0) {
    const target = given.find(number);
    if (target === undefined) throw new Error('RPC stub used after being disposed.');
    return use(find(target, path, !(target instanceof RpcTarget), RESERVED_OF_TARGETS), path, args);
  }
  const { handler, Class, env } = entrypoints.find(event.entrypoint());
  const ctx = makeContext(event, entrypoints.propsOf(event.props()));
  if (Class === undefined) {
    const found = find(handler, path, true, RESERVED);
    return args !== undefined && path.length === 1 ? callHandler(found, path[0], args, env, ctx) : use(found, path, args);
  }
  if (!entrypoints.isEntrypoint(Class)) {
    throw new TypeError('The receiving worker does not support RPC, because its class was not declared with `extends WorkerEntrypoint`.');
  }
  return use(find(new Class(ctx, env), path, false, RESERVED), path, args);
}

/** What a path leads to, and the object that has it. @param own whether the object's own members count, or those of its class */
function find(start, path, own, reserved) {
  let object = start;
  let value = start;
  let ownCounts = own;
  for (let i = 0; i < path.length; i++) {
    if (i > 0) {
      object = value;
      ownCounts = ownMembersOf(object, path[i - 1]);
    }
    const state = stateOf(object);
    value = state === undefined ? member(object, path[i], ownCounts, reserved) : object[path[i]];
  }
  return { object, value };
}

function member(object, name, own, reserved) {
  if (SetPrototypeHas(reserved, name)) throw new TypeError(`'${name}' is a reserved method and cannot be called over RPC.`);
  if (ObjectPrototypeHasOwnProperty(object, name) !== own) throw missing(name);
  const value = object[name];
  if (!own && value === Object.prototype[name]) throw missing(name);
  return value;
}

/** Whether what a part of a path led to may be gone into, and by which members. */
function ownMembersOf(object, name) {
  if (typeof object === 'function') return true;
  if (typeof object !== 'object' || object === null) throw missing(name);
  if (ObjectGetPrototypeOf(object) === Object.prototype) return true;
  if (object instanceof RpcTarget || targetOf(object) !== undefined) return false;
  throw missing(name);
}

function missing(name) {
  return new TypeError(`The RPC receiver does not implement the method "${name}".`);
}

function use({ object, value }, path, args) {
  if (args === undefined) return value;
  if (typeof value !== 'function') throw new TypeError(`"${ArrayPrototypeJoin(path, '.')}" is not a function.`);
  return ReflectApply(value, object, args);
}

/** A function of a plain object gets one argument, and `env` and `ctx` after it. */
function callHandler({ object, value }, name, args, env, ctx) {
  if (typeof value !== 'function') throw new TypeError(`"${name}" is not a function.`);
  if (value.length > 3) {
    throw new TypeError(
      `Cannot call handler function "${name}" over RPC because it has the wrong number of arguments. A simple function handler can only be called over RPC if it has ` +
      'exactly the arguments (arg, env, ctx), where only the first argument comes from the client. To support multi-argument RPC functions, use class-based syntax ' +
      '(extending WorkerEntrypoint) instead.');
  }
  if (args.length !== 1) {
    throw new TypeError(
      `Attempted to call RPC function "${name}" with the wrong number of arguments. When calling a top-level handler function that is not declared as part of a class, ` +
      'you must always send exactly one argument. In order to support variable numbers of arguments, the server must use class-based syntax (extending WorkerEntrypoint) ' +
      'instead.');
  }
  return ReflectApply(value, object, [args[0], env, ctx]);
}

module.exports = { respond };
