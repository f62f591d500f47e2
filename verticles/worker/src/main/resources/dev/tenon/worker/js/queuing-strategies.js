// https://streams.spec.whatwg.org/#qs
const { RangeError, TypeError } = primordials;
const { defineInterface, fieldNotOfType, illegalInvocation, isObject, notOfType, requireArguments, toUnrestrictedDouble } = require('./webidl');

function readInit(init, name) {
  const what = `Failed to construct '${name}'`;
  if (!isObject(init)) throw notOfType(what, 1, 'QueuingStrategyInit');
  const { highWaterMark } = init;
  if (highWaterMark === undefined) throw new TypeError(`${what}: Failed to read the 'highWaterMark' property from 'QueuingStrategyInit': Required member is undefined.`);
  return toUnrestrictedDouble(highWaterMark);
}

const one = { size() { return 1; } }.size;
const byteSize = { size(chunk) { return chunk.byteLength; } }.size;

function fail() {
  throw illegalInvocation();
}

class ByteLengthQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    requireArguments(arguments.length, 1, "Failed to construct 'ByteLengthQueuingStrategy'", 'QueuingStrategyInit');
    this.#highWaterMark = readInit(init, 'ByteLengthQueuingStrategy');
  }

  get highWaterMark() {
    return this.#highWaterMark;
  }

  get size() {
    return #highWaterMark in this ? byteSize : fail();
  }
}

class CountQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    requireArguments(arguments.length, 1, "Failed to construct 'CountQueuingStrategy'", 'QueuingStrategyInit');
    this.#highWaterMark = readInit(init, 'CountQueuingStrategy');
  }

  get highWaterMark() {
    return this.#highWaterMark;
  }

  get size() {
    return #highWaterMark in this ? one : fail();
  }
}

defineInterface(ByteLengthQueuingStrategy);
defineInterface(CountQueuingStrategy);

/** QueuingStrategy as { highWaterMark, size }, both undefined where not given. */
function toStrategy(value, what, index = 2) {
  if (value === undefined || value === null) return { highWaterMark: undefined, size: undefined };
  if (!isObject(value)) throw notOfType(what, index, 'StreamQueuingStrategy');
  const { highWaterMark, size } = value;
  const mark = highWaterMark === undefined ? undefined : toUnrestrictedDouble(highWaterMark);
  if (size !== undefined && typeof size !== 'function') throw fieldNotOfType('size', 'StreamQueuingStrategy', 'function');
  return { highWaterMark: mark, size };
}

/** https://streams.spec.whatwg.org/#validate-and-normalize-high-water-mark */
function highWaterMarkOf(strategy, otherwise) {
  const { highWaterMark } = strategy;
  if (highWaterMark === undefined) return otherwise;
  if (!(highWaterMark >= 0)) throw new RangeError('Invalid highWaterMark');
  return highWaterMark;
}

/** A function from a chunk to its size, or undefined where each chunk counts 1. */
function sizeOf(strategy) {
  const { size } = strategy;
  if (size === undefined || size === one) return undefined;
  return (chunk) => toUnrestrictedDouble(size(chunk));
}

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy, highWaterMarkOf, sizeOf, toStrategy };
