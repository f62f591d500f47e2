// One document on its way through an HTMLRewriter. The parser is Java's (HtmlRewriting.java); here handlers are called and awaited, one after the other, and
// bytes go in and out as the reader of the result asks for them.
const {
  EngineTextDecoder, EngineTextDecoderPrototypeDecode, Map, MapPrototypeDelete, MapPrototypeGet, MapPrototypeSet, Promise, PromiseResolve, ReflectApply, TypeError,
  encodeUtf8,
} = primordials;
const { bytesOf, internal, isBufferSource, viewBuffer } = require('./webidl');
const { receiveBytes } = require('./bytes');
const { acquireReader } = require('./readable-stream');
const { setHandled } = require('./stream-promises');
const { Snapshot } = require('./invocation');
const { parserError } = require('./html-rewriter-content');
const { KINDS } = require('./html-rewriter-tokens');

// What HtmlRewriting.next says.
const INPUT = 0;
const END_TAG = 2;
const DONE = 7;
const FAILED = 8;
const OUTPUT = 9;

const STREAM = { __proto__: null, stream: true };
const STREAMED_ENOUGH = 16384;
const NOT_BYTES = 'This ReadableStream did not return bytes.';

class Rewriting {
  /**
   * @param html HtmlRewriting.java
   * @param handlers by their numbers in `html`: { receiver, element, comments, text, doctype, end }
   * @param whole the document's bytes, or undefined
   * @param stream the document as a stream where `whole` is undefined
   */
  constructor(html, handlers, whole, stream) {
    this.html = html;
    this.handlers = handlers;
    this.whole = whole;
    this.reader = stream === undefined ? undefined : acquireReader(stream);
    this.snapshot = new Snapshot();
    this.streams = undefined; // by number, from the moment that a handler gives one
    this.endTagHandlers = undefined;
    this.nextNumber = 0;
    this.waiting = undefined; // the handlers of the current token, while they have to be waited for
    this.emitting = false; // the current token is to be written
    this.inserting = undefined; // the stream that is being written into it
  }

  /** A promise of the next bytes of the result, null at its end. */
  async pull() {
    try {
      return await this.run();
    } catch (error) {
      this.stop(error);
      throw error;
    }
  }

  async run() {
    const { html } = this;
    for (;;) {
      if (this.waiting !== undefined) {
        if (html.outputLength() > 0) return receiveBytes(html.takeOutput());
        await this.waiting;
        this.waiting = undefined;
      }
      if (this.inserting !== undefined) {
        await this.insertMore();
        if (html.outputLength() >= STREAMED_ENOUGH) return receiveBytes(html.takeOutput());
        continue;
      }
      if (this.emitting) {
        const number = html.emit();
        if (number < 0) this.emitting = false;
        else this.insert(number);
        continue;
      }
      const event = html.next();
      switch (event) {
        case INPUT:
          if (html.outputLength() > 0) return receiveBytes(html.takeOutput());
          await this.feed();
          break;
        case OUTPUT:
          return receiveBytes(html.takeOutput());
        case DONE:
          return html.outputLength() > 0 ? receiveBytes(html.takeOutput()) : null;
        case FAILED:
          throw parserError(html.message());
        default:
          this.emitting = true;
          this.waiting = this.handle(event);
          if (this.waiting !== undefined) setHandled(this.waiting);
      }
    }
  }

  async feed() {
    const { html } = this;
    let chunk = this.whole;
    if (this.reader === undefined) this.whole = undefined;
    else chunk = await read(this.reader);
    if (chunk === undefined) html.end();
    else html.write(viewBuffer(chunk), chunk.byteOffset, chunk.byteLength);
  }

  /** Calls the handlers of a token. @returns a promise where one of them has to be waited for, otherwise undefined */
  handle(event) {
    const { html } = this;
    for (let number = html.handler(); number >= 0; number = html.handler()) {
      const waiting = this.call(event, number);
      if (waiting !== undefined) return this.handleRest(event, waiting);
    }
    return undefined;
  }

  async handleRest(event, waiting) {
    await waiting;
    const { html } = this;
    for (let number = html.handler(); number >= 0; number = html.handler()) {
      const next = this.call(event, number);
      if (next !== undefined) await next;
    }
  }

  call(event, number) {
    const kind = KINDS[event];
    const token = kind.make(this.html.token(), this);
    let result;
    try {
      if (event === END_TAG) {
        const handler = MapPrototypeGet(this.endTagHandlers, number);
        MapPrototypeDelete(this.endTagHandlers, number);
        result = this.snapshot.run(handler, token);
      } else {
        const handler = this.handlers[number];
        result = this.snapshot.run(callMethod, handler[kind.handler], handler.receiver, token);
      }
    } catch (error) {
      kind.end(token);
      throw error;
    }
    if (result === undefined || result === null || (typeof result !== 'object' && typeof result !== 'function')) {
      kind.end(token);
      return undefined;
    }
    return settle(result, kind, token);
  }

  /** Takes a stream that a handler wants to see somewhere. @returns its number */
  addStream(stream, isHtml) {
    const number = this.nextNumber++;
    MapPrototypeSet((this.streams ??= new Map()), number, { reader: acquireReader(stream), isHtml, decoder: new EngineTextDecoder('utf-8', { fatal: true, ignoreBOM: true }) });
    return number;
  }

  addEndTagHandler(handler) {
    const number = this.nextNumber++;
    MapPrototypeSet((this.endTagHandlers ??= new Map()), number, handler);
    return number;
  }

  insert(number) {
    this.inserting = MapPrototypeGet(this.streams, number);
    MapPrototypeDelete(this.streams, number);
  }

  async insertMore() {
    const { decoder, isHtml, reader } = this.inserting;
    const chunk = await read(reader);
    if (chunk === undefined) {
      // A character that is not complete is dropped.
      this.inserting = undefined;
      return;
    }
    let text;
    try {
      text = EngineTextDecoderPrototypeDecode(decoder, chunk, STREAM);
    } catch {
      throw parserError('Invalid UTF-8');
    }
    if (text !== '') this.html.streamed(text, isHtml);
  }

  /** Nobody wants the rest, or there will be none. */
  stop(reason) {
    if (this.inserting !== undefined) setHandled(this.inserting.reader.cancel(reason));
    this.inserting = undefined;
    if (this.reader !== undefined) setHandled(this.reader.cancel(reason));
    return PromiseResolve(undefined);
  }
}

function callMethod(method, receiver, token) {
  return ReflectApply(method, receiver, [token]);
}

/** The token lives as long as its handler's promise is open. */
async function settle(result, kind, token) {
  try {
    await result;
  } finally {
    kind.end(token);
  }
}

/** A promise of a stream's next bytes, undefined at its end. */
function read(reader) {
  return new Promise((resolve, reject) => {
    reader.read({
      chunk(chunk) {
        if (isBufferSource(chunk)) resolve(bytesOf(chunk));
        else if (typeof chunk === 'string') resolve(encodeUtf8(chunk));
        else reject(new TypeError(NOT_BYTES));
      },
      close: () => resolve(undefined),
      error: reject,
    });
  });
}

internal(Rewriting);

module.exports = { Rewriting };
