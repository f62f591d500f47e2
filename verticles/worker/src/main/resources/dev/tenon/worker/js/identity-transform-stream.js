// workerd's byte-oriented streams: https://developers.cloudflare.com/workers/runtime-apis/streams/transformstream/
const { MathTrunc, Number, NumberIsInteger, PromiseReject, PromiseResolve, TypedArrayPrototypeSlice, TypeError } = primordials;
const { bytesOf, defineInterface, isBufferSource, requireArguments, toUnrestrictedDouble } = require('./webidl');
const { encodeUtf8 } = require('./utf8');
const { ByteController } = require('./readable-byte-controller');
const { Transform } = require('./transform');
const { OVER, TransformStream } = require('./transform-stream');

const NOT_BYTES = 'This TransformStream is being used as a byte stream, but received an object of non-ArrayBuffer/ArrayBufferView type on its writable side.';

/** @param expected how many bytes must pass, -1 for any number */
function byteTransform(expected) {
  let passed = 0;
  const transform = new Transform(
    PromiseResolve(undefined),
    {
      transform(chunk) {
        // Deviation: as in workerd, a text is written as UTF-8.
        const isText = typeof chunk === 'string';
        if (!isText && !isBufferSource(chunk)) return PromiseReject(new TypeError(NOT_BYTES));
        const bytes = isText ? encodeUtf8(chunk) : bytesOf(chunk);
        passed += bytes.length;
        if (expected >= 0 && passed > expected) {
          return PromiseReject(new TypeError('Attempt to write too many bytes through a FixedLengthStream.'));
        }
        try {
          // A copy: the writer may use its buffer again.
          if (bytes.length > 0) transform.enqueue(TypedArrayPrototypeSlice(bytes));
          return PromiseResolve(undefined);
        } catch (error) {
          return PromiseReject(error);
        }
      },
      flush() {
        if (expected >= 0 && passed < expected) {
          return PromiseReject(new TypeError('FixedLengthStream did not see all expected bytes before close().'));
        }
        return PromiseResolve(undefined);
      },
      cancel: () => PromiseResolve(undefined),
    },
    1, undefined, 0, undefined,
    (readable, pull, cancel) => new ByteController(readable, pull, cancel, 0, undefined),
  );
  transform.readable.length = expected;
  return transform;
}

class IdentityTransformStream extends TransformStream {
  constructor(queuingStrategy = undefined) {
    super(OVER, queuingStrategy === OVER ? arguments[1] : byteTransform(-1));
  }
}

class FixedLengthStream extends IdentityTransformStream {
  // Deviation: the queuing strategy only bounds buffering in workerd; here a write waits until it is read.
  constructor(expectedLength) {
    requireArguments(arguments.length, 1, "Failed to construct 'FixedLengthStream'", 'bigint');
    const length = typeof expectedLength === 'bigint' ? Number(expectedLength) : toUnrestrictedDouble(expectedLength);
    if (!(length >= 0) || length > Number.MAX_SAFE_INTEGER) {
      throw new TypeError(
        !NumberIsInteger(length) ? 'The value cannot be converted because it is not an integer.'
        : length < 0 ? 'The value cannot be converted because it is negative and this API expects a positive bigint.'
        : 'FixedLengthStream requires an integer expected length less than 2^53.');
    }
    super(OVER, byteTransform(MathTrunc(length)));
  }
}

defineInterface(IdentityTransformStream);
defineInterface(FixedLengthStream);

module.exports = { FixedLengthStream, IdentityTransformStream };
