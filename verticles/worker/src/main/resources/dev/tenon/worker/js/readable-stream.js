// https://streams.spec.whatwg.org/#rs-class
const {
  ArrayPrototypePush, AsyncIteratorPrototype, Boolean, FunctionPrototypeCall, ObjectDefineProperties, ObjectDefineProperty, Promise,
  PromisePrototypeThen, PromiseReject, PromiseResolve,
  RangeError, ReflectSetPrototypeOf, SymbolAsyncIterator, SymbolIterator, SymbolToStringTag, String,
  TypeError, TypedArrayPrototypeSlice,
} = primordials;
const { defineInterface, enumerable, illegalInvocation, isObject, fieldNotOfType, notOfType, requireArguments, toInteger, bytesOf, isBufferSource } = require('./webidl');
const { Readable, acquireReader, cancel, locked, release } = require('./readable');
const { DefaultController, setUpFromSource, resolved } = require('./readable-default-controller');
const { ByteController, setUpFromSource: setUpFromByteSource } = require('./readable-byte-controller');
const { nothing } = require('./stream-promises');
const { wrapByte, wrapDefault } = require('./readable-stream-controller');
const { defineReaders } = require('./readable-stream-reader');
const { highWaterMarkOf, sizeOf, toStrategy } = require('./queuing-strategies');
const { pipeTo } = require('./readable-pipe');
const { tee } = require('./readable-tee');
const { setHandled } = require('./stream-promises');
const { concatenate } = require('./utf8');

const MADE = { __proto__: null };
const LOCKED = 'This ReadableStream is currently locked to a reader.';

class ReadableStream {
  #readable;

  constructor(underlyingSource = undefined, strategy = undefined) {
    if (underlyingSource === MADE) {
      this.#readable = strategy;
      return;
    }
    const what = "Failed to construct 'ReadableStream'";
    if (underlyingSource !== undefined && !isObject(underlyingSource)) throw notOfType(what, 1, 'UnderlyingSource');
    const queuing = toStrategy(strategy, what);
    const source = toSource(underlyingSource, what);
    const readable = new Readable();
    this.#readable = readable;
    if (source.bytes) {
      if (queuing.size !== undefined) throw new RangeError('The strategy for a byte stream cannot have a size function');
      setUpFromByteSource(readable, underlyingSource, source, highWaterMarkOf(queuing, 0), wrapByte);
    } else {
      setUpFromSource(readable, underlyingSource, source, highWaterMarkOf(queuing, 1), sizeOf(queuing), wrapDefault);
    }
  }

  static from(asyncIterable) {
    requireArguments(arguments.length, 1, "Failed to execute 'from' on 'ReadableStream'", 'AsyncGenerator');
    return wrap(fromIterable(asyncIterable));
  }

  get locked() {
    return locked(this.#readable);
  }

  cancel(reason = undefined) {
    if (!isObject(this) || !(#readable in this)) return PromiseReject(illegalInvocation());
    if (locked(this.#readable)) return PromiseReject(new TypeError(LOCKED));
    return cancel(this.#readable, reason);
  }

  getReader(options = undefined) {
    if (!(#readable in this)) throw illegalInvocation();
    if (options !== undefined && options !== null) {
      if (!isObject(options)) throw new TypeError("Failed to execute 'getReader' on 'ReadableStream': parameter 1 is not of type 'GetReaderOptions'.");
      const { mode } = options;
      if (mode !== undefined) {
        if (String(mode) !== 'byob') throw new TypeError("mode must be undefined or 'byob' in call to getReader().");
        return new ReadableStreamBYOBReader(this);
      }
    }
    return new ReadableStreamDefaultReader(this);
  }

  pipeThrough(transform, options = undefined) {
    if (!(#readable in this)) throw illegalInvocation();
    const what = "Failed to execute 'pipeThrough' on 'ReadableStream'";
    requireArguments(arguments.length, 1, what, 'Transform');
    if (!isObject(transform)) throw notOfType(what, 1, 'Transform');
    const { readable } = transform;
    if (!isReadableStream(readable)) throw fieldNotOfType('readable', 'Transform', 'ReadableStream');
    const { writable } = transform;
    const target = require('./writable-stream').writableOf(writable);
    if (target === undefined) throw fieldNotOfType('writable', 'Transform', 'WritableStream');
    const piping = pipeOptions(options, what);
    if (locked(this.#readable)) throw new TypeError(LOCKED);
    if (target.writer !== null) throw new TypeError('This WritableStream is currently locked to a writer');
    setHandled(pipeTo(this.#readable, target, piping));
    return readable;
  }

  pipeTo(destination, options = undefined) {
    const what = "Failed to execute 'pipeTo' on 'ReadableStream'";
    try {
      const readable = this.#readable;
      requireArguments(arguments.length, 1, what, 'WritableStream');
      const target = require('./writable-stream').writableOf(destination);
      if (target === undefined) throw new TypeError(`${what}: parameter 1 is not of type 'WritableStream'.`);
      const piping = pipeOptions(options, what);
      if (locked(readable)) throw new TypeError(LOCKED);
      if (target.writer !== null) throw new TypeError('This WritableStream is currently locked to a writer');
      return pipeTo(readable, target, piping);
    } catch (error) {
      return PromiseReject(error);
    }
  }

  tee() {
    const readable = this.#readable;
    if (locked(readable)) throw new TypeError('This ReadableStream is currently locked to a reader,'); // workerd's comma
    const { 0: one, 1: two } = tee(readable, false);
    return [wrap(one), wrap(two)];
  }

  values(options = undefined) {
    const readable = this.#readable;
    if (options !== undefined && options !== null && !isObject(options)) {
      throw new TypeError("Failed to execute 'values' on 'ReadableStream': parameter 1 is not of type 'ValuesOptions'.");
    }
    const preventCancel = Boolean(options?.preventCancel);
    return new ReadableStreamAsyncIterator(acquireReader(readable), preventCancel);
  }

  static {
    isReadableStream = (value) => isObject(value) && #readable in value;
    readableOf = (stream) => (isReadableStream(stream) ? stream.#readable : undefined);
  }
}

var isReadableStream, readableOf;

/** The interface's object over a Readable. */
function wrap(readable) {
  return new ReadableStream(MADE, readable);
}

/** The members of UnderlyingSource, in the order Web IDL reads them. */
function toSource(source, what) {
  if (source === undefined) return { bytes: false, start: undefined, pull: undefined, cancel: undefined, autoAllocateChunkSize: undefined };
  const { autoAllocateChunkSize } = source;
  const size = autoAllocateChunkSize === undefined ? undefined : toInteger(autoAllocateChunkSize, 64, false, 'EnforceRange', what);
  const cancelMember = callbackMember(source.cancel, 'cancel', what);
  const pull = callbackMember(source.pull, 'pull', what);
  const start = callbackMember(source.start, 'start', what);
  const { type } = source;
  if (type !== undefined && String(type) !== 'bytes') throw new TypeError(`"${String(type)}" is not a valid type of ReadableStream.`);
  return { bytes: type !== undefined, start, pull, cancel: cancelMember, autoAllocateChunkSize: size };
}

function callbackMember(value, name, what) {
  if (value !== undefined && typeof value !== 'function') throw fieldNotOfType(name, 'UnderlyingSource', 'function');
  return value;
}

function pipeOptions(options, what) {
  if (options === undefined || options === null) return { preventClose: false, preventAbort: false, preventCancel: false, signal: undefined };
  if (!isObject(options)) throw notOfType(what, 2, 'PipeToOptions');
  const preventAbort = Boolean(options.preventAbort);
  const preventCancel = Boolean(options.preventCancel);
  const preventClose = Boolean(options.preventClose);
  const { signal } = options;
  if (signal !== undefined && !require('./abort').isAbortSignal(signal)) throw fieldNotOfType('signal', 'PipeToOptions', 'AbortSignal');
  return { preventClose, preventAbort, preventCancel, signal };
}

/** https://webidl.spec.whatwg.org/#es-asynchronous-iterable: steps wait for each other. */
class ReadableStreamAsyncIterator {
  #reader;
  #preventCancel;
  #finished = false;
  #ongoing = undefined;

  constructor(reader, preventCancel) {
    this.#reader = reader;
    this.#preventCancel = preventCancel;
  }

  next() {
    if (!isObject(this) || !(#reader in this)) return PromiseReject(illegalInvocation());
    const ongoing = this.#ongoing;
    const step = () => this.#next();
    return (this.#ongoing = ongoing === undefined ? step() : PromisePrototypeThen(ongoing, step, step));
  }

  return(value) {
    if (!isObject(this) || !(#reader in this)) return PromiseReject(illegalInvocation());
    const step = () => this.#return(value);
    // A turn more than the step before took: what it made the source do comes first.
    const ongoing = this.#ongoing === undefined ? undefined : PromisePrototypeThen(this.#ongoing, nothing, nothing);
    this.#ongoing = ongoing === undefined ? step() : PromisePrototypeThen(ongoing, step, step);
    return PromisePrototypeThen(this.#ongoing, () => ({ value, done: true }));
  }

  #next() {
    if (this.#finished) return PromiseResolve({ value: undefined, done: true });
    const reader = this.#reader;
    return new Promise((resolve, reject) => {
      reader.read({
        chunk: (value) => resolve({ value, done: false }),
        close: () => {
          this.#finished = true;
          release(reader);
          resolve({ value: undefined, done: true });
        },
        error: (error) => {
          this.#finished = true;
          release(reader);
          reject(error);
        },
      });
    });
  }

  #return(value) {
    if (this.#finished) return PromiseResolve({ value, done: true });
    this.#finished = true;
    const reader = this.#reader;
    if (this.#preventCancel) {
      release(reader);
      return PromiseResolve(undefined);
    }
    const cancelled = reader.cancel(value);
    release(reader);
    return cancelled;
  }
}

delete ReadableStreamAsyncIterator.prototype.constructor;
ReflectSetPrototypeOf(ReadableStreamAsyncIterator.prototype, AsyncIteratorPrototype);
enumerable(ReadableStreamAsyncIterator.prototype);
ObjectDefineProperty(ReadableStreamAsyncIterator.prototype, SymbolToStringTag, {
  __proto__: null, value: 'ReadableStream AsyncIterator', configurable: true,
});

/** https://streams.spec.whatwg.org/#abstract-opdef-readablestream-from-iterable */
function fromIterable(iterable) {
  const what = 'ReadableStream.from';
  if (iterable === undefined || iterable === null) throw notOfType("Failed to execute 'from' on 'ReadableStream'", 1, 'AsyncGenerator');
  let method = iterable[SymbolAsyncIterator];
  let async = true;
  if (method === undefined || method === null) {
    method = iterable[SymbolIterator];
    async = false;
  }
  if (typeof method !== 'function') throw notOfType("Failed to execute 'from' on 'ReadableStream'", 1, 'AsyncGenerator');
  const iterator = FunctionPrototypeCall(method, iterable);
  if (!isObject(iterator)) throw new TypeError(`${what}: the iterator is not an object`);
  const { next } = iterator;
  const readable = new Readable();
  const step = (result) => {
    if (!isObject(result)) throw new TypeError(`${what}: the iterator's result is not an object`);
    if (result.done) {
      readable.controller.close();
      return undefined;
    }
    const { value } = result;
    if (async) {
      readable.controller.enqueue(value);
      return undefined;
    }
    return PromisePrototypeThen(PromiseResolve(value), (settled) => readable.controller.enqueue(settled));
  };
  const attempt = (operation) => {
    try {
      return operation();
    } catch (error) {
      return PromiseReject(error);
    }
  };
  const pull = () =>
    attempt(() => {
      const result = FunctionPrototypeCall(next, iterator);
      return async ? PromisePrototypeThen(PromiseResolve(result), step) : PromisePrototypeThen(PromiseResolve(undefined), () => step(result));
    });
  const cancelIterator = (reason) =>
    attempt(() => {
      const end = iterator.return;
      if (end === undefined || end === null) return PromiseResolve(undefined);
      const result = FunctionPrototypeCall(end, iterator, reason);
      return PromisePrototypeThen(PromiseResolve(result), (settled) => {
        if (!isObject(settled)) throw new TypeError(`${what}: the result of return() is not an object`);
      });
    });
  new DefaultController(readable, pull, cancelIterator, 0, undefined).startWith(PromiseResolve(undefined));
  return readable;
}

// For the runtime's own use.

/**
 * A byte stream over a source of the runtime.
 * @param source { pull(): bytes | null | promise of these, cancel(reason)? }; null is the end
 */
function createByteStream(source) {
  const readable = new Readable();
  let controller;
  const take = (bytes) => {
    if (bytes === null) {
      controller.close();
      if (controller.pending.length > 0) controller.respond(0);
    } else if (bytes.length > 0) {
      controller.enqueue(bytes);
    } else {
      return pull();
    }
    return undefined;
  };
  const pull = () => {
    let bytes;
    try {
      bytes = source.pull();
    } catch (error) {
      return PromiseReject(error);
    }
    return bytes === null || isBufferSource(bytes) ? PromiseResolve(take(bytes)) : PromisePrototypeThen(bytes, take);
  };
  const cancelSource = source.cancel === undefined ? resolved : (reason) => PromiseResolve(source.cancel(reason));
  controller = new ByteController(readable, pull, cancelSource, 0, undefined);
  controller.startWith(PromiseResolve(undefined));
  return wrap(readable);
}

function isLocked(stream) {
  return locked(readableOf(stream));
}

function isDisturbed(stream) {
  return readableOf(stream).disturbed;
}

function disturb(stream) {
  readableOf(stream).disturbed = true;
}

/** How many bytes the stream will give, -1 where that is not known. */
function expectedLength(stream) {
  return readableOf(stream).length;
}

/** Breaks a stream off from within. */
function fail(stream, reason) {
  readableOf(stream).controller.error(reason);
}

function cancelStream(stream, reason) {
  setHandled(cancel(readableOf(stream), reason));
}

/** A promise of what `convert` makes of all bytes of a stream, a Uint8Array that nobody else holds. */
function collectBytes(stream, convert) {
  const readable = readableOf(stream);
  return new Promise((resolve, reject) => {
    const reader = acquireReader(readable);
    const chunks = [];
    let length = 0;
    let reading = false;
    let again = false;
    const next = () => {
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      do {
        again = false;
        reader.read(request);
      } while (again);
      reading = false;
    };
    const request = {
      chunk(chunk) {
        if (!isBufferSource(chunk)) {
          const error = new TypeError('This ReadableStream did not return bytes.');
          setHandled(reader.cancel(error));
          reject(error);
          return;
        }
        const bytes = bytesOf(chunk);
        length += bytes.length;
        ArrayPrototypePush(chunks, bytes);
        next();
      },
      close() {
        try {
          resolve(convert(chunks.length === 1 ? TypedArrayPrototypeSlice(chunks[0]) : concatenate(chunks, length)));
        } catch (error) {
          reject(error);
        }
      },
      error: reject,
    };
    next();
  });
}

/** Two streams with the same content, for bodies. */
function teeForBody(stream) {
  const { 0: one, 1: two } = tee(readableOf(stream), true);
  return [wrap(one), wrap(two)];
}

/** A new stream that reads on where the given one is; the given one is locked from then on. */
function passThrough(stream) {
  const readable = readableOf(stream);
  const reader = acquireReader(readable);
  readable.disturbed = true;
  const next = new Readable();
  next.length = readable.length;
  const pull = () => new Promise((resolve, reject) => {
    reader.read({
      chunk(chunk) {
        next.controller.enqueue(chunk);
        resolve(undefined);
      },
      close() {
        next.controller.close();
        if (next.controller.pending?.length > 0) next.controller.respond(0);
        resolve(undefined);
      },
      error: reject,
    });
  });
  const cancelSource = (reason) => reader.cancel(reason);
  if (readable.controller instanceof ByteController) new ByteController(next, pull, cancelSource, 0, undefined).startWith(PromiseResolve(undefined));
  else new DefaultController(next, pull, cancelSource, 0, undefined).startWith(PromiseResolve(undefined));
  return wrap(next);
}

const { ReadableStreamDefaultReader, ReadableStreamBYOBReader } = defineReaders((stream) => readableOf(stream));

defineInterface(ReadableStream);
ObjectDefineProperties(ReadableStream.prototype, {
  [SymbolAsyncIterator]: { __proto__: null, value: ReadableStream.prototype.values, writable: true, enumerable: false, configurable: true },
});

module.exports = {
  ReadableStream, ReadableStreamBYOBReader, ReadableStreamDefaultReader, acquireReader: (stream) => acquireReader(readableOf(stream)), cancelStream, collectBytes,
  createByteStream, disturb, expectedLength, fail, fromIterable: (iterable) => wrap(fromIterable(iterable)), isDisturbed, isLocked, isReadableStream, passThrough, readableOf, tee: teeForBody, wrapReadable: wrap,
};
