// The module `node:stream/consumers`. https://nodejs.org/api/webstreams.html#utility-consumers
const { globalThis } = primordials;
const { Buffer } = require('./node/buffer');

async function pieces(stream) {
  const list = [];
  for await (const chunk of stream) list.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : chunk);
  return list;
}

async function buffer(stream) {
  return Buffer.concat(await pieces(stream));
}

async function bytes(stream) {
  return new Uint8Array(await arrayBuffer(stream));
}

async function arrayBuffer(stream) {
  return (await buffer(stream)).buffer;
}

async function blob(stream) {
  return new globalThis.Blob(await pieces(stream));
}

async function text(stream) {
  const decoder = new globalThis.TextDecoder();
  let whole = '';
  for await (const chunk of stream) whole += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return whole + decoder.decode();
}

async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, bytes, json, text };
