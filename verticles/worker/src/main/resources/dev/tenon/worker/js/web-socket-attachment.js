// What a WebSocket keeps for its worker. The bound counts bytes as V8's serialiser writes them, near enough for text, numbers, arrays and plain objects.
const { ArrayBufferIsView, Error, MapPrototypeForEach, NumberIsInteger, ObjectKeys, SetPrototypeForEach } = primordials;
const { isArrayBuffer, bytesOf } = require('./webidl');
const { structuredClone } = require('./structured-clone');

const BYTES_MAX = 16 * 1024;
const HEADER_BYTES = 2;
const DOUBLE_BYTES = 9;
const SMALL_INTEGER = 2 ** 30;

function keep(attachment) {
  const copy = structuredClone(attachment);
  const bytes = HEADER_BYTES + sizeOf(copy, []);
  if (bytes > BYTES_MAX) throw new Error(`A WebSocket 'attachment' cannot be larger than ${BYTES_MAX} bytes.'attachment' was ${bytes} bytes.`);
  return { copy };
}

function copyOf(kept) {
  return structuredClone(kept.copy);
}

function sizeOf(value, seen) {
  switch (typeof value) {
    case 'string': return textBytes(value);
    case 'number': return NumberIsInteger(value) && value < SMALL_INTEGER && value >= -SMALL_INTEGER ? 1 + varint(value < 0 ? -2 * value - 1 : 2 * value) : DOUBLE_BYTES;
    case 'bigint': return DOUBLE_BYTES;
    case 'object': return value === null ? 1 : objectBytes(value, seen);
    default: return 1;
  }
}

function objectBytes(value, seen) {
  for (let i = 0; i < seen.length; i++) if (seen[i] === value) return 1 + varint(i);
  seen[seen.length] = value;
  if (isArrayBuffer(value) || ArrayBufferIsView(value)) return 3 + bytesOf(value).length;
  let bytes = 3;
  const add = (item) => {
    bytes += sizeOf(item, seen);
  };
  const keys = ObjectKeys(value);
  for (let i = 0; i < keys.length; i++) {
    add(keys[i]);
    add(value[keys[i]]);
  }
  if (value instanceof primordials.Map) {
    MapPrototypeForEach(value, (item, key) => {
      add(key);
      add(item);
    });
  } else if (value instanceof primordials.Set) {
    SetPrototypeForEach(value, add);
  }
  return bytes;
}

function textBytes(text) {
  for (let i = 0; i < text.length; i++) if (text[i] > '\xff') return 1 + varint(text.length * 2) + text.length * 2;
  return 1 + varint(text.length) + text.length;
}

function varint(value) {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = (rest - (rest % 128)) / 128) bytes++;
  return bytes;
}

module.exports = { keep, copyOf };
