// Transform streams without their interface. https://streams.spec.whatwg.org/#ts-all-abstract-ops
const { Promise, TypeError } = primordials;
const { internal } = require('./webidl');
const { READABLE, ERRORED, Readable } = require('./readable');
const { DefaultController } = require('./readable-default-controller');
const { ERRORING, ERRORED: WRITABLE_ERRORED, Writable, WritableController } = require('./writable');
const { PromiseResolve, deferred, then, upon } = require('./stream-promises');

class Transform {
  /** @param algorithms { transform(chunk), flush(), cancel(reason) } returning promises; @param makeReadable gives the readable side its controller */
  constructor(started, algorithms, writableMark, writableSize, readableMark, readableSize, makeReadable = defaultReadable) {
    this.algorithms = algorithms;
    this.backpressure = undefined;
    this.backpressureChange = undefined;
    this.finishing = undefined; // a deferred
    this.writable = new Writable();
    this.readable = new Readable();
    new WritableController(this.writable, {
      write: (chunk) => this.write(chunk),
      close: () => this.close(),
      abort: (reason) => this.abort(reason),
    }, writableMark, writableSize).startWith(after(started));
    makeReadable(this.readable, () => this.pull(), (reason) => this.cancel(reason), readableMark, readableSize).startWith(after(started));
    this.setBackpressure(true);
  }

  setBackpressure(backpressure) {
    if (this.backpressureChange !== undefined) this.backpressureChange.resolve(undefined);
    this.backpressureChange = deferred();
    this.backpressure = backpressure;
  }

  write(chunk) {
    if (!this.backpressure) return this.perform(chunk);
    return then(this.backpressureChange.promise, () => {
      if (this.writable.state === ERRORING) throw this.writable.stored;
      return this.perform(chunk);
    });
  }

  perform(chunk) {
    return then(this.algorithms.transform(chunk), undefined, (error) => {
      this.error(error);
      throw error;
    });
  }

  abort(reason) {
    if (this.finishing !== undefined) return this.finishing.promise;
    const { readable } = this;
    this.finishing = deferred();
    const cancelled = this.algorithms.cancel(reason);
    this.clear();
    upon(
      cancelled,
      () => {
        if (readable.state === ERRORED) {
          this.finishing.reject(readable.stored);
        } else {
          readable.controller.error(reason);
          this.finishing.resolve(undefined);
        }
      },
      (error) => {
        readable.controller.error(error);
        this.finishing.reject(error);
      },
    );
    return this.finishing.promise;
  }

  close() {
    if (this.finishing !== undefined) return this.finishing.promise;
    const { readable } = this;
    this.finishing = deferred();
    const flushed = this.algorithms.flush();
    this.clear();
    upon(
      flushed,
      () => {
        if (readable.state === ERRORED) {
          this.finishing.reject(readable.stored);
        } else {
          closeReadableSide(readable);
          this.finishing.resolve(undefined);
        }
      },
      (error) => {
        readable.controller.error(error);
        this.finishing.reject(error);
      },
    );
    return this.finishing.promise;
  }

  cancel(reason) {
    if (this.finishing !== undefined) return this.finishing.promise;
    const { writable } = this;
    this.finishing = deferred();
    const cancelled = this.algorithms.cancel(reason);
    this.clear();
    upon(
      cancelled,
      () => {
        if (writable.state === WRITABLE_ERRORED) {
          this.finishing.reject(writable.stored);
        } else {
          writable.controller.errorIfNeeded(reason);
          this.unblockWrite();
          this.finishing.resolve(undefined);
        }
      },
      (error) => {
        writable.controller.errorIfNeeded(error);
        this.unblockWrite();
        this.finishing.reject(error);
      },
    );
    return this.finishing.promise;
  }

  pull() {
    this.setBackpressure(false);
    return this.backpressureChange.promise;
  }

  clear() {
    this.algorithms = CLEARED;
  }

  /** https://streams.spec.whatwg.org/#transform-stream-default-controller-enqueue */
  enqueue(chunk) {
    const { controller } = this.readable;
    if (!canEnqueue(this.readable)) throw new TypeError('Readable side is not in a state that permits enqueue');
    try {
      controller.enqueue(chunk);
    } catch (error) {
      this.errorWritableAndUnblock(error);
      throw this.readable.stored;
    }
    const backpressure = !controller.shouldPull();
    if (backpressure !== this.backpressure) this.setBackpressure(true);
  }

  error(error) {
    this.readable.controller.error(error);
    this.errorWritableAndUnblock(error);
  }

  errorWritableAndUnblock(error) {
    this.clear();
    this.writable.controller.errorIfNeeded(error);
    this.unblockWrite();
  }

  unblockWrite() {
    if (this.backpressure) this.setBackpressure(false);
  }

  terminate() {
    closeReadableSide(this.readable);
    this.errorWritableAndUnblock(new TypeError('TransformStream terminated'));
  }
}

/** A promise resolved with a promise, as the specification has it here: settled some turns later. */
function after(promise) {
  return new Promise((resolve) => resolve(promise));
}

function canEnqueue(readable) {
  return readable.state === READABLE && !readable.controller.closeRequested;
}

function closeReadableSide(readable) {
  const { controller } = readable;
  controller.close();
  if (controller.pending !== undefined && controller.pending.length > 0) controller.respond(0);
}

function defaultReadable(readable, pull, cancel, highWaterMark, sizeOf) {
  return new DefaultController(readable, pull, cancel, highWaterMark, sizeOf);
}

const resolved = () => PromiseResolve(undefined);
const CLEARED = { transform: resolved, flush: resolved, cancel: resolved };

internal(Transform);

module.exports = { Transform };
