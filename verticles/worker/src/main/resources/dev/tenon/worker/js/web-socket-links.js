// What a WebSocket object talks through: the other end of its pair, or a host socket (HostSocket.java) that leads out of the isolate.
//
// A link has listen(receiver), send(data), close(code, reason) and waiting(); a receiver has message(data), close(code, reason) and lost(why). Texts are strings that
// are well formed; bytes that are sent are a buffer or a view of the sender's own, bytes that arrive are an ArrayBuffer of the receiver's own.
const { TypedArrayPrototypeGetBuffer, TypedArrayPrototypeSlice } = primordials;
const { receive } = require('./bytes');
const { bytesOf, internal } = require('./webidl');
const { Fifo } = require('./fifo');
const { Snapshot } = require('./invocation');

const NO_CODE = 1005;

/** As HostSocket.java numbers what happens. */
const TEXT = 0;
const BINARY = 1;
const CLOSE = 2;

class HostLink {
  constructor(socket) {
    this.socket = socket;
  }

  listen(receiver) {
    const snapshot = new Snapshot();
    this.socket.listen((kind, data, code) => snapshot.run(receiveFromHost, receiver, kind, data, code));
  }

  /** @returns false when there is no more room, and the connection is given up */
  send(data) {
    return typeof data === 'string' ? this.socket.sendText(data) : this.socket.sendBytes(data);
  }

  close(code, reason) {
    this.socket.close(code, reason);
  }

  waiting() {
    return this.socket.waiting();
  }
}

function receiveFromHost(receiver, kind, data, code) {
  switch (kind) {
    case TEXT:
      receiver.message(data);
      break;
    case BINARY:
      receiver.message(receive(data));
      break;
    case CLOSE:
      receiver.close(code, data);
      break;
    default:
      receiver.lost(data);
  }
}

/** One end of a pair. What is sent to it waits until somebody listens, or until it is coupled to a host socket and all goes there. */
class PairEnd {
  constructor() {
    this.other = undefined;
    this.receiver = undefined;
    this.host = undefined;
    this.scheduled = false;
    this.inbox = new Fifo();
  }

  listen(receiver) {
    this.receiver = receiver;
    const { host } = this.other;
    if (host === undefined) this.schedule();
    else host.listen(receiver);
  }

  send(data) {
    const { host } = this.other;
    if (host !== undefined) return host.send(data);
    this.other.take({ data: typeof data === 'string' ? data : TypedArrayPrototypeGetBuffer(TypedArrayPrototypeSlice(bytesOf(data))), code: undefined });
    return true;
  }

  close(code, reason) {
    const { host } = this.other;
    if (host !== undefined) host.close(code, reason);
    else this.other.take({ data: reason, code });
  }

  waiting() {
    return this.other.host?.waiting() ?? 0;
  }

  take(item) {
    this.inbox.push(item);
    this.schedule();
  }

  /** Delivers what waits, each message in a task of its own. */
  schedule() {
    if (this.receiver === undefined || this.scheduled || this.inbox.length === 0) return;
    this.scheduled = true;
    require('./timers').setTimeout(() => {
      this.scheduled = false;
      if (this.inbox.length === 0) return;
      const { data, code } = this.inbox.shift();
      if (code === undefined) this.receiver.message(data);
      else this.receiver.close(code, data);
      this.schedule();
    }, 0);
  }

  /** Nobody listens here: what is meant for this end goes to the host, and what comes from there to the other end. */
  couple(socket) {
    const host = new HostLink(socket);
    this.host = host;
    while (this.inbox.length > 0) {
      const { data, code } = this.inbox.shift();
      if (code === undefined) host.send(data);
      else host.close(code, data);
    }
    if (this.other.receiver !== undefined) host.listen(this.other.receiver);
  }
}

function makePair() {
  const one = new PairEnd();
  const two = new PairEnd();
  one.other = two;
  two.other = one;
  return { one, two };
}

internal(HostLink);
internal(PairEnd);

module.exports = { HostLink, NO_CODE, PairEnd, makePair };
