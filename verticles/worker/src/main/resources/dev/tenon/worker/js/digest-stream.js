// workerd's crypto.DigestStream: https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors
const { BigInt, PromisePrototypeThen, PromiseWithResolvers, TypeError, encodeUtf8 } = primordials;
const { bytesOf, defineInterface, isBufferSource, requireArguments } = require('./webidl');
const { receive } = require('./bytes');
const { normalize } = require('./crypto-parameters');
const { WritableStream } = require('./writable-stream');
const operations = require('java:crypto');

class DigestStream extends WritableStream {
  #digest;
  #written = 0;

  constructor(algorithm) {
    requireArguments(arguments.length, 1, "Failed to construct 'DigestStream'");
    const digester = operations.digester(normalize(algorithm, 'digest').name);
    const { promise, resolve, reject } = PromiseWithResolvers();
    super({
      write: (chunk) => {
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
  }

  get digest() { return this.#digest; }
  get bytesWritten() { return BigInt(this.#written); }
}

defineInterface(DigestStream);

module.exports = { DigestStream };
