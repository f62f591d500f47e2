// Bodies of requests and responses. https://fetch.spec.whatwg.org/#body-mixin
//
// A body keeps what it was made of for as long as nobody looks at it as a stream: a text goes to Java as a text, a host's body is read by Java.
const {
  ArrayBufferPrototypeGetByteLength, ArrayIsArray, ArrayPrototypePush, Object, ObjectDefineProperties, Promise, PromisePrototypeThen,
  PromiseReject, PromiseResolve, Symbol, SymbolAsyncIterator, SymbolIterator, TypeError, TypedArrayPrototypeGetBuffer, TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeSlice,
} = primordials;
const { prototype: ObjectPrototype } = Object;
const { toPrimitive: SymbolToPrimitive } = Symbol;
const { bytesOf, internal, isBufferSource, isObject, toUSVString } = require('./webidl');
const { receiveBytes } = require('./bytes');
const json = require('./json-words');
const { concatenate, decodeUtf8, encodeUtf8, withoutMark } = require('./utf8');
const { isURLSearchParams } = require('./url-search-params');

const TEXT = 1;
const BYTES = 2;
const BLOB = 3;
const STREAM = 4;
const HOST = 5;

const HOST_NONE = 0;
const HOST_BYTES = 1;

const LOCKED = 'This ReadableStream is currently locked to a reader.';
const USED = 'Body has already been used. It can only be used once. Use tee() first if you need to read it twice.';
/** What cloning says of it, with workerd's comma. */
const CLONED = 'This ReadableStream is currently locked to a reader,';
const STRING_TYPE = 'text/plain;charset=UTF-8';

class Body {
  /** @param kind one of the constants above; @param source a string, a Uint8Array, a Blob, a ReadableStream or a host object */
  constructor(kind, source) {
    this.kind = kind;
    this.source = source;
    this.stream = kind === STREAM ? source : undefined;
    this.used = false;
    this.failure = undefined; // { reason } once the fetch it belongs to was aborted
    this.onFailure = undefined; // tells whoever reads it just then
    this.onEnd = undefined;
    this.coding = undefined; // of a host's body: the content coding that whoever reads it does not want to see
    this.onError = undefined; // makes of what went wrong while a host's body was read what its reader is told
  }
}

const streams = () => require('./readable-stream');

/** The body of something a host object has: `bodyKind`, `bodyText`, `bodyBytes`, `bodyRead`, `bodyCancel`. */
function bodyFromHost(hostObject) {
  return hostObject.bodyKind() === HOST_NONE ? null : new Body(HOST, hostObject);
}

function textBody(text) {
  return new Body(TEXT, text);
}

/** https://fetch.spec.whatwg.org/#concept-bodyinit-extract; the type is in `extractedType` afterwards, null for none. */
let extractedType = null;
function extract(init, what) {
  extractedType = null;
  if (typeof init === 'string') {
    extractedType = STRING_TYPE;
    return new Body(TEXT, toUSVString(init));
  }
  if (isObject(init)) {
    if (isBufferSource(init)) return new Body(BYTES, TypedArrayPrototypeSlice(bytesOf(init)));
    if (streams().isReadableStream(init)) {
      if (streams().isLocked(init) && !streams().isDisturbed(init)) throw new TypeError('This ReadableStream is locked to a reader, and cannot be used as a body.');
      if (streams().isDisturbed(init)) throw new TypeError('This ReadableStream is disturbed (has already been read from), and cannot be used as a body.');
      return new Body(STREAM, init);
    }
    if (isURLSearchParams(init)) {
      extractedType = 'application/x-www-form-urlencoded;charset=UTF-8';
      return new Body(TEXT, init.toString());
    }
    const { isBlob, typeOf } = require('./blob');
    if (isBlob(init)) {
      const type = typeOf(init);
      if (type !== '') extractedType = type;
      return new Body(BLOB, init);
    }
    const { isFormData } = require('./form-data');
    if (isFormData(init)) {
      const { blob, type } = require('./multipart').serialise(init);
      extractedType = type;
      return new Body(BLOB, blob);
    }
    if (isIterable(init)) return new Body(STREAM, streams().fromIterable(init));
  }
  extractedType = STRING_TYPE;
  return new Body(TEXT, toUSVString(init));
}

/** https://developers.cloudflare.com/workers/configuration/compatibility-flags/#fetch-iterable-type-support; an object that says how it is a text is one. */
function isIterable(init) {
  if (host.hasFlag?.('fetch_iterable_type_support') !== true) return false;
  if (typeof init[SymbolAsyncIterator] === 'function') return true;
  return typeof init[SymbolIterator] === 'function' && init[SymbolToPrimitive] === undefined && (ArrayIsArray(init) || init.toString === ObjectPrototype.toString);
}

/** Whether a body that was extracted just now is known to have no bytes. */
function isEmpty({ kind, source }) {
  if (kind === TEXT || kind === BYTES) return source.length === 0;
  return kind === BLOB && source.size === 0;
}

function typeOfExtracted() {
  return extractedType;
}

function unusable(body) {
  return body !== null && (body.used || (body.stream !== undefined && (streams().isDisturbed(body.stream) || streams().isLocked(body.stream))));
}

function isUsed(body) {
  return body !== null && (body.used || (body.stream !== undefined && streams().isDisturbed(body.stream)));
}

/** The body that an untouched stream was made of, unless user code made it. `new Response(response.body, response)` is how frameworks change headers. */
function wholeOf(stream) {
  const { whole } = streams().readableOf(stream);
  return whole === undefined || streams().isDisturbed(stream) || streams().isLocked(stream) ? undefined : whole;
}

/** The body as a stream; from then on it is nothing else. */
function streamOf(body) {
  if (body.stream !== undefined) return body.stream;
  const { kind, source } = body;
  if (body.used) {
    // Consumed without ever having been a stream: what is left of it is locked.
    body.stream = streams().createByteStream({ pull: () => null });
    streams().acquireReader(body.stream);
    streams().disturb(body.stream);
    return body.stream;
  }
  if (kind === BLOB) body.stream = require('./blob').streamOf(source);
  else {
    body.stream = streams().createByteStream(kind === HOST ? hostSource(body, source) : once(kind, source));
    streams().readableOf(body.stream).whole = body;
  }
  if (body.failure !== undefined) streams().fail(body.stream, body.failure.reason);
  return body.stream;
}

/** The fetch that the body belongs to was aborted. */
function failBody(body, reason) {
  if (body.failure !== undefined) return;
  body.failure = { reason };
  if (body.stream !== undefined) streams().fail(body.stream, reason);
  else body.onFailure?.(reason);
}

/** Nobody will send the body on. */
function cancelBody(body, reason) {
  body.used = true;
  if (body.stream !== undefined && !streams().isLocked(body.stream)) streams().cancelStream(body.stream, reason);
}

/** A source of one chunk. */
function once(kind, source) {
  let left = true;
  return {
    pull() {
      if (!left) return null;
      left = false;
      const bytes = kind === TEXT ? encodeUtf8(source) : source;
      return bytes.length === 0 ? null : bytes;
    },
  };
}

function hostSource(body, source) {
  let decoding = false;
  const rejected = (error) => { throw body.onError === undefined ? error : body.onError(error); };
  return {
    pull() {
      if (!decoding) {
        decoding = true;
        decode(body, source);
      }
      return PromisePrototypeThen(source.bodyRead(), (chunk) => {
        if (chunk !== null) return receiveBytes(chunk);
        body.onEnd?.();
        return null;
      }, rejected);
    },
    cancel: () => source.bodyCancel(),
  };
}

/** Whoever reads a host's body, instead of handing it on, reads it without its content coding. */
function decode(body, source = body.source) {
  if (body.coding === undefined) return;
  const { coding } = body;
  body.coding = undefined;
  source.bodyDecode(coding);
}

/** The content coding that a body with these headers' value of content-encoding has, as far as it is one that is undone and applied here. */
function codingOf(value) {
  return value === 'gzip' || value === 'br' ? value : undefined;
}

/**
 * Reads the whole body.
 * @returns a promise of what `convert` makes of its bytes, a Uint8Array that nobody else holds. It is converted here and not by the caller, so that the
 *          bytes themselves never resolve a promise, which would look for a `then` on them
 */
function readBytes(body, convert) {
  if (body.stream !== undefined) return streams().collectBytes(body.stream, convert);
  const { kind, source } = body;
  body.used = true;
  if (kind === HOST) {
    decode(body);
    if (source.bodyKind() !== HOST_BYTES) return readHost(body, source, convert);
  }
  return new Promise((resolve) => resolve(convert(bytesAtHand(kind, source))));
}

function bytesAtHand(kind, source) {
  if (kind === TEXT) return encodeUtf8(source);
  if (kind === BYTES) return source;
  if (kind === BLOB) return require('./blob').copyOf(source);
  return receiveBytes(source.bodyBytes());
}

/** The chunks of a host's body in one. A loop of promises without a stream between. */
function readHost(body, source, convert) {
  const chunks = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    body.onFailure = reject;
    const fail = body.onError === undefined ? reject : (error) => reject(body.onError(error));
    const next = () => PromisePrototypeThen(source.bodyRead(), take, fail);
    const take = (chunk) => {
      if (chunk === null) {
        body.onEnd?.();
        try {
          resolve(convert(concatenate(chunks, length)));
        } catch (error) {
          reject(error);
        }
        return;
      }
      const bytes = receiveBytes(chunk);
      length += bytes.length;
      ArrayPrototypePush(chunks, bytes);
      next();
    };
    next();
  });
}

/** The body's text when it is at hand, otherwise undefined; reading it uses the body. */
function textAtHand(body) {
  if (body.stream !== undefined) return undefined;
  const { kind, source } = body;
  if (kind === TEXT) {
    body.used = true;
    return withoutMark(source);
  }
  if (kind === HOST && body.coding === undefined && source.bodyKind() === HOST_BYTES) {
    body.used = true;
    return withoutMark(source.bodyText());
  }
  return undefined;
}

function readText(body) {
  if (body === null) return PromiseResolve('');
  const text = usable(body) ? textAtHand(body) : undefined;
  return text === undefined ? readAll(body, decodeUtf8) : PromiseResolve(text);
}

function readJson(body) {
  const text = body !== null && usable(body) ? textAtHand(body) : undefined;
  if (text === undefined) return readAll(body, parseJson);
  try {
    return PromiseResolve(json.parse(text));
  } catch (error) {
    return PromiseReject(error);
  }
}

function parseJson(bytes) {
  return json.parse(decodeUtf8(bytes));
}

function usable(body) {
  return body.failure === undefined && !unusable(body);
}

function readAll(body, convert) {
  if (body === null) return new Promise((resolve) => resolve(convert(encodeUtf8(''))));
  if (body.failure !== undefined) return PromiseReject(body.failure.reason);
  if (unusable(body)) return PromiseReject(new TypeError(isUsed(body) ? USED : LOCKED));
  return readBytes(body, convert);
}

function itself(bytes) {
  return bytes;
}

/** The whole ArrayBuffer under the bytes, cut to them where it is larger. */
function exactBuffer(bytes) {
  const buffer = TypedArrayPrototypeGetBuffer(bytes);
  if (ArrayBufferPrototypeGetByteLength(buffer) === TypedArrayPrototypeGetByteLength(bytes)) return buffer;
  return TypedArrayPrototypeGetBuffer(TypedArrayPrototypeSlice(bytes));
}

/** https://fetch.spec.whatwg.org/#concept-body-clone: two bodies with the same content; the given one becomes the first. */
function cloneBody(body) {
  if (body === null) return null;
  if (body.kind === HOST && body.stream === undefined && body.coding === undefined && body.source.bodyKind() === HOST_BYTES) {
    const bytes = receiveBytes(body.source.bodyBytes());
    body.kind = BYTES;
    body.source = bytes;
  }
  if (body.stream === undefined && body.kind !== HOST) {
    return new Body(body.kind, body.kind === BYTES ? TypedArrayPrototypeSlice(body.source) : body.source);
  }
  const { 0: one, 1: other } = streams().tee(streamOf(body));
  body.kind = STREAM;
  body.source = one;
  body.stream = one;
  return new Body(STREAM, other);
}

/** Hands the content over to a new body; the given one is used from then on. */
function takeBody(body) {
  if (body.stream === undefined) {
    body.used = true;
    const taken = new Body(body.kind, body.source);
    taken.coding = body.coding;
    return taken;
  }
  const { stream } = body;
  return new Body(STREAM, streams().passThrough(stream));
}

/**
 * Adds the Body mixin to a class.
 * @param bodyOf(object) the Body or null; does the brand check
 * @param typeOf(object) the value of content-type, or null
 */
function defineBody(type, bodyOf, typeOf) {
  const read = (reader) => (receiver) => {
    let body;
    try {
      body = bodyOf(receiver);
    } catch (error) {
      return PromiseReject(error);
    }
    return reader(body, receiver);
  };
  const text = read(readText);
  const json = read(readJson);
  const bytes = read((body) => readAll(body, itself));
  const arrayBuffer = read((body) => readAll(body, exactBuffer));
  const blob = read((body, receiver) => readAll(body, (content) => require('./blob').blobOf(content, mimeTypeOf(typeOf(receiver)))));
  const formData = read((body, receiver) => {
    const contentType = typeOf(receiver);
    return readAll(body, (content) => require('./multipart').parseFormData(content, contentType));
  });
  const members = {
    get body() {
      const body = bodyOf(this);
      return body === null ? null : streamOf(body);
    },
    get bodyUsed() {
      return isUsed(bodyOf(this));
    },
    arrayBuffer() { return arrayBuffer(this); },
    blob() { return blob(this); },
    bytes() { return bytes(this); },
    formData() { return formData(this); },
    json() { return json(this); },
    text() { return text(this); },
  };
  ObjectDefineProperties(type.prototype, primordials.ObjectGetOwnPropertyDescriptors(members));
}

function mimeTypeOf(contentType) {
  if (contentType === null) return '';
  const { extract: extractType, serialise } = require('./mime-type');
  const type = extractType(contentType);
  return type === null ? '' : serialise(type);
}

internal(Body);

module.exports = {
  BLOB, BYTES, HOST, HOST_BYTES, STREAM, TEXT, bodyFromHost, bytesAtHand, cancelBody, cloneBody, codingOf, decode, defineBody, extract, failBody, isEmpty, isUsed, streamOf, takeBody, textBody, typeOfExtracted,
  unusable, wholeOf, CLONED, USED,
};
