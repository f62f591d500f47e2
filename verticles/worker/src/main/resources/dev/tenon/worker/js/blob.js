// https://w3c.github.io/FileAPI/#blob-section and https://w3c.github.io/FileAPI/#file-section
//
// The bytes of a blob are a list of pieces that nobody changes; slices and blobs of blobs share them.
const {
  ArrayPrototypePush, DateNow, MathMax, MathMin, PromiseReject, PromiseResolve, RegExpPrototypeTest, String, StringPrototypeToLowerCase, TypeError,
  TypedArrayPrototypeGetBuffer, TypedArrayPrototypeSlice, TypedArrayPrototypeSubarray, uncurryThis,
} = primordials;
const { bytesOf, defineInterface, illegalInvocation, isBufferSource, isObject, notOfType, toDictionary, toEnum, toInteger, toSequence, toUSVString, toDOMString } =
  require('./webidl');
const { concatenate, decodeUtf8, encodeUtf8 } = require('./utf8');
const { registerSerializable } = require('./platform-objects');

const MADE = { __proto__: null };
const NOT_PRINTABLE = /[^\x20-\x7e]/;
const LINE_ENDINGS = /\r\n?|\n/g;
const CHUNK_BYTES = 64 * 1024;
const replace = uncurryThis(String.prototype.replace);

class Blob {
  #pieces; // Uint8Arrays, none empty
  #size;
  #type;

  constructor(blobParts = undefined, options = undefined) {
    if (blobParts === MADE) {
      this.#pieces = options;
      this.#size = arguments[2];
      this.#type = arguments[3];
      return;
    }
    const what = `Failed to construct '${new.target === File ? 'File' : 'Blob'}'`;
    const parts = blobParts === undefined ? [] : toSequence(blobParts, toPart, () => notOfType(what, 1, 'Array'));
    const init = toDictionary(options, what, 2, 'Options');
    let native = false;
    this.#type = '';
    if (init !== undefined) {
      const { endings } = init;
      if (endings !== undefined) native = toEnum(endings, ['transparent', 'native'], what) === 'native';
      const { type } = init;
      if (type !== undefined) this.#type = normalType(toDOMString(type));
    }
    this.#pieces = [];
    this.#size = 0;
    for (let i = 0; i < parts.length; i++) this.#add(parts[i], native);
  }

  #add(part, native) {
    if (isBlob(part)) {
      const pieces = part.#pieces;
      for (let i = 0; i < pieces.length; i++) ArrayPrototypePush(this.#pieces, pieces[i]);
      this.#size += part.#size;
      return;
    }
    const bytes = typeof part === 'string' ? encodeUtf8(native ? replace(part, LINE_ENDINGS, '\n') : part) : TypedArrayPrototypeSlice(bytesOf(part));
    if (bytes.length === 0) return;
    ArrayPrototypePush(this.#pieces, bytes);
    this.#size += bytes.length;
  }

  get size() {
    return this.#size;
  }

  get type() {
    return this.#type;
  }

  slice(start = undefined, end = undefined, contentType = undefined) {
    const size = this.#size;
    const what = "Failed to execute 'slice' on 'Blob'";
    const from = relative(start === undefined ? 0 : toInteger(start, 64, true, 'Clamp', what), size);
    const to = relative(end === undefined ? size : toInteger(end, 64, true, 'Clamp', what), size);
    const type = contentType === undefined ? '' : normalType(toDOMString(contentType));
    const length = MathMax(to - from, 0);
    return new Blob(MADE, cut(this.#pieces, from, from + length), length, type);
  }

  arrayBuffer() {
    if (!isBlob(this)) return PromiseReject(illegalInvocation());
    return PromiseResolve(TypedArrayPrototypeGetBuffer(copyOf(this)));
  }

  bytes() {
    return isBlob(this) ? PromiseResolve(copyOf(this)) : PromiseReject(illegalInvocation());
  }

  text() {
    return isBlob(this) ? PromiseResolve(decodeUtf8(wholeOf(this))) : PromiseReject(illegalInvocation());
  }

  stream() {
    return streamOfPieces(this.#pieces);
  }

  static {
    isBlob = (value) => isObject(value) && #pieces in value;
    wholeOf = (blob) => {
      const pieces = blob.#pieces;
      if (pieces.length > 1) blob.#pieces = [concatenate(pieces, blob.#size)];
      return pieces.length === 0 ? encodeUtf8('') : blob.#pieces[0];
    };
    copyOf = (blob) => (blob.#pieces.length > 1 ? concatenate(blob.#pieces, blob.#size) : TypedArrayPrototypeSlice(wholeOf(blob)));
    piecesOf = (blob) => blob.#pieces;
    typeOf = (blob) => blob.#type;
    sizeOf = (blob) => blob.#size;
  }
}

var isBlob, wholeOf, copyOf, piecesOf, typeOf, sizeOf;

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = undefined) {
    if (fileBits === MADE) {
      const blob = fileName;
      super(MADE, piecesOf(blob), sizeOf(blob), typeOf(blob));
      this.#name = options;
      this.#lastModified = arguments[3];
      return;
    }
    const what = "Failed to construct 'File'";
    if (fileBits !== undefined && !isObject(fileBits)) throw notOfType(what, 1, 'Array');
    if (arguments.length < 2) throw notOfType(what, 2, 'string');
    const init = toDictionary(options, what, 3, 'Options');
    super(fileBits, init);
    this.#name = toUSVString(fileName);
    const { lastModified } = init ?? NOTHING;
    this.#lastModified = lastModified === undefined ? DateNow() : toInteger(lastModified, 64, true, undefined, what);
  }

  get name() {
    return this.#name;
  }

  get lastModified() {
    return this.#lastModified;
  }

  static {
    isFile = (value) => isObject(value) && #name in value;
  }
}

var isFile;
const NOTHING = { __proto__: null };

function toPart(value) {
  return isBlob(value) || isBufferSource(value) ? value : toUSVString(value);
}

function normalType(type) {
  return RegExpPrototypeTest(NOT_PRINTABLE, type) ? '' : StringPrototypeToLowerCase(type);
}

function relative(index, size) {
  return index < 0 ? MathMax(size + index, 0) : MathMin(index, size);
}

/** The pieces between two places, without copying. */
function cut(pieces, from, to) {
  const list = [];
  let at = 0;
  for (let i = 0; i < pieces.length && at < to; i++) {
    const piece = pieces[i];
    const start = MathMax(from - at, 0);
    const end = MathMin(to - at, piece.length);
    if (start < end) ArrayPrototypePush(list, TypedArrayPrototypeSubarray(piece, start, end));
    at += piece.length;
  }
  return list;
}

function streamOfPieces(pieces) {
  let index = 0;
  let offset = 0;
  return require('./readable-stream').createByteStream({
    pull() {
      if (index === pieces.length) return null;
      const piece = pieces[index];
      const end = MathMin(offset + CHUNK_BYTES, piece.length);
      const chunk = TypedArrayPrototypeSlice(piece, offset, end);
      offset = end;
      if (end === piece.length) {
        index++;
        offset = 0;
      }
      return chunk;
    },
  });
}

/** A blob of bytes that nobody changes. */
function blobOf(bytes, type) {
  return new Blob(MADE, bytes.length === 0 ? [] : [bytes], bytes.length, type);
}

/** A blob of pieces that nobody changes. */
function blobOfPieces(pieces, type) {
  const list = [];
  let size = 0;
  for (let i = 0; i < pieces.length; i++) {
    if (pieces[i].length === 0) continue;
    ArrayPrototypePush(list, pieces[i]);
    size += pieces[i].length;
  }
  return new Blob(MADE, list, size, type);
}

/** A File with the bytes and the type of a blob. */
function fileOf(blob, name, lastModified = DateNow()) {
  return new File(MADE, blob, name, lastModified);
}

registerSerializable(isFile, (file) => fileOf(file, file.name, file.lastModified));
registerSerializable(isBlob, (blob) => new Blob(MADE, piecesOf(blob), sizeOf(blob), typeOf(blob)));

defineInterface(Blob);
defineInterface(File);

module.exports = {
  Blob, File, blobOf, blobOfPieces, bytesAtHand: wholeOf, copyOf, fileOf, isBlob, isFile, piecesOf,
  streamOf: (blob) => streamOfPieces(piecesOf(blob)), typeOf,
};
