// The states of a readable stream and of its readers, and what changes them. https://streams.spec.whatwg.org/#rs-abstract-ops
//
// Inside the runtime a stream is a Readable, a reader a Reader; the interfaces of the specification are thin objects over them. A controller (see
// readable-default-controller.js and readable-byte-controller.js) has `pullSteps(request)`, `cancelSteps(reason)` and `releaseSteps()`. A read request has
// `chunk(value)`, `close(value)` and `error(reason)`.
const { TypeError } = primordials;
const { internal } = require('./webidl');
const { Fifo } = require('./fifo');
const { PromiseReject, PromiseResolve, deferred, nothing, rejectedDeferred, resolvedDeferred, setHandled, then } = require('./stream-promises');

const READABLE = 0;
const CLOSED = 1;
const ERRORED = 2;

class Readable {
  constructor() {
    this.state = READABLE;
    this.reader = null;
    this.stored = undefined;
    this.disturbed = false;
    this.controller = undefined;
    this.length = -1; // how many bytes it will give, where that is known
  }
}

class Reader {
  /** @param byob whether its requests carry views */
  constructor(readable, byob) {
    this.readable = readable;
    this.byob = byob;
    this.requests = new Fifo();
    readable.reader = this;
    if (readable.state === READABLE) this.closed = deferred();
    else if (readable.state === CLOSED) this.closed = resolvedDeferred(undefined);
    else this.closed = rejectedDeferred(readable.stored);
  }

  read(request) {
    const { readable } = this;
    readable.disturbed = true;
    if (readable.state === CLOSED) request.close();
    else if (readable.state === ERRORED) request.error(readable.stored);
    else readable.controller.pullSteps(request);
  }

  cancel(reason) {
    return cancel(this.readable, reason);
  }
}

function locked(readable) {
  return readable.reader !== null;
}

/** A default reader; the caller has seen to it that the stream is not locked, or wants the error. */
function acquireReader(readable) {
  if (locked(readable)) throw new TypeError('This ReadableStream is currently locked to a reader.');
  return new Reader(readable, false);
}

function cancel(readable, reason) {
  readable.disturbed = true;
  if (readable.state === CLOSED) return PromiseResolve(undefined);
  if (readable.state === ERRORED) return PromiseReject(readable.stored);
  close(readable);
  const { reader } = readable;
  if (reader !== null && reader.byob) {
    const { requests } = reader;
    reader.requests = new Fifo();
    while (requests.length > 0) requests.shift().close(undefined);
  }
  return then(readable.controller.cancelSteps(reason), nothing);
}

function close(readable) {
  readable.state = CLOSED;
  const { reader } = readable;
  if (reader === null) return;
  reader.closed.resolve(undefined);
  if (!reader.byob) {
    const { requests } = reader;
    reader.requests = new Fifo();
    while (requests.length > 0) requests.shift().close();
  }
}

function error(readable, reason) {
  readable.state = ERRORED;
  readable.stored = reason;
  const { reader } = readable;
  if (reader === null) return;
  reader.closed.reject(reason);
  setHandled(reader.closed.promise);
  failRequests(reader, reason);
}

function failRequests(reader, reason) {
  const { requests } = reader;
  reader.requests = new Fifo();
  while (requests.length > 0) requests.shift().error(reason);
}

/** How many reads of a default reader wait. */
function waitingReads(readable) {
  const { reader } = readable;
  return reader === null || reader.byob ? 0 : reader.requests.length;
}

function hasDefaultReader(readable) {
  return readable.reader !== null && !readable.reader.byob;
}

/** How many reads of a BYOB reader wait. */
function waitingReadIntos(readable) {
  const { reader } = readable;
  return reader === null || !reader.byob ? 0 : reader.requests.length;
}

function hasByobReader(readable) {
  return readable.reader !== null && readable.reader.byob;
}

/** https://streams.spec.whatwg.org/#readable-stream-reader-generic-release, and what waits for the reader fails. */
function release(reader) {
  const { readable } = reader;
  if (readable === undefined) return;
  const reason = new TypeError('This ReadableStream reader has been released.');
  if (readable.state === READABLE) reader.closed.reject(reason);
  else reader.closed = rejectedDeferred(reason);
  setHandled(reader.closed.promise);
  readable.controller.releaseSteps();
  readable.reader = null;
  reader.readable = undefined;
  failRequests(reader, reason);
}

/** What an inspector shows of a stream. */
function describe(readable) {
  const { state } = readable;
  return { state: state === READABLE ? 'readable' : state === CLOSED ? 'closed' : 'errored', isBytes: readable.controller?.isBytes === true };
}

internal(Readable);
internal(Reader);

module.exports = {
  CLOSED, ERRORED, READABLE, Readable, Reader, acquireReader, cancel, close, describe, error, hasByobReader, hasDefaultReader, locked, release, waitingReadIntos,
  waitingReads,
};
