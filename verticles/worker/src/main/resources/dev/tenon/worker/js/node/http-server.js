// The servers of `node:http` and `node:https`. https://nodejs.org/api/http.html#class-httpserver
// A server listens at a port of this isolate alone; requests reach it through `cloudflare:node`.
const { globalThis } = primordials;
const EventEmitter = require('./node/events');
const { nodeError } = require('./node/errors');
const { IncomingMessage, socketOf } = require('./node/http-incoming');
const { ServerResponse, answerOf } = require('./node/http-outgoing');

const PORT_MAX = 65535;

/** Port to server. */
const listening = new Map();

function portOf(first) {
  const port = typeof first === 'object' && first !== null ? first.port : typeof first === 'function' ? undefined : first;
  if (port === undefined || port === null) return 0;
  if (typeof port !== 'number' && typeof port !== 'string' || `${port}`.trim() === '' || !Number.isInteger(+port) || +port < 0 || +port > PORT_MAX) {
    throw nodeError('ERR_SOCKET_BAD_PORT', 'options.port', port);
  }
  return +port;
}

function freePort() {
  let port;
  do port = 1 + Math.floor(Math.random() * PORT_MAX); while (listening.has(port));
  return port;
}

class Server extends EventEmitter {
  #port = null;
  #options;

  constructor(options, listener) {
    super();
    if (typeof options === 'function') return new Server(undefined, options);
    if (options !== undefined && options !== null && typeof options !== 'object') throw nodeError('ERR_INVALID_ARG_TYPE', 'options', 'object', options);
    this.#options = options ?? {};
    Object.assign(this, { timeout: 0, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 5000, maxHeadersCount: null, maxRequestsPerSocket: 0, httpAllowHalfOpen: false });
    if (listener) this.on('request', listener);
  }

  get listening() { return this.#port !== null; }
  get maxConnections() { return Infinity; }

  listen(...args) {
    const port = portOf(args[0]);
    if (this.#port !== null || listening.has(port)) throw nodeError('ERR_SERVER_ALREADY_LISTEN');
    const callback = args.find((one) => typeof one === 'function');
    if (callback) this.once('listening', callback);
    this.#port = port === 0 ? freePort() : port;
    listening.set(this.#port, this);
    globalThis.queueMicrotask(() => this.emit('listening'));
    return this;
  }

  address() {
    return this.#port === null ? null : { port: this.#port, family: 'IPv4', address: '127.0.0.1' };
  }

  close(callback) {
    if (this.#port !== null) listening.delete(this.#port);
    this.#port = null;
    if (callback) this.once('close', callback);
    globalThis.queueMicrotask(() => this.emit('close'));
    return this;
  }

  closeAllConnections() {}
  closeIdleConnections() {}

  setTimeout(delay, callback) {
    if (typeof delay === 'function') callback = delay;
    else if (typeof delay === 'number') this.timeout = delay;
    if (callback) this.once('timeout', callback);
    return this;
  }

  getConnections(callback) {
    if (callback) globalThis.queueMicrotask(() => callback(null, 0));
    return this;
  }

  ref() { return this; }
  unref() { return this; }

  async [Symbol.asyncDispose]() {
    await new Promise((resolve) => this.close(resolve));
  }

  /** Answers one request. */
  async answer(request) {
    const url = new globalThis.URL(request.url);
    const address = { remoteAddress: request.headers.get('cf-connecting-ip') ?? '127.0.0.1', remoteFamily: 'IPv4', remotePort: 0, localAddress: '127.0.0.1', localPort: this.#port };
    if (address.remoteAddress.includes(':')) address.remoteFamily = 'IPv6';
    const socket = socketOf(url.protocol === 'https:', address);
    const incoming = new (this.#options.IncomingMessage ?? IncomingMessage)(socket).takeRequest(request, url.pathname + url.search);
    const outgoing = new (this.#options.ServerResponse ?? ServerResponse)(incoming);
    const answer = answerOf(outgoing);
    outgoing.once('error', () => {});
    try {
      if (!this.emit('request', incoming, outgoing)) outgoing.writeHead(404).end();
    } catch (error) {
      outgoing.destroy(error);
      throw error;
    }
    return answer;
  }
}

const createServer = (options, listener) => new Server(options, listener);

module.exports = { Server, createServer, serverAt: (port) => listening.get(port) };
