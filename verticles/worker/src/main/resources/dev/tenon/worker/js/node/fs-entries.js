// What `node:fs` tells of files and folders. https://nodejs.org/api/fs.html#common-objects
const constants = require('./node/fs-constants');

const KINDS = { __proto__: null, file: constants.S_IFREG, directory: constants.S_IFDIR, link: constants.S_IFLNK, device: constants.S_IFCHR };

class Stats {
  constructor(node, bigint) {
    const size = node.kind === 'file' ? node.size : node.kind === 'link' ? node.target.length : 0;
    const mode = KINDS[node.kind] | (node.kind === 'directory' ? 0o755 : node.writable ? 0o666 : 0o444);
    const number = bigint ? (value) => BigInt(Math.trunc(value)) : (value) => value;
    Object.assign(this, {
      dev: number(0), mode: number(mode), nlink: number(1), uid: number(0), gid: number(0), rdev: number(0), blksize: number(4096), ino: number(node.ino), size: number(size),
      blocks: number(Math.ceil(size / 512)), atimeMs: number(node.atimeMs), mtimeMs: number(node.mtimeMs), ctimeMs: number(node.mtimeMs), birthtimeMs: number(node.birthtimeMs),
      atime: new Date(node.atimeMs), mtime: new Date(node.mtimeMs), ctime: new Date(node.mtimeMs), birthtime: new Date(node.birthtimeMs),
    });
    Object.defineProperty(this, 'kind', { __proto__: null, value: node.kind, enumerable: false });
  }

  isFile() { return this.kind === 'file'; }
  isDirectory() { return this.kind === 'directory'; }
  isSymbolicLink() { return this.kind === 'link'; }
  isCharacterDevice() { return this.kind === 'device'; }
  isBlockDevice() { return false; }
  isFIFO() { return false; }
  isSocket() { return false; }
}

class Dirent {
  #kind;

  constructor(name, parentPath, kind) {
    this.name = name;
    this.parentPath = parentPath;
    this.path = parentPath;
    this.#kind = kind;
  }

  isFile() { return this.#kind === 'file'; }
  isDirectory() { return this.#kind === 'directory'; }
  isSymbolicLink() { return this.#kind === 'link'; }
  isCharacterDevice() { return this.#kind === 'device'; }
  isBlockDevice() { return false; }
  isFIFO() { return false; }
  isSocket() { return false; }
}

/** An open directory. */
class Dir {
  #entries;
  constructor(path, entries) {
    this.path = path;
    this.#entries = entries;
  }

  readSync() { return this.#entries.shift() ?? null; }
  async read() { return this.readSync(); }
  closeSync() {}
  async close() {}
  async* [Symbol.asyncIterator]() { yield* this.#entries; }
}

module.exports = { Dir, Dirent, Stats };
