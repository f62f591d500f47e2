// https://streams.spec.whatwg.org/#readable-stream-pipe-to
const { ArrayPrototypePush, Promise, PromiseAll, TypeError } = primordials;
const { READABLE, ERRORED, CLOSED, acquireReader, cancel, release } = require('./readable');
const writables = require('./writable');
const { PromiseResolve, nothing, then, upon } = require('./stream-promises');

const { Writer, closeQueuedOrInFlight } = writables;

/** @param options { preventClose, preventAbort, preventCancel, signal }; the signal as `abort.js` makes them, or undefined */
function pipeTo(readable, writable, { preventClose, preventAbort, preventCancel, signal }) {
  const reader = acquireReader(readable);
  const writer = new Writer(writable);
  readable.disturbed = true;
  let shuttingDown = false;
  let lastWrite = PromiseResolve(undefined);

  return new Promise((resolve, reject) => {
    let stopListening = nothing;

    function pump() {
      if (shuttingDown) return;
      if (writer.readyPending) {
        upon(writer.ready.promise, pump, nothing);
        return;
      }
      reader.read(request);
    }

    const request = {
      chunk(chunk) {
        // Not at once: what enqueues a chunk must not find the sink's write on its stack.
        upon(PromiseResolve(undefined), () => {
          lastWrite = then(writer.write(chunk), nothing, nothing);
          pump();
        });
      },
      close: nothing,
      error: nothing,
    };

    function waitForWrites() {
      const waited = lastWrite;
      return then(waited, () => (waited === lastWrite ? undefined : waitForWrites()));
    }

    function shutdown(action, failed, error) {
      if (shuttingDown) return;
      shuttingDown = true;
      const rest = () => {
        if (action === undefined) finish(failed, error);
        else upon(action(), () => finish(failed, error), (newError) => finish(true, newError));
      };
      if (writable.state === writables.WRITABLE && !closeQueuedOrInFlight(writable)) upon(waitForWrites(), rest);
      else rest();
    }

    function finish(failed, error) {
      writer.release();
      release(reader);
      stopListening();
      if (failed) reject(error);
      else resolve(undefined);
    }

    function aborted() {
      const error = signal.reason;
      const actions = [];
      if (!preventAbort) ArrayPrototypePush(actions, () => (writable.state === writables.WRITABLE ? writables.abort(writable, error) : PromiseResolve(undefined)));
      if (!preventCancel) ArrayPrototypePush(actions, () => (readable.state === READABLE ? cancel(readable, error) : PromiseResolve(undefined)));
      shutdown(() => {
        const promises = [];
        for (let i = 0; i < actions.length; i++) ArrayPrototypePush(promises, (0, actions[i])());
        return PromiseAll(promises);
      }, true, error);
    }

    function sourceErrored(error) {
      shutdown(preventAbort ? undefined : () => writables.abort(writable, error), true, error);
    }

    function destinationErrored(error) {
      shutdown(preventCancel ? undefined : () => cancel(readable, error), true, error);
    }

    function sourceClosed() {
      shutdown(preventClose ? undefined : () => writer.closeWithErrorPropagation(), false, undefined);
    }

    if (signal !== undefined) {
      if (signal.aborted) {
        aborted();
        return;
      }
      stopListening = require('./abort').onAbort(signal, aborted);
    }

    if (readable.state === ERRORED) sourceErrored(readable.stored);
    else upon(reader.closed.promise, nothing, sourceErrored);

    if (writable.state === writables.ERRORED) destinationErrored(writable.stored);
    else upon(writer.closed.promise, nothing, destinationErrored);

    if (readable.state === CLOSED) sourceClosed();
    else upon(reader.closed.promise, sourceClosed, nothing);

    if (closeQueuedOrInFlight(writable) || writable.state === writables.CLOSED) {
      destinationErrored(new TypeError('This destination writable stream is closed.'));
    }
    pump();
  });
}

module.exports = { pipeTo };
