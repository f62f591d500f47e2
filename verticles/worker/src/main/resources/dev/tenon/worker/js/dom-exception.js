// https://webidl.spec.whatwg.org/#idl-DOMException
const { Error, NumberIsFinite, ObjectDefineProperty, RangeError, ReflectConstruct, ReflectSetPrototypeOf, TypeError } = primordials;
const { defineConstants, defineInterface, toDictionary, toDOMString, toUnrestrictedDouble, isObject } = require('./webidl');
const { registerSerializable } = require('./platform-objects');

const CODES = {
  __proto__: null,
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7, NotFoundError: 8,
  NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14,
  InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22,
  TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
};

const { captureStackTrace } = Error;

/** Puts private state on an object that Error made, so that it has a stack. */
class State extends class { constructor(target) { return target; } } {
  #name;
  #message;
  constructor(target, name, message) {
    super(target);
    this.#name = name;
    this.#message = message;
  }
  static name(target) { return target.#name; }
  static message(target) { return target.#message; }
  static is(value) { return isObject(value) && #name in value; }
}

class DOMException {
  constructor(message = '', options = 'Error') {
    const text = toDOMString(message);
    let name = 'Error';
    const exception = ReflectConstruct(Error, [], new.target);
    if (isObject(options)) {
      if (options.name !== undefined) name = toDOMString(options.name);
      if ('cause' in options) ObjectDefineProperty(exception, 'cause', { __proto__: null, value: options.cause, writable: true, configurable: true });
    } else {
      name = toDOMString(options);
    }
    new State(exception, name, text);
    captureStackTrace?.(exception);
    return exception;
  }
  get name() { return State.name(this); }
  get message() { return State.message(this); }
  get code() { return CODES[State.name(this)] ?? 0; }
}

ReflectSetPrototypeOf(DOMException.prototype, Error.prototype);
defineInterface(DOMException);
defineConstants(DOMException, {
  __proto__: null,
  INDEX_SIZE_ERR: 1, DOMSTRING_SIZE_ERR: 2, HIERARCHY_REQUEST_ERR: 3, WRONG_DOCUMENT_ERR: 4, INVALID_CHARACTER_ERR: 5, NO_DATA_ALLOWED_ERR: 6,
  NO_MODIFICATION_ALLOWED_ERR: 7, NOT_FOUND_ERR: 8, NOT_SUPPORTED_ERR: 9, INUSE_ATTRIBUTE_ERR: 10, INVALID_STATE_ERR: 11, SYNTAX_ERR: 12,
  INVALID_MODIFICATION_ERR: 13, NAMESPACE_ERR: 14, INVALID_ACCESS_ERR: 15, VALIDATION_ERR: 16, TYPE_MISMATCH_ERR: 17, SECURITY_ERR: 18, NETWORK_ERR: 19,
  ABORT_ERR: 20, URL_MISMATCH_ERR: 21, QUOTA_EXCEEDED_ERR: 22, TIMEOUT_ERR: 23, INVALID_NODE_TYPE_ERR: 24, DATA_CLONE_ERR: 25,
});

/** https://webidl.spec.whatwg.org/#quotaexceedederror */
class QuotaExceededError extends DOMException {
  #quota = null;
  #requested = null;

  constructor(message = '', options = undefined) {
    super(message, 'QuotaExceededError');
    const { quota, requested } = toDictionary(options, QUOTA) ?? {};
    if (quota !== undefined) this.#quota = amount(quota, 'quota');
    if (requested !== undefined) this.#requested = amount(requested, 'requested');
    if (this.#quota !== null && this.#requested !== null && this.#requested < this.#quota) {
      throw new RangeError(`${QUOTA}: requested is smaller than the quota.`);
    }
  }

  get quota() { return this.#quota; }
  get requested() { return this.#requested; }
  static { isQuotaExceeded = (value) => isObject(value) && #quota in value; }
}

var isQuotaExceeded;
const QUOTA = "Failed to construct 'QuotaExceededError'";

function amount(value, member) {
  const number = toUnrestrictedDouble(value);
  if (!NumberIsFinite(number)) throw new TypeError(`${QUOTA}: ${member} is not a finite number.`);
  if (number < 0) throw new RangeError(`${QUOTA}: ${member} is negative.`);
  return number;
}

defineInterface(QuotaExceededError);
registerSerializable(isQuotaExceeded, (exception) => new QuotaExceededError(exception.message, {
  quota: exception.quota ?? undefined, requested: exception.requested ?? undefined,
}));
registerSerializable((value) => State.is(value), (exception) => new DOMException(exception.message, exception.name));

module.exports = { DOMException, QuotaExceededError };
