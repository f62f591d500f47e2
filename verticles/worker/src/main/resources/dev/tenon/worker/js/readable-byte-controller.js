// https://streams.spec.whatwg.org/#rbs-controller-abstract-ops
const {
  ArrayBuffer, ArrayBufferPrototypeGetByteLength, ArrayBufferPrototypeGetDetached, ArrayBufferPrototypeSlice, ArrayBufferPrototypeTransfer, ArrayPrototypePush,
  ArrayPrototypeShift, DataView, MathMin, RangeError, ReflectApply, TypeError, TypedArrayPrototypeGetSymbolToStringTag, TypedArrayPrototypeSet, Uint8Array,
} = primordials;
const { Fifo } = require('./fifo');
const { PromiseResolve, callback, nothing, upon } = require('./stream-promises');
const { internal, isTypedArray, viewBuffer, viewByteLength, viewByteOffset } = require('./webidl');
const {
  CLOSED, ERRORED, READABLE, close: closeReadable, error: errorReadable, hasByobReader, hasDefaultReader, waitingReadIntos, waitingReads,
} = require('./readable');
const { resolved } = require('./readable-default-controller');

const FOR_DEFAULT = 0;
const FOR_BYOB = 1;
const FOR_NONE = 2; // the reader was released

/** A buffer of a reader (or one allocated for it) that waits to be filled. */
class PullInto {
  constructor(buffer, byteOffset, byteLength, minimumFill, elementSize, View, purpose) {
    this.buffer = buffer;
    this.bufferByteLength = ArrayBufferPrototypeGetByteLength(buffer);
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.filled = 0;
    this.minimumFill = minimumFill;
    this.elementSize = elementSize;
    this.View = View;
    this.purpose = purpose;
  }

  /** The filled part as the reader wants to see it. */
  view() {
    return new this.View(ArrayBufferPrototypeTransfer(this.buffer), this.byteOffset, this.filled / this.elementSize);
  }
}

class ByteController {
  /** @param autoAllocate bytes allocated for a default reader, undefined for none */
  constructor(readable, pull, cancel, highWaterMark, autoAllocate) {
    this.readable = readable;
    this.isBytes = true;
    this.pull = pull;
    this.cancel = cancel;
    this.highWaterMark = highWaterMark;
    this.autoAllocate = autoAllocate;
    this.queue = new Fifo(); // { buffer, byteOffset, byteLength }
    this.total = 0;
    this.pending = []; // PullIntos
    this.started = false;
    this.closeRequested = false;
    this.pulling = false;
    this.pullAgain = false;
    this.byobRequest = null; // { controller, view, wrapper }
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
    if (this.total > 0) {
      this.fillReadRequestFromQueue(request);
      return;
    }
    if (this.autoAllocate !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(this.autoAllocate);
      } catch (error) {
        request.error(error);
        return;
      }
      ArrayPrototypePush(this.pending, new PullInto(buffer, 0, this.autoAllocate, 1, 1, Uint8Array, FOR_DEFAULT));
    }
    this.readable.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  cancelSteps(reason) {
    this.clearPending();
    this.resetQueue();
    const { cancel } = this;
    const result = cancel(reason);
    this.clear();
    return result;
  }

  releaseSteps() {
    if (this.pending.length > 0) {
      const first = this.pending[0];
      first.purpose = FOR_NONE;
      this.pending = [first];
    }
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
    if (this.readable.state !== READABLE || this.closeRequested || !this.started) return false;
    if (waitingReads(this.readable) > 0 || waitingReadIntos(this.readable) > 0) return true;
    return this.highWaterMark - this.total > 0;
  }

  clear() {
    this.pull = nothing;
    this.cancel = nothing;
  }

  clearPending() {
    this.invalidateByobRequest();
    this.pending = [];
  }

  resetQueue() {
    this.queue.clear();
    this.total = 0;
  }

  close() {
    if (this.closeRequested || this.readable.state !== READABLE) return;
    if (this.total > 0) {
      this.closeRequested = true;
      return;
    }
    if (this.pending.length > 0 && this.pending[0].filled % this.pending[0].elementSize !== 0) {
      const error = new TypeError('Insufficient bytes to fill elements in the given buffer');
      this.error(error);
      throw error;
    }
    this.clear();
    closeReadable(this.readable);
  }

  enqueue(chunk) {
    const { readable } = this;
    if (this.closeRequested || readable.state !== READABLE) return;
    const buffer = viewBuffer(chunk);
    const byteOffset = viewByteOffset(chunk);
    const byteLength = viewByteLength(chunk);
    if (ArrayBufferPrototypeGetDetached(buffer)) throw new TypeError("chunk's buffer is detached and so cannot be enqueued");
    const transferred = ArrayBufferPrototypeTransfer(buffer);
    if (this.pending.length > 0) {
      const first = this.pending[0];
      if (ArrayBufferPrototypeGetDetached(first.buffer)) {
        throw new TypeError("The BYOB request's buffer has been detached and so cannot be filled with an enqueued chunk");
      }
      this.invalidateByobRequest();
      first.buffer = ArrayBufferPrototypeTransfer(first.buffer);
      if (first.purpose === FOR_NONE) this.enqueueDetachedPullInto(first);
    }
    if (hasDefaultReader(readable)) {
      this.processReadRequests();
      if (waitingReads(readable) === 0) {
        this.enqueueToQueue(transferred, byteOffset, byteLength);
      } else {
        if (this.pending.length > 0) ArrayPrototypeShift(this.pending);
        readable.reader.requests.shift().chunk(new Uint8Array(transferred, byteOffset, byteLength));
      }
    } else if (hasByobReader(readable)) {
      this.enqueueToQueue(transferred, byteOffset, byteLength);
      this.commitAll(this.processPullIntos());
    } else {
      this.enqueueToQueue(transferred, byteOffset, byteLength);
    }
    this.callPullIfNeeded();
  }

  enqueueToQueue(buffer, byteOffset, byteLength) {
    this.queue.push({ buffer, byteOffset, byteLength });
    this.total += byteLength;
  }

  enqueueCloned(buffer, byteOffset, byteLength) {
    let clone;
    try {
      clone = ArrayBufferPrototypeSlice(buffer, byteOffset, byteOffset + byteLength);
    } catch (error) {
      this.error(error);
      throw error;
    }
    this.enqueueToQueue(clone, 0, byteLength);
  }

  enqueueDetachedPullInto(pullInto) {
    if (pullInto.filled > 0) this.enqueueCloned(pullInto.buffer, pullInto.byteOffset, pullInto.filled);
    ArrayPrototypeShift(this.pending);
  }

  error(reason) {
    if (this.readable.state !== READABLE) return;
    this.clearPending();
    this.resetQueue();
    this.clear();
    errorReadable(this.readable, reason);
  }

  desiredSize() {
    const { state } = this.readable;
    if (state === ERRORED) return null;
    if (state === CLOSED) return 0;
    return this.highWaterMark - this.total;
  }

  commit(pullInto) {
    const done = this.readable.state === CLOSED;
    const view = pullInto.view();
    const request = this.readable.reader.requests.shift();
    if (done) request.close(view);
    else request.chunk(view);
  }

  commitAll(pullIntos) {
    for (let i = 0; i < pullIntos.length; i++) this.commit(pullIntos[i]);
  }

  fillFromQueue(pullInto) {
    const copyMax = MathMin(this.total, pullInto.byteLength - pullInto.filled);
    const filledMax = pullInto.filled + copyMax;
    const aligned = filledMax - (filledMax % pullInto.elementSize);
    const ready = aligned >= pullInto.minimumFill;
    let left = ready ? aligned - pullInto.filled : copyMax;
    const target = new Uint8Array(pullInto.buffer);
    while (left > 0) {
      const head = this.queue.peek();
      const count = MathMin(left, head.byteLength);
      TypedArrayPrototypeSet(target, new Uint8Array(head.buffer, head.byteOffset, count), pullInto.byteOffset + pullInto.filled);
      if (head.byteLength === count) {
        this.queue.shift();
      } else {
        head.byteOffset += count;
        head.byteLength -= count;
      }
      this.total -= count;
      pullInto.filled += count;
      left -= count;
    }
    return ready;
  }

  fillReadRequestFromQueue(request) {
    const entry = this.queue.shift();
    this.total -= entry.byteLength;
    this.handleQueueDrain();
    request.chunk(new Uint8Array(entry.buffer, entry.byteOffset, entry.byteLength));
  }

  handleQueueDrain() {
    if (this.total === 0 && this.closeRequested) {
      this.clear();
      closeReadable(this.readable);
    } else {
      this.callPullIfNeeded();
    }
  }

  invalidateByobRequest() {
    if (this.byobRequest === null) return;
    this.byobRequest.controller = undefined;
    this.byobRequest.view = null;
    this.byobRequest = null;
  }

  currentByobRequest() {
    if (this.byobRequest === null && this.pending.length > 0) {
      const first = this.pending[0];
      const view = new Uint8Array(first.buffer, first.byteOffset + first.filled, first.byteLength - first.filled);
      this.byobRequest = { controller: this, view, wrapper: undefined };
    }
    return this.byobRequest;
  }

  processPullIntos() {
    const filled = [];
    while (this.pending.length > 0 && this.total > 0) {
      const pullInto = this.pending[0];
      if (this.fillFromQueue(pullInto)) {
        ArrayPrototypeShift(this.pending);
        ArrayPrototypePush(filled, pullInto);
      }
    }
    return filled;
  }

  processReadRequests() {
    const { requests } = this.readable.reader;
    while (requests.length > 0 && this.total > 0) this.fillReadRequestFromQueue(requests.shift());
  }

  /** @param min in elements of the view */
  pullInto(view, min, request) {
    const { readable } = this;
    const typed = isTypedArray(view);
    const elementSize = typed ? view.BYTES_PER_ELEMENT : 1;
    const View = typed ? viewType(view) : DataView;
    const byteOffset = viewByteOffset(view);
    const byteLength = viewByteLength(view);
    let buffer;
    try {
      buffer = ArrayBufferPrototypeTransfer(viewBuffer(view));
    } catch (error) {
      request.error(error);
      return;
    }
    const pullInto = new PullInto(buffer, byteOffset, byteLength, min * elementSize, elementSize, View, FOR_BYOB);
    if (this.pending.length > 0) {
      ArrayPrototypePush(this.pending, pullInto);
      readable.reader.requests.push(request);
      return;
    }
    if (readable.state === CLOSED) {
      request.close(new View(pullInto.buffer, pullInto.byteOffset, 0));
      return;
    }
    if (this.total > 0) {
      if (this.fillFromQueue(pullInto)) {
        const filled = pullInto.view();
        this.handleQueueDrain();
        request.chunk(filled);
        return;
      }
      if (this.closeRequested) {
        const error = new TypeError('Insufficient bytes to fill elements in the given buffer');
        this.error(error);
        request.error(error);
        return;
      }
    }
    ArrayPrototypePush(this.pending, pullInto);
    readable.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  respond(bytesWritten) {
    const first = this.pending[0];
    if (this.readable.state === CLOSED) {
      if (bytesWritten !== 0) throw new TypeError('bytesWritten must be 0 when calling respond() on a closed stream');
    } else {
      if (bytesWritten === 0) throw new TypeError('bytesWritten must be greater than 0 when calling respond() on a readable stream');
      if (first.filled + bytesWritten > first.byteLength) throw new RangeError('bytesWritten out of range');
    }
    first.buffer = ArrayBufferPrototypeTransfer(first.buffer);
    this.respondInternal(bytesWritten);
  }

  respondWithNewView(view) {
    const first = this.pending[0];
    const byteLength = viewByteLength(view);
    if (this.readable.state === CLOSED) {
      if (byteLength !== 0) throw new TypeError("The view's length must be 0 when calling respondWithNewView() on a closed stream");
    } else if (byteLength === 0) {
      throw new TypeError("The view's length must be greater than 0 when calling respondWithNewView() on a readable stream");
    }
    if (first.byteOffset + first.filled !== viewByteOffset(view)) throw new RangeError('The region specified by view does not match byobRequest');
    if (first.bufferByteLength !== ArrayBufferPrototypeGetByteLength(viewBuffer(view))) {
      throw new RangeError('The buffer of view has different capacity than byobRequest');
    }
    if (first.filled + byteLength > first.byteLength) throw new RangeError('The region specified by view is larger than byobRequest');
    first.buffer = ArrayBufferPrototypeTransfer(viewBuffer(view));
    this.respondInternal(byteLength);
  }

  respondInternal(bytesWritten) {
    const first = this.pending[0];
    this.invalidateByobRequest();
    if (this.readable.state === CLOSED) this.respondClosed(first);
    else this.respondReadable(bytesWritten, first);
    this.callPullIfNeeded();
  }

  respondClosed(first) {
    if (first.purpose === FOR_NONE) ArrayPrototypeShift(this.pending);
    if (!hasByobReader(this.readable)) return;
    const filled = [];
    while (filled.length < waitingReadIntos(this.readable)) ArrayPrototypePush(filled, ArrayPrototypeShift(this.pending));
    this.commitAll(filled);
  }

  respondReadable(bytesWritten, pullInto) {
    pullInto.filled += bytesWritten;
    if (pullInto.purpose === FOR_NONE) {
      this.enqueueDetachedPullInto(pullInto);
      this.commitAll(this.processPullIntos());
      return;
    }
    if (pullInto.filled < pullInto.minimumFill) return;
    ArrayPrototypeShift(this.pending);
    const rest = pullInto.filled % pullInto.elementSize;
    if (rest > 0) {
      const end = pullInto.byteOffset + pullInto.filled;
      this.enqueueCloned(pullInto.buffer, end - rest, rest);
    }
    pullInto.filled -= rest;
    const filled = this.processPullIntos();
    this.commit(pullInto);
    this.commitAll(filled);
  }
}

const VIEWS = { __proto__: null };
for (const name of [
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array',
  'BigUint64Array',
]) {
  VIEWS[name] = primordials[name];
}

function viewType(view) {
  return VIEWS[TypedArrayPrototypeGetSymbolToStringTag(view)];
}

/** Puts a controller on a byte stream for a source of the user's. */
function setUpFromSource(readable, source, { start, pull, cancel, autoAllocateChunkSize }, highWaterMark, wrap) {
  if (autoAllocateChunkSize === 0) throw new TypeError('The autoAllocateChunkSize option cannot be zero.');
  let controller;
  const pullAlgorithm = pull === undefined ? resolved : () => callback(pull, source, [wrap(controller)]);
  const cancelAlgorithm = cancel === undefined ? resolved : (reason) => callback(cancel, source, [reason]);
  controller = new ByteController(readable, pullAlgorithm, cancelAlgorithm, highWaterMark, autoAllocateChunkSize);
  const started = start === undefined ? undefined : ReflectApply(start, source, [wrap(controller)]);
  controller.startWith(PromiseResolve(started));
}

internal(PullInto);
internal(ByteController);

module.exports = { ByteController, setUpFromSource };
