// Checks of arguments, with the errors that Node's own checks throw.
const { nodeError } = require('./node/errors');

function validateString(value, name) {
  if (typeof value !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', name, 'string', value);
}

function validateBoolean(value, name) {
  if (typeof value !== 'boolean') throw nodeError('ERR_INVALID_ARG_TYPE', name, 'boolean', value);
}

function validateFunction(value, name) {
  if (typeof value !== 'function') throw nodeError('ERR_INVALID_ARG_TYPE', name, 'Function', value);
}

function validateNumber(value, name, min = undefined, max = undefined) {
  if (typeof value !== 'number') throw nodeError('ERR_INVALID_ARG_TYPE', name, 'number', value);
  if (min !== undefined && value < min || max !== undefined && value > max || (min !== undefined || max !== undefined) && Number.isNaN(value)) {
    const range = `${min === undefined ? '' : `>= ${min}`}${min !== undefined && max !== undefined ? ' && ' : ''}${max === undefined ? '' : `<= ${max}`}`;
    throw nodeError('ERR_OUT_OF_RANGE', name, range, value);
  }
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') throw nodeError('ERR_INVALID_ARG_TYPE', name, 'number', value);
  if (!Number.isInteger(value)) throw nodeError('ERR_OUT_OF_RANGE', name, 'an integer', value);
  if (value < min || value > max) throw nodeError('ERR_OUT_OF_RANGE', name, `>= ${min} && <= ${max}`, value);
}

function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  validateInteger(value, name, min, max);
}

function validateUint32(value, name, positive = false) {
  validateInteger(value, name, positive ? 1 : 0, 4294967295);
}

function validateObject(value, name) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw nodeError('ERR_INVALID_ARG_TYPE', name, 'Object', value);
}

function validateArray(value, name) {
  if (!Array.isArray(value)) throw nodeError('ERR_INVALID_ARG_TYPE', name, 'Array', value);
}

function validateOneOf(value, name, allowed) {
  if (!allowed.includes(value)) {
    throw nodeError('ERR_INVALID_ARG_VALUE', name, value, `must be one of: ${allowed.map((one) => typeof one === 'string' ? `'${one}'` : String(one)).join(', ')}`);
  }
}

function validateAbortSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw nodeError('ERR_INVALID_ARG_TYPE', name, 'AbortSignal', signal);
  }
}

/** What an aborted operation is rejected with. */
function abortError(cause) {
  const error = new Error('The operation was aborted', cause === undefined ? undefined : { cause });
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}

module.exports = {
  validateString, validateBoolean, validateFunction, validateNumber, validateInteger, validateInt32, validateUint32, validateObject, validateArray, validateOneOf,
  validateAbortSignal, abortError,
};
