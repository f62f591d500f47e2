// https://streams.spec.whatwg.org/#default-reader-class and https://streams.spec.whatwg.org/#byob-reader-class
const {
  ArrayBufferIsView, ArrayBufferPrototypeGetByteLength, ArrayBufferPrototypeGetDetached, Promise, PromiseReject, RangeError, TypedArrayPrototypeGetLength, TypeError,
} = primordials;
const { defineInterface, illegalInvocation, isArrayBuffer, isObject, isTypedArray, requireArguments, toInteger, viewBuffer, viewByteLength } = require('./webidl');
const { ERRORED, Reader, locked, release } = require('./readable');
const { ByteController } = require('./readable-byte-controller');

const RELEASED = 'This ReadableStream reader has been released.';

/** A read as a promise of { value, done }. */
function promisedRead(reader) {
  return new Promise((resolve, reject) => {
    reader.read({
      chunk: (value) => resolve({ value, done: false }),
      close: () => resolve({ value: undefined, done: true }),
      error: reject,
    });
  });
}

/** Made by the file of ReadableStream, which knows what a stream is. */
function defineReaders(readableOf) {
  class ReadableStreamDefaultReader {
    #reader;

    constructor(stream) {
      requireArguments(arguments.length, 1, "Failed to construct 'ReadableStreamDefaultReader'", 'ReadableStream');
      const readable = readableOf(stream);
      if (readable === undefined) throw new TypeError("Failed to construct 'ReadableStreamDefaultReader': constructor parameter 1 is not of type 'ReadableStream'.");
      if (locked(readable)) throw new TypeError('This ReadableStream is currently locked to a reader.');
      this.#reader = new Reader(readable, false);
    }

    get closed() {
      return isObject(this) && #reader in this ? this.#reader.closed.promise : PromiseReject(illegalInvocation());
    }

    cancel(reason = undefined) {
      if (!isObject(this) || !(#reader in this)) return PromiseReject(illegalInvocation());
      const reader = this.#reader;
      return reader.readable === undefined ? PromiseReject(new TypeError(RELEASED)) : reader.cancel(reason);
    }

    read() {
      if (!isObject(this) || !(#reader in this)) return PromiseReject(illegalInvocation());
      const reader = this.#reader;
      return reader.readable === undefined ? PromiseReject(new TypeError(RELEASED)) : promisedRead(reader);
    }

    releaseLock() {
      release(this.#reader);
    }
  }

  class ReadableStreamBYOBReader {
    #reader;

    constructor(stream) {
      requireArguments(arguments.length, 1, "Failed to construct 'ReadableStreamBYOBReader'", 'ReadableStream');
      const readable = readableOf(stream);
      if (readable === undefined) throw new TypeError("Failed to construct 'ReadableStreamBYOBReader': constructor parameter 1 is not of type 'ReadableStream'.");
      if (locked(readable)) throw new TypeError('This ReadableStream is currently locked to a reader.');
      if (!(readable.controller instanceof ByteController)) throw new TypeError('This ReadableStream does not support BYOB reads.');
      this.#reader = new Reader(readable, true);
    }

    get closed() {
      return isObject(this) && #reader in this ? this.#reader.closed.promise : PromiseReject(illegalInvocation());
    }

    cancel(reason = undefined) {
      if (!isObject(this) || !(#reader in this)) return PromiseReject(illegalInvocation());
      const reader = this.#reader;
      return reader.readable === undefined ? PromiseReject(new TypeError(RELEASED)) : reader.cancel(reason);
    }

    read(view, options = undefined) {
      try {
        const reader = this.#reader;
        requireArguments(arguments.length, 1, "Failed to execute 'read' on 'ReadableStreamBYOBReader'", 'ArrayBufferView');
        return readInto(reader, view, minimum(view, options));
      } catch (error) {
        return PromiseReject(error);
      }
    }

    // Deviation: workerd's older form of read with `min`.
    readAtLeast(min, view) {
      try {
        const reader = this.#reader;
        requireArguments(arguments.length, 2, "Failed to execute 'readAtLeast' on 'ReadableStreamBYOBReader'", 'integer,ArrayBufferView');
        return readInto(reader, view, minimum(view, { min }));
      } catch (error) {
        return PromiseReject(error);
      }
    }

    releaseLock() {
      release(this.#reader);
    }
  }

  defineInterface(ReadableStreamDefaultReader);
  defineInterface(ReadableStreamBYOBReader);
  return { ReadableStreamDefaultReader, ReadableStreamBYOBReader };
}

function minimum(view, options) {
  const what = "Failed to execute 'read' on 'ReadableStreamBYOBReader'";
  if (!ArrayBufferIsView(view) || !isArrayBuffer(viewBuffer(view))) throw new TypeError(`${what}: parameter 1 is not of type 'ArrayBufferView'.`);
  let min = 1;
  if (options !== undefined && options !== null) {
    if (!isObject(options)) throw new TypeError(`${what}: The provided value is not of type 'ReadableStreamBYOBReaderReadOptions'.`);
    const given = options.min;
    if (given !== undefined) min = toInteger(given, 64, false, 'EnforceRange', what);
  }
  if (viewByteLength(view) === 0 && !ArrayBufferPrototypeGetDetached(viewBuffer(view))) throw new TypeError('You must call read() on a "byob" reader with a positive-sized TypedArray object.');
  if (ArrayBufferPrototypeGetDetached(viewBuffer(view))) throw new TypeError("view's buffer has been detached");
  if (ArrayBufferPrototypeGetByteLength(viewBuffer(view)) === 0) throw new TypeError("view's buffer must have non-zero byteLength");
  if (min === 0) throw new TypeError('Requested invalid minimum number of bytes to read (0).');
  const length = isTypedArray(view) ? TypedArrayPrototypeGetLength(view) : viewByteLength(view);
  if (min > length) throw new RangeError("min must not be larger than the view's length");
  return min;
}

function readInto(reader, view, min) {
  const { readable } = reader;
  if (readable === undefined) return PromiseReject(new TypeError(RELEASED));
  return new Promise((resolve, reject) => {
    pullInto(readable, view, min, {
      chunk: (value) => resolve({ value, done: false }),
      close: (value) => resolve({ value, done: true }),
      error: reject,
    });
  });
}

/** https://streams.spec.whatwg.org/#readable-stream-byob-reader-read */
function pullInto(readable, view, min, request) {
  readable.disturbed = true;
  if (readable.state === ERRORED) request.error(readable.stored);
  else readable.controller.pullInto(view, min, request);
}

module.exports = { defineReaders, pullInto };
