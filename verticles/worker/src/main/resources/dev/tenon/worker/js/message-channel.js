// https://html.spec.whatwg.org/multipage/web-messaging.html#message-channels; both ends are in one isolate
const { ArrayPrototypeIncludes, ArrayPrototypePush, SymbolIterator } = primordials;
const { defineInterface, illegalConstructor, isObject, notOfType, toSequence } = require('./webidl');
const { EventTarget, defineHandler, fire } = require('./event-target');
const { MessageEvent } = require('./event');
const { DOMException } = require('./dom-exception');
const { cloneWithTransfer } = require('./structured-clone');
const { registerTransferable } = require('./platform-objects');
const { Fifo } = require('./fifo');

const MADE = { __proto__: null };

class MessagePort extends EventTarget {
  #channel; // the state that a transfer hands on
  #handlers = { __proto__: null };

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    super();
    this.#attach(arguments[1]);
  }

  #attach(end) {
    this.#channel = end;
    end.port = this;
  }

  postMessage(message, options = undefined) {
    const end = this.#channel;
    const what = "Failed to execute 'postMessage' on 'MessagePort'";
    const given = isObject(options) && options[SymbolIterator] === undefined ? options.transfer : (options ?? undefined);
    const transfer = given === undefined ? [] : toSequence(given, (object) => object, () => notOfType(what, 2, 'Array or PostMessageOptions'));
    if (ArrayPrototypeIncludes(transfer, this)) throw new DOMException(`${what}: Port at index 0 contains the source port.`, 'DataCloneError');
    const ports = [];
    const { data, moved } = cloneBoth(message, transfer);
    for (let i = 0; i < moved.length; i++) if (isMessagePort(moved[i])) ArrayPrototypePush(ports, moved[i]);
    const other = end?.other;
    if (other === undefined) return;
    other.messages.push({ data, ports });
    other.deliver();
  }

  start() {
    const end = this.#channel;
    if (end === undefined) return;
    end.started = true;
    end.deliver();
  }

  close() {
    this.#channel?.disentangle();
  }

  static {
    isMessagePort = (value) => isObject(value) && #channel in value;
    handlersOf = (port) => port.#handlers;
    movePort = (port) => {
      const end = port.#channel;
      if (end === undefined) throw new DOMException('A MessagePort that was transferred already', 'DataCloneError');
      port.#channel = undefined;
      end.started = false;
      return new MessagePort(MADE, end);
    };
  }
}

var isMessagePort, handlersOf, movePort;

function cloneBoth(message, transfer) {
  if (transfer.length === 0) return { data: cloneWithTransfer(message, transfer), moved: transfer };
  const { 0: data, 1: moved } = cloneWithTransfer([message, transfer], transfer);
  return { data, moved };
}

/** One end of a channel. */
class End {
  other = undefined;
  port = undefined;
  started = false;
  scheduled = false;
  messages = new Fifo();

  /** Delivers what waits, each message in a task of its own. */
  deliver() {
    if (!this.started || this.scheduled || this.messages.length === 0) return;
    this.scheduled = true;
    require('./timers').setTimeout(() => {
      this.scheduled = false;
      if (!this.started || this.messages.length === 0) return;
      const { data, ports } = this.messages.shift();
      fire(this.port, new MessageEvent('message', { data, ports }));
      this.deliver();
    }, 0);
  }

  disentangle() {
    const { other } = this;
    if (other === undefined) return;
    this.other = undefined;
    other.other = undefined;
    this.started = false;
  }
}

class MessageChannel {
  #port1;
  #port2;

  constructor() {
    const one = new End();
    const two = new End();
    one.other = two;
    two.other = one;
    this.#port1 = new MessagePort(MADE, one);
    this.#port2 = new MessagePort(MADE, two);
  }

  get port1() { return this.#port1; }
  get port2() { return this.#port2; }
}

registerTransferable((value) => isMessagePort(value), (port) => movePort(port));
defineHandler(MessagePort, 'message', (port) => handlersOf(port), (port) => port.start());
defineHandler(MessagePort, 'messageerror', (port) => handlersOf(port));
defineInterface(MessagePort);
defineInterface(MessageChannel);

module.exports = { MessageChannel, MessagePort };
