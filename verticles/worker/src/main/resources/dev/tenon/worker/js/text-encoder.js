// https://encoding.spec.whatwg.org/#interface-textencoder
const { TypeError, Uint8Array, encodeUtf8, encodeUtf8Into } = primordials;
const { defineInterface, illegalInvocation, requireArguments, toDOMString } = require('./webidl');

class TextEncoder {
  #brand = true;

  get encoding() {
    return check(#brand in this, 'utf-8');
  }

  encode(input = '') {
    check(#brand in this);
    return encodeUtf8(toDOMString(input));
  }

  encodeInto(source, destination) {
    check(#brand in this);
    const what = "Failed to execute 'encodeInto' on 'TextEncoder'";
    requireArguments(arguments.length, 2, what, 'String,Uint8Array');
    const text = toDOMString(source);
    if (!(destination instanceof Uint8Array)) throw new TypeError(`${what}: parameter 2 is not of type 'Uint8Array'.`);
    return encodeUtf8Into(text, destination);
  }
}

function check(valid, value) {
  if (!valid) throw illegalInvocation();
  return value;
}

defineInterface(TextEncoder);

module.exports = { TextEncoder };
