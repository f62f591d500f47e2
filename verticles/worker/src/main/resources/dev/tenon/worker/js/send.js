// Hands a Response to the exchange that waits for it, in one call where its body is at hand.
const { Promise, PromisePrototypeThen, RegExpPrototypeTest, String, TypeError } = primordials;
const { bytesOf, isBufferSource } = require('./webidl');
const { setHandled } = require('./stream-promises');
const { BLOB, BYTES, HOST, HOST_BYTES, STREAM, TEXT, USED, streamOf, unusable, wholeOf } = require('./body');
const { peek, serialise } = require('./headers');
const { contentOf, headOf, reasonOf, statusOf, webSocketOf } = require('./response');

const DIGITS = /^[0-9]+$/;

/**
 * @returns undefined, or a promise of the end of the body where it streams; that promise never rejects: what goes wrong is told to the exchange
 * @throws TypeError for a body that was read already, before anything has been sent
 */
function sendResponse(response, exchange) {
  const status = statusOf(response);
  const reason = reasonOf(response);
  const headers = serialise(headOf(response));
  const body = contentOf(response);
  if (body === null) {
    const socket = status === 101 ? webSocketOf(response) : undefined;
    if (socket !== undefined) {
      require('./web-socket').answerWith(socket, exchange, reason, headOf(response));
      return undefined;
    }
    exchange.respondEmpty(status, reason, headers);
    return undefined;
  }
  if (unusable(body)) throw new TypeError(USED);
  const { source } = body;
  if (body.stream === undefined) {
    switch (body.kind) {
      case TEXT:
        body.used = true;
        exchange.respondText(status, reason, headers, source);
        return undefined;
      case BYTES:
        body.used = true;
        exchange.respondBytes(status, reason, headers, source);
        return undefined;
      case BLOB: {
        const bytes = require('./blob').bytesAtHand(source);
        if (bytes !== undefined) {
          body.used = true;
          exchange.respondBytes(status, reason, headers, bytes);
          return undefined;
        }
        break;
      }
      case HOST:
        if (source.bodyKind() === HOST_BYTES) {
          body.used = true;
          exchange.respondBytes(status, reason, headers, source.bodyBytes());
          return undefined;
        }
        body.used = true;
        exchange.respondStream(status, reason, headers, source.bodyLength());
        return pumpHost(source, exchange);
      default:
    }
  }
  const stream = streamOf(body);
  const whole = wholeOf(stream);
  if (whole !== undefined) {
    require('./readable-stream').disturb(stream);
    if (whole.kind === TEXT) exchange.respondText(status, reason, headers, whole.source);
    else exchange.respondBytes(status, reason, headers, whole.source);
    return undefined;
  }
  exchange.respondStream(status, reason, headers, expectedLength(response, stream, body));
  return pumpStream(stream, exchange);
}

function expectedLength(response, stream, body) {
  const known = body.kind === STREAM ? require('./readable-stream').expectedLength(stream) : -1;
  if (known >= 0) return known;
  const header = peek(headOf(response), 'content-length');
  return header !== null && RegExpPrototypeTest(DIGITS, header) ? +header : -1;
}

/** Hands a host's body on without making it JavaScript's. */
function pumpHost(source, sink, onCancel = (listener) => sink.onCancel(listener)) {
  let cancelled = false;
  onCancel(() => {
    cancelled = true;
    source.bodyCancel();
  });
  return new Promise((resolve) => {
    const fail = (error) => {
      if (!cancelled) sink.abort(textOf(error));
      resolve();
    };
    const next = () => PromisePrototypeThen(source.bodyRead(), take, fail);
    const take = (chunk) => {
      if (cancelled) {
        resolve();
      } else if (chunk === null) {
        sink.end();
        resolve();
      } else {
        const room = sink.write(chunk);
        if (room === null) next();
        else PromisePrototypeThen(room, next, fail);
      }
    };
    next();
  });
}

/** Reads a stream and writes it to `sink` (an exchange, or a request on its way out: write, end, abort). @param onFail told when the stream fails */
function pumpStream(stream, sink, onCancel = (listener) => sink.onCancel((message) => listener(new TypeError(message))), onFail = undefined) {
  const { acquireReader } = require('./readable-stream');
  const reader = acquireReader(stream);
  let over = false;
  onCancel((reason) => {
    if (over) return;
    over = true;
    setHandled(reader.cancel(reason));
  });
  return new Promise((resolve) => {
    const fail = (error) => {
      if (!over) {
        onFail?.(error);
        sink.abort(textOf(error));
      }
      over = true;
      resolve();
    };
    const requests = {
      chunk(chunk) {
        if (over) {
          resolve();
          return;
        }
        if (!isBufferSource(chunk)) {
          const error = new TypeError('This ReadableStream did not return bytes.');
          setHandled(reader.cancel(error));
          fail(error);
          return;
        }
        const room = sink.write(bytesOf(chunk));
        if (room === null) next();
        else PromisePrototypeThen(room, next, fail);
      },
      close() {
        if (!over) sink.end();
        over = true;
        resolve();
      },
      error: fail,
    };
    // A chunk that is at hand arrives inside of read; the next one is then asked for by the loop, not from within.
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
        reader.read(requests);
      } while (again);
      reading = false;
    };
    next();
  });
}

function textOf(error) {
  try {
    return String(error);
  } catch {
    return 'unknown error';
  }
}

module.exports = { pumpHost, pumpStream, sendResponse };
