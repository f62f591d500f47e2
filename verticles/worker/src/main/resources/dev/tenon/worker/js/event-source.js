// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface, with workerd's EventSource.from() and its option `fetcher`.
const { MathMax, MathMin, PromisePrototypeThen, TypeError } = primordials;
const { defineConstants, defineInterface, isObject, requireArguments, toDictionary, toUSVString } = require('./webidl');
const { DOMException } = require('./dom-exception');
const { Event, ErrorEvent, MessageEvent } = require('./event');
const { EventTarget, defineHandler, fire } = require('./event-target');
const { current } = require('./invocation');
const { setHandled } = require('./stream-promises');

const STREAM = { __proto__: null };
const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;
/** Milliseconds, bounded as workerd bounds them. */
const RETRY = 2000;
const RETRY_MIN = 1000;
const RETRY_MAX = 10000;

class EventSource extends EventTarget {
  #state = CONNECTING;
  #url = '';
  #origin = '';
  #fetch;
  #retry = RETRY;
  #lastEventId = '';
  #abort; // of the request under way
  #timer;
  #reader;
  #handlers = { __proto__: null };

  constructor(url, eventSourceInitDict = undefined) {
    super();
    if (url === STREAM) return;
    const what = "Failed to construct 'EventSource'";
    requireArguments(arguments.length, 1, what);
    const text = toUSVString(url);
    const init = toDictionary(eventSourceInitDict, what);
    requireInvocation();
    if (init?.withCredentials) {
      throw new DOMException('The init.withCredentials option is not supported. It must be false or undefined.', 'NotSupportedError');
    }
    const { parse, serialise } = require('./url-parser');
    const record = parse(text, null);
    if (record === null) throw new DOMException(`Cannot open an EventSource to '${text}'. The URL is invalid.`, 'SyntaxError');
    this.#url = serialise(record);
    this.#origin = require('./url').originOf(record);
    const fetcher = init?.fetcher;
    if (fetcher !== undefined && fetcher !== null && (!isObject(fetcher) || typeof fetcher.fetch !== 'function')) {
      throw new TypeError(`${what}: member fetcher is not of type 'Fetcher'.`);
    }
    this.#fetch = fetcher ? (address, options) => fetcher.fetch(address, options) : require('./fetch').fetch;
    this.#connect();
  }

  static from(stream) {
    const { isReadableStream, isDisturbed, isLocked } = require('./readable-stream');
    requireArguments(arguments.length, 1, "Failed to execute 'from' on 'EventSource'", 'JsReadableStream');
    requireInvocation();
    if (!isReadableStream(stream)) throw new TypeError("Failed to execute 'from' on 'EventSource': parameter 1 is not of type 'JsReadableStream'.");
    if (isLocked(stream)) throw new TypeError('This ReadableStream is locked.');
    if (isDisturbed(stream)) throw new TypeError('This ReadableStream has already been read from.');
    const source = new EventSource(STREAM);
    // Whoever made it has the chance to listen first.
    PromisePrototypeThen(primordials.PromiseResolve(), () => source.#open(stream, () => source.#fail(new TypeError('The server disconnected.'))));
    return source;
  }

  // ---- https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model

  #connect() {
    const { AbortController } = require('./abort');
    const { Headers, addUnchecked } = require('./headers');
    const headers = new Headers();
    addUnchecked(headers, 'accept', 'text/event-stream');
    addUnchecked(headers, 'cache-control', 'no-cache');
    if (this.#lastEventId !== '') addUnchecked(headers, 'last-event-id', this.#lastEventId);
    const controller = new AbortController();
    this.#abort = controller;
    PromisePrototypeThen(
      this.#fetch(this.#url, { headers, signal: controller.signal }),
      (response) => {
        if (this.#abort === controller) this.#answered(response);
      },
      (error) => {
        if (this.#abort === controller) this.#reconnect(error);
      });
  }

  #answered(response) {
    const { contentOf, headOf, isResponse, statusOf } = require('./response');
    if (!isResponse(response)) {
      this.#fail(new TypeError('The fetcher did not return a Response.'));
      return;
    }
    const status = statusOf(response);
    const type = require('./headers').peek(headOf(response), 'content-type');
    const body = contentOf(response);
    if (status !== 200 || !isEventStream(type)) {
      this.#abort.abort();
      this.#fail(new DOMException(
        status !== 200 ? `The response status code was ${status}.` : type === null ? 'No content type header was present in the response.' : `The content type '${type}' is invalid.`,
        'AbortError'));
      return;
    }
    if (response.url !== '') this.#origin = require('./url').originOf(require('./url-parser').parse(response.url, null));
    if (body === null) this.#reconnect(new TypeError('The server provided no content. Will try reconnecting.'));
    else this.#open(require('./body').streamOf(body), (error) => this.#reconnect(error ?? new TypeError('The server disconnected.')));
  }

  /** @param over (error, or undefined at the end) */
  #open(stream, over) {
    if (this.#state === CLOSED) return;
    this.#state = OPEN;
    fire(this, new Event('open'));
    if (this.#state === CLOSED) {
      setHandled(require('./readable-stream').cancelStream(stream));
      return;
    }
    const { EventStreamParser } = require('./event-stream');
    const parser = new EventStreamParser({
      __proto__: null,
      event: (type, data, id) => this.#event(type, data, id),
      retry: (milliseconds) => {
        this.#retry = MathMin(MathMax(milliseconds, RETRY_MIN), RETRY_MAX);
      },
    }, this.#lastEventId);
    this.#read(require('./readable-stream').acquireReader(stream), parser, over);
  }

  #read(reader, parser, over) {
    const { bytesOf, isBufferSource } = require('./webidl');
    this.#reader = reader;
    const done = (error) => {
      if (this.#reader !== reader) return;
      this.#reader = undefined;
      over(error);
    };
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
    const requests = {
      chunk: (chunk) => {
        if (this.#reader !== reader) return;
        if (!isBufferSource(chunk)) {
          setHandled(reader.cancel());
          done(new TypeError('This ReadableStream did not return bytes.'));
          return;
        }
        parser.bytes(bytesOf(chunk));
        next();
      },
      close: () => done(undefined),
      error: (error) => done(error),
    };
    next();
  }

  #event(type, data, lastEventId) {
    if (this.#state === CLOSED) return;
    this.#lastEventId = lastEventId;
    if (data !== undefined) fire(this, new MessageEvent(type, { data, origin: this.#origin, lastEventId }));
  }

  #reconnect(error) {
    if (this.#state === CLOSED) return;
    this.#state = CONNECTING;
    this.#abort = undefined;
    fire(this, new ErrorEvent('error', { error, message: `${error?.message ?? error}` }));
    if (this.#state === CLOSED) return;
    this.#timer = require('./timers').setTimeout(() => {
      this.#timer = undefined;
      if (this.#state === CONNECTING) this.#connect();
    }, this.#retry);
  }

  #fail(error) {
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    this.#abort = undefined;
    fire(this, new ErrorEvent('error', { error, message: `${error?.message ?? error}` }));
  }

  close() {
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    const abort = this.#abort;
    this.#abort = undefined;
    if (this.#timer !== undefined) require('./timers').clearTimeout(this.#timer);
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader !== undefined) setHandled(reader.cancel());
    abort?.abort();
  }

  get url() { return this.#url; }

  get withCredentials() {
    if (!(#state in this)) throw new TypeError('Illegal invocation');
    return false;
  }

  get readyState() { return this.#state; }

  static {
    handlersOf = (source) => source.#handlers;
  }
}

var handlersOf;

function requireInvocation() {
  if (current() === null) throw new DOMException('An EventSource can only be created within the context of a worker request.', 'NotSupportedError');
}

function isEventStream(type) {
  if (type === null) return false;
  return require('./mime-type').extract(type)?.essence === 'text/event-stream';
}

for (const name of ['open', 'message', 'error']) defineHandler(EventSource, name, (source) => handlersOf(source));
defineConstants(EventSource, { __proto__: null, CONNECTING, OPEN, CLOSED });
defineInterface(EventSource);

module.exports = { EventSource };
