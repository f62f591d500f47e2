// The states of a writable stream, its writer and its controller. https://streams.spec.whatwg.org/#ws-all-abstract-ops
const { Infinity, RangeError, ReflectApply, TypeError } = primordials;
const { internal } = require('./webidl');
const { Fifo } = require('./fifo');
const { PromiseReject, PromiseResolve, callback, deferred, rejectedDeferred, resolvedDeferred, setHandled, upon } = require('./stream-promises');

const WRITABLE = 0;
const ERRORING = 1;
const CLOSED = 2;
const ERRORED = 3;
const CLOSE = { __proto__: null };

class Writable {
  constructor() {
    this.state = WRITABLE;
    this.stored = undefined;
    this.writer = null;
    this.controller = undefined;
    this.writeRequests = new Fifo(); // deferreds
    this.inFlightWrite = undefined;
    this.closeRequest = undefined;
    this.inFlightClose = undefined;
    this.pendingAbort = undefined; // { deferred, reason, wasErroring }
    this.backpressure = false;
  }
}

class Writer {
  constructor(writable) {
    if (writable.writer !== null) throw new TypeError('This WritableStream is currently locked to a writer.');
    this.writable = writable;
    writable.writer = this;
    switch (writable.state) {
      case WRITABLE:
        this.ready = !closeQueuedOrInFlight(writable) && writable.backpressure ? deferred() : resolvedDeferred(undefined);
        this.closed = deferred();
        break;
      case ERRORING:
        this.ready = rejectedDeferred(writable.stored);
        this.closed = deferred();
        break;
      case CLOSED:
        this.ready = resolvedDeferred(undefined);
        this.closed = resolvedDeferred(undefined);
        break;
      default:
        this.ready = rejectedDeferred(writable.stored);
        this.closed = rejectedDeferred(writable.stored);
    }
    this.readyPending = writable.state === WRITABLE && writable.backpressure && !closeQueuedOrInFlight(writable);
    this.closedPending = writable.state === WRITABLE || writable.state === ERRORING;
  }

  rejectReady(reason) {
    if (this.readyPending) {
      this.ready.reject(reason);
      setHandled(this.ready.promise);
    } else {
      this.ready = rejectedDeferred(reason);
    }
    this.readyPending = false;
  }

  rejectClosed(reason) {
    if (this.closedPending) {
      this.closed.reject(reason);
      setHandled(this.closed.promise);
    } else {
      this.closed = rejectedDeferred(reason);
    }
    this.closedPending = false;
  }

  resolveReady() {
    this.ready.resolve(undefined);
    this.readyPending = false;
  }

  desiredSize() {
    const { writable } = this;
    if (writable.state === ERRORED || writable.state === ERRORING) return null;
    if (writable.state === CLOSED) return 0;
    return writable.controller.desiredSize();
  }

  write(chunk) {
    const { writable } = this;
    const { controller } = writable;
    const size = controller.chunkSize(chunk);
    if (writable !== this.writable) return PromiseReject(new TypeError('This WritableStream writer has been released.'));
    const { state } = writable;
    if (state === ERRORED) return PromiseReject(writable.stored);
    if (closeQueuedOrInFlight(writable) || state === CLOSED) return PromiseReject(new TypeError('This WritableStream has been closed.'));
    if (state === ERRORING) return PromiseReject(writable.stored);
    const request = deferred();
    writable.writeRequests.push(request);
    controller.write(chunk, size);
    return request.promise;
  }

  close() {
    return close(this.writable);
  }

  closeWithErrorPropagation() {
    const { writable } = this;
    if (closeQueuedOrInFlight(writable) || writable.state === CLOSED) return PromiseResolve(undefined);
    if (writable.state === ERRORED) return PromiseReject(writable.stored);
    return close(writable);
  }

  release() {
    const reason = new TypeError('This WritableStream writer has been released.');
    this.rejectReady(reason);
    this.rejectClosed(reason);
    this.writable.writer = null;
    this.writable = undefined;
  }
}

function closeQueuedOrInFlight(writable) {
  return writable.closeRequest !== undefined || writable.inFlightClose !== undefined;
}

function abort(writable, reason) {
  if (writable.state === CLOSED || writable.state === ERRORED) return PromiseResolve(undefined);
  writable.controller.signalAbort(reason);
  const { state } = writable;
  if (state === CLOSED || state === ERRORED) return PromiseResolve(undefined);
  if (writable.pendingAbort !== undefined) return writable.pendingAbort.deferred.promise;
  const wasErroring = state === ERRORING;
  const request = { deferred: deferred(), reason: wasErroring ? undefined : reason, wasErroring };
  writable.pendingAbort = request;
  if (!wasErroring) startErroring(writable, reason);
  return request.deferred.promise;
}

function close(writable) {
  const { state } = writable;
  if (state === CLOSED || state === ERRORED) {
    return PromiseReject(new TypeError(state === CLOSED ? 'This WritableStream has been closed.' : 'This WritableStream is errored and cannot be closed.'));
  }
  const request = deferred();
  writable.closeRequest = request;
  const { writer } = writable;
  if (writer !== null && writable.backpressure && state === WRITABLE) writer.resolveReady();
  writable.controller.close();
  return request.promise;
}

function startErroring(writable, reason) {
  writable.state = ERRORING;
  writable.stored = reason;
  if (writable.writer !== null) writable.writer.rejectReady(reason);
  if (writable.inFlightWrite === undefined && writable.inFlightClose === undefined && writable.controller.started) finishErroring(writable);
}

function finishErroring(writable) {
  writable.state = ERRORED;
  writable.controller.errorSteps();
  const { stored } = writable;
  const requests = writable.writeRequests;
  writable.writeRequests = new Fifo();
  while (requests.length > 0) requests.shift().reject(stored);
  const request = writable.pendingAbort;
  if (request === undefined) {
    rejectCloseAndClosed(writable);
    return;
  }
  writable.pendingAbort = undefined;
  if (request.wasErroring) {
    request.deferred.reject(stored);
    rejectCloseAndClosed(writable);
    return;
  }
  upon(
    writable.controller.abortSteps(request.reason),
    () => {
      request.deferred.resolve(undefined);
      rejectCloseAndClosed(writable);
    },
    (reason) => {
      request.deferred.reject(reason);
      rejectCloseAndClosed(writable);
    },
  );
}

function rejectCloseAndClosed(writable) {
  if (writable.closeRequest !== undefined) {
    writable.closeRequest.reject(writable.stored);
    writable.closeRequest = undefined;
  }
  if (writable.writer !== null) writable.writer.rejectClosed(writable.stored);
}

function dealWithRejection(writable, error) {
  if (writable.state === WRITABLE) startErroring(writable, error);
  else finishErroring(writable);
}

function finishWrite(writable) {
  writable.inFlightWrite.resolve(undefined);
  writable.inFlightWrite = undefined;
}

function finishWriteWithError(writable, error) {
  writable.inFlightWrite.reject(error);
  writable.inFlightWrite = undefined;
  dealWithRejection(writable, error);
}

function finishClose(writable) {
  writable.inFlightClose.resolve(undefined);
  writable.inFlightClose = undefined;
  if (writable.state === ERRORING) {
    writable.stored = undefined;
    if (writable.pendingAbort !== undefined) {
      writable.pendingAbort.deferred.resolve(undefined);
      writable.pendingAbort = undefined;
    }
  }
  writable.state = CLOSED;
  const { writer } = writable;
  if (writer !== null) {
    writer.closed.resolve(undefined);
    writer.closedPending = false;
  }
}

function finishCloseWithError(writable, error) {
  writable.inFlightClose.reject(error);
  writable.inFlightClose = undefined;
  if (writable.pendingAbort !== undefined) {
    writable.pendingAbort.deferred.reject(error);
    writable.pendingAbort = undefined;
  }
  dealWithRejection(writable, error);
}

function updateBackpressure(writable, backpressure) {
  const { writer } = writable;
  if (writer !== null && backpressure !== writable.backpressure) {
    if (backpressure) {
      writer.ready = deferred();
      writer.readyPending = true;
    } else {
      writer.resolveReady();
    }
  }
  writable.backpressure = backpressure;
}

class WritableController {
  /** @param sink { write(chunk), close(), abort(reason) } returning promises; @param sizeOf undefined where each chunk counts 1 */
  constructor(writable, sink, highWaterMark, sizeOf) {
    this.writable = writable;
    this.sink = sink;
    this.highWaterMark = highWaterMark;
    this.sizeOf = sizeOf;
    this.chunks = new Fifo();
    this.sizes = new Fifo();
    this.total = 0;
    this.started = false;
    this.abortController = undefined; // made when the signal is asked for
    this.abortReason = undefined;
    this.aborted = false;
    this.written = () => this.afterWrite();
    this.writeFailed = (error) => {
      if (writable.state === WRITABLE) this.clear();
      finishWriteWithError(writable, error);
    };
    writable.controller = this;
    updateBackpressure(writable, this.backpressure());
  }

  startWith(started) {
    const { writable } = this;
    upon(
      started,
      () => {
        this.started = true;
        this.advance();
      },
      (error) => {
        this.started = true;
        dealWithRejection(writable, error);
      },
    );
  }

  signalAbort(reason) {
    this.aborted = true;
    this.abortReason = reason;
    if (this.abortController !== undefined) this.abortController.abort(reason);
  }

  signal() {
    if (this.abortController === undefined) {
      const { AbortController } = require('./abort');
      this.abortController = new AbortController();
      if (this.aborted) this.abortController.abort(this.abortReason);
    }
    return this.abortController.signal;
  }

  abortSteps(reason) {
    const result = this.sink.abort(reason);
    this.clear();
    return result;
  }

  errorSteps() {
    this.chunks = new Fifo();
    this.sizes = new Fifo();
    this.total = 0;
  }

  clear() {
    this.sink = NO_SINK;
    this.sizeOf = undefined;
  }

  chunkSize(chunk) {
    const { sizeOf } = this;
    if (sizeOf === undefined) return 1;
    try {
      return sizeOf(chunk);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  desiredSize() {
    return this.highWaterMark - this.total;
  }

  backpressure() {
    return this.highWaterMark - this.total <= 0;
  }

  close() {
    this.chunks.push(CLOSE);
    this.sizes.push(0);
    this.advance();
  }

  write(chunk, size) {
    if (!(size >= 0) || size === Infinity) {
      this.errorIfNeeded(new RangeError("The return value of a queuing strategy's size function must be a finite, non-NaN, non-negative number"));
      return;
    }
    this.chunks.push(chunk);
    this.sizes.push(size);
    this.total += size;
    const { writable } = this;
    if (!closeQueuedOrInFlight(writable) && writable.state === WRITABLE) updateBackpressure(writable, this.backpressure());
    this.advance();
  }

  dequeue() {
    this.chunks.shift();
    this.total -= this.sizes.shift();
    if (this.total < 0) this.total = 0;
  }

  advance() {
    const { writable } = this;
    if (!this.started || writable.inFlightWrite !== undefined) return;
    if (writable.state === ERRORING) {
      finishErroring(writable);
      return;
    }
    if (this.chunks.length === 0) return;
    const chunk = this.chunks.peek();
    if (chunk === CLOSE) this.processClose();
    else this.processWrite(chunk);
  }

  processClose() {
    const { writable } = this;
    writable.inFlightClose = writable.closeRequest;
    writable.closeRequest = undefined;
    this.dequeue();
    const closing = this.sink.close();
    this.clear();
    upon(closing, () => finishClose(writable), (error) => finishCloseWithError(writable, error));
  }

  processWrite(chunk) {
    const { writable } = this;
    writable.inFlightWrite = writable.writeRequests.shift();
    upon(this.sink.write(chunk), this.written, this.writeFailed);
  }

  afterWrite() {
    const { writable } = this;
    finishWrite(writable);
    const { state } = writable;
    this.dequeue();
    if (!closeQueuedOrInFlight(writable) && state === WRITABLE) updateBackpressure(writable, this.backpressure());
    this.advance();
  }

  errorIfNeeded(error) {
    if (this.writable.state === WRITABLE) this.error(error);
  }

  error(error) {
    this.clear();
    startErroring(this.writable, error);
  }
}

const resolved = () => PromiseResolve(undefined);
const NO_SINK = { write: resolved, close: resolved, abort: resolved };

/** Puts a controller on a stream for a sink of the user's. */
function setUpFromSink(writable, sink, { start, write, close: closeSink, abort: abortSink }, highWaterMark, sizeOf, wrap) {
  let controller;
  const algorithms = {
    write: write === undefined ? resolved : (chunk) => callback(write, sink, [chunk, wrap(controller)]),
    close: closeSink === undefined ? resolved : () => callback(closeSink, sink, []),
    abort: abortSink === undefined ? resolved : (reason) => callback(abortSink, sink, [reason]),
  };
  controller = new WritableController(writable, algorithms, highWaterMark, sizeOf);
  const started = start === undefined ? undefined : ReflectApply(start, sink, [wrap(controller)]);
  controller.startWith(PromiseResolve(started));
}

/** What an inspector shows of a stream's state. */
function describe({ state }) {
  return state === WRITABLE ? 'writable' : state === ERRORING ? 'erroring' : state === CLOSED ? 'closed' : 'errored';
}

internal(Writable);
internal(Writer);
internal(WritableController);

module.exports = {
  CLOSED, ERRORED, ERRORING, WRITABLE, Writable, WritableController, Writer, abort, close, closeQueuedOrInFlight, describe, setUpFromSink,
};
