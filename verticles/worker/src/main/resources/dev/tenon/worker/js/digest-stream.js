// workerd's crypto.DigestStream: https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors
const { ArrayPrototypeIncludes, BigInt, ObjectDefineProperty, PromisePrototypeThen, PromiseWithResolvers, SymbolDispose, TypeError, encodeUtf8 } = primordials;
const { bytesOf, defineInterface, isBufferSource, isObject, requireArguments } = require('./webidl');
const { receive } = require('./bytes');
const { normalize } = require('./crypto-parameters');
const { WritableStream } = require('./writable-stream');
const operations = require('java:crypto');

const CHECKSUMS = ['crc32', 'crc32c', 'crc64nvme'];

function nameOf(algorithm) {
  const name = isObject(algorithm) ? algorithm.name : algorithm;
  return ArrayPrototypeIncludes(CHECKSUMS, name) ? name : normalize(algorithm, 'digest').name;
}

class DigestStream extends WritableStream {
  #digest;
  #written = 0;
  #dispose;

  constructor(algorithm) {
    requireArguments(arguments.length, 1, "Failed to construct 'DigestStream'", 'string or HashAlgorithm');
    const digester = operations.digester(nameOf(algorithm));
    const { promise, resolve, reject } = PromiseWithResolvers();
    let failure;
    super({
      write: (chunk) => {
        if (failure !== undefined) throw failure;
        if (typeof chunk !== 'string' && !isBufferSource(chunk)) {
          throw new TypeError('DigestStream is a byte stream but received an object of non-ArrayBuffer/ArrayBufferView/string type on its writable side.');
        }
        const bytes = typeof chunk === 'string' ? encodeUtf8(chunk) : bytesOf(chunk);
        this.#written += bytes.length;
        digester.update(bytes);
      },
      close: () => resolve(receive(digester.finish())),
      abort: (reason) => reject(reason),
    });
    PromisePrototypeThen(promise, undefined, () => undefined); // one who never asks for the digest has nothing to handle
    this.#digest = promise;
    this.#dispose = () => {
      failure = new TypeError('The DigestStream was disposed.');
      reject(failure);
    };
  }

  get digest() { return this.#digest; }
  get bytesWritten() { return BigInt(this.#written); }
  static { disposeOf = (stream) => stream.#dispose(); }
}

var disposeOf;

if (SymbolDispose !== undefined) {
  ObjectDefineProperty(DigestStream.prototype, SymbolDispose, {
    __proto__: null, value: { dispose() { disposeOf(this); } }.dispose, writable: true, configurable: true,
  });
}

defineInterface(DigestStream);

module.exports = { DigestStream };
