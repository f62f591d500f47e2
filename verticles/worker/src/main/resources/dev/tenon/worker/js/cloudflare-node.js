// The module `cloudflare:node`: requests for servers of `node:http`. https://developers.cloudflare.com/workers/runtime-apis/nodejs/http/#server-side-methods
const { Error, MathTrunc, ObjectDefineProperty } = primordials;

const PORT_MAX = 65535;

function validPort(port) {
  if (typeof port !== 'number' || MathTrunc(port) !== port || port < 0 || port > PORT_MAX) throw new Error('Failed to determine port for server');
  return port;
}

/** @param server a port, `{ port }`, or a server, which is made to listen if it does not yet */
function portOf(server) {
  if (server === undefined || server === null) throw new Error('Server descriptor cannot be null or undefined');
  if (typeof server === 'number') return validPort(server);
  if (typeof server.port !== 'number' && typeof server.listen === 'function') {
    if (typeof server.address()?.port !== 'number') server.listen();
    return validPort(server.address()?.port);
  }
  return validPort(server.port);
}

async function handleAsNodeRequest(server, request) {
  const port = validPort(typeof server === 'number' ? server : server?.port);
  const listening = require('./node/http-server').serverAt(port);
  if (listening !== undefined) return listening.answer(request);
  const error = new Error(
    `Http server with port ${port} not found. This is likely a bug with your code. You should check if server.listen() was called with the same port (${port})`);
  ObjectDefineProperty(error, 'code', { __proto__: null, value: 'ERR_INVALID_ARG_VALUE', writable: true, enumerable: true, configurable: true });
  throw error;
}

function httpServerHandler(server) {
  const port = portOf(server);
  return { fetch: async (request) => handleAsNodeRequest(port, request) };
}

module.exports = { names: ['handleAsNodeRequest', 'httpServerHandler'], make: () => ({ handleAsNodeRequest, httpServerHandler }) };
