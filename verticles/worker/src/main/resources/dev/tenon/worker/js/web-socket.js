// https://websockets.spec.whatwg.org/#the-websocket-interface with what workerd adds: accept(), pairs, and WebSockets in responses.
const { ArrayPrototypeJoin, ArrayPrototypePush, PromisePrototypeThen, RegExpPrototypeTest, StringFromCharCode, StringPrototypeToLowerCase, SymbolIterator, TypeError, Uint8Array } = primordials;
const { defineConstants, defineInterface, illegalInvocation, isBufferSource, isObject, requireArguments, toDictionary, toInteger, toSequence, toUSVString, bytesOf } =
  require('./webidl');
const { DOMException } = require('./dom-exception');
const { CloseEvent, ErrorEvent, Event, MessageEvent } = require('./event');
const { EventTarget, defineHandler, fire } = require('./event-target');
const { current, outsideOfHandler } = require('./invocation');
const { encodeUtf8 } = require('./utf8');
const { HostLink, NO_CODE, PairEnd, makePair } = require('./web-socket-links');

const MADE = { __proto__: null };
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const EXTENSIONS = 'sec-websocket-extensions';
const REASON_BYTES_MAX = 123;
const NOT_ACCEPTED = 'You must call one of accept() or state.acceptWebSocket() on this WebSocket before sending messages.';

/** How far a WebSocket has come; `readyState` follows from it and from who has closed. */
const CONNECTING = 0;
const WAITING = 1; // to be accepted, or returned in a response
const ACCEPTED = 2;
const RELEASED = 3; // returned in a response, or over

const flag = (name) => host.hasFlag?.(name) ?? true;

class WebSocket extends EventTarget {
  #stage = WAITING;
  #link;
  #url = null;
  #origin = '';
  #protocol = '';
  #extensions = '';
  #binaryType = flag('websocket_standard_binary_type') ? 'blob' : 'arraybuffer';
  #halfOpen = !flag('web_socket_auto_reply_to_close');
  #constructed = false;
  #closedIn = false;
  #closedOut = false;
  #aborted = false;
  #refused = false; // a message that there was no room for
  #call; // while connecting
  #sentBytes = 0; // for bufferedAmount
  #goneBytes = 0;
  #measuredAt = -1;
  #attachment;
  #handlers = { __proto__: null };

  constructor(url, protocols = undefined) {
    super();
    if (url === MADE) {
      this.#link = protocols;
      return;
    }
    requireArguments(arguments.length, 1, "Failed to construct 'WebSocket'");
    const record = toRecord(url);
    const wanted = toProtocols(protocols);
    if (current() === null) throw outsideOfHandler();
    this.#constructed = true;
    this.#stage = CONNECTING;
    const { serialise } = require('./url-parser');
    this.#url = serialise(record);
    this.#origin = require('./url').originOf(record);
    this.#connect(record, wanted);
  }

  // ---- opening

  #connect(record, protocols) {
    const { Headers, addUnchecked, serialise: serialiseHeaders } = require('./headers');
    const headers = new Headers();
    addUnchecked(headers, 'upgrade', 'websocket');
    if (protocols.length > 0) addUnchecked(headers, 'sec-websocket-protocol', ArrayPrototypeJoin(protocols, ', '));
    if (flag('web_socket_compression')) addUnchecked(headers, 'sec-websocket-extensions', 'permessage-deflate');
    if (record.username !== '' || record.password !== '') addUnchecked(headers, 'authorization', basic(record));
    const scheme = record.scheme === 'wss' ? 'https' : 'http';
    const address = require('./url-parser').serialise({ ...record, scheme }, true);
    const call = host.fetch(null, 'GET', address, serialiseHeaders(headers), 2, null);
    this.#call = call;
    PromisePrototypeThen(call.response(), (response) => this.#connected(response), (error) => this.#failed(error));
  }

  #connected(response) {
    if (this.#call === undefined) return;
    const socket = response.socket();
    if (socket === null) {
      const status = response.status();
      response.bodyCancel();
      this.#failed(new TypeError('Failed to establish the WebSocket connection: expected server to reply with HTTP status code 101 (switching protocols), but ' +
        `received ${status} instead.`));
      return;
    }
    this.#call = undefined;
    const headers = require('./fetch').headersOf(response);
    this.#protocol = headers.get('sec-websocket-protocol') ?? '';
    this.#extensions = headers.get('sec-websocket-extensions') ?? '';
    this.#link = new HostLink(socket);
    this.#listen();
    fire(this, new Event('open'));
  }

  #failed(error) {
    if (this.#stage !== CONNECTING) return;
    this.#call = undefined;
    this.#stage = RELEASED;
    this.#closedIn = true;
    this.#closedOut = true;
    this.#aborted = true;
    fire(this, new ErrorEvent('error', { error, message: `${error?.message ?? error}` }));
    fire(this, new CloseEvent('close', { code: 1006, reason: 'Failed to establish websocket connection', wasClean: false }));
  }

  accept(options = undefined) {
    if (this.#constructed) throw new TypeError("Websockets obtained from the 'new WebSocket()' constructor cannot call accept");
    if (this.#stage === RELEASED && !this.#closedIn) throw new TypeError("Can't accept() WebSocket that was already used in a response.");
    if (this.#stage !== WAITING) return;
    const allowHalfOpen = toDictionary(options, "Failed to execute 'accept' on 'WebSocket'", 1, 'AcceptOptions')?.allowHalfOpen;
    if (allowHalfOpen !== undefined) this.#halfOpen = !!allowHalfOpen;
    if (current() === null) throw outsideOfHandler();
    this.#listen();
  }

  #listen() {
    this.#stage = ACCEPTED;
    this.#link.listen({
      __proto__: null,
      message: (data) => this.#message(data),
      close: (code, reason) => this.#peerClosed(code, reason),
      lost: (why) => this.#lost(why),
    });
  }

  // ---- what comes

  #message(data) {
    let value = data;
    if (typeof data !== 'string' && this.#binaryType === 'blob') value = require('./blob').blobOf(new Uint8Array(data), '');
    fire(this, new MessageEvent('message', { data: value, origin: this.#origin }));
  }

  #peerClosed(code, reason) {
    if (this.#closedIn) return;
    this.#closedIn = true;
    if (!this.#halfOpen && !this.#closedOut) {
      this.#closedOut = true;
      this.#link.close(code, reason);
    }
    if (this.#closedOut) this.#stage = RELEASED;
    fire(this, new CloseEvent('close', { code, reason, wasClean: true }));
  }

  #lost(why) {
    if (this.#closedIn) return;
    this.#closedIn = true;
    this.#closedOut = true;
    this.#aborted = true;
    this.#stage = RELEASED;
    if (this.#refused) {
      const error = new TypeError(`The WebSocket was given up: ${why}`);
      fire(this, new ErrorEvent('error', { error, message: error.message }));
    }
    fire(this, new CloseEvent('close', { code: 1006, reason: 'WebSocket disconnected without sending Close frame.', wasClean: false }));
  }

  // ---- what goes

  send(message) {
    requireArguments(arguments.length, 1, "Failed to execute 'send' on 'WebSocket'", 'ArrayBuffer or ArrayBufferView or string');
    const data = toMessage(message);
    if (this.#stage === CONNECTING) {
      throw new DOMException("Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.", 'InvalidStateError');
    }
    if (this.#aborted) {
      this.#sentBytes += sizeOf(data);
      return;
    }
    if (this.#closedOut) throw new TypeError("Can't call WebSocket send() after close().");
    if (this.#stage === WAITING) throw new TypeError(NOT_ACCEPTED);
    if (this.#stage === RELEASED) return;
    this.#measure();
    this.#sentBytes += sizeOf(data);
    if (!this.#link.send(data)) {
      this.#refused = true;
      this.#aborted = true;
    }
  }

  close(code = undefined, reason = undefined) {
    if (!(#stage in this)) throw illegalInvocation();
    const number = code === undefined ? NO_CODE : toInteger(code, 16, false, 'Clamp');
    if (code !== undefined && !isCloseCode(number)) throw new DOMException(`Invalid WebSocket close code: ${number}.`, 'InvalidAccessError');
    const text = reason === undefined ? '' : toUSVString(reason);
    if (text.length > 0 && encodeUtf8(text).length > REASON_BYTES_MAX && flag('websocket_close_reason_byte_limit')) {
      throw new DOMException('WebSocket close reason must not be longer than 123 bytes when UTF-8 encoded.', 'SyntaxError');
    }
    if (reason !== undefined && code === undefined) {
      throw new DOMException('If you specify a WebSocket close reason, you must also specify a code.', 'InvalidAccessError');
    }
    if (this.#stage === CONNECTING) {
      this.#giveUp();
      return;
    }
    if (this.#closedOut || this.#aborted || this.#stage === RELEASED) return;
    if (this.#stage === WAITING) throw new TypeError(NOT_ACCEPTED);
    this.#closedOut = true;
    if (this.#closedIn) this.#stage = RELEASED;
    this.#link.close(number, text);
  }

  #giveUp() {
    if (this.#closedOut) return;
    this.#closedOut = true;
    const call = this.#call;
    this.#call = undefined;
    // The call's promise rejects with this, and the events follow from that.
    call.cancel('WebSocket was closed before the connection was established.');
  }

  // ---- attributes

  get readyState() {
    if (this.#aborted || (this.#closedIn && this.#closedOut)) return 3;
    if (this.#closedIn || this.#closedOut) return 2;
    return this.#stage === CONNECTING ? 0 : 1;
  }

  get url() { return this.#url; }
  get protocol() { return this.#protocol; }
  get extensions() { return this.#extensions; }
  get binaryType() { return this.#binaryType; }

  set binaryType(value) {
    if (!(#stage in this)) throw illegalInvocation();
    const type = `${value}`;
    if (type === 'blob' || type === 'arraybuffer') this.#binaryType = type;
  }

  get bufferedAmount() {
    this.#measure();
    return this.#sentBytes - this.#goneBytes;
  }

  /** What has gone is looked at once in a task: what was sent in this one has not gone yet. */
  #measure() {
    if (this.#aborted || this.#link === undefined) return;
    const now = host.sliceStart();
    if (now === this.#measuredAt) return;
    this.#measuredAt = now;
    const waiting = this.#link.waiting();
    if (waiting <= this.#sentBytes) this.#goneBytes = this.#sentBytes - waiting;
  }

  // ---- https://developers.cloudflare.com/durable-objects/api/websockets/#serializeattachment

  serializeAttachment(attachment) {
    requireArguments(arguments.length, 1, "Failed to execute 'serializeAttachment' on 'WebSocket'", 'Value');
    this.#attachment = require('./web-socket-attachment').keep(attachment);
  }

  deserializeAttachment() {
    return this.#attachment === undefined ? null : require('./web-socket-attachment').copyOf(this.#attachment);
  }

  static {
    isWebSocket = (value) => isObject(value) && #stage in value;
    handlersOf = (socket) => socket.#handlers;
    answerWith = (socket, exchange, reason, head) => {
      if (socket.#constructed) throw new TypeError("Can't return WebSocket in a Response if it was created with `new WebSocket()`");
      if (socket.#stage === RELEASED) throw new TypeError("Can't return WebSocket that was already used in a response.");
      if (socket.#stage === ACCEPTED) throw new TypeError("Can't return WebSocket in a Response after calling accept().");
      const link = socket.#link;
      const headers = require('./headers').serialise(withExtensions(head));
      const asked = link instanceof PairEnd ? couple(link, exchange.respondSocket(reason, headers)) : exchange.respondRelayed(reason, headers, link.socket);
      if (!asked) {
        throw new TypeError('Worker tried to return a WebSocket in a response to a request which did not contain the header "Upgrade: websocket".');
      }
      socket.#stage = RELEASED;
    };
  }
}

var isWebSocket, handlersOf, answerWith;

/** Messages are compressed if the client can, unless the worker says otherwise. */
function withExtensions(head) {
  const { copyHeaders, peek } = require('./headers');
  const allowed = flag('web_socket_compression');
  if (allowed === (peek(head, EXTENSIONS) !== null)) return head;
  const headers = copyHeaders(head);
  if (allowed) headers.set(EXTENSIONS, 'permessage-deflate');
  else headers.delete(EXTENSIONS);
  return headers;
}

function couple(link, socket) {
  if (socket !== null) link.couple(socket);
  return socket !== null;
}

function toRecord(url) {
  const record = require('./url-parser').parse(toUSVString(url), null);
  if (record === null) throw new DOMException('WebSocket Constructor: The url is invalid.', 'SyntaxError');
  if (record.scheme === 'http') record.scheme = 'ws';
  else if (record.scheme === 'https') record.scheme = 'wss';
  if (record.scheme !== 'ws' && record.scheme !== 'wss') throw new DOMException('WebSocket Constructor: The url scheme must be ws or wss.', 'SyntaxError');
  if (record.fragment !== null) throw new DOMException('WebSocket Constructor: The url fragment must be empty.', 'SyntaxError');
  return record;
}

/** What a URL's user and password are as a header. */
function basic({ username, password }) {
  const bytes = require('./url-encoding').percentDecodeBytes(`${username}:${password}`);
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += StringFromCharCode(bytes[i]);
  return `Basic ${require('./base64').btoa(text)}`;
}

function toProtocols(protocols) {
  if (protocols === undefined) return [];
  const iterate = isObject(protocols) ? protocols[SymbolIterator] : undefined;
  const list = iterate === undefined || iterate === null ? [toUSVString(protocols)] : toSequence(protocols, toUSVString, "Failed to construct 'WebSocket'", iterate);
  const seen = [];
  for (let i = 0; i < list.length; i++) {
    if (!RegExpPrototypeTest(TOKEN, list[i])) throw new DOMException('WebSocket Constructor: The protocol header token is invalid.', 'SyntaxError');
    const lower = StringPrototypeToLowerCase(list[i]);
    for (let j = 0; j < seen.length; j++) {
      if (seen[j] === lower) throw new DOMException('WebSocket Constructor: The protocols header cannot have repeating values.', 'SyntaxError');
    }
    ArrayPrototypePush(seen, lower);
  }
  return list;
}

/** A string, or bytes that may change afterwards. */
function toMessage(message) {
  if (typeof message === 'string') return toUSVString(message);
  if (isBufferSource(message)) return message;
  if (isObject(message)) {
    const { bytesAtHand, isBlob } = require('./blob');
    if (isBlob(message)) return bytesAtHand(message);
  }
  return toUSVString(message);
}

function sizeOf(data) {
  return typeof data === 'string' ? encodeUtf8(data).length : bytesOf(data).length;
}

function isCloseCode(code) {
  if (flag('pedantic_wpt') && host.hasFlag !== undefined) return code === 1000 || (code >= 3000 && code <= 4999);
  return code >= 1000 && code <= 4999 && code !== 1004 && code !== 1005 && code !== 1006 && code !== 1015;
}

/** https://developers.cloudflare.com/workers/runtime-apis/websockets/#websocketpair */
class WebSocketPair {
  constructor() {
    if (current() === null) throw outsideOfHandler();
    const { one, two } = makePair();
    this[0] = new WebSocket(MADE, one);
    this[1] = new WebSocket(MADE, two);
  }

  *[SymbolIterator]() {
    yield this[0];
    yield this[1];
  }
}

/** @param socket HostSocket.java */
function webSocketFromHost(socket) {
  return new WebSocket(MADE, new HostLink(socket));
}

for (const name of ['open', 'message', 'close', 'error']) defineHandler(WebSocket, name, handlersOf);
defineConstants(WebSocket, {
  __proto__: null, CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3, READY_STATE_CONNECTING: 0, READY_STATE_OPEN: 1, READY_STATE_CLOSING: 2, READY_STATE_CLOSED: 3,
});
defineInterface(WebSocket);
defineInterface(WebSocketPair);

module.exports = { WebSocket, WebSocketPair, answerWith, isWebSocket, webSocketFromHost };
