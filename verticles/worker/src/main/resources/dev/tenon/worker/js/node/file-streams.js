// Streams of files, and the handles that fs.promises.open gives. https://nodejs.org/api/fs.html#class-filehandle
const { Readable, Writable } = require('./node/stream');
const { Buffer } = require('./node/buffer');
const EventEmitter = require('./node/events');

const PIECE_BYTES = 64 * 1024;

function make(operations, descriptors) {
  class ReadStream extends Readable {
    #start;
    #left;

    constructor(path, given) {
      const options = typeof given === 'string' ? { encoding: given } : { ...given };
      super({ highWaterMark: PIECE_BYTES, ...options, autoDestroy: true });
      this.path = path;
      this.flags = options.flags ?? 'r';
      this.fd = options.fd ?? null;
      this.bytesRead = 0;
      this.#start = options.start;
      this.#left = options.end === undefined || options.end === Infinity ? Infinity : options.end - (options.start ?? 0) + 1;
    }

    _construct(callback) {
      try {
        if (this.fd === null) this.fd = operations.open(this.path, this.flags);
        callback();
        this.emit('open', this.fd);
        this.emit('ready');
      } catch (error) {
        callback(error);
      }
    }

    _read(size) {
      const buffer = Buffer.alloc(Math.min(size, this.#left));
      let count;
      try {
        count = buffer.length === 0 ? 0 : operations.read(this.fd, buffer, 0, buffer.length, this.#start);
      } catch (error) {
        this.destroy(error);
        return;
      }
      if (this.#start !== undefined) this.#start += count;
      this.#left -= count;
      this.bytesRead += count;
      this.push(count === 0 ? null : buffer.subarray(0, count));
    }

    _destroy(error, callback) {
      if (this.fd !== null && descriptors.has(this.fd)) operations.close(this.fd);
      callback(error);
    }

    close(callback) {
      if (callback) this.once('close', callback);
      this.destroy();
    }
  }

  class WriteStream extends Writable {
    #position;

    constructor(path, given) {
      const options = typeof given === 'string' ? { encoding: given } : { ...given };
      super({ ...options, decodeStrings: true, defaultEncoding: options.encoding ?? 'utf8', autoDestroy: true });
      this.path = path;
      this.flags = options.flags ?? 'w';
      this.fd = options.fd ?? null;
      this.bytesWritten = 0;
      this.#position = options.start;
    }

    _construct(callback) {
      try {
        if (this.fd === null) this.fd = operations.open(this.path, this.flags);
        callback();
        this.emit('open', this.fd);
        this.emit('ready');
      } catch (error) {
        callback(error);
      }
    }

    _write(chunk, encoding, callback) {
      try {
        operations.write(this.fd, chunk, 0, chunk.length, this.#position);
      } catch (error) {
        callback(error);
        return;
      }
      if (this.#position !== undefined) this.#position += chunk.length;
      this.bytesWritten += chunk.length;
      callback();
    }

    _destroy(error, callback) {
      if (this.fd !== null && descriptors.has(this.fd)) operations.close(this.fd);
      callback(error);
    }

    close(callback) {
      if (callback) this.once('close', callback);
      this.end();
    }
  }

  class FileHandle extends EventEmitter {
    #fd;

    constructor(fd) {
      super();
      this.#fd = fd;
    }

    get fd() { return this.#fd; }
    async appendFile(data, options) { operations.appendFile(this.#fd, data, options); }
    async chmod() {}
    async chown() {}
    async close() {
      if (this.#fd === -1) return;
      operations.close(this.#fd);
      this.#fd = -1;
      this.emit('close');
    }
    async datasync() {}
    async sync() {}
    async read(buffer = Buffer.alloc(16384), ...rest) { return { bytesRead: operations.read(this.#fd, buffer, ...rest), buffer }; }
    async readFile(options) { return operations.readFile(this.#fd, options); }
    async readv(buffers, position) { return { bytesRead: operations.readv(this.#fd, buffers, position), buffers }; }
    async* readLines() {
      const lines = operations.readFile(this.#fd, 'utf8').split(/\r?\n/);
      if (lines[lines.length - 1] === '') lines.pop();
      yield* lines;
    }
    async stat(options) { return operations.fstat(this.#fd, options); }
    async truncate(length) { operations.ftruncate(this.#fd, length); }
    async utimes(atime, mtime) { operations.futimes(this.#fd, atime, mtime); }
    async write(data, ...rest) { return { bytesWritten: operations.write(this.#fd, data, ...rest), buffer: data }; }
    async writeFile(data, options) { operations.writeFile(this.#fd, data, options); }
    async writev(buffers, position) { return { bytesWritten: operations.writev(this.#fd, buffers, position), buffers }; }
    createReadStream(options) { return new ReadStream(undefined, { ...options, fd: this.#fd }); }
    createWriteStream(options) { return new WriteStream(undefined, { ...options, fd: this.#fd }); }
    readableWebStream() { return Readable.toWeb(this.createReadStream()); }
    async [Symbol.asyncDispose]() { await this.close(); }
  }

  return {
    FileHandle,
    streams: {
      ReadStream, WriteStream, FileReadStream: ReadStream, FileWriteStream: WriteStream, createReadStream: (path, options) => new ReadStream(path, options),
      createWriteStream: (path, options) => new WriteStream(path, options),
    },
  };
}

module.exports = { make };
