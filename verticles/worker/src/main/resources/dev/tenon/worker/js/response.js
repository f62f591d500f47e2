// https://fetch.spec.whatwg.org/#response-class
const { RangeError, RegExpPrototypeTest, TypeError } = primordials;
const { defineInterface, isObject, requireArguments, toByteString, toDictionary, toDOMString, toInteger, toUSVString } = require('./webidl');
const json = require('./json-words');
const { Headers, addUnchecked, copyHeaders, fill, freezeHeaders, peek } = require('./headers');
const { bodyFromHost, cloneBody, codingOf, defineBody, extract, isEmpty, textBody, typeOfExtracted, unusable, CLONED } = require('./body');
const { parse, serialise } = require('./url-parser');

const MADE = { __proto__: null };
const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;
const WHAT = "Failed to construct 'Response'";

class Response {
  #status = 200;
  #reason = '';
  #headers;
  #body = null;
  #type = 'default';
  #urls = undefined; // of a fetched response: where it came from, redirects first
  #options = undefined; // cf, encodeBody, webSocket

  constructor(body = null, init = undefined) {
    if (body === MADE) return;
    const headers = new Headers();
    this.#headers = headers;
    if (init !== undefined && init !== null) this.#configure(init);
    if (body !== null && body !== undefined) this.#fill(extract(body, WHAT), typeOfExtracted());
  }

  #configure(init) {
    const { status, statusText, headers } = toDictionary(init, WHAT, 2, 'InitializerDict or Response');
    const { cf, encodeBody, webSocket } = init;
    const socket = webSocket === undefined || webSocket === null ? undefined : toWebSocket(webSocket);
    if (status !== undefined) {
      const code = typeof status === 'number' && status === (status & 0xffff) ? status : toInteger(status, 16, false, undefined, WHAT);
      if ((code < 200 || code > 599) && !(code === 101 && socket !== undefined)) {
        throw new RangeError('Responses may only be constructed with status codes in the range 200 to 599, inclusive.');
      }
      this.#status = code;
    }
    if (statusText !== undefined) {
      const reason = toByteString(statusText, WHAT);
      if (!RegExpPrototypeTest(REASON, reason)) throw new TypeError('Invalid statusText');
      this.#reason = reason;
    }
    if (headers !== undefined) fill(this.#headers, headers);
    if (socket !== undefined && this.#status !== 101) throw new RangeError('Responses with a WebSocket must have status code 101.');
    if (cf !== undefined || encodeBody !== undefined || socket !== undefined) {
      if (encodeBody !== undefined && encodeBody !== 'automatic' && encodeBody !== 'manual') throw new TypeError(`encodeBody: unexpected value: ${toDOMString(encodeBody)}`);
      this.#options = { cf, encodeBody, webSocket: socket };
    }
  }

  #fill(body, type) {
    const status = this.#status;
    if (status === 101 || status === 204 || status === 205 || status === 304) {
      // Deviation: as in workerd, nothing given as a text or bytes is no body.
      if (!isEmpty(body)) throw new TypeError('Response with null body status (101, 204, 205, or 304) cannot have a body.');
    } else {
      this.#body = body;
    }
    if (type !== null && peek(this.#headers, 'content-type') === null) addUnchecked(this.#headers, 'content-type', type);
  }

  static error() {
    const response = new Response(MADE);
    response.#status = 0;
    response.#type = 'error';
    response.#headers = freezeHeaders(new Headers());
    return response;
  }

  static json(data, init = undefined) {
    requireArguments(arguments.length, 1, "Failed to execute 'json' on 'Response'", 'Value');
    const text = json.stringify(data);
    if (text === undefined) throw new TypeError("Failed to execute 'json' on 'Response': The data is not JSON serializable");
    const response = new Response(null, init);
    response.#fill(textBody(toUSVString(text)), 'application/json');
    return response;
  }

  static redirect(url, status = 302) {
    requireArguments(arguments.length, 1, "Failed to execute 'redirect' on 'Response'");
    const address = toUSVString(url);
    const code = toInteger(status, 16, false, undefined, WHAT);
    if (code !== 301 && code !== 302 && code !== 303 && code !== 307 && code !== 308) {
      throw new RangeError(`${code} is not a redirect status code. It must be one of: 301, 302, 303, 307, or 308.`);
    }
    const record = parse(address, null);
    if (record === null) throw new TypeError(`Unable to parse URL: ${address}`);
    const response = new Response(MADE);
    response.#status = code;
    response.#headers = new Headers();
    addUnchecked(response.#headers, 'location', serialise(record));
    freezeHeaders(response.#headers);
    return response;
  }

  get type() {
    return this.#type;
  }

  get url() {
    const urls = this.#urls;
    return urls === undefined ? '' : urls[urls.length - 1];
  }

  get redirected() {
    const urls = this.#urls;
    return urls !== undefined && urls.length > 1;
  }

  get status() {
    return this.#status;
  }

  get ok() {
    const status = this.#status;
    return status >= 200 && status <= 299;
  }

  get statusText() {
    return this.#reason;
  }

  get headers() {
    return this.#headers;
  }

  get cf() {
    return this.#options?.cf;
  }

  /** https://developers.cloudflare.com/workers/runtime-apis/response/#properties */
  get webSocket() {
    return this.#options?.webSocket ?? null;
  }

  clone() {
    if (this.webSocket !== null) throw new TypeError('Cannot clone a response to a WebSocket handshake.');
    if (unusable(this.#body)) throw new TypeError(CLONED);
    const copy = new Response(MADE);
    copy.#status = this.#status;
    copy.#reason = this.#reason;
    copy.#headers = copyHeaders(this.#headers);
    copy.#type = this.#type;
    copy.#urls = this.#urls;
    copy.#options = this.#options;
    copy.#body = cloneBody(this.#body);
    return copy;
  }

  static {
    isResponse = (value) => isObject(value) && #status in value;
    contentOf = (response) => response.#body;
    headOf = (response) => response.#headers;
    statusOf = (response) => response.#status;
    reasonOf = (response) => response.#reason;
    webSocketOf = (response) => response.#options?.webSocket;
    giveWebSocket = (response, webSocket) => {
      response.#options = { cf: undefined, encodeBody: undefined, webSocket };
    };
    isError = (response) => response.#type === 'error';
    isEncodedByHand = (response) => response.#options?.encodeBody === 'manual';
    made = (status, reason, headers, body, urls, type) => {
      const response = new Response(MADE);
      response.#type = type;
      response.#status = status;
      response.#reason = reason;
      response.#headers = headers;
      response.#body = body;
      response.#urls = urls;
      return response;
    };
  }
}

var isResponse, contentOf, headOf, isEncodedByHand, isError, statusOf, reasonOf, webSocketOf, giveWebSocket, made;

function toWebSocket(value) {
  if (require('./web-socket').isWebSocket(value)) return value;
  throw new TypeError(`${WHAT}: Failed to read the 'webSocket' property: the provided value is not of type 'WebSocket'.`);
}

/** A response that came from a host; `urls` are where it was looked for, the last one had it. @param type as `response.type` says it */
function responseFromHost(hostResponse, headers, urls, hasBody, type) {
  const body = hasBody ? bodyFromHost(hostResponse) : null;
  if (body !== null) body.coding = codingOf(peek(headers, 'content-encoding'));
  return made(hostResponse.status(), hostResponse.reason(), freezeHeaders(headers), body, urls, type);
}

defineBody(Response, contentOf, (response) => peek(headOf(response), 'content-type'));
defineInterface(Response);

module.exports = {
  Response, contentOf, giveWebSocket, headOf, isEncodedByHand, isError, isResponse, madeResponse: made, reasonOf, responseFromHost, statusOf, webSocketOf,
};
