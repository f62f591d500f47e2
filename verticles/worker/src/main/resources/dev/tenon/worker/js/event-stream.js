// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
const { RegExpPrototypeTest, StringPrototypeIndexOf, StringPrototypeSlice } = primordials;
const { internal } = require('./webidl');
const { decoderFor } = require('./text-decoder');

const DIGITS = /^[0-9]+$/;

/** Finds the events in a stream of bytes. */
class EventStreamParser {
  /** @param sink event(type, data, lastEventId) and retry(milliseconds) */
  constructor(sink, lastEventId) {
    this.sink = sink;
    this.decode = decoderFor('utf-8', false, false);
    this.rest = ''; // of a line
    this.afterReturn = false; // a line feed that comes now belongs to it
    this.type = '';
    this.data = '';
    this.hasData = false;
    this.lastEventId = lastEventId;
  }

  bytes(chunk) {
    let text = this.decode(chunk, true);
    if (text === '') return;
    if (this.afterReturn && text[0] === '\n') text = StringPrototypeSlice(text, 1);
    this.afterReturn = false;
    this.lines(text);
  }

  lines(text) {
    let start = 0;
    for (;;) {
      let end = start;
      while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
      if (end === text.length) break;
      const line = StringPrototypeSlice(text, start, end);
      if (text[end] === '\r') {
        if (end + 1 === text.length) this.afterReturn = true;
        else if (text[end + 1] === '\n') end++;
      }
      start = end + 1;
      const whole = this.rest + line;
      this.rest = '';
      this.line(whole);
    }
    this.rest += StringPrototypeSlice(text, start);
  }

  line(line) {
    if (line === '') {
      this.dispatch();
      return;
    }
    const colon = StringPrototypeIndexOf(line, ':');
    if (colon === 0) return;
    if (colon < 0) {
      this.field(line, '');
    } else {
      this.field(StringPrototypeSlice(line, 0, colon), StringPrototypeSlice(line, line[colon + 1] === ' ' ? colon + 2 : colon + 1));
    }
  }

  field(name, value) {
    switch (name) {
      case 'event':
        this.type = value;
        break;
      case 'data':
        this.data = this.hasData ? `${this.data}\n${value}` : value;
        this.hasData = true;
        break;
      case 'id':
        if (StringPrototypeIndexOf(value, '\0') < 0) this.lastEventId = value;
        break;
      case 'retry':
        if (RegExpPrototypeTest(DIGITS, value)) this.sink.retry(+value);
        break;
      default:
    }
  }

  dispatch() {
    const { type, data, hasData } = this;
    this.type = '';
    this.data = '';
    this.hasData = false;
    this.sink.event(type === '' ? 'message' : type, hasData ? data : undefined, this.lastEventId);
  }
}

internal(EventStreamParser);

module.exports = { EventStreamParser };
