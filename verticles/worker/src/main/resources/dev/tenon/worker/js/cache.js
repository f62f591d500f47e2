// https://developers.cloudflare.com/workers/runtime-apis/cache/
//
// What is kept, for how long, and what part of it a request wants is decided in Java (HostCaches.java, Freshness.java).
const { Boolean, Error, Promise, PromiseReject, PromiseResolve, String, StringPrototypeIncludes, StringPrototypeSplit, TypeError } = primordials;
const { defineInterface, illegalConstructor, illegalInvocation, isObject, toDictionary, toDOMString } = require('./webidl');
const { HOST, bytesAtHand, codingOf, decode, unusable, wholeOf, USED } = require('./body');
const { Headers, addUnchecked, peek, serialise } = require('./headers');
const { Request, addressOf, headOf, isRequest, verbOf } = require('./request');
const { contentOf, headOf: headOfResponse, isEncodedByHand, isResponse, reasonOf, responseFromHost, statusOf, webSocketOf } = require('./response');
const { parse, serialise: serialiseUrl } = require('./url-parser');

const MADE = { __proto__: null };
const NAME_LENGTH_MAX = 1024;
const WARN = 3; // an ordinal of WorkerLog.Level

class Cache {
  #name;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#name = arguments[1];
  }

  match(request, options = undefined) {
    return attempt(() => {
      const name = this.#name;
      const what = "Failed to execute 'match' on 'Cache'";
      const given = toRequest(request, arguments.length, what);
      if (skipsMethod(given, options, what)) return undefined;
      const found = usable().match(name, keyOf(given), serialise(headOf(given)));
      return found === null ? undefined : responseOf(found, addressOf(given));
    });
  }

  put(request, response) {
    return attempt(() => {
      const name = this.#name;
      const what = "Failed to execute 'put' on 'Cache'";
      if (arguments.length > 0 && !isResponse(response)) throw new TypeError(`${what}: parameter 2 is not of type 'Response'.`);
      const given = toRequest(request, arguments.length, what);
      check(given, response);
      if (statusOf(response) === 304) {
        host.log(
          WARN,
          'Ignoring attempt to Cache.put() a 304 status response. 304 responses are not meaningful to cache, and a potential source of bugs. Consider validating ' +
          'that the response status is meaningful to cache before calling Cache.put().');
        return undefined;
      }
      return keep(name, given, response);
    });
  }

  delete(request, options = undefined) {
    return attempt(() => {
      const name = this.#name;
      const what = "Failed to execute 'delete' on 'Cache'";
      const given = toRequest(request, arguments.length, what);
      return skipsMethod(given, options, what) ? false : usable().delete(name, keyOf(given));
    });
  }

  add() {
    throw notImplemented('add', 'Cache', this.#name);
  }

  addAll() {
    throw notImplemented('addAll', 'Cache', this.#name);
  }

  matchAll() {
    throw notImplemented('matchAll', 'Cache', this.#name);
  }

  keys() {
    throw notImplemented('keys', 'Cache', this.#name);
  }
}

class CacheStorage {
  #default;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#default = new Cache(MADE, null);
  }

  get default() {
    return this.#default;
  }

  open(name) {
    if (!isObject(this) || !(#default in this)) return PromiseReject(illegalInvocation());
    return attempt(() => {
      if (arguments.length === 0) throw new TypeError("Failed to execute 'open' on 'CacheStorage': parameter 1 is not of type 'string'.");
      const text = toDOMString(name);
      if (text.length >= NAME_LENGTH_MAX) throw new TypeError('Cache name is too long.');
      return new Cache(MADE, text);
    });
  }

  match() {
    throw notImplemented('match', 'CacheStorage', this.#default);
  }

  has() {
    throw notImplemented('has', 'CacheStorage', this.#default);
  }

  keys() {
    throw notImplemented('keys', 'CacheStorage', this.#default);
  }

  delete() {
    throw notImplemented('delete', 'CacheStorage', this.#default);
  }
}

function notImplemented(method, type) {
  return new Error(`Failed to execute '${method}' on '${type}': the method is not implemented.`);
}

function attempt(operation) {
  try {
    return PromiseResolve(operation());
  } catch (error) {
    return PromiseReject(error);
  }
}

let hostCaches;

/** The cache, where it may be used now. */
function usable() {
  hostCaches ??= host.caches();
  const problem = hostCaches.use();
  if (problem === 1) throw require('./invocation').outsideOfHandler();
  if (problem === 2) throw new Error('Too many subrequests.');
  return hostCaches;
}

function toRequest(request, given, what) {
  if (given === 0) throw new TypeError(`${what}: parameter 1 is not of type 'Request or string'.`);
  return isRequest(request) ? request : new Request(request);
}

function skipsMethod(request, options, what) {
  const init = toDictionary(options, what);
  return verbOf(request) !== 'GET' && !(init !== undefined && Boolean(init.ignoreMethod));
}

/** A URL without its fragment, or what `cf.cacheKey` says instead. */
function keyOf(request) {
  const key = request.cf?.cacheKey;
  if (key !== undefined && key !== null) return `key ${String(key)}`;
  const record = parse(addressOf(request), null);
  if (record.scheme !== 'http' && record.scheme !== 'https') throw new TypeError('Invalid URL. Cache API keys must be fully-qualified, valid URLs.');
  return serialiseUrl(record, true);
}

function check(request, response) {
  if (response.type === 'error') throw new TypeError('Cache is unable to store an error response');
  if (verbOf(request) !== 'GET') throw new TypeError('Cannot cache response to non-GET request.');
  if (statusOf(response) === 206) throw new TypeError('Cannot cache response to a range request (206 Partial Content).');
  const vary = peek(headOfResponse(response), 'vary');
  if (vary !== null && StringPrototypeIncludes(vary, '*')) throw new TypeError("Cannot cache response with 'Vary: *' header.");
  const socket = webSocketOf(response);
  if (socket !== undefined && socket !== null) throw new TypeError('Cannot cache WebSocket upgrade response.');
}

/** Hands a response to the cache; its body is used from now on. @returns a promise of undefined once it is there */
function keep(name, request, response) {
  const headers = headOfResponse(response);
  const body = contentOf(response);
  if (unusable(body)) throw new TypeError(USED);
  const coding = codingOf(peek(headers, 'content-encoding'));
  const content = body === null || body.stream === undefined ? body : wholeOf(body.stream);
  // What came in a coding and was not looked into is kept in it.
  const encoded = coding !== undefined && (isEncodedByHand(response) || (content !== null && content !== undefined && content.kind === HOST && content.coding === coding));
  const authorized = peek(headOf(request), 'authorization') !== null;
  const entry = usable().put(name, keyOf(request), authorized, statusOf(response), reasonOf(response), serialise(headers), encoded);
  if (body === null) {
    entry.end();
    return undefined;
  }
  if (body.stream === undefined) body.used = true;
  else if (content !== undefined) require('./readable-stream').disturb(body.stream);
  if (content !== undefined && content.kind !== HOST) {
    entry.write(bytesAtHand(content.kind, content.source));
    entry.end();
    return undefined;
  }
  return new Promise((resolve, reject) => {
    const sink = {
      write: (chunk) => entry.write(chunk),
      end() {
        entry.end();
        resolve();
      },
      abort: content === undefined ? () => undefined : (message) => reject(new Error(message)),
    };
    const { pumpHost, pumpStream } = require('./send');
    const ignore = () => undefined;
    if (content === undefined) {
      pumpStream(body.stream, sink, ignore, reject);
    } else {
      if (!encoded) decode(content);
      pumpHost(content.source, sink, ignore);
    }
  });
}

function responseOf(found, url) {
  const headers = new Headers();
  const text = found.headers();
  const list = StringPrototypeSplit(text, '\n');
  for (let i = 0; i < list.length; i += 2) addUnchecked(headers, list[i], list[i + 1]);
  const response = responseFromHost(found, headers, [url], found.bodyKind() !== 0, 'default');
  const body = contentOf(response);
  if (body !== null && !found.encoded()) body.coding = undefined;
  return response;
}

defineInterface(Cache);
defineInterface(CacheStorage);

module.exports = { Cache, CacheStorage, caches: new CacheStorage(MADE) };
