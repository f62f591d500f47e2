// https://streams.spec.whatwg.org/#rs-default-controller-class, https://streams.spec.whatwg.org/#rbs-controller-class and
// https://streams.spec.whatwg.org/#rs-byob-request-class: what a user's source sees of a controller.
const { ArrayBufferIsView, ArrayBufferPrototypeGetByteLength, ArrayBufferPrototypeGetDetached, TypeError } = primordials;
const { defineInterface, illegalConstructor, isArrayBuffer, requireArguments, toInteger, viewBuffer, viewByteLength } = require('./webidl');

const MADE = { __proto__: null };

class ReadableStreamDefaultController {
  #controller;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#controller = arguments[1];
  }

  get desiredSize() {
    return this.#controller.desiredSize();
  }

  close() {
    const controller = this.#controller;
    if (!controller.canCloseOrEnqueue()) throw new TypeError('This ReadableStream is closed.');
    controller.close();
  }

  enqueue(chunk = undefined) {
    const controller = this.#controller;
    if (!controller.canCloseOrEnqueue()) throw new TypeError('Unable to enqueue');
    controller.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#controller.error(reason);
  }
}

class ReadableStreamBYOBRequest {
  #request;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#request = arguments[1];
  }

  get view() {
    return this.#request.view;
  }

  // Deviation: workerd's; how many bytes the reader wants at least.
  get atLeast() {
    const { controller } = this.#request;
    if (controller === undefined) return null;
    const first = controller.pending[0];
    return first.minimumFill > first.filled ? first.minimumFill - first.filled : 1;
  }

  respond(bytesWritten) {
    const request = this.#request;
    requireArguments(arguments.length, 1, "Failed to execute 'respond' on 'ReadableStreamBYOBRequest'", 'number');
    const count = toInteger(bytesWritten, 64, false, 'EnforceRange', "Failed to execute 'respond' on 'ReadableStreamBYOBRequest'");
    if (request.controller === undefined) throw new TypeError('This BYOB request has been invalidated');
    if (ArrayBufferPrototypeGetDetached(viewBuffer(request.view))) throw new TypeError("The BYOB request's buffer has been detached");
    request.controller.respond(count);
  }

  respondWithNewView(view) {
    const request = this.#request;
    requireArguments(arguments.length, 1, "Failed to execute 'respondWithNewView' on 'ReadableStreamBYOBRequest'", 'BufferSource');
    requireView(view, "Failed to execute 'respondWithNewView' on 'ReadableStreamBYOBRequest'");
    if (request.controller === undefined) throw new TypeError('This BYOB request has been invalidated');
    if (ArrayBufferPrototypeGetDetached(viewBuffer(view))) throw new TypeError("The given view's buffer has been detached");
    request.controller.respondWithNewView(view);
  }
}

class ReadableByteStreamController {
  #controller;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#controller = arguments[1];
  }

  get byobRequest() {
    const request = this.#controller.currentByobRequest();
    return request === null ? null : (request.wrapper ??= new ReadableStreamBYOBRequest(MADE, request));
  }

  get desiredSize() {
    return this.#controller.desiredSize();
  }

  close() {
    const controller = this.#controller;
    if (controller.closeRequested || controller.readable.state !== 0) throw new TypeError('This ReadableStream is closed.');
    controller.close();
  }

  enqueue(chunk) {
    const controller = this.#controller;
    requireArguments(arguments.length, 1, "Failed to execute 'enqueue' on 'ReadableByteStreamController'", 'BufferSource');
    requireView(chunk, "Failed to execute 'enqueue' on 'ReadableByteStreamController'");
    if (viewByteLength(chunk) === 0) throw new TypeError('Cannot enqueue a zero-length ArrayBuffer.');
    if (ArrayBufferPrototypeGetByteLength(viewBuffer(chunk)) === 0) throw new TypeError("chunk's buffer must have non-zero byteLength");
    if (controller.closeRequested || controller.readable.state !== 0) throw new TypeError('This ReadableByteStreamController is closed.');
    controller.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#controller.error(reason);
  }
}

function requireView(value, what) {
  if (!ArrayBufferIsView(value) || !isArrayBuffer(viewBuffer(value))) throw new TypeError(`${what}: parameter 1 is not of type 'BufferSource'.`);
}

defineInterface(ReadableStreamDefaultController);
defineInterface(ReadableStreamBYOBRequest);
defineInterface(ReadableByteStreamController);

/** The object a source sees for a DefaultController, the same each time. */
function wrapDefault(controller) {
  return (controller.wrapper ??= new ReadableStreamDefaultController(MADE, controller));
}

function wrapByte(controller) {
  return (controller.wrapper ??= new ReadableByteStreamController(MADE, controller));
}

module.exports = { ReadableByteStreamController, ReadableStreamBYOBRequest, ReadableStreamDefaultController, wrapByte, wrapDefault };
