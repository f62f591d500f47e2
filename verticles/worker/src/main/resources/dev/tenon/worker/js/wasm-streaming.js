// https://webassembly.github.io/spec/web-api/#streaming-modules
const { ObjectDefineProperty, PromisePrototypeThen, PromiseReject, PromiseResolve, ReflectApply, StringPrototypeToLowerCase, TypeError, globalThis } = primordials;
const { WebAssembly } = globalThis;

const { compile, instantiate } = WebAssembly;

/** The bytes of a response that says it is WebAssembly. Deviation: compiled when all of them are there. */
function bytesOf(source, method) {
  const what = `Failed to execute '${method}' on 'WebAssembly'`;
  return PromisePrototypeThen(PromiseResolve(source), (response) => {
    const { Response, isResponse } = require('./response');
    if (!isResponse(response)) throw new TypeError(`${what}: the source is not a Response`);
    const { prototype } = Response;
    const type = response.headers.get('content-type');
    if (type === null || StringPrototypeToLowerCase(type) !== 'application/wasm') {
      throw new TypeError(`${what}: Incorrect response MIME type. Expected 'application/wasm'.`);
    }
    if (!response.ok) throw new TypeError(`${what}: HTTP status code is not ok`);
    return ReflectApply(prototype.arrayBuffer, response, []);
  });
}

const members = {
  compileStreaming(source) {
    return PromisePrototypeThen(bytesOf(source, 'compileStreaming'), (bytes) => compile(bytes));
  },
  instantiateStreaming(source, imports = undefined) {
    if (imports !== undefined && (imports === null || typeof imports !== 'object' && typeof imports !== 'function')) {
      return PromiseReject(new TypeError("Failed to execute 'instantiateStreaming' on 'WebAssembly': the imports are not an object"));
    }
    return PromisePrototypeThen(bytesOf(source, 'instantiateStreaming'), (bytes) => instantiate(bytes, imports));
  },
};

function define() {
  for (const name of ['compileStreaming', 'instantiateStreaming']) {
    ObjectDefineProperty(WebAssembly, name, { __proto__: null, value: members[name], writable: true, enumerable: true, configurable: true });
  }
}

module.exports = { define };
