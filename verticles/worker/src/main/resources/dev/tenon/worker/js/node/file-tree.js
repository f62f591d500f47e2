// The files a worker sees: its own modules under /bundle, for reading; /tmp, in memory and for as long as the invocation lasts; /dev/null and its kin.
// https://developers.cloudflare.com/workers/runtime-apis/nodejs/fs/
const { Map, MapPrototypeDelete, MapPrototypeForEach, MapPrototypeGet, MapPrototypeSet } = primordials;
const { receiveBytes } = require('./bytes');
const { current } = require('./invocation');
const posix = require('./node/path');
const modules = require('./modules');

/** All that one invocation may keep in /tmp. */
const TMP_BYTES_MAX = 64 * 1024 * 1024;

const NUMBERS = { __proto__: null, ENOENT: 2, EBADF: 9, EACCES: 13, EEXIST: 17, ENOTDIR: 20, EISDIR: 21, EINVAL: 22, ENOSPC: 28, EROFS: 30, EPERM: 1, ENOTEMPTY: 39, ELOOP: 40, EXDEV: 18 };
const MESSAGES = {
  __proto__: null, ENOENT: 'no such file or directory', EBADF: 'bad file descriptor', EACCES: 'permission denied', EEXIST: 'file already exists', ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory', EINVAL: 'invalid argument', ENOSPC: 'no space left on device', EROFS: 'read-only file system', EPERM: 'operation not permitted',
  ENOTEMPTY: 'directory not empty', ELOOP: 'too many symbolic links encountered', EXDEV: 'cross-device link not permitted',
};

function failure(code, syscall, path, dest) {
  const where = path === undefined ? '' : ` '${path}'${dest === undefined ? '' : ` -> '${dest}'`}`;
  const error = new Error(`${code}: ${MESSAGES[code]}, ${syscall}${where}`);
  Object.assign(error, { errno: -NUMBERS[code], code, syscall });
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

let lastInode = 0;

class Node {
  ino = ++lastInode;
  birthtimeMs = Date.now();
  mtimeMs = this.birthtimeMs;
  atimeMs = this.birthtimeMs;
  constructor(kind, writable) {
    this.kind = kind;
    this.writable = writable;
    if (kind === 'directory') this.entries = new Map();
  }
}

class File extends Node {
  #bytes;
  #load;
  #size;

  constructor(writable, load) {
    super('file', writable);
    this.#load = load;
    this.#bytes = load === undefined ? new Uint8Array(0) : undefined;
    this.#size = 0;
  }

  get bytes() {
    if (this.#bytes === undefined) {
      this.#bytes = this.#load();
      this.#size = this.#bytes.length;
    }
    return this.#bytes.subarray(0, this.#size);
  }

  get size() { return this.bytes.length; }

  write(chunk, at) {
    const end = at + chunk.length;
    if (end > this.#bytes.length) this.#grow(end);
    if (at > this.#size) this.#bytes.fill(0, this.#size, at);
    this.#bytes.set(chunk, at);
    this.#size = Math.max(this.#size, end);
    this.mtimeMs = Date.now();
  }

  truncate(length) {
    if (length > this.#bytes.length) this.#grow(length);
    if (length < this.#size) this.#bytes.fill(0, length, this.#size);
    this.#size = length;
    this.mtimeMs = Date.now();
  }

  #grow(size) {
    const room = new Uint8Array(Math.max(size, this.#bytes.length * 2, 64));
    room.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = room;
  }
}

let bundle;

/** Roots by the invocation they belong to, null for none. Those of invocations that are over go when the next one is made. */
const roots = new Map();

/** The worker's modules as a tree. */
function bundleTree() {
  if (bundle !== undefined) return bundle;
  bundle = new Node('directory', false);
  for (const name of modules.names()) {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    const last = parts.pop();
    let at = bundle;
    for (const part of parts) {
      if (!at.entries.has(part)) at.entries.set(part, new Node('directory', false));
      at = at.entries.get(part);
    }
    at.entries.set(last, new File(false, () => receiveBytes(modules.bytesOf(name))));
  }
  return bundle;
}

/** Each invocation has a root of its own, because each has a /tmp of its own. */
function root() {
  const invocation = current();
  let found = MapPrototypeGet(roots, invocation);
  if (found === undefined) {
    MapPrototypeForEach(roots, (other, key) => {
      if (key !== null && key.isOver()) MapPrototypeDelete(roots, key);
    });
    found = new Node('directory', false);
    found.entries.set('bundle', bundleTree());
    found.entries.set('tmp', new Node('directory', true));
    const devices = new Node('directory', false);
    for (const name of ['null', 'zero', 'full', 'random']) devices.entries.set(name, Object.assign(new Node('device', true), { device: name }));
    found.entries.set('dev', devices);
    found.used = 0;
    MapPrototypeSet(roots, invocation, found);
  }
  return found;
}

/** The node at a path. @param follow whether the path's last part may be a link that is followed; @param shown the path that errors name */
function lookup(path, syscall, follow = true, shown = path, hops = 0) {
  let node = root();
  const parts = posix.resolve(path).split('/').filter((part) => part !== '');
  for (let i = 0; i < parts.length; i++) {
    if (node.kind !== 'directory') throw failure('ENOTDIR', syscall, shown);
    const next = node.entries.get(parts[i]);
    if (next === undefined) throw failure('ENOENT', syscall, shown);
    node = next;
    if (node.kind === 'link' && (follow || i < parts.length - 1)) {
      if (hops > 20) throw failure('ELOOP', syscall, shown);
      const target = posix.resolve(`/${parts.slice(0, i).join('/')}`, node.target);
      return lookup(posix.join(target, ...parts.slice(i + 1)), syscall, follow, shown, hops + 1);
    }
  }
  return node;
}

/** The directory that a path's last part is in, and that part. */
function parentOf(path, syscall) {
  const resolved = posix.resolve(path);
  const parent = lookup(posix.dirname(resolved), syscall, true, path);
  if (parent.kind !== 'directory') throw failure('ENOTDIR', syscall, path);
  return { parent, name: posix.basename(resolved) };
}

function find(path, syscall, follow) {
  try {
    return lookup(path, syscall, follow);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A new file or directory. */
function add(path, syscall, node) {
  const { parent, name } = parentOf(path, syscall);
  if (!parent.writable) throw failure('EPERM', syscall, path);
  parent.entries.set(name, node);
  parent.mtimeMs = Date.now();
  return node;
}

/** Counts bytes that are about to be kept. */
function reserve(bytes, syscall, path) {
  const tree = root();
  if (tree.used + bytes > TMP_BYTES_MAX) throw failure('ENOSPC', syscall, path);
  tree.used += bytes;
}

function release(bytes) {
  root().used -= bytes;
}

module.exports = { File, Node, add, failure, find, lookup, parentOf, release, reserve };
