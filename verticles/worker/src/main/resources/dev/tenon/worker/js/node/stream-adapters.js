// Web streams as Node's, and the other way round. https://nodejs.org/api/webstreams.html
const { globalThis } = primordials;
const { Duplex, Readable, Writable, finished } = require('./node/stream');
const { nodeError } = require('./node/errors');
const { abortError } = require('./node/validators');

function readableFromWeb(stream, options = {}) {
  if (!(stream instanceof globalThis.ReadableStream)) throw nodeError('ERR_INVALID_ARG_TYPE', 'readableStream', 'ReadableStream', stream);
  const reader = stream.getReader();
  let closed = false;
  const readable = new Readable({
    highWaterMark: options.highWaterMark, encoding: options.encoding, objectMode: options.objectMode ?? false, signal: options.signal,
    read() { pull(reader, this); },
    destroy(error, callback) {
      if (closed) callback(error);
      else reader.cancel(error).then(() => callback(error), () => callback(error));
    },
  });
  reader.closed.then(() => { closed = true; }, (error) => {
    closed = true;
    readable.destroy(error);
  });
  return readable;
}

function pull(reader, readable) {
  reader.read().then(({ value, done }) => { readable.push(done ? null : chunkOf(value)); }, (error) => readable.destroy(error));
}

/** Node's streams take bytes as Uint8Array. */
function chunkOf(value) {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value) && !(value instanceof Uint8Array) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
}

function readableToWeb(stream, options = {}) {
  if (typeof stream?.on !== 'function') throw nodeError('ERR_INVALID_ARG_TYPE', 'streamReadable', 'stream.Readable', stream);
  if (stream.destroyed || stream.readableEnded || stream.errored) {
    return new globalThis.ReadableStream({ start(controller) { if (stream.errored) controller.error(stream.errored); else controller.close(); } });
  }
  const objectMode = stream.readableObjectMode;
  const strategy = options.strategy ?? (objectMode
    ? new globalThis.CountQueuingStrategy({ highWaterMark: stream.readableHighWaterMark })
    : new globalThis.ByteLengthQueuingStrategy({ highWaterMark: stream.readableHighWaterMark }));
  let controller;
  stream.pause();
  stream.on('data', (chunk) => {
    // What is a Buffer inside is plain bytes outside.
    controller.enqueue(!objectMode && chunk instanceof Uint8Array && chunk.constructor !== Uint8Array ? new Uint8Array(chunk) : chunk);
    if (controller.desiredSize <= 0) stream.pause();
  });
  const forget = finished(stream, { writable: false }, (error) => {
    forget();
    stream.on('error', () => {});
    if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') controller.error(error);
    else if (error) controller.error(abortError(error));
    else controller.close();
  });
  return new globalThis.ReadableStream({
    start(given) { controller = given; },
    pull() { stream.resume(); },
    cancel(reason) { stream.destroy(reason instanceof Error ? reason : undefined); },
  }, strategy);
}

function writableFromWeb(stream, options = {}) {
  if (!(stream instanceof globalThis.WritableStream)) throw nodeError('ERR_INVALID_ARG_TYPE', 'writableStream', 'WritableStream', stream);
  const writer = stream.getWriter();
  let closed = false;
  const writable = new Writable({
    highWaterMark: options.highWaterMark, decodeStrings: options.decodeStrings ?? true, objectMode: options.objectMode ?? false, signal: options.signal,
    write(chunk, encoding, callback) { writer.ready.then(() => writer.write(chunk)).then(() => callback(), callback); },
    final(callback) {
      if (closed) callback();
      else writer.close().then(() => callback(), callback);
    },
    destroy(error, callback) {
      if (closed || error === null) callback(error);
      else writer.abort(error).then(() => callback(error), () => callback(error));
    },
  });
  writer.closed.then(() => { closed = true; }, (error) => {
    closed = true;
    writable.destroy(error);
  });
  return writable;
}

function writableToWeb(stream) {
  if (typeof stream?.write !== 'function') throw nodeError('ERR_INVALID_ARG_TYPE', 'streamWritable', 'stream.Writable', stream);
  let controller;
  let drained = null;
  finished(stream, { readable: false }, (error) => {
    stream.on('error', () => {});
    if (error) {
      drained?.reject(error);
      controller?.error(error);
    }
  });
  stream.on('drain', () => {
    drained?.resolve();
    drained = null;
  });
  return new globalThis.WritableStream({
    start(given) { controller = given; },
    write(chunk) {
      if (stream.write(chunk)) return undefined;
      drained = Promise.withResolvers();
      return drained.promise;
    },
    abort(reason) { stream.destroy(reason instanceof Error ? reason : abortError(reason)); },
    close() { return new Promise((resolve, reject) => stream.end((error) => error ? reject(error) : resolve())); },
  }, { highWaterMark: stream.writableHighWaterMark ?? 1, size: stream.writableObjectMode ? () => 1 : (chunk) => chunk?.byteLength ?? chunk?.length ?? 1 });
}

function duplexFromWeb(pair, options = {}) {
  const readable = readableFromWeb(pair.readable, options);
  const writable = writableFromWeb(pair.writable, options);
  return Duplex.from({ readable, writable });
}

function duplexToWeb(duplex) {
  return { readable: readableToWeb(duplex), writable: writableToWeb(duplex) };
}

module.exports = { readableFromWeb, readableToWeb, writableFromWeb, writableToWeb, duplexFromWeb, duplexToWeb };
