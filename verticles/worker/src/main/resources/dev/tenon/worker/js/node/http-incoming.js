// The message that comes in: a request to a server, a response to a client. https://nodejs.org/api/http.html#class-httpincomingmessage
const { Readable } = require('./node/stream');
const { Buffer } = require('./node/buffer');

/** What stands for a socket: nobody can read from it or write to it. */
function socketOf(encrypted, addresses) {
  const socket = {
    encrypted, connecting: false, destroyed: false, readable: true, writable: true, remoteAddress: undefined, remotePort: undefined, ...addresses,
    on: () => socket, once: () => socket, off: () => socket, removeListener: () => socket, emit: () => false, setTimeout: () => socket, setNoDelay: () => socket, setKeepAlive: () => socket,
    ref: () => socket, unref: () => socket, destroy: () => socket, end: () => socket, cork() {}, uncork() {},
  };
  return socket;
}

class IncomingMessage extends Readable {
  constructor(socket) {
    super({ highWaterMark: 65536 });
    Object.assign(this, { socket, connection: socket, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1, complete: false, aborted: false, upgrade: false, headers: {}, rawHeaders: [],
      trailers: {}, rawTrailers: [], url: '', method: null, statusCode: null, statusMessage: null, req: null });
  }

  get headersDistinct() {
    return Object.fromEntries(Object.entries(this.headers).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]));
  }

  get trailersDistinct() { return {}; }

  setTimeout(delay, callback) {
    if (callback) this.once('timeout', callback);
    return this;
  }

  /** Fills the message from a fetched response. */
  take(response) {
    this.statusCode = response.status;
    this.statusMessage = response.statusText;
    return this.fill(response);
  }

  /** Fills the message from a request of a client. */
  takeRequest(request, target) {
    this.method = request.method;
    this.url = target;
    return this.fill(request);
  }

  fill(message) {
    for (const [name, value] of message.headers) {
      this.rawHeaders.push(name, value);
      if (name === 'set-cookie') (this.headers[name] ??= []).push(value);
      else this.headers[name] = value;
    }
    this.reader = message.body?.getReader();
    return this;
  }

  _read() {
    if (this.reader === undefined) {
      this.complete = true;
      this.push(null);
      return;
    }
    this.reader.read().then(({ done, value }) => {
      if (done) this.complete = true;
      this.push(done ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    }, (error) => this.destroy(error));
  }

  _destroy(error, callback) {
    if (!this.complete) {
      this.aborted = true;
      this.reader?.cancel(error).catch(() => {});
    }
    callback(error);
  }

  _dump() { this.resume(); }
}

module.exports = { IncomingMessage, socketOf };
