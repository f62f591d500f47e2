// https://streams.spec.whatwg.org/#rs-default-controller-abstract-ops
const { Infinity, RangeError, ReflectApply } = primordials;
const { internal } = require('./webidl');
const { Fifo } = require('./fifo');
const { callback, nothing, PromiseResolve, upon } = require('./stream-promises');
const { READABLE, CLOSED, ERRORED, close: closeReadable, error: errorReadable, locked, waitingReads } = require('./readable');

class DefaultController {
  /** @param sizeOf undefined where each chunk counts 1; @param pull, cancel return promises */
  constructor(readable, pull, cancel, highWaterMark, sizeOf) {
    this.readable = readable;
    this.pull = pull;
    this.cancel = cancel;
    this.highWaterMark = highWaterMark;
    this.sizeOf = sizeOf;
    this.chunks = new Fifo();
    this.sizes = sizeOf === undefined ? undefined : new Fifo();
    this.total = 0;
    this.started = false;
    this.closeRequested = false;
    this.pulling = false;
    this.pullAgain = false;
    this.pulled = () => {
      this.pulling = false;
      if (this.pullAgain) {
        this.pullAgain = false;
        this.callPullIfNeeded();
      }
    };
    this.pullFailed = (reason) => this.error(reason);
    readable.controller = this;
  }

  /** @param started a promise of what `start` returned */
  startWith(started) {
    upon(
      started,
      () => {
        this.started = true;
        this.callPullIfNeeded();
      },
      this.pullFailed,
    );
  }

  pullSteps(request) {
    if (this.chunks.length > 0) {
      const chunk = this.dequeue();
      if (this.closeRequested && this.chunks.length === 0) {
        this.clear();
        closeReadable(this.readable);
      } else {
        this.callPullIfNeeded();
      }
      request.chunk(chunk);
    } else {
      this.readable.reader.requests.push(request);
      this.callPullIfNeeded();
    }
  }

  cancelSteps(reason) {
    this.chunks = new Fifo();
    this.total = 0;
    const { cancel } = this;
    const result = cancel(reason);
    this.clear();
    return result;
  }

  releaseSteps() {}

  dequeue() {
    if (this.sizes !== undefined) {
      this.total -= this.sizes.shift();
      if (this.total < 0) this.total = 0;
    } else {
      this.total--;
    }
    return this.chunks.shift();
  }

  callPullIfNeeded() {
    if (!this.shouldPull()) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    const { pull } = this;
    upon(pull(), this.pulled, this.pullFailed);
  }

  shouldPull() {
    if (!this.canCloseOrEnqueue() || !this.started) return false;
    if (locked(this.readable) && waitingReads(this.readable) > 0) return true;
    return this.highWaterMark - this.total > 0;
  }

  /** Lets go of the algorithms, so that the source can be collected. */
  clear() {
    this.pull = nothing;
    this.cancel = nothing;
    this.sizeOf = undefined;
  }

  canCloseOrEnqueue() {
    return !this.closeRequested && this.readable.state === READABLE;
  }

  close() {
    if (!this.canCloseOrEnqueue()) return;
    this.closeRequested = true;
    if (this.chunks.length === 0) {
      this.clear();
      closeReadable(this.readable);
    }
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue()) return;
    const { readable } = this;
    if (locked(readable) && waitingReads(readable) > 0) {
      readable.reader.requests.shift().chunk(chunk);
    } else if (this.sizes === undefined) {
      this.chunks.push(chunk);
      this.total++;
    } else {
      this.enqueueSized(chunk);
    }
    this.callPullIfNeeded();
  }

  enqueueSized(chunk) {
    let size;
    try {
      size = (0, this.sizeOf)(chunk);
    } catch (error) {
      this.error(error);
      throw error;
    }
    if (!(size >= 0) || size === Infinity) {
      const error = new RangeError("The return value of a queuing strategy's size function must be a finite, non-NaN, non-negative number");
      this.error(error);
      throw error;
    }
    this.chunks.push(chunk);
    this.sizes.push(size);
    this.total += size;
  }

  error(reason) {
    if (this.readable.state !== READABLE) return;
    this.chunks = new Fifo();
    this.total = 0;
    this.clear();
    errorReadable(this.readable, reason);
  }

  desiredSize() {
    const { state } = this.readable;
    if (state === ERRORED) return null;
    if (state === CLOSED) return 0;
    return this.highWaterMark - this.total;
  }

  hasBackpressure() {
    return !this.shouldPull();
  }
}

/** Puts a controller on a stream for a source of the user's. */
function setUpFromSource(readable, source, { start, pull, cancel }, highWaterMark, sizeOf, wrap) {
  let controller;
  const pullAlgorithm = pull === undefined ? resolved : () => callback(pull, source, [wrap(controller)]);
  const cancelAlgorithm = cancel === undefined ? resolved : (reason) => callback(cancel, source, [reason]);
  controller = new DefaultController(readable, pullAlgorithm, cancelAlgorithm, highWaterMark, sizeOf);
  const started = start === undefined ? undefined : ReflectApply(start, source, [wrap(controller)]);
  controller.startWith(PromiseResolve(started));
}

function resolved() {
  return PromiseResolve(undefined);
}

internal(DefaultController);

module.exports = { DefaultController, resolved, setUpFromSource };
