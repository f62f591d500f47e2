// The clients of `node:http` and `node:https`, over fetch. https://nodejs.org/api/http.html#class-httpclientrequest
// Deviation: a request's body is sent when it is whole. A response that was compressed arrives as plain bytes, without its content-encoding.
const { globalThis } = primordials;
const { Writable } = require('./node/stream');
const { Buffer } = require('./node/buffer');
const { nodeError, coded } = require('./node/errors');
const { urlToHttpOptions } = require('./node/url');
const { validateHeaderName, validateHeaderValue } = require('./node/http-names');
const { IncomingMessage, socketOf } = require('./node/http-incoming');

class Agent {
  constructor(options = {}) {
    Object.assign(this, { options: { ...options }, keepAlive: options.keepAlive === true, maxSockets: options.maxSockets ?? Infinity, maxFreeSockets: 256, sockets: {}, freeSockets: {}, requests: {} });
  }

  getName({ host = 'localhost', port = '', localAddress = '' } = {}) { return `${host}:${port}:${localAddress}`; }
  destroy() {}
}

function optionsOf(input, given) {
  if (typeof input === 'string') return { ...urlToHttpOptions(new globalThis.URL(input)), ...given };
  if (input instanceof globalThis.URL) return { ...urlToHttpOptions(input), ...given };
  return { ...input, ...given };
}

class ClientRequest extends Writable {
  #headers = new Map();
  #pieces = [];
  #abort = new globalThis.AbortController();
  #timer;
  #url;

  constructor(protocol, input, given, callback) {
    super({ decodeStrings: true });
    const settings = typeof given === 'function' ? undefined : given;
    const options = optionsOf(input, settings);
    const scheme = options.protocol ?? protocol;
    if (scheme !== 'http:' && scheme !== 'https:' || options.protocol !== undefined && protocol === 'https:' && scheme !== 'https:' || protocol === 'http:' && scheme === 'https:' && options.agent === undefined) {
      throw nodeError('ERR_INVALID_PROTOCOL', scheme, protocol);
    }
    if (typeof options.path === 'string' && /[^\x21-\xff]/.test(options.path)) throw coded(new TypeError('Request path contains unescaped characters'), 'ERR_UNESCAPED_CHARACTERS');
    const host = options.hostname ?? options.host ?? 'localhost';
    const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
    this.#url = `${scheme}//${name}${options.port ? `:${options.port}` : ''}${options.path ?? '/'}`;
    Object.assign(this, { method: (options.method ?? 'GET').toUpperCase(), host, protocol: scheme, path: options.path ?? '/', agent: options.agent, aborted: false, reusedSocket: false,
      headersSent: false, maxHeadersCount: null, socket: socketOf(scheme === 'https:'), res: null, finished: false });
    this.connection = this.socket;
    if (Array.isArray(options.headers)) for (let i = 0; i < options.headers.length; i += 2) this.setHeader(options.headers[i], options.headers[i + 1]);
    else for (const [header, value] of Object.entries(options.headers ?? {})) if (value !== undefined) this.setHeader(header, value);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    const listener = typeof given === 'function' ? given : callback;
    if (listener) this.once('response', listener);
    if (options.timeout) this.setTimeout(options.timeout);
    options.signal?.addEventListener('abort', () => this.destroy(require('./node/validators').abortError(options.signal.reason)), { once: true });
    queueMicrotask(() => this.emit('socket', this.socket));
  }

  setHeader(name, value) {
    if (this.headersSent) throw nodeError('ERR_HTTP_HEADERS_SENT', 'set');
    validateHeaderName(name);
    for (const one of Array.isArray(value) ? value : [value]) validateHeaderValue(name, one);
    this.#headers.set(name.toLowerCase(), [name, value]);
    return this;
  }

  getHeader(name) { return this.#headers.get(name.toLowerCase())?.[1]; }
  hasHeader(name) { return this.#headers.has(name.toLowerCase()); }
  removeHeader(name) { this.#headers.delete(name.toLowerCase()); }
  getHeaders() { return Object.fromEntries([...this.#headers].map(([name, [, value]]) => [name, value])); }
  getHeaderNames() { return [...this.#headers.keys()]; }
  getRawHeaderNames() { return [...this.#headers.values()].map(([name]) => name); }
  flushHeaders() {}
  setNoDelay() {}
  setSocketKeepAlive() {}

  setTimeout(delay, callback) {
    if (callback) this.once('timeout', callback);
    globalThis.clearTimeout(this.#timer);
    if (delay > 0) this.#timer = globalThis.setTimeout(() => this.emit('timeout'), delay);
    return this;
  }

  abort() {
    this.aborted = true;
    this.destroy();
  }

  _write(chunk, encoding, done) {
    this.#pieces.push(chunk);
    done();
  }

  _final(done) {
    this.headersSent = true;
    this.finished = true;
    const headers = [];
    for (const [name, value] of this.#headers.values()) {
      // The host and the length are fetch's to say.
      if (/^(host|content-length|connection|transfer-encoding)$/i.test(name)) continue;
      for (const one of Array.isArray(value) ? value : [value]) headers.push([name, `${one}`]);
    }
    const body = this.#pieces.length === 0 || this.method === 'GET' || this.method === 'HEAD' ? undefined : Buffer.concat(this.#pieces);
    globalThis.fetch(this.#url, { method: this.method, headers, body, redirect: 'manual', signal: this.#abort.signal }).then((response) => {
      globalThis.clearTimeout(this.#timer);
      const message = new IncomingMessage(this.socket).take(response);
      message.req = this;
      this.res = message;
      message.once('close', () => this.emit('close'));
      if (!this.emit('response', message)) message.resume();
    }, (error) => {
      globalThis.clearTimeout(this.#timer);
      if (!this.destroyed || this.res === null) this.emit('error', error);
    });
    done();
  }

  _destroy(error, callback) {
    globalThis.clearTimeout(this.#timer);
    if (this.res === null && (error || this.aborted || !this.writableFinished)) this.#abort.abort(error ?? coded(new Error('socket hang up'), 'ECONNRESET'));
    else if (error) this.res?.destroy(error);
    // The end of the request's own stream is not the end of the exchange.
    callback(this.res === null && this.finished ? null : error);
  }
}

function make(protocol) {
  const request = (input, options, callback) => new ClientRequest(protocol, input, options, callback);
  return {
    request,
    get(input, options, callback) {
      const made = request(input, options, callback);
      made.end();
      return made;
    },
    globalAgent: new Agent({ keepAlive: true }),
  };
}

module.exports = { Agent, ClientRequest, make };
