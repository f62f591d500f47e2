// Objects of the web's own interfaces, as they travel between isolates. A body or stream stays where it is, and is read from there.
const {
  ArrayPrototypePush, Object, PromisePrototypeThen, PromiseResolve, SymbolDispose, TypedArrayPrototypeSlice, TypeError, Uint8Array,
} = primordials;
const { DOMException } = require('./dom-exception');
const { Headers, addUnchecked, isHeaders, listOf } = require('./headers');
const { BYTES, TEXT, USED, streamOf } = require('./body');
const { bytesOf, isBufferSource } = require('./webidl');
const { current } = require('./invocation');
const requests = require('./request');
const responses = require('./response');
const streams = require('./readable-stream');

/** @returns undefined for what is none of them */
function encode(value, encoder, stubs) {
  if (isHeaders(value)) return ['H', pairs(value)];
  if (streams.isReadableStream(value)) return stream(value, stubs);
  if (responses.isResponse(value)) {
    return ['R', responses.statusOf(value), responses.reasonOf(value), pairs(responses.headOf(value)), body(responses.contentOf(value), encoder, stubs)];
  }
  if (requests.isRequest(value)) {
    return ['Q', requests.verbOf(value), value.url, requests.redirectOf(value), pairs(requests.headOf(value)), body(requests.contentOf(value), encoder, stubs)];
  }
  return undefined;
}

function pairs(headers) {
  const list = [];
  const all = listOf(headers);
  for (let i = 0; i < all.length; i++) ArrayPrototypePush(list, all[i]);
  return list;
}

function body(content, encoder, stubs) {
  if (content === null) return null;
  if (content.used) throw new TypeError(USED);
  if (content.stream === undefined && content.kind === TEXT) {
    content.used = true;
    return content.source;
  }
  if (content.stream === undefined && content.kind === BYTES) {
    content.used = true;
    return encoder.bytes(TypedArrayPrototypeSlice(content.source));
  }
  return stream(streamOf(content), stubs);
}

/** The stream is read for its receiver, for as long as the event it belongs to may go on after its answer. */
function stream(value, stubs) {
  const reader = value.getReader();
  const invocation = current();
  let open = true;
  const end = () => {
    if (open) invocation.backgroundEnded();
    open = false;
  };
  const given = stubs.give({
    __proto__: Object.prototype,
    next: () => PromisePrototypeThen(reader.read(), ({ done, value: chunk }) => {
      if (done) {
        end();
        return null;
      }
      if (!isBufferSource(chunk)) throw new TypeError('This ReadableStream did not return bytes.');
      return TypedArrayPrototypeSlice(bytesOf(chunk));
    }),
    cancel: (reason) => {
      end();
      return reader.cancel(reason);
    },
    [SymbolDispose]: end,
  }, true);
  invocation.backgroundStarted();
  return ['S', given];
}

function decode(node, decoder, stubs) {
  switch (node[0]) {
    case 'H': return decoder.remember(headers(node[1]));
    case 'S': return decoder.later(() => readable(decoder.value(node[1]), stubs));
    case 'R': return decoder.later(() => new responses.Response(bodyOf(node[4], decoder), { status: node[1], statusText: node[2], headers: headers(node[3]) }));
    case 'Q': return decoder.later(() => {
      const init = { method: node[1], redirect: node[3], headers: headers(node[4]) };
      const content = bodyOf(node[5], decoder);
      if (content !== null) init.body = content;
      return new requests.Request(node[2], init);
    });
    case 'E': return decoder.remember(new DOMException(node[2], node[1]));
    default: throw new TypeError(`A value of an unknown kind, "${node[0]}", came from another worker.`);
  }
}

function headers(list) {
  const made = new Headers();
  for (let i = 0; i < list.length; i += 2) addUnchecked(made, list[i], list[i + 1]);
  return made;
}

function bodyOf(node, decoder) {
  if (node === null || typeof node === 'string') return node;
  return node[0] === 'b' ? new Uint8Array(decoder.buffer(node)) : decoder.value(node);
}

function readable(source, stubs) {
  return new streams.ReadableStream({
    type: 'bytes',
    pull: (controller) => PromisePrototypeThen(PromiseResolve(stubs.callStub(source, 'next', [])), (chunk) => {
      if (chunk === null) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else {
        controller.enqueue(chunk);
      }
    }),
    cancel: (reason) => stubs.callStub(source, 'cancel', [reason]),
  });
}

module.exports = { encode, decode };
