// What the files of node:crypto share: bytes in and out, and failures of the host as errors with OpenSSL's codes.
const { ArrayBufferIsView, Uint8Array } = primordials;
const { receiveBytes } = require('./bytes');
const { coded, nodeError } = require('./node/errors');
const { Buffer } = require('./node/buffer');
const { isAnyArrayBuffer } = require('./node/util-types');

const SOURCES = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

/** A Uint8Array of a string, a buffer or a view. */
function bytesOf(value, name, encoding, sources = SOURCES) {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  if (ArrayBufferIsView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw nodeError('ERR_INVALID_ARG_TYPE', name, sources, value);
}

/** What the host gave, as a Buffer. */
function bufferOf(hostBytes) {
  const bytes = receiveBytes(hostBytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A Buffer, or its text when an encoding is named. */
function output(buffer, encoding) {
  return encoding === undefined || encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

/** Calls the host; what it throws becomes the error that `explain` makes of its message. */
function attempt(work, explain) {
  try {
    return work();
  } catch (error) {
    throw explain(reasonOf(error));
  }
}

function reasonOf(error) {
  return `${error?.message ?? error}`;
}

function opensslError(message, code, properties) {
  return Object.assign(coded(new Error(message), code), properties);
}

/** Hands a promise's outcome to a callback. */
function deliver(promise, callback) {
  promise.then((value) => callback(null, value), (error) => callback(error));
}

module.exports = { SOURCES, attempt, bufferOf, bytesOf, deliver, opensslError, output, reasonOf };
