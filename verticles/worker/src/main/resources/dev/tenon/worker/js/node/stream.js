// The module `node:stream`: Node's own streams as the package readable-stream has them, and the way to web streams and back. https://nodejs.org/api/stream.html
const { load } = require('./node/packages');

const Stream = load('readable-stream/lib/stream.js');
const adapters = () => require('./node/stream-adapters');

Stream.Readable.fromWeb = (stream, options) => adapters().readableFromWeb(stream, options);
Stream.Readable.toWeb = (stream, options) => adapters().readableToWeb(stream, options);
Stream.Writable.fromWeb = (stream, options) => adapters().writableFromWeb(stream, options);
Stream.Writable.toWeb = (stream) => adapters().writableToWeb(stream);
Stream.Duplex.fromWeb = (pair, options) => adapters().duplexFromWeb(pair, options);
Stream.Duplex.toWeb = (stream) => adapters().duplexToWeb(stream);

/** Two streams, each of which reads what is written to the other. */
Stream.duplexPair ??= function duplexPair(options) {
  const side = () => {
    const state = { other: null, callback: null };
    state.stream = new Stream.Duplex({
      ...options,
      read() {
        const { callback } = state;
        state.callback = null;
        callback?.();
      },
      write(chunk, encoding, callback) {
        if (chunk.length === 0) queueMicrotask(callback);
        else {
          state.other.stream.push(chunk);
          state.other.callback = callback;
        }
      },
      final(callback) {
        state.other.stream.on('end', callback);
        state.other.stream.push(null);
      },
    });
    return state;
  };
  const [one, other] = [side(), side()];
  one.other = other;
  other.other = one;
  return [one.stream, other.stream];
};

module.exports = Stream;
