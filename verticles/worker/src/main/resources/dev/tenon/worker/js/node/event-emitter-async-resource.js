// events.EventEmitterAsyncResource. https://nodejs.org/api/events.html#class-eventseventemitterasyncresource-extends-eventemitter
const EventEmitter = require('./node/events');
const { AsyncResource } = require('./node/async-hooks');

class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  constructor(options = {}) {
    super(typeof options === 'string' ? undefined : options);
    const name = typeof options === 'string' ? options : options.name ?? new.target.name;
    this.#resource = new AsyncResource(name, options);
  }

  emit(...args) { return this.#resource.runInAsyncScope(super.emit, this, ...args); }
  emitDestroy() { this.#resource.emitDestroy(); }
  get asyncId() { return this.#resource.asyncId(); }
  get triggerAsyncId() { return this.#resource.triggerAsyncId(); }
  get asyncResource() { return this.#resource; }
}

module.exports = { EventEmitterAsyncResource };
