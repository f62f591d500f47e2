// https://streams.spec.whatwg.org/#ws-class, its writer and its controller
const { PromiseReject, RangeError, TypeError } = primordials;
const { defineInterface, illegalConstructor, illegalInvocation, isObject, fieldNotOfType, notOfType, requireArguments } = require('./webidl');
const { WRITABLE, Writable, Writer, abort, close, closeQueuedOrInFlight, setUpFromSink } = require('./writable');
const { highWaterMarkOf, sizeOf, toStrategy } = require('./queuing-strategies');

const MADE = { __proto__: null };
const LOCKED = 'This WritableStream is currently locked to a writer.';
const RELEASED = 'This WritableStream writer has been released.';

class WritableStream {
  #writable;

  constructor(underlyingSink = undefined, strategy = undefined) {
    if (underlyingSink === MADE) {
      this.#writable = strategy;
      return;
    }
    const what = "Failed to construct 'WritableStream'";
    if (underlyingSink !== undefined && !isObject(underlyingSink)) throw notOfType(what, 1, 'UnderlyingSink');
    const queuing = toStrategy(strategy, what);
    const sink = toSink(underlyingSink, what);
    const writable = new Writable();
    this.#writable = writable;
    const size = sizeOf(queuing);
    setUpFromSink(writable, underlyingSink, sink, highWaterMarkOf(queuing, 1), size, wrapController);
  }

  get locked() {
    return this.#writable.writer !== null;
  }

  abort(reason = undefined) {
    if (!isObject(this) || !(#writable in this)) return PromiseReject(illegalInvocation());
    const writable = this.#writable;
    return writable.writer !== null ? PromiseReject(new TypeError(LOCKED)) : abort(writable, reason);
  }

  close() {
    if (!isObject(this) || !(#writable in this)) return PromiseReject(illegalInvocation());
    const writable = this.#writable;
    if (writable.writer !== null) return PromiseReject(new TypeError(LOCKED));
    if (closeQueuedOrInFlight(writable)) return PromiseReject(new TypeError('This WritableStream has been closed.'));
    return close(writable);
  }

  getWriter() {
    if (!(#writable in this)) throw illegalInvocation();
    return new WritableStreamDefaultWriter(this);
  }

  static {
    writableOf = (value) => (isObject(value) && #writable in value ? value.#writable : undefined);
  }
}

var writableOf;

class WritableStreamDefaultWriter {
  #writer;

  constructor(stream) {
    requireArguments(arguments.length, 1, "Failed to construct 'WritableStreamDefaultWriter'", 'WritableStream');
    const writable = writableOf(stream);
    if (writable === undefined) throw new TypeError("Failed to construct 'WritableStreamDefaultWriter': constructor parameter 1 is not of type 'WritableStream'.");
    this.#writer = new Writer(writable);
  }

  get closed() {
    return isObject(this) && #writer in this ? this.#writer.closed.promise : PromiseReject(illegalInvocation());
  }

  get desiredSize() {
    const writer = this.#writer;
    if (writer.writable === undefined) throw new TypeError(RELEASED);
    return writer.desiredSize();
  }

  get ready() {
    return isObject(this) && #writer in this ? this.#writer.ready.promise : PromiseReject(illegalInvocation());
  }

  abort(reason = undefined) {
    if (!isObject(this) || !(#writer in this)) return PromiseReject(illegalInvocation());
    const { writable } = this.#writer;
    return writable === undefined ? PromiseReject(new TypeError(RELEASED)) : abort(writable, reason);
  }

  close() {
    if (!isObject(this) || !(#writer in this)) return PromiseReject(illegalInvocation());
    const { writable } = this.#writer;
    if (writable === undefined) return PromiseReject(new TypeError(RELEASED));
    if (closeQueuedOrInFlight(writable)) return PromiseReject(new TypeError('This WritableStream has been closed.'));
    return close(writable);
  }

  releaseLock() {
    const writer = this.#writer;
    if (writer.writable !== undefined) writer.release();
  }

  write(chunk = undefined) {
    if (!isObject(this) || !(#writer in this)) return PromiseReject(illegalInvocation());
    const writer = this.#writer;
    return writer.writable === undefined ? PromiseReject(new TypeError(RELEASED)) : writer.write(chunk);
  }
}

class WritableStreamDefaultController {
  #controller;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#controller = arguments[1];
  }

  get signal() {
    return this.#controller.signal();
  }

  error(reason = undefined) {
    const controller = this.#controller;
    if (controller.writable.state === WRITABLE) controller.error(reason);
  }
}

function wrapController(controller) {
  return (controller.wrapper ??= new WritableStreamDefaultController(MADE, controller));
}

function wrapWritable(writable) {
  return new WritableStream(MADE, writable);
}

/** The members of UnderlyingSink, in the order Web IDL reads them. */
function toSink(sink, what) {
  if (sink === undefined) return { abort: undefined, close: undefined, start: undefined, write: undefined };
  const abortMember = callbackMember(sink.abort, 'abort', what);
  const closeMember = callbackMember(sink.close, 'close', what);
  const start = callbackMember(sink.start, 'start', what);
  const { type } = sink;
  const write = callbackMember(sink.write, 'write', what);
  if (type !== undefined) throw new RangeError('Invalid type is specified');
  return { abort: abortMember, close: closeMember, start, write };
}

function callbackMember(value, name, what) {
  if (value !== undefined && typeof value !== 'function') throw fieldNotOfType(name, 'UnderlyingSink', 'function');
  return value;
}

defineInterface(WritableStream);
defineInterface(WritableStreamDefaultWriter);
defineInterface(WritableStreamDefaultController);

module.exports = { WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter, wrapWritable, writableOf };
