// https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/
const { ArrayPrototypePush, TypeError } = primordials;
const { defineInterface, isObject, requireArguments, toUSVString } = require('./webidl');
const { copyHeaders, peek } = require('./headers');
const { BYTES, HOST, HOST_BYTES, TEXT, bytesAtHand, decode, streamOf, unusable } = require('./body');
const { Response, contentOf, headOf, isResponse, madeResponse, reasonOf, statusOf } = require('./response');
const { createByteStream } = require('./readable-stream');
const { encodingOf } = require('./encodings');
const { Rewriting } = require('./html-rewriter-run');
const { parserError } = require('./html-rewriter-content');

const html = require('java:html');

class HTMLRewriter {
  #elements = []; // { selector, receiver, element, comments, text }
  #documents = []; // { receiver, doctype, comments, text, end }

  on(selector, handlers) {
    const list = this.#elements;
    const what = "Failed to execute 'on' on 'HTMLRewriter'";
    requireArguments(arguments.length, 2, what, 'string,ElementContentHandlers');
    const parsed = html.selector(toUSVString(selector));
    if (typeof parsed === 'string') throw parserError(parsed);
    const receiver = handlersOf(handlers, `${what}: parameter 2 is not of type 'ElementContentHandlers'.`);
    const member = (name) => handlerOf(receiver, name, 'ElementContentHandlers');
    ArrayPrototypePush(list, { __proto__: null, selector: parsed, receiver, element: member('element'), comments: member('comments'), text: member('text') });
    return this;
  }

  onDocument(handlers) {
    const list = this.#documents;
    const what = "Failed to execute 'onDocument' on 'HTMLRewriter'";
    requireArguments(arguments.length, 1, what, 'DocumentContentHandlers');
    const receiver = handlersOf(handlers, `${what}: parameter 1 is not of type 'DocumentContentHandlers'.`);
    const member = (name) => handlerOf(receiver, name, 'DocumentContentHandlers');
    ArrayPrototypePush(list, {
      __proto__: null, receiver, doctype: member('doctype'), comments: member('comments'), text: member('text'), end: member('end'),
    });
    return this;
  }

  transform(response) {
    const elements = this.#elements;
    const documents = this.#documents;
    const what = "Failed to execute 'transform' on 'HTMLRewriter'";
    requireArguments(arguments.length, 1, what, 'Response');
    if (!isResponse(response)) throw new TypeError(`${what}: parameter 1 is not of type 'Response'.`);
    if (response.type === 'error') throw new TypeError('HTMLRewriter cannot transform an error response');
    const body = contentOf(response);
    if (body === null) return response;
    if (unusable(body)) throw new TypeError('The ReadableStream has been locked to a reader.');
    const parser = begin(encodingIn(headOf(response)), elements, documents);
    const stream = transformed(parser, elements, documents, body);
    return madeResponse(statusOf(response), reasonOf(response), copyHeaders(headOf(response)), contentOf(new Response(stream)), undefined, 'default');
  }
}

function handlersOf(value, problem) {
  if (value === undefined || value === null) return { __proto__: null };
  if (!isObject(value)) throw new TypeError(problem);
  return value;
}

function handlerOf(receiver, name, type) {
  const handler = receiver[name];
  if (handler !== undefined && typeof handler !== 'function') {
    throw new TypeError(`Incorrect type for the '${name}' field on '${type}': the provided value is not of type 'function'.`);
  }
  return handler;
}

/** The name of the encoding that a response says its body is in. */
function encodingIn(headers) {
  const contentType = peek(headers, 'content-type');
  if (contentType === null) return 'utf-8';
  const { extract, parameter } = require('./mime-type');
  const type = extract(contentType);
  const charset = type === null ? null : parameter(type.parameters, 'charset');
  if (charset === null) return 'utf-8';
  const encoding = encodingOf(charset);
  if (encoding === undefined || encoding === 'replacement') throw parserError('Unknown character encoding has been provided.');
  return encoding;
}

function begin(encoding, elements, documents) {
  const parser = html.rewrite(encoding, host.hasFlag?.('html_rewriter_treats_esi_include_as_void_tag') === true);
  if (parser === null) throw parserError('Expected ASCII-compatible encoding.');
  for (let i = 0; i < elements.length; i++) {
    const { selector, element, comments, text } = elements[i];
    const problem = parser.on(selector, element !== undefined, comments !== undefined, text !== undefined);
    if (problem !== null) throw parserError(problem);
  }
  for (let i = 0; i < documents.length; i++) {
    const { doctype, comments, text, end } = documents[i];
    parser.onDocument(doctype !== undefined, comments !== undefined, text !== undefined, end !== undefined);
  }
  return parser;
}

function transformed(parser, elements, documents, body) {
  const handlers = [];
  for (let i = 0; i < elements.length; i++) ArrayPrototypePush(handlers, elements[i]);
  for (let i = 0; i < documents.length; i++) ArrayPrototypePush(handlers, documents[i]);
  const { kind, source } = body;
  if (kind === HOST && body.stream === undefined) decode(body);
  const atHand = body.stream === undefined && (kind === TEXT || kind === BYTES || (kind === HOST && source.bodyKind() === HOST_BYTES));
  let rewriting;
  if (atHand) {
    body.used = true;
    rewriting = new Rewriting(parser, handlers, bytesAtHand(kind, source), undefined);
  } else {
    const stream = streamOf(body);
    rewriting = new Rewriting(parser, handlers, undefined, stream);
    require('./readable-stream').disturb(stream);
  }
  return createByteStream({ pull: () => rewriting.pull(), cancel: (reason) => rewriting.stop(reason) });
}

defineInterface(HTMLRewriter);

module.exports = { HTMLRewriter };
