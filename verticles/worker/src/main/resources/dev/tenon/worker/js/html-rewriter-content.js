// How content handlers put content about a token. https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/
const { TypeError, Boolean } = primordials;
const { isObject, toUSVString } = require('./webidl');
const { isReadableStream } = require('./readable-stream');
const { contentOf, isResponse } = require('./response');
const { streamOf } = require('./body');

// As HtmlToken.java has them.
const BEFORE = 0;
const AFTER = 1;
const PREPEND = 2;
const APPEND = 3;
const REPLACE = 4;
const INNER = 5;

/** What only constructors of tokens are given. */
const MADE = { __proto__: null };
const NO_STREAMS =
  'Replacing content in HTML comments using a ReadableStream or Response object is not implemented. You must provide a string.';

function outdated() {
  return new TypeError('This content token is no longer valid. Content tokens are only valid during the execution of the relevant content handler.');
}

function parserError(message) {
  return new TypeError(`Parser error: ${message}`);
}

function isHtml(options, what) {
  if (options === undefined || options === null) return false;
  if (!isObject(options)) throw new TypeError(`${what}: parameter 2 is not of type 'ContentOptions'.`);
  return Boolean(options.html);
}

/** Puts content somewhere about a token. @param rewriting takes streams; null where only texts can be */
function insert(token, rewriting, where, content, options, what) {
  const stream = isReadableStream(content) ? content : undefined;
  const response = stream === undefined && isResponse(content);
  if (stream === undefined && !response) {
    const text = toUSVString(content);
    token.insert(where, text, isHtml(options, what));
    return;
  }
  if (rewriting === null) throw new TypeError(NO_STREAMS);
  const html = isHtml(options, what);
  if (stream !== undefined) {
    token.insertStream(where, rewriting.addStream(stream, html));
  } else {
    const body = contentOf(content);
    if (body !== null) token.insertStream(where, rewriting.addStream(streamOf(body), html));
  }
}

module.exports = { AFTER, APPEND, BEFORE, INNER, MADE, PREPEND, REPLACE, insert, outdated, parserError };
