// A first-in first-out queue whose shift does not move what is left.
const { internal } = require('./webidl');

const SMALL = 32;

class Fifo {
  constructor() {
    this.items = [];
    this.head = 0;
  }

  get length() {
    return this.items.length - this.head;
  }

  push(item) {
    this.items[this.items.length] = item;
  }

  peek() {
    return this.items[this.head];
  }

  shift() {
    const { items, head } = this;
    const item = items[head];
    items[head] = undefined;
    if (head + 1 === items.length) {
      items.length = 0;
      this.head = 0;
    } else {
      this.head = head + 1;
      if (this.head > SMALL && this.head * 2 > items.length) this.#compact();
    }
    return item;
  }

  clear() {
    this.items = [];
    this.head = 0;
  }

  #compact() {
    const { items, head } = this;
    const rest = [];
    for (let i = head; i < items.length; i++) rest[i - head] = items[i];
    this.items = rest;
    this.head = 0;
  }
}

internal(Fifo);

module.exports = { Fifo };
