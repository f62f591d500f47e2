// https://fetch.spec.whatwg.org/#request-class
//
// A request of an exchange touches the exchange only when it is asked for something.
const { ArrayPrototypeIncludes, Boolean, RegExpPrototypeTest, StringPrototypeToUpperCase, TypeError } = primordials;
const { defineInterface, fieldNotOfType, isObject, requireArguments, toByteString, toDictionary, toDOMString, toEnum, toUSVString } = require('./webidl');
const { Headers, addUnchecked, copyHeaders, fill, fromHost, peek } = require('./headers');
const { bodyFromHost, cloneBody, defineBody, extract, takeBody, typeOfExtracted, unusable, CLONED } = require('./body');
const { parse, serialise } = require('./url-parser');

const EXCHANGE = { __proto__: null };
const CLONE = { __proto__: null };
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const WHAT = "Failed to construct 'Request'";
const CACHES = ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'];
const CREDENTIALS = ['omit', 'same-origin', 'include'];
const MODES = ['same-origin', 'no-cors', 'cors'];
const REDIRECTS = ['follow', 'error', 'manual'];
const PRIORITIES = ['high', 'low', 'auto'];
const REFERRER_POLICIES = [
  '', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin', 'strict-origin-when-cross-origin',
  'unsafe-url',
];

class Request {
  #exchange; // undefined for requests that user code made
  #came; // the exchange that a copy's original came in; undefined for none
  #method; // these four are undefined until an exchange is asked
  #url;
  #headers;
  #body;
  #signal; // undefined until asked for
  #signals; // what the signal follows, undefined for nothing
  #options; // redirect, cache, cf …; undefined for the defaults

  constructor(input, init = undefined) {
    if (input === EXCHANGE) {
      this.#exchange = init;
      this.#came = init;
      return;
    }
    if (input === CLONE) {
      this.#copy(init);
      this.#body = cloneBody(init.#content());
      return;
    }
    requireArguments(arguments.length, 1, WHAT, 'Request or string');
    const options = toDictionary(init, WHAT, 2, 'RequestInitializerDict or Request');
    let inputBody = null;
    if (isRequest(input)) {
      this.#copy(input);
      inputBody = input.#content();
    } else {
      this.#url = absoluteUrl(toUSVString(input));
      this.#method = 'GET';
    }
    this.#headers ??= new Headers();
    this.#body = null;
    if (options !== undefined) this.#configure(options);
    this.#takeBody(options, inputBody);
  }

  #copy(other) {
    this.#url = other.#address();
    this.#method = other.#verb();
    this.#headers = copyHeaders(other.#head());
    this.#options = other.#options;
    this.#came = other.#came;
    this.#signals = other.#hasSignal() ? [other.#abortSignal()] : undefined;
  }

  #configure(init) {
    const options = readInit(init);
    this.#options = this.#options === undefined ? options : { ...this.#options, ...options };
    const { method, headers, signal } = init;
    if (method !== undefined) this.#method = normalMethod(toByteString(method, WHAT));
    if (signal !== undefined) {
      if (signal !== null && !require('./abort').isAbortSignal(signal)) {
        throw new TypeError("Incorrect type for the 'signal' field on 'RequestInitializerDict': the provided value is not of type 'AbortSignal'.");
      }
      this.#signals = signal === null ? undefined : [signal];
    }
    if (headers !== undefined) {
      this.#headers = new Headers();
      if (!isObject(headers)) throw fieldNotOfType('headers', 'RequestInitializerDict', 'Headers or Sequence or object');
      fill(this.#headers, headers);
    }
  }

  #takeBody(init, inputBody) {
    const content = init === undefined ? undefined : init.body;
    const given = content !== undefined && content !== null;
    if ((given || inputBody !== null) && (this.#method === 'GET' || this.#method === 'HEAD')) {
      throw new TypeError('Request with a GET or HEAD method cannot have a body.');
    }
    if (given) {
      // Deviation: as workerd, a stream needs no `duplex`.
      this.#body = extract(content, WHAT);
      const type = typeOfExtracted();
      if (type !== null && peek(this.#headers, 'content-type') === null) addUnchecked(this.#headers, 'content-type', type);
    } else if (inputBody !== null && content === undefined) {
      if (unusable(inputBody)) {
        throw new TypeError('Cannot reconstruct a Request with a used body.');
      }
      this.#body = takeBody(inputBody);
    }
  }

  #verb() {
    return (this.#method ??= this.#exchange.method());
  }

  #address() {
    return (this.#url ??= this.#exchange.url());
  }

  #head() {
    return (this.#headers ??= fromHost(this.#exchange));
  }

  #content() {
    const body = this.#body;
    return body === undefined ? (this.#body = bodyFromHost(this.#exchange)) : body;
  }

  #hasSignal() {
    return this.#signal !== undefined || this.#signals !== undefined || this.#exchange !== undefined;
  }

  #abortSignal() {
    return (this.#signal ??= this.#makeSignal());
  }

  #makeSignal() {
    const { dependentSignal, hostSignal } = require('./abort');
    return this.#exchange === undefined ? dependentSignal(this.#signals ?? []) : hostSignal(this.#exchange);
  }

  #option(name, otherwise) {
    const options = this.#options;
    return options === undefined ? otherwise : (options[name] ?? otherwise);
  }

  get method() {
    return this.#verb();
  }

  get url() {
    return this.#address();
  }

  get headers() {
    return this.#head();
  }

  get destination() {
    return this.#option('destination', '');
  }

  get referrer() {
    return this.#option('referrer', 'about:client');
  }

  get referrerPolicy() {
    return this.#option('referrerPolicy', '');
  }

  get mode() {
    return this.#option('mode', 'cors');
  }

  get credentials() {
    return this.#option('credentials', 'same-origin');
  }

  get cache() {
    return this.#option('cache', 'default');
  }

  get redirect() {
    // As workerd, what comes in is handed on with its redirects.
    return this.#option('redirect', this.#exchange === undefined ? 'follow' : 'manual');
  }

  get integrity() {
    return this.#option('integrity', '');
  }

  get keepalive() {
    return this.#option('keepalive', false);
  }

  get isReloadNavigation() {
    return this.#option('isReloadNavigation', false);
  }

  get isHistoryNavigation() {
    return this.#option('isHistoryNavigation', false);
  }

  get duplex() {
    return this.#option('duplex', 'half');
  }

  get signal() {
    return this.#abortSignal();
  }

  get cf() {
    return this.#cf();
  }

  /** What comes in is described from what is known about it; the object is made when it is asked for. */
  #cf() {
    const given = this.#option('cf', undefined);
    if (given !== undefined || this.#came === undefined) return given;
    const cf = require('./request-cf').describe(this.#came);
    this.#options = { __proto__: null, ...this.#options, cf };
    return cf;
  }

  clone() {
    if (unusable(this.#content())) throw new TypeError(CLONED);
    return new Request(CLONE, this);
  }

  static {
    isRequest = (value) => isObject(value) && #method in value;
    contentOf = (request) => request.#content();
    headOf = (request) => request.#head();
    addressOf = (request) => request.#address();
    verbOf = (request) => request.#verb();
    redirectOf = (request) => request.redirect;
    cacheOf = (request) => request.#option('cache', undefined);
    signalOf = (request) => (request.#hasSignal() && request.#exchange === undefined ? request.#abortSignal() : undefined);
  }
}

var isRequest, contentOf, headOf, addressOf, verbOf, redirectOf, cacheOf, signalOf;

/** https://fetch.spec.whatwg.org/#dom-request, the URL's part. There is no base URL. Deviation: as in workerd, credentials may be in it; they are not sent. */
function absoluteUrl(text) {
  const record = parse(text, null);
  if (record === null) throw new TypeError(`Invalid URL: ${text}`);
  return record.href ?? serialise(record);
}

/** https://fetch.spec.whatwg.org/#concept-method-normalize */
function normalMethod(method) {
  switch (method) {
    case 'GET': case 'POST': case 'PUT': case 'DELETE': case 'HEAD': case 'OPTIONS': case 'PATCH':
      return method;
    default:
  }
  if (!RegExpPrototypeTest(TOKEN, method)) throw new TypeError(`Invalid HTTP method string: ${method}`);
  const upper = StringPrototypeToUpperCase(method);
  switch (upper) {
    case 'GET': case 'POST': case 'PUT': case 'DELETE': case 'HEAD': case 'OPTIONS':
      return upper;
    case 'PATCH':
      return host.hasFlag?.('upper_case_all_http_methods') === true ? upper : method;
    case 'CONNECT': case 'TRACE': case 'TRACK':
      throw new TypeError(`'${method}' HTTP method is unsupported.`);
    default:
      return method;
  }
}

/** The members of RequestInit that are only kept; undefined when none is given. */
function readInit(init) {
  let options;
  const keep = (name, value) => {
    options ??= { __proto__: null };
    options[name] = value;
  };
  const { cache, cf, credentials, duplex, integrity, keepalive, mode, priority, redirect, referrer, referrerPolicy, window } = init;
  if (window !== undefined && window !== null) throw new TypeError(`${WHAT}: member window must be null.`);
  if (cache !== undefined) keep('cache', toEnum(cache, CACHES, WHAT));
  if (cf !== undefined && cf !== null) keep('cf', cf);
  if (credentials !== undefined) keep('credentials', toEnum(credentials, CREDENTIALS, WHAT));
  if (duplex !== undefined) keep('duplex', toEnum(duplex, ['half'], WHAT));
  if (integrity !== undefined) keep('integrity', toDOMString(integrity));
  if (keepalive !== undefined) keep('keepalive', Boolean(keepalive));
  if (mode !== undefined) {
    if (mode === 'navigate') throw new TypeError(`${WHAT}: Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.`);
    keep('mode', toEnum(mode, MODES, WHAT));
  }
  if (options?.cache === 'only-if-cached' && options.mode !== 'same-origin') {
    throw new TypeError(`${WHAT}: 'only-if-cached' can be set only with 'same-origin' mode.`);
  }
  if (priority !== undefined) toEnum(priority, PRIORITIES, WHAT);
  if (redirect !== undefined) keep('redirect', redirectMode(redirect));
  if (referrer !== undefined) keep('referrer', referrerOf(toUSVString(referrer)));
  if (referrerPolicy !== undefined) keep('referrerPolicy', toEnum(referrerPolicy, REFERRER_POLICIES, WHAT));
  return options;
}

function referrerOf(text) {
  if (text === '') return '';
  const record = parse(text, null);
  if (record === null) throw new TypeError(`${WHAT}: Referrer '${text}' is not a valid URL.`);
  if (record.scheme === 'about' && record.path === 'client') return 'about:client';
  return serialise(record);
}

/** The request that an exchange carries. */
function requestFromExchange(exchange) {
  return new Request(EXCHANGE, exchange);
}

defineBody(Request, contentOf, (request) => peek(headOf(request), 'content-type'));
defineInterface(Request);

function redirectMode(value) {
  const mode = toDOMString(value);
  if (!ArrayPrototypeIncludes(REDIRECTS, mode)) {
    throw new TypeError(
      'Invalid redirect value, must be one of "follow" or "manual" ("error" won\'t be implemented since it does not make sense at the edge; use "manual" and ' +
      'check the response status code).');
  }
  return mode;
}

module.exports = { Request, addressOf, contentOf, headOf, isRequest, cacheOf, redirectOf, requestFromExchange, signalOf, verbOf };
