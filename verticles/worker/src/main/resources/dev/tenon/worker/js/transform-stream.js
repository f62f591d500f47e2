// https://streams.spec.whatwg.org/#ts-class
const { PromiseReject, PromiseResolve, RangeError, ReflectApply, TypeError } = primordials;
const { defineInterface, fieldNotOfType, illegalConstructor, isObject, notOfType } = require('./webidl');
const { Transform } = require('./transform');
const { wrapReadable } = require('./readable-stream');
const { wrapWritable } = require('./writable-stream');
const { highWaterMarkOf, sizeOf, toStrategy } = require('./queuing-strategies');
const { callback, deferred, slowCallback } = require('./stream-promises');

const MADE = { __proto__: null };

class TransformStream {
  #readable;
  #writable;

  constructor(transformer = undefined, writableStrategy = undefined, readableStrategy = undefined) {
    if (transformer === MADE) {
      this.#readable = wrapReadable(writableStrategy.readable);
      this.#writable = wrapWritable(writableStrategy.writable);
      return;
    }
    const what = "Failed to construct 'TransformStream'";
    if (transformer !== undefined && !isObject(transformer)) throw notOfType(what, 1, 'Transformer');
    const forWritable = toStrategy(writableStrategy, what);
    const forReadable = toStrategy(readableStrategy, what, 3);
    const members = toTransformer(transformer, what);
    const readableMark = highWaterMarkOf(forReadable, 0);
    const writableMark = highWaterMarkOf(forWritable, 1);
    const start = deferred();
    const state = { transform: undefined, controller: undefined };
    const transform = new Transform(start.promise, algorithmsOf(transformer, members, state), writableMark, sizeOf(forWritable), readableMark, sizeOf(forReadable));
    state.transform = transform;
    this.#readable = wrapReadable(transform.readable);
    this.#writable = wrapWritable(transform.writable);
    start.resolve(members.start === undefined ? undefined : ReflectApply(members.start, transformer, [controllerOf(state)]));
  }

  get readable() {
    return this.#readable;
  }

  get writable() {
    return this.#writable;
  }
}

class TransformStreamDefaultController {
  #transform;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#transform = arguments[1];
  }

  get desiredSize() {
    return this.#transform.readable.controller.desiredSize();
  }

  enqueue(chunk = undefined) {
    this.#transform.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#transform.error(reason);
  }

  terminate() {
    this.#transform.terminate();
  }
}

function controllerOf(state) {
  return (state.controller ??= new TransformStreamDefaultController(MADE, state.transform));
}

function algorithmsOf(transformer, { transform, flush, cancel }, state) {
  return {
    transform:
      transform === undefined
        ? (chunk) => {
            try {
              state.transform.enqueue(chunk);
              return PromiseResolve(undefined);
            } catch (error) {
              return PromiseReject(error);
            }
          }
        : (chunk) => callback(transform, transformer, [chunk, controllerOf(state)]),
    flush: flush === undefined ? resolved : () => callback(flush, transformer, [controllerOf(state)]),
    cancel: cancel === undefined ? resolved : (reason) => slowCallback(cancel, transformer, [reason]),
  };
}

function resolved() {
  return PromiseResolve(undefined);
}

function toTransformer(transformer, what) {
  if (transformer === undefined) return { start: undefined, transform: undefined, flush: undefined, cancel: undefined };
  const cancel = callbackMember(transformer.cancel, 'cancel', what);
  const flush = callbackMember(transformer.flush, 'flush', what);
  const { readableType } = transformer;
  const start = callbackMember(transformer.start, 'start', what);
  const transform = callbackMember(transformer.transform, 'transform', what);
  const { writableType } = transformer;
  if (readableType !== undefined) throw new RangeError('Invalid readableType specified');
  if (writableType !== undefined) throw new RangeError('Invalid writableType specified');
  return { start, transform, flush, cancel };
}

function callbackMember(value, name, what) {
  if (value !== undefined && typeof value !== 'function') throw fieldNotOfType(name, 'Transformer', 'function');
  return value;
}

/** What a class that extends TransformStream passes to `super` to stand on a Transform of its own. */
const OVER = MADE;

/**
 * The two sides of a stream of the runtime's own: CompressionStream, TextDecoderStream.
 * @param transform (chunk, enqueue) and flush (enqueue) return undefined or a promise
 */
function transformPair(transform, flush, cancel = resolved) {
  let pair;
  const enqueue = (chunk) => pair.enqueue(chunk);
  pair = new Transform(
    PromiseResolve(undefined),
    { transform: (chunk) => callback(transform, undefined, [chunk, enqueue]), flush: () => callback(flush, undefined, [enqueue]), cancel },
    1, undefined, 0, undefined,
  );
  return { readable: wrapReadable(pair.readable), writable: wrapWritable(pair.writable) };
}

defineInterface(TransformStream);
defineInterface(TransformStreamDefaultController);

module.exports = { OVER, TransformStream, TransformStreamDefaultController, transformPair };
