// https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaulttee and https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamtee
const { Uint8Array, ArrayBufferPrototypeSlice, TypedArrayPrototypeGetSymbolToStringTag, TypedArrayPrototypeSlice } = primordials;
const { Readable, Reader, acquireReader, cancel, release } = require('./readable');
const { DefaultController } = require('./readable-default-controller');
const { ByteController } = require('./readable-byte-controller');
const { pullInto } = require('./readable-stream-reader');
const { PromiseResolve, deferred, nothing, upon } = require('./stream-promises');
const { bytesOf, internal } = require('./webidl');

const resolved = () => PromiseResolve(undefined);

/** Both branches cancelled cancel the source, with both reasons. */
class Branches {
  constructor(readable) {
    this.readable = readable;
    this.cancelled1 = false;
    this.cancelled2 = false;
    this.reason1 = undefined;
    this.reason2 = undefined;
    this.cancelled = deferred();
    this.one = undefined;
    this.two = undefined;
  }

  cancel1(reason) {
    this.cancelled1 = true;
    this.reason1 = reason;
    if (this.cancelled2) this.cancelSource();
    return this.cancelled.promise;
  }

  cancel2(reason) {
    this.cancelled2 = true;
    this.reason2 = reason;
    if (this.cancelled1) this.cancelSource();
    return this.cancelled.promise;
  }

  cancelSource() {
    this.cancelled.resolve(cancel(this.readable, [this.reason1, this.reason2]));
  }

  settleUnlessCancelled() {
    if (!this.cancelled1 || !this.cancelled2) this.cancelled.resolve(undefined);
  }

  fail(error) {
    this.one.controller.error(error);
    this.two.controller.error(error);
    this.settleUnlessCancelled();
  }
}

/** @param copies whether the second branch gets copies of byte chunks, as the clone of a body does */
function teeDefault(readable, copies) {
  const reader = acquireReader(readable);
  const branches = new Branches(readable);
  let reading = false;
  let readAgain = false;

  function pull() {
    if (reading) {
      readAgain = true;
      return resolved();
    }
    reading = true;
    reader.read({
      chunk(chunk) {
        upon(resolved(), () => {
          readAgain = false;
          let copy = chunk;
          if (copies && !branches.cancelled2) {
            try {
              copy = copyOf(chunk);
            } catch (error) {
              branches.one.controller.error(error);
              branches.two.controller.error(error);
              branches.cancelled.resolve(cancel(readable, error));
              return;
            }
          }
          if (!branches.cancelled1) branches.one.controller.enqueue(chunk);
          if (!branches.cancelled2) branches.two.controller.enqueue(copy);
          reading = false;
          if (readAgain) pull();
        });
      },
      close() {
        reading = false;
        if (!branches.cancelled1) branches.one.controller.close();
        if (!branches.cancelled2) branches.two.controller.close();
        branches.settleUnlessCancelled();
      },
      error() {
        reading = false;
      },
    });
    return resolved();
  }

  branches.one = branch(pull, (reason) => branches.cancel1(reason));
  branches.two = branch(pull, (reason) => branches.cancel2(reason));
  upon(reader.closed.promise, nothing, (error) => branches.fail(error));
  return [branches.one, branches.two];
}

/** What the clone of a body gets for a chunk; a chunk that cannot be cloned breaks both branches off. */
function copyOf(chunk) {
  if (TypedArrayPrototypeGetSymbolToStringTag(chunk) === 'Uint8Array') return TypedArrayPrototypeSlice(chunk);
  return require('./structured-clone').structuredClone(chunk);
}

function branch(pull, cancelBranch) {
  const made = new Readable();
  new DefaultController(made, pull, cancelBranch, 1, undefined).startWith(resolved());
  return made;
}

function teeBytes(readable) {
  let reader = acquireReader(readable);
  const branches = new Branches(readable);
  let reading = false;
  let again1 = false;
  let again2 = false;

  function forward(thisReader) {
    upon(thisReader.closed.promise, nothing, (error) => {
      if (thisReader === reader) branches.fail(error);
    });
  }

  function useReader(byob) {
    if (reader.byob === byob) return;
    release(reader);
    reader = new Reader(readable, byob);
    forward(reader);
  }

  function pullAgain() {
    reading = false;
    if (again1) pull1();
    else if (again2) pull2();
  }

  function copyOf(chunk) {
    const bytes = bytesOf(chunk);
    return new Uint8Array(ArrayBufferPrototypeSlice(bytes.buffer, bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }

  function cloneFailed(error) {
    branches.one.controller.error(error);
    branches.two.controller.error(error);
    branches.cancelled.resolve(cancel(readable, error));
  }

  function closeBoth() {
    reading = false;
    const { one, two } = branches;
    if (!branches.cancelled1) one.controller.close();
    if (!branches.cancelled2) two.controller.close();
    if (one.controller.pending.length > 0) one.controller.respond(0);
    if (two.controller.pending.length > 0) two.controller.respond(0);
    branches.settleUnlessCancelled();
  }

  function pullWithDefaultReader() {
    useReader(false);
    reader.read({
      chunk(chunk) {
        upon(resolved(), () => {
          again1 = false;
          again2 = false;
          let second = chunk;
          if (!branches.cancelled1 && !branches.cancelled2) {
            try {
              second = copyOf(chunk);
            } catch (error) {
              cloneFailed(error);
              return;
            }
          }
          if (!branches.cancelled1) branches.one.controller.enqueue(chunk);
          if (!branches.cancelled2) branches.two.controller.enqueue(second);
          pullAgain();
        });
      },
      close: closeBoth,
      error() {
        reading = false;
      },
    });
  }

  function pullWithByobReader(view, forSecond) {
    useReader(true);
    const target = forSecond ? branches.two : branches.one;
    const other = forSecond ? branches.one : branches.two;
    const targetCancelled = () => (forSecond ? branches.cancelled2 : branches.cancelled1);
    const otherCancelled = () => (forSecond ? branches.cancelled1 : branches.cancelled2);
    pullInto(readable, view, 1, {
      chunk(chunk) {
        upon(resolved(), () => {
          again1 = false;
          again2 = false;
          if (!otherCancelled()) {
            let clone;
            try {
              clone = copyOf(chunk);
            } catch (error) {
              cloneFailed(error);
              return;
            }
            if (!targetCancelled()) target.controller.respondWithNewView(chunk);
            other.controller.enqueue(clone);
          } else if (!targetCancelled()) {
            target.controller.respondWithNewView(chunk);
          }
          pullAgain();
        });
      },
      close(chunk) {
        reading = false;
        if (!targetCancelled()) target.controller.close();
        if (!otherCancelled()) other.controller.close();
        if (chunk !== undefined) {
          if (!targetCancelled()) target.controller.respondWithNewView(chunk);
          if (!otherCancelled() && other.controller.pending.length > 0) other.controller.respond(0);
        }
        if (!targetCancelled() || !otherCancelled()) branches.cancelled.resolve(undefined);
      },
      error() {
        reading = false;
      },
    });
  }

  function pull1() {
    if (reading) {
      again1 = true;
      return resolved();
    }
    reading = true;
    const request = branches.one.controller.currentByobRequest();
    if (request === null) pullWithDefaultReader();
    else pullWithByobReader(request.view, false);
    return resolved();
  }

  function pull2() {
    if (reading) {
      again2 = true;
      return resolved();
    }
    reading = true;
    const request = branches.two.controller.currentByobRequest();
    if (request === null) pullWithDefaultReader();
    else pullWithByobReader(request.view, true);
    return resolved();
  }

  branches.one = byteBranch(pull1, (reason) => branches.cancel1(reason));
  branches.two = byteBranch(pull2, (reason) => branches.cancel2(reason));
  forward(reader);
  return [branches.one, branches.two];
}

function byteBranch(pull, cancelBranch) {
  const made = new Readable();
  new ByteController(made, pull, cancelBranch, 0, undefined).startWith(resolved());
  return made;
}

function tee(readable, copies) {
  return readable.controller instanceof ByteController ? teeBytes(readable) : teeDefault(readable, copies);
}

internal(Branches);

module.exports = { tee };
