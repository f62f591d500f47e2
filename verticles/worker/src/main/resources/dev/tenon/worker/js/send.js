// Hands a Response to the exchange that waits for it, in one call where its body is at hand.
const { Promise, PromisePrototypeThen, String, TypeError, encodeUtf8 } = primordials;
const { bytesOf, isBufferSource } = require('./webidl');
const { setHandled } = require('./stream-promises');
const { BLOB, HOST, HOST_BYTES, TEXT, USED, bytesAtHand, codingOf, decode, isUsed, unusable, wholeOf } = require('./body');
const { copyHeaders, peek, removeUnchecked, serialise } = require('./headers');
const { contentOf, headOf, isEncodedByHand, reasonOf, statusOf, webSocketOf } = require('./response');

/**
 * What goes out is encoded as content-encoding says (gzip, br), unless the response was made with `encodeBody: "manual"`. A host's body that has that coding
 * already and that nobody has looked into goes out as it came.
 *
 * @returns undefined, or a promise of the end of the body where it streams; that promise never rejects: what goes wrong is told to the exchange
 * @throws TypeError for a body that was read already, before anything has been sent
 */
function sendResponse(response, exchange) {
  const status = statusOf(response);
  const reason = reasonOf(response);
  const head = headOf(response);
  const body = contentOf(response);
  if (body === null) {
    const socket = status === 101 ? webSocketOf(response) : undefined;
    if (socket !== undefined) {
      require('./web-socket').answerWith(socket, exchange, reason, head);
      return undefined;
    }
    exchange.respondEmpty(status, reason, serialise(head));
    return undefined;
  }
  if (unusable(body)) throw new TypeError(isUsed(body) ? USED : 'The ReadableStream has been locked to a reader.');
  const coding = isEncodedByHand(response) ? undefined : codingOf(peek(head, 'content-encoding'));
  const content = body.stream === undefined ? body : wholeOf(body.stream);
  if (content === undefined) {
    const { stream } = body;
    const length = coding === undefined ? expectedLength(stream) : -1;
    startStream(exchange, status, reason, head, length, coding);
    return pumpStream(stream, exchange, undefined, (error) => host.uncaught('Uncaught ', error));
  }
  if (body.stream === undefined) body.used = true;
  else require('./readable-stream').disturb(body.stream);
  const { kind, source } = content;
  if (kind === HOST) return sendHost(exchange, status, reason, head, content, coding);
  if (coding !== undefined) {
    exchange.respondEncodedBytes(status, reason, serialise(without(head, 'content-length')), coding, bytesAtHand(kind, source));
  } else if (kind === TEXT) {
    exchange.respondText(status, reason, serialise(head), source);
  } else {
    exchange.respondBytes(status, reason, serialise(head), kind === BLOB ? require('./blob').bytesAtHand(source) : source);
  }
  return undefined;
}

function sendHost(exchange, status, reason, head, content, coding) {
  const { source } = content;
  if (content.coding !== coding) {
    decode(content);
    startStream(exchange, status, reason, head, -1, coding);
    return pumpHost(source, exchange);
  }
  if (source.bodyKind() === HOST_BYTES) {
    exchange.respondBytes(status, reason, serialise(head), source.bodyBytes());
    return undefined;
  }
  exchange.respondStream(status, reason, serialise(head), source.bodyLength());
  return pumpHost(source, exchange);
}

/** As in workerd, what a stream's headers say about its length does not count. */
function startStream(exchange, status, reason, head, length, coding) {
  const headers = serialise(length < 0 && peek(head, 'content-length') !== null ? without(head, 'content-length') : head);
  if (coding === undefined) exchange.respondStream(status, reason, headers, length);
  else exchange.respondEncoded(status, reason, headers, coding);
}

function without(head, name) {
  const copy = copyHeaders(head);
  removeUnchecked(copy, name);
  return copy;
}

function expectedLength(stream) {
  return require('./readable-stream').expectedLength(stream);
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
        // As in workerd, texts go out as UTF-8.
        const bytes = typeof chunk === 'string' ? encodeUtf8(chunk) : isBufferSource(chunk) ? bytesOf(chunk) : undefined;
        if (bytes === undefined) {
          const error = new TypeError('This ReadableStream did not return bytes.');
          setHandled(reader.cancel(error));
          fail(error);
          return;
        }
        const room = sink.write(bytes);
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
