// The module `node:fs` over the tree of file-tree.js. https://nodejs.org/api/fs.html
// What is written once, synchronously, is there three times: name + "Sync", with a callback, and in `promises`.
const { ArrayBufferIsView } = primordials;
const { Buffer } = require('./node/buffer');
const constants = require('./node/fs-constants');
const { nodeError } = require('./node/errors');
const { validateFunction, validateInteger } = require('./node/validators');
const { File, Node, add, failure, find, lookup, parentOf, release, reserve } = require('./node/file-tree');
const { Dir, Dirent, Stats } = require('./node/fs-entries');
const posix = require('./node/path');

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } = constants;

function pathOf(path, name = 'path') {
  let text = path;
  if (path instanceof primordials.globalThis.URL) text = require('./node/url').fileURLToPath(path);
  else if (ArrayBufferIsView(path)) text = Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString();
  if (typeof text !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', name, ['string', 'Buffer', 'URL'], path);
  if (text.includes('\0')) throw nodeError('ERR_INVALID_ARG_VALUE', name, path, 'must be a string, Uint8Array, or URL without null bytes');
  return text;
}

function optionsOf(options, usual) {
  return typeof options === 'string' ? { ...usual, encoding: options } : { ...usual, ...options };
}

function encoded(buffer, encoding) {
  return encoding === undefined || encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

const FLAGS = {
  __proto__: null, 'r': O_RDONLY, 'rs': O_RDONLY, 'r+': O_RDWR, 'rs+': O_RDWR, 'w': O_TRUNC | O_CREAT | O_WRONLY, 'wx': O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR, 'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL, 'a': O_APPEND | O_CREAT | O_WRONLY, 'ax': O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  'a+': O_APPEND | O_CREAT | O_RDWR, 'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
};

const descriptors = new Map();
let nextDescriptor = 10;

function opened(fd, syscall) {
  validateInteger(fd, 'fd', 0, 2147483647);
  const found = descriptors.get(fd);
  if (found === undefined) throw failure('EBADF', syscall);
  return found;
}

/** A file made ready: `{ node, flags, position }`. */
function openNode(path, flags = 'r', syscall = 'open') {
  const bits = typeof flags === 'number' ? flags : FLAGS[flags];
  if (bits === undefined) throw nodeError('ERR_INVALID_ARG_VALUE', 'flags', flags);
  let node = find(path, syscall);
  if (node === undefined) {
    if (!(bits & O_CREAT)) throw failure('ENOENT', syscall, path);
    node = add(path, syscall, new File(true));
  } else if (bits & O_EXCL) {
    throw failure('EEXIST', syscall, path);
  }
  const writes = (bits & (O_WRONLY | O_RDWR)) !== 0;
  if (writes && node.kind === 'directory') throw failure('EISDIR', syscall, path);
  if (writes && !node.writable) throw failure('EPERM', syscall, path);
  if (bits & O_TRUNC && node.kind === 'file') {
    release(node.size);
    node.truncate(0);
  }
  return { node, path, flags: bits, position: 0 };
}

function contents(node, syscall, path) {
  if (node.kind === 'directory') throw failure('EISDIR', syscall, path);
  return node.kind === 'device' ? new Uint8Array(0) : node.bytes;
}

function writeNode(file, bytes, position, syscall) {
  const { node } = file;
  if (!(file.flags & (O_WRONLY | O_RDWR))) throw failure('EBADF', syscall);
  if (node.kind === 'device') {
    if (node.device === 'full') throw failure('ENOSPC', syscall);
    return bytes.length;
  }
  const at = file.flags & O_APPEND ? node.size : position ?? file.position;
  reserve(Math.max(0, at + bytes.length - node.size), syscall, file.path);
  node.write(bytes, at);
  if (position === undefined || position === null) file.position = at + bytes.length;
  return bytes.length;
}

function readInto(file, target, position) {
  if (file.flags & O_WRONLY) throw failure('EBADF', 'read');
  const at = position ?? file.position;
  let count;
  if (file.node.kind === 'device' && file.node.device !== 'null') {
    if (file.node.device === 'random') require('./node/crypto-random').randomFillSync(target);
    else target.fill(0);
    count = target.length;
  } else {
    const bytes = contents(file.node, 'read').subarray(Number(at), Number(at) + target.length);
    target.set(bytes);
    count = bytes.length;
  }
  if (position === undefined || position === null || position < 0) file.position = Number(file.position) + count;
  return count;
}

function bytesOf(data, encoding) {
  if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8');
  if (ArrayBufferIsView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw nodeError('ERR_INVALID_ARG_TYPE', 'data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

function list(path, node, options, prefix = '') {
  const found = [];
  for (const [name, entry] of [...node.entries].sort(([a], [b]) => a < b ? -1 : 1)) {
    const full = prefix + name;
    found.push(options.withFileTypes ? new Dirent(name, posix.join(path, prefix), entry.kind) : options.encoding === 'buffer' ? Buffer.from(full) : full);
    if (options.recursive && entry.kind === 'directory') found.push(...list(path, entry, options, `${full}/`));
  }
  return found;
}

function remove(path, syscall) {
  const { parent, name } = parentOf(path, syscall);
  const node = parent.entries.get(name);
  if (!parent.writable || node === undefined) throw failure('EPERM', syscall, path);
  parent.entries.delete(name);
  freed(node);
}

function freed(node) {
  if (node.kind === 'file') release(node.size);
  else if (node.kind === 'directory') for (const entry of node.entries.values()) freed(entry);
}

function copyTree(node) {
  if (node.kind === 'directory') {
    const made = new Node('directory', true);
    for (const [name, entry] of node.entries) made.entries.set(name, copyTree(entry));
    return made;
  }
  if (node.kind === 'link') return Object.assign(new Node('link', true), { target: node.target });
  const made = new File(true);
  reserve(node.size, 'cp');
  made.write(node.bytes, 0);
  return made;
}

/** Every operation, as it is done at once. */
const operations = {
  access(path, mode = constants.F_OK) {
    const node = lookup(pathOf(path), 'access');
    if (mode & constants.W_OK && !node.writable || mode & constants.X_OK && node.kind === 'file') throw failure('EACCES', 'access', pathOf(path));
  },
  appendFile(path, data, options) {
    const settings = optionsOf(options, { flag: 'a' });
    const file = typeof path === 'number' ? opened(path, 'write') : openNode(pathOf(path), settings.flag);
    writeNode(file, bytesOf(data, settings.encoding), undefined, 'write');
  },
  chmod(path) { lookup(pathOf(path), 'chmod'); },
  chown(path) { lookup(pathOf(path), 'chown'); },
  close(fd) {
    opened(fd, 'close');
    descriptors.delete(fd);
  },
  copyFile(source, target, mode = 0) {
    const [from, to] = [pathOf(source, 'src'), pathOf(target, 'dest')];
    const bytes = contents(lookup(from, 'copyfile'), 'copyfile', from);
    if (mode & constants.COPYFILE_EXCL && find(to, 'copyfile') !== undefined) throw failure('EEXIST', 'copyfile', from, to);
    writeNode(openNode(to, 'w', 'copyfile'), bytes, undefined, 'copyfile');
  },
  cp(source, target, options = {}) {
    const [from, to] = [pathOf(source, 'src'), pathOf(target, 'dest')];
    const node = lookup(from, 'cp');
    if (node.kind === 'directory' && !options.recursive) {
      throw Object.assign(new Error(`Recursive option not enabled, cannot copy a directory: cp returned EISDIR (${from} is a directory (not copied)) ${from}`), { code: 'ERR_FS_EISDIR' });
    }
    add(to, 'cp', copyTree(node));
  },
  exists(path) {
    try {
      return find(pathOf(path), 'access') !== undefined;
    } catch {
      return false;
    }
  },
  fchmod(fd) { opened(fd, 'fchmod'); },
  fchown(fd) { opened(fd, 'fchown'); },
  fdatasync(fd) { opened(fd, 'fdatasync'); },
  fstat(fd, options) { return new Stats(opened(fd, 'fstat').node, options?.bigint); },
  fsync(fd) { opened(fd, 'fsync'); },
  ftruncate(fd, length = 0) { truncateNode(opened(fd, 'ftruncate').node, length, 'ftruncate'); },
  futimes(fd, atime, mtime) { touch(opened(fd, 'futimes').node, atime, mtime); },
  lchown(path) { lookup(pathOf(path), 'lchown', false); },
  link(existing, path) {
    const node = lookup(pathOf(existing, 'existingPath'), 'link');
    if (find(pathOf(path, 'newPath'), 'link') !== undefined) throw failure('EEXIST', 'link', pathOf(existing), pathOf(path));
    add(pathOf(path, 'newPath'), 'link', node);
  },
  lstat(path, options) { return stat(path, options, 'lstat', false); },
  lutimes(path, atime, mtime) { touch(lookup(pathOf(path), 'lutimes', false), atime, mtime); },
  mkdir(path, options) {
    const text = pathOf(path);
    const recursive = typeof options === 'object' && options?.recursive;
    const existing = find(text, 'mkdir');
    if (existing !== undefined) {
      if (recursive && existing.kind === 'directory') return undefined;
      throw failure('EEXIST', 'mkdir', text);
    }
    let first;
    if (recursive) {
      const parent = posix.dirname(posix.resolve(text));
      if (find(parent, 'mkdir') === undefined) first = operations.mkdir(parent, options);
    }
    add(text, 'mkdir', new Node('directory', true));
    return recursive ? first ?? posix.resolve(text) : undefined;
  },
  mkdtemp(prefix, options) {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    const { randomInt } = require('./node/crypto-random');
    const path = `${pathOf(prefix, 'prefix')}${Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')}`;
    operations.mkdir(path);
    return encoded(Buffer.from(path), optionsOf(options, { encoding: 'utf8' }).encoding);
  },
  open(path, flags, mode) {
    const fd = nextDescriptor++;
    descriptors.set(fd, openNode(pathOf(path), flags));
    return fd;
  },
  opendir(path) {
    const text = pathOf(path);
    return new Dir(text, operations.readdir(text, { withFileTypes: true }));
  },
  read(fd, buffer, offset, length, position) {
    const settings = offset !== null && typeof offset === 'object' ? offset : { offset, length, position };
    const start = settings.offset ?? 0;
    const count = settings.length ?? buffer.byteLength - start;
    return readInto(opened(fd, 'read'), new Uint8Array(buffer.buffer, buffer.byteOffset + start, count), settings.position);
  },
  readdir(path, options) {
    const text = pathOf(path);
    const node = lookup(text, 'scandir');
    if (node.kind !== 'directory') throw failure('ENOTDIR', 'scandir', text);
    return list(text, node, optionsOf(options, { encoding: 'utf8' }));
  },
  readFile(path, options) {
    const settings = optionsOf(options, { flag: 'r' });
    const text = typeof path === 'number' ? undefined : pathOf(path);
    const { node } = text === undefined ? opened(path, 'read') : openNode(text, settings.flag);
    return encoded(Buffer.from(contents(node, 'read')), settings.encoding);
  },
  readlink(path, options) {
    const text = pathOf(path);
    const node = lookup(text, 'readlink', false);
    if (node.kind !== 'link') throw failure('EINVAL', 'readlink', text);
    return encoded(Buffer.from(node.target), optionsOf(options, { encoding: 'utf8' }).encoding);
  },
  readv(fd, buffers, position) {
    let at = position;
    let total = 0;
    for (const buffer of buffers) {
      const count = readInto(opened(fd, 'readv'), new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength), at);
      total += count;
      if (typeof at === 'number') at += count;
      if (count < buffer.byteLength) break;
    }
    return total;
  },
  realpath(path, options) {
    const text = pathOf(path);
    lookup(text, 'realpath');
    return encoded(Buffer.from(posix.resolve(text)), optionsOf(options, { encoding: 'utf8' }).encoding);
  },
  rename(from, to) {
    const [source, target] = [pathOf(from, 'oldPath'), pathOf(to, 'newPath')];
    const node = lookup(source, 'rename', false);
    const { parent, name } = parentOf(source, 'rename');
    if (!parent.writable) throw failure('EPERM', 'rename', source, target);
    add(target, 'rename', node);
    parent.entries.delete(name);
  },
  rm(path, options = {}) {
    const text = pathOf(path);
    const node = find(text, 'rm', false);
    if (node === undefined) {
      if (options.force) return;
      throw failure('ENOENT', 'rm', text);
    }
    if (node.kind === 'directory' && !options.recursive) throw Object.assign(new Error(`Path is a directory: rm returned EISDIR (is a directory) ${text}`), { code: 'ERR_FS_EISDIR' });
    remove(text, 'rm');
  },
  rmdir(path, options) {
    const text = pathOf(path);
    const node = lookup(text, 'rmdir', false);
    if (node.kind !== 'directory') throw failure('ENOTDIR', 'rmdir', text);
    if (node.entries.size > 0 && !options?.recursive) throw failure('ENOTEMPTY', 'rmdir', text);
    remove(text, 'rmdir');
  },
  stat(path, options) { return stat(path, options, 'stat', true); },
  statfs() {
    return { type: 0, bsize: 4096, blocks: 16384, bfree: 16384, bavail: 16384, files: 0, ffree: 0 };
  },
  symlink(target, path) {
    const text = pathOf(path);
    if (find(text, 'symlink', false) !== undefined) throw failure('EEXIST', 'symlink', pathOf(target, 'target'), text);
    add(text, 'symlink', Object.assign(new Node('link', true), { target: pathOf(target, 'target') }));
  },
  truncate(path, length = 0) {
    const text = pathOf(path);
    truncateNode(openNode(text, 'r+').node, length, 'truncate');
  },
  unlink(path) {
    const text = pathOf(path);
    if (lookup(text, 'unlink', false).kind === 'directory') throw failure('EPERM', 'unlink', text);
    remove(text, 'unlink');
  },
  utimes(path, atime, mtime) { touch(lookup(pathOf(path), 'utimes'), atime, mtime); },
  write(fd, data, offsetOrPosition, lengthOrEncoding, position) {
    const file = opened(fd, 'write');
    if (typeof data === 'string') return writeNode(file, bytesOf(data, lengthOrEncoding), offsetOrPosition, 'write');
    const settings = offsetOrPosition !== null && typeof offsetOrPosition === 'object' ? offsetOrPosition : { offset: offsetOrPosition, length: lengthOrEncoding, position };
    const bytes = bytesOf(data);
    const start = settings.offset ?? 0;
    return writeNode(file, bytes.subarray(start, start + (settings.length ?? bytes.length - start)), settings.position, 'write');
  },
  writeFile(path, data, options) {
    const settings = optionsOf(options, { flag: 'w' });
    const bytes = bytesOf(data, settings.encoding);
    const file = typeof path === 'number' ? opened(path, 'write') : openNode(pathOf(path), settings.flag);
    writeNode(file, bytes, undefined, 'write');
  },
  writev(fd, buffers, position) {
    return operations.write(fd, Buffer.concat(buffers.map((buffer) => bytesOf(buffer))), 0, undefined, position);
  },
};

function stat(path, options, syscall, follow) {
  const text = pathOf(path);
  if (options?.throwIfNoEntry === false) {
    const node = find(text, syscall, follow);
    return node === undefined ? undefined : new Stats(node, options.bigint);
  }
  return new Stats(lookup(text, syscall, follow), options?.bigint);
}

function truncateNode(node, length, syscall) {
  validateInteger(length, 'len');
  const target = Math.max(0, length);
  if (target > node.size) reserve(target - node.size, syscall);
  else release(node.size - target);
  node.truncate(target);
}

function touch(node, atime, mtime) {
  const millis = (time) => time instanceof Date ? time.getTime() : Number(time) * 1000;
  node.atimeMs = millis(atime);
  node.mtimeMs = millis(mtime);
}

const { FileHandle, streams } = require('./node/file-streams').make(operations, descriptors);

const fs = { constants, Stats, Dirent, Dir, ...streams };
const promises = { constants };

for (const [name, operation] of Object.entries(operations)) {
  fs[`${name}Sync`] = { [`${name}Sync`](...args) { return operation(...args); } }[`${name}Sync`];
  fs[name] = { [name](...args) {
    const callback = args.pop();
    validateFunction(callback, 'cb');
    let outcome;
    try {
      outcome = [null, operation(...args)];
    } catch (error) {
      if (error.syscall === undefined) throw error;
      outcome = [error];
    }
    // Reads and writes tell of their buffer too.
    if (outcome.length > 1 && ['read', 'write', 'readv', 'writev'].includes(name)) outcome.push(args[1]);
    queueMicrotask(() => callback(...outcome));
  } }[name];
  if (!/^(f[a-z]+|read|write|readv|writev|close|exists)$/.test(name) || name === 'readFile') promises[name] = { async [name](...args) { return operation(...args); } }[name];
}
fs.exists = (path, callback) => queueMicrotask(() => callback(operations.exists(path)));
Object.defineProperty(fs.exists, Symbol.for('nodejs.util.promisify.custom'), { __proto__: null, value: async (path) => operations.exists(path) });
fs.realpath.native = fs.realpath;
fs.realpathSync.native = fs.realpathSync;
promises.open = async (path, flags, mode) => new FileHandle(operations.open(path, flags, mode));
for (const name of ['readFile', 'writeFile', 'appendFile']) {
  promises[name] = { async [name](path, ...args) { return operations[name](path instanceof FileHandle ? path.fd : path, ...args); } }[name];
}
for (const name of ['watch', 'watchFile', 'unwatchFile']) {
  fs[name] = { [name]() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', `fs.${name}`); } }[name];
}
promises.watch = fs.watch;
fs.promises = promises;
Object.assign(fs, { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 });

module.exports = fs;
