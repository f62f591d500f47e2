// https://fetch.spec.whatwg.org/#fetch-method
//
// One hop of the network is Java's (`host.fetch`); redirects, aborts and what becomes of the bodies are decided here.
const {
  ArrayPrototypeJoin, ArrayPrototypePush, Error, ObjectDefineProperty, Promise, PromisePrototypeThen, PromiseReject, PromiseResolve, StringPrototypeSplit,
  StringPrototypeToLowerCase, RegExpPrototypeExec, RegExpPrototypeTest, TypeError, globalThis,
} = primordials;
const { requireArguments, toDictionary } = require('./webidl');
const { Headers, addUnchecked, copyHeaders, peek, removeUnchecked, serialise: serialiseHeaders } = require('./headers');
const { BLOB, BYTES, HOST, HOST_BYTES, TEXT, bytesAtHand, cancelBody, decode, failBody, wholeOf } = require('./body');
const { Request, addressOf, cacheOf, contentOf, headOf, isRequest, redirectOf, signalOf, verbOf } = require('./request');
const { Response, contentOf: bodyOf, giveWebSocket, madeResponse, responseFromHost } = require('./response');
const { originOf } = require('./url');
const { parse, serialise } = require('./url-parser');

const NO_BODY = 0;
const WHOLE_BODY = 1;
const STREAM_BODY = 2;
const SOCKET = 2; // a stream too, which the host writes
const REDIRECTS_MAX = 20;
const NETWORK = null;

function fetch(input, init = undefined) {
  try {
    const what = "Failed to execute 'fetch' on 'ServiceWorkerGlobalScope'";
    requireArguments(arguments.length, 1, what, 'Request or string');
    toDictionary(init, what, 2, 'RequestInitializerDict or Request');
    return fetchFrom(NETWORK, input, init);
  } catch (error) {
    return PromiseReject(error);
  }
}

/** @param target null for the network, otherwise a service binding's component */
function fetchFrom(target, input, init) {
  try {
    const request = init === undefined && isRequest(input) ? input : new Request(input, init);
    const signal = signalOf(request);
    if (signal !== undefined && signal.aborted) {
      const body = contentOf(request);
      if (body !== null) cancelBody(body, signal.reason);
      return PromiseReject(signal.reason);
    }
    const url = addressOf(request);
    const record = parse(url, null);
    if (target === NETWORK) {
      if (record.scheme === 'data') return dataUrl(record, url, verbOf(request) !== 'HEAD');
      if (record.scheme !== 'http' && record.scheme !== 'https') {
        return PromiseReject(new TypeError(`Fetch API cannot load: ${url}`));
      }
    }
    return new Fetch(target, request, signal, record).promise;
  } catch (error) {
    return PromiseReject(error);
  }
}

/** One fetch, over all its hops. */
class Fetch {
  constructor(target, request, signal, record) {
    this.target = target;
    this.signal = signal;
    this.record = record;
    this.method = verbOf(request);
    this.headers = withCacheMode(headOf(request), cacheOf(request));
    this.redirect = redirectOf(request);
    this.urls = [];
    this.body = contentOf(request);
    this.whole = undefined; // a text or bytes
    this.content = undefined; // a body that streams
    this.oneTime = this.body !== null && this.body.stream !== undefined; // cannot be sent again
    this.call = undefined;
    this.answer = undefined; // the response's body
    this.cancelUpload = undefined;
    this.stopListening = undefined;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    if (signal !== undefined) this.stopListening = require('./abort').onAbort(signal, () => this.abort());
    this.start();
  }

  start() {
    const { body } = this;
    if (body === null) {
      this.hop(this.wantsSocket() ? SOCKET : NO_BODY);
      return;
    }
    if (body.used) throw new TypeError('Cannot reconstruct a Request with a used body.');
    // What a stream was made of, if nobody has looked into it, goes out as it is, with its length.
    const content = body.stream === undefined ? body : wholeOf(body.stream);
    if (content === undefined) {
      this.hop(STREAM_BODY);
      return;
    }
    const { kind, source } = content;
    const whole = kind === TEXT || kind === BYTES ? source : kind === BLOB || isWholeHost(content) ? bytesAtHand(kind, source) : undefined;
    if (body.stream === undefined) body.used = true;
    else require('./readable-stream').disturb(body.stream);
    if (whole === undefined) {
      decode(content);
      this.content = content;
      this.hop(STREAM_BODY);
    } else {
      this.whole = whole;
      this.hop(WHOLE_BODY);
    }
  }

  hop(bodyKind) {
    const url = serialise(this.record, true);
    ArrayPrototypePush(this.urls, url);
    const streams = bodyKind === STREAM_BODY && this.body !== null;
    const body = streams ? this.streamLength() : bodyKind === WHOLE_BODY ? this.whole : null;
    if (streams) this.headers = withLength(this.headers, body);
    const call = send(this.target, this.method, url, serialiseHeaders(this.headers), bodyKind, body);
    if (call === null) throw require('./invocation').outsideOfHandler();
    this.call = call;
    if (streams) this.upload(call);
    PromisePrototypeThen(call.response(), (response) => this.attemptTake(response), (error) => this.fail(this.target === NETWORK ? networkError(error) : serviceError(error)));
  }

  /** -1 for unknown */
  streamLength() {
    return this.content === undefined ? require('./readable-stream').expectedLength(this.body.stream) : this.content.source.bodyLength();
  }

  /** `Upgrade: websocket`: what is sent goes through the response's webSocket. */
  wantsSocket() {
    const upgrade = this.method === 'GET' ? peek(this.headers, 'upgrade') : null;
    return upgrade !== null && StringPrototypeToLowerCase(upgrade) === 'websocket';
  }

  upload(call) {
    const { pumpHost, pumpStream } = require('./send');
    const onCancel = (listener) => {
      this.cancelUpload = listener;
    };
    if (this.content !== undefined) pumpHost(this.content.source, call, onCancel);
    else pumpStream(this.body.stream, call, onCancel, (error) => this.fail(error));
  }

  attemptTake(response) {
    try {
      this.take(response);
    } catch (error) {
      this.finish();
      this.reject(error);
    }
  }

  take(hostResponse) {
    if (this.signal !== undefined && this.signal.aborted) return;
    const headers = headersOf(hostResponse);
    const location = redirection(hostResponse.status()) ? peek(headers, 'location') : null;
    if (location !== null && this.redirect !== 'manual') this.follow(hostResponse, location);
    else this.deliver(hostResponse, headers);
  }

  deliver(hostResponse, headers) {
    const status = hostResponse.status();
    const socket = status === 101 ? hostResponse.socket() : null;
    if (socket !== null) {
      const granted = responseFromHost(hostResponse, headers, this.urls, false, 'default');
      giveWebSocket(granted, require('./web-socket').webSocketFromHost(socket));
      this.finish();
      this.resolve(granted);
      return;
    }
    const hasBody = this.method !== 'HEAD' && status !== 101 && status !== 204 && status !== 205 && status !== 304;
    if (!hasBody) hostResponse.bodyCancel();
    const response = responseFromHost(hostResponse, headers, this.urls, hasBody, this.target === NETWORK ? 'basic' : 'default');
    this.answer = bodyOf(response);
    if (this.answer === null) {
      this.finish();
    } else {
      this.answer.onEnd = () => this.finish();
      if (this.target === NETWORK || this.answer.coding !== undefined) this.answer.onError = networkError;
    }
    this.resolve(response);
  }

  /** https://fetch.spec.whatwg.org/#http-redirect-fetch */
  follow(hostResponse, location) {
    const status = hostResponse.status();
    if (this.redirect === 'error') throw new TypeError(`Unexpected redirect to ${location}; the request's redirect mode is "error".`);
    const record = parse(location, this.record);
    if (record === null || (record.scheme !== 'http' && record.scheme !== 'https')) throw new TypeError('Invalid Location header; unable to follow redirect.');
    if (this.urls.length > REDIRECTS_MAX) throw new TypeError(`Too many redirects.${ArrayPrototypeJoin(this.urls, ', ')}`);
    if (status !== 303 && this.body !== null && (this.whole === undefined || this.oneTime)) {
      throw new TypeError('A request with a one-time-use body (it was initialized from a stream, not a buffer) encountered a redirect requiring the body to be retransmitted. To avoid this error in the future, construct this request from a buffer-like body initializer.');
    }
    record.fragment ??= this.record.fragment;
    hostResponse.bodyCancel();
    const crossOrigin = originOf(record) !== originOf(this.record);
    const dropsBody = ((status === 301 || status === 302) && this.method === 'POST') || (status === 303 && this.method !== 'GET' && this.method !== 'HEAD');
    if (dropsBody || crossOrigin) this.headers = copyHeaders(this.headers);
    if (dropsBody) {
      this.method = 'GET';
      this.body = null;
      this.whole = undefined;
      for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) removeUnchecked(this.headers, name);
    }
    if (crossOrigin) for (const name of ['authorization', 'cookie', 'proxy-authorization']) removeUnchecked(this.headers, name);
    this.record = record;
    this.hop(this.body !== null ? WHOLE_BODY : this.wantsSocket() ? SOCKET : NO_BODY);
  }

  fail(error) {
    if (this.signal !== undefined && this.signal.aborted) return;
    this.finish();
    this.reject(error);
  }

  abort() {
    const { reason } = this.signal;
    this.reject(reason);
    this.cancelUpload?.(reason);
    this.call?.cancel('The request was aborted.');
    if (this.answer !== undefined && this.answer !== null) failBody(this.answer, reason);
  }

  finish() {
    this.stopListening?.();
    this.stopListening = undefined;
  }
}

/** Whether a host has the whole body here, in no coding that has to be undone. */
function isWholeHost({ kind, source, coding }) {
  return kind === HOST && coding === undefined && source.bodyKind() === HOST_BYTES;
}

/** A stream that knows its length says it to the server, instead of being sent in chunks. */
function withLength(headers, length) {
  if (length < 0 || peek(headers, 'content-length') !== null) return headers;
  const copy = copyHeaders(headers);
  addUnchecked(copy, 'content-length', `${length}`);
  return copy;
}

/** As in workerd, a mode that wants no cached response says so to caches on the way. */
function withCacheMode(headers, mode) {
  if (mode !== 'no-store' && mode !== 'no-cache' && mode !== 'reload') return headers;
  const copy = copyHeaders(headers);
  if (peek(headers, 'pragma') === null) addUnchecked(copy, 'pragma', 'no-cache');
  if (peek(headers, 'cache-control') === null) addUnchecked(copy, 'cache-control', 'no-cache');
  return copy;
}

/** What Java refuses to send throws an error of its own, which user code must not see. */
function send(target, method, url, headers, bodyKind, body) {
  try {
    return host.fetch(target, method, url, headers, bodyKind, body);
  } catch (error) {
    throw new TypeError(`fetch of ${url} failed: ${error.message}`);
  }
}

/** What a worker threw that was asked over a binding, as the one that asked sees it: its type and message. */
function serviceError(error) {
  const thrown = error.code === 'COMPONENT_FAILED' ? RegExpPrototypeExec(THROWN, require('./promises').detailOf(error)) : null;
  if (thrown === null) return error;
  const type = globalThis[thrown[1]];
  return new (typeof type === 'function' && type.prototype instanceof Error ? type : Error)(thrown[2]);
}

const THROWN = /^(\w*Error): ([^]*)$/;

/**
 * What goes wrong on the network: in workerd's words where a connection was not made or was lost, with ours as the cause, otherwise a TypeError, as the
 * specification says. A limit that is reached is neither.
 */
function networkError(error) {
  if (error.code === 'LIMIT_EXCEEDED') return error;
  if (RegExpPrototypeTest(LOST, error.message)) return new Error('Network connection lost.', { cause: error });
  const made = new TypeError(error.message);
  ObjectDefineProperty(made, 'code', { __proto__: null, value: error.code, writable: true, configurable: true });
  return made;
}

const LOST = / failed: the connection (was refused|was closed|failed)/;

function redirection(status) {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function headersOf(hostResponse) {
  const headers = new Headers();
  const text = hostResponse.headers();
  if (text !== '') {
    const list = StringPrototypeSplit(text, '\n');
    for (let i = 0; i < list.length; i += 2) addUnchecked(headers, list[i], list[i + 1]);
  }
  return headers;
}

/** https://fetch.spec.whatwg.org/#data-url-processor */
function dataUrl(record, url, hasBody) {
  const parsed = require('./data-url').parseDataUrl(record);
  if (parsed === null) return PromiseReject(new TypeError(`Invalid data: URL: ${url}`));
  const headers = new Headers();
  addUnchecked(headers, 'content-type', parsed.type);
  return PromiseResolve(madeResponse(200, 'OK', headers, hasBody ? bodyOf(new Response(parsed.bytes)) : null, [url], 'basic'));
}

module.exports = { fetch, fetchFrom, headersOf };
