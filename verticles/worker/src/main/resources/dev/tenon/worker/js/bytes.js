// Bytes that come from Java.
const { ArrayBuffer, ArrayBufferPrototypeSlice, Uint8Array } = primordials;

const EMPTY = new ArrayBuffer(0);

/** An ordinary ArrayBuffer with the bytes of a host buffer (see JsBytes.java). */
function receive(hostBuffer) {
  return ArrayBufferPrototypeSlice(hostBuffer, 0);
}

/** As receive, as a Uint8Array over the whole of it. */
function receiveBytes(hostBuffer) {
  return new Uint8Array(ArrayBufferPrototypeSlice(hostBuffer, 0));
}

module.exports = { receive, receiveBytes, EMPTY };
