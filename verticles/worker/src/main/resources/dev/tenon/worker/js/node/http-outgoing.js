// The message that goes out of a server. https://nodejs.org/api/http.html#class-httpoutgoingmessage
// Deviation: there is no connection, so nothing of HTTP's framing is written here, and there are no informational responses or trailers.
const { globalThis } = primordials;
const { Writable } = require('./node/stream');
const { Buffer } = require('./node/buffer');
const { nodeError } = require('./node/errors');
const { STATUS_CODES, validateHeaderName, validateHeaderValue } = require('./node/http-names');

/** Bytes that wait for the client before `write()` says so. */
const HIGH_WATER_MARK = 65536;

class OutgoingMessage extends Writable {
  /** Lower-case name to `[name as given, value]`. */
  #headers = new Map();

  constructor() {
    super({ decodeStrings: true, highWaterMark: HIGH_WATER_MARK });
    Object.assign(this, { finished: false, sendDate: false, shouldKeepAlive: true, chunkedEncoding: false, useChunkedEncodingByDefault: true, strictContentLength: false, outputData: [], outputSize: 0,
      socket: null, connection: null, req: null });
    this._header = null;
    this._hasBody = true;
  }

  get headersSent() { return this._header !== null; }

  setHeader(name, value) {
    if (this.headersSent) throw nodeError('ERR_HTTP_HEADERS_SENT', 'set');
    validateHeaderName(name);
    for (const one of Array.isArray(value) ? value : [value]) validateHeaderValue(name, one);
    this.#headers.set(name.toLowerCase(), [name, value]);
    return this;
  }

  setHeaders(headers) {
    if (this.headersSent) throw nodeError('ERR_HTTP_HEADERS_SENT', 'set');
    if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') throw nodeError('ERR_INVALID_ARG_TYPE', 'headers', ['Headers', 'Map'], headers);
    const cookies = [];
    for (const [name, value] of headers) {
      if (name === 'set-cookie') cookies.push(...(Array.isArray(value) ? value : [value]));
      else this.setHeader(name, value);
    }
    if (cookies.length > 0) this.setHeader('set-cookie', cookies);
    return this;
  }

  appendHeader(name, value) {
    const had = this.getHeader(name);
    return this.setHeader(name, had === undefined ? value : [had, value].flat());
  }

  getHeader(name) {
    if (typeof name !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', 'name', 'string', name);
    return this.#headers.get(name.toLowerCase())?.[1];
  }

  hasHeader(name) {
    if (typeof name !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', 'name', 'string', name);
    return this.#headers.has(name.toLowerCase());
  }

  removeHeader(name) {
    if (typeof name !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', 'name', 'string', name);
    if (this.headersSent) throw nodeError('ERR_HTTP_HEADERS_SENT', 'remove');
    this.#headers.delete(name.toLowerCase());
  }

  getHeaders() {
    const all = Object.create(null);
    for (const [name, [, value]] of this.#headers) all[name] = value;
    return all;
  }

  getHeaderNames() { return [...this.#headers.keys()]; }
  getRawHeaderNames() { return [...this.#headers.values()].map(([name]) => name); }
  addTrailers() {}

  setTimeout(delay, callback) {
    if (callback) this.once('timeout', callback);
    return this;
  }
}

/** What the host sends: a promise of a Response, made when the head is complete. */
const answers = new WeakMap();

class ServerResponse extends OutgoingMessage {
  #answer = Promise.withResolvers();
  #sent = false;
  #controller = null;
  #room = null;
  /** The whole body, when `end()` is the first to give some. */
  #whole = null;

  constructor(request) {
    super();
    Object.assign(this, { req: request, statusCode: 200, statusMessage: undefined, socket: request.socket, connection: request.socket });
    this._hasBody = request.method !== 'HEAD';
    answers.set(this, this.#answer.promise);
    this.#answer.promise.catch(() => {});
  }

  assignSocket() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'assignSocket'); }
  detachSocket() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'detachSocket'); }
  writeContinue() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'writeContinue'); }
  writeProcessing() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'writeProcessing'); }
  writeEarlyHints() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'writeEarlyHints'); }

  /** `writeHead(status, [statusMessage], [headers])`; headers as an object, as pairs, or as a flat list. */
  writeHead(statusCode, reason, given) {
    if (this.headersSent) throw nodeError('ERR_HTTP_HEADERS_SENT', 'write');
    const status = statusCode | 0;
    if (status < 100 || status > 999) throw nodeError('ERR_HTTP_INVALID_STATUS_CODE', statusCode);
    if (typeof reason === 'string') this.statusMessage = reason;
    else given ??= reason;
    this.statusMessage ||= STATUS_CODES[status] ?? 'unknown';
    if (/[^\t\x20-\x7e\x80-\xff]/.test(this.statusMessage)) throw nodeError('ERR_INVALID_CHAR', 'statusMessage');
    this.statusCode = status;
    if (Array.isArray(given)) this.#setFlat(given.flat());
    else for (const [name, value] of Object.entries(given ?? {})) if (value !== undefined) this.setHeader(name, value);
    if (status === 204 || status === 304 || status < 200) this._hasBody = false;
    this._header = `HTTP/1.1 ${status} ${this.statusMessage}\r\n`;
    return this;
  }

  writeHeader(...args) { return this.writeHead(...args); }

  #setFlat(list) {
    if (list.length % 2 !== 0) throw nodeError('ERR_INVALID_ARG_VALUE', 'headers', list);
    for (let i = 0; i < list.length; i += 2) this.removeHeader(list[i]);
    for (let i = 0; i < list.length; i += 2) this.appendHeader(list[i], list[i + 1]);
  }

  _implicitHeader() { this.writeHead(this.statusCode); }

  flushHeaders() {
    if (!this.headersSent) this._implicitHeader();
    this.#send();
  }

  write(chunk, encoding, callback) {
    if (chunk === null) throw nodeError('ERR_STREAM_NULL_VALUES');
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) throw nodeError('ERR_INVALID_ARG_TYPE', 'chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
    if (!this.headersSent) this._implicitHeader();
    return super.write(chunk, encoding, callback);
  }

  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') return this.end(undefined, undefined, chunk);
    if (typeof encoding === 'function') return this.end(chunk, undefined, encoding);
    if (this.finished) return super.end(chunk, encoding, callback);
    if (!this.#sent && this.writableLength === 0 && (chunk === undefined || chunk === null || typeof chunk === 'string' || chunk instanceof Uint8Array)) {
      this.#whole = chunk === undefined || chunk === null ? new Uint8Array(0) : typeof chunk === 'string' ? Buffer.from(chunk, encoding ?? 'utf8') : chunk;
      chunk = undefined;
    }
    if (!this.headersSent) this._implicitHeader();
    this.finished = true;
    return super.end(chunk, encoding, callback);
  }

  _write(chunk, encoding, done) {
    this.#send();
    if (this.#controller === null) {
      done();
      return;
    }
    this.#controller.enqueue(new Uint8Array(chunk));
    if (this.#controller.desiredSize > 0) done();
    else this.#room = done;
  }

  _final(done) {
    this.#send();
    this.#controller?.close();
    done();
  }

  _destroy(error, callback) {
    const cause = error ?? new Error('The response was destroyed before it was complete.');
    if (!this.#sent) this.#answer.reject(cause);
    else if (!this.writableFinished) try { this.#controller?.error(cause); } catch { /* the client has gone */ }
    callback(error);
  }

  /** Gives the head away, and the body with it if it is whole. */
  #send() {
    if (this.#sent) return;
    this.#sent = true;
    try {
      this.#answer.resolve(new globalThis.Response(this.#body(), { status: this.statusCode, statusText: this.statusMessage, headers: this.#headerList() }));
    } catch (error) {
      this.#answer.reject(error);
      this.destroy(error);
    }
  }

  #body() {
    if (!this._hasBody) return null;
    const length = Number(this.getHeader('content-length') ?? NaN);
    if (this.#whole !== null) return Number.isInteger(length) ? this.#whole.subarray(0, length) : this.#whole;
    const body = new globalThis.ReadableStream({
      type: 'bytes',
      start: (controller) => { this.#controller = controller; },
      pull: () => {
        const done = this.#room;
        this.#room = null;
        done?.();
      },
      cancel: (reason) => {
        this.#controller = null;
        this.destroy(reason instanceof Error ? reason : undefined);
      },
    }, { highWaterMark: HIGH_WATER_MARK });
    return body;
  }

  #headerList() {
    const list = [];
    for (const name of this.getRawHeaderNames()) {
      // The host frames the body.
      if (/^(connection|keep-alive|transfer-encoding)$/i.test(name) || this._hasBody && /^content-length$/i.test(name)) continue;
      for (const one of [this.getHeader(name)].flat()) list.push([name, `${one}`]);
    }
    return list;
  }
}

module.exports = { OutgoingMessage, ServerResponse, answerOf: (response) => answers.get(response) };
