// The module `node:path`. https://nodejs.org/api/path.html
// The worker is a POSIX place; path.win32 is there for those who handle such paths.
const { validateObject, validateString } = require('./node/validators');

function cwd() {
  return '/bundle';
}

/** Resolves `.` and `..` in a path without a root. @param separators what separates, as a test of one character */
function normalizeParts(path, allowAboveRoot, separator, isSeparator) {
  const out = [];
  let part = '';
  for (let i = 0; i <= path.length; i++) {
    if (i < path.length && !isSeparator(path[i])) {
      part += path[i];
      continue;
    }
    if (part === '..') {
      if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
      else if (allowAboveRoot) out.push('..');
    } else if (part !== '' && part !== '.') {
      out.push(part);
    }
    part = '';
  }
  return out.join(separator);
}

function formatWith(separator, given) {
  validateObject(given, 'pathObject');
  const dir = given.dir || given.root;
  const extension = given.ext ? `${given.ext[0] === '.' ? '' : '.'}${given.ext}` : '';
  const base = given.base || `${given.name || ''}${extension}`;
  if (!dir) return base;
  return dir === given.root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

/** Where the last part of a path starts and ends, trailing separators left out. @param from where the root ends */
function lastPart(path, from, isSeparator) {
  let end = path.length;
  while (end > from && isSeparator(path[end - 1])) end--;
  let start = end;
  while (start > from && !isSeparator(path[start - 1])) start--;
  return [start, end];
}

function basenameOf(path, suffix, from, isSeparator) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  const [start, end] = lastPart(path, from, isSeparator);
  const base = path.slice(start, end);
  if (suffix === undefined || suffix === '') return base;
  if (path === suffix) return '';
  // As in Node: with a suffix, a path of nothing but separators is its own base.
  if (base === '' && suffix.length <= path.length) return path;
  return base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base;
}

function extnameOf(base) {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

const slash = (c) => c === '/';
const eitherSlash = (c) => c === '/' || c === '\\';

const posix = {
  sep: '/',
  delimiter: ':',
  resolve(...paths) {
    let resolved = '';
    let absolute = false;
    for (let i = paths.length - 1; i >= -1 && !absolute; i--) {
      const path = i >= 0 ? paths[i] : cwd();
      validateString(path, `paths[${i}]`);
      if (path.length === 0) continue;
      resolved = `${path}/${resolved}`;
      absolute = path[0] === '/';
    }
    resolved = normalizeParts(resolved, !absolute, '/', slash);
    return absolute ? `/${resolved}` : resolved || '.';
  },
  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const absolute = path[0] === '/';
    const trailing = path[path.length - 1] === '/';
    let normal = normalizeParts(path, !absolute, '/', slash);
    if (normal.length === 0) return absolute ? '/' : trailing ? './' : '.';
    if (trailing) normal += '/';
    return absolute ? `/${normal}` : normal;
  },
  isAbsolute(path) {
    validateString(path, 'path');
    return path[0] === '/';
  },
  join(...paths) {
    const parts = [];
    for (const path of paths) {
      validateString(path, 'path');
      if (path.length > 0) parts.push(path);
    }
    return parts.length === 0 ? '.' : posix.normalize(parts.join('/'));
  },
  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    return relative(posix.resolve(from), posix.resolve(to), '/', (text) => text);
  },
  toNamespacedPath(path) {
    return path;
  },
  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const end = lastPart(path, 0, slash)[0] - 1;
    if (end <= 0) return path[0] === '/' ? '/' : '.';
    return end === 1 && path[0] === '/' ? '//' : path.slice(0, end);
  },
  basename(path, suffix) {
    validateString(path, 'path');
    return basenameOf(path, suffix, 0, slash);
  },
  extname(path) {
    validateString(path, 'path');
    return extnameOf(basenameOf(path, undefined, 0, slash));
  },
  format: (given) => formatWith('/', given),
  parse(path) {
    validateString(path, 'path');
    const root = path[0] === '/' ? '/' : '';
    const [start, end] = lastPart(path, root.length, slash);
    const base = path.slice(start, end);
    const ext = extnameOf(base);
    const dir = start > root.length ? path.slice(0, start - 1) : root;
    return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
  },
  matchesGlob: (path, pattern) => require('./node/glob').matches(path, pattern, '/'),
};

function relative(from, to, separator, fold) {
  if (from === to) return '';
  const ones = from.split(separator).filter((part) => part !== '');
  const others = to.split(separator).filter((part) => part !== '');
  let common = 0;
  while (common < ones.length && common < others.length && fold(ones[common]) === fold(others[common])) common++;
  return [...ones.slice(common).map(() => '..'), ...others.slice(common)].join(separator);
}

/** What stands before a Windows path's parts: `device` (a drive, or a host and share), and whether a separator follows. */
function windowsRoot(path) {
  const unc = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path);
  if (unc !== null && unc[1] !== '.' && unc[1] !== '?') {
    const device = `\\\\${unc[1]}\\${unc[2]}`;
    const end = unc[0].length;
    return { device, absolute: true, end: end < path.length ? end + 1 : end, unc: true };
  }
  if (unc !== null) return { device: `\\\\${unc[1]}`, absolute: true, end: 4, unc: true };
  const drive = /^([A-Za-z]:)([\\/]?)/.exec(path);
  if (drive !== null) return { device: drive[1], absolute: drive[2] !== '', end: drive[0].length, unc: false };
  return { device: '', absolute: path.length > 0 && eitherSlash(path[0]), end: path.length > 0 && eitherSlash(path[0]) ? 1 : 0, unc: false };
}

/** Where the root of a Windows path ends, for those who take the path apart: `\\\\?\\C:\\` is a root like any other. */
function lastRoot(path) {
  const { end } = windowsRoot(path);
  if (!/^[\\/]{2}[.?][\\/]/.test(path)) return end;
  const device = /^[\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]?/.exec(path);
  return device === null ? end : device[0].length;
}

const win32 = {
  sep: '\\',
  delimiter: ';',
  resolve(...paths) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let i = paths.length - 1; i >= -1 && !(absolute && device !== ''); i--) {
      const path = i >= 0 ? paths[i] : cwd();
      validateString(path, `paths[${i}]`);
      if (path.length === 0) continue;
      const root = windowsRoot(path);
      if (root.device !== '') {
        if (device !== '' && root.device.toLowerCase() !== device.toLowerCase()) continue;
        device ||= root.device;
      }
      if (!absolute) {
        tail = `${path.slice(root.end)}\\${tail}`;
        absolute = root.absolute;
      }
    }
    tail = normalizeParts(tail, !absolute, '\\', eitherSlash);
    return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
  },
  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const { device, absolute, end, unc } = windowsRoot(path);
    if (unc && end === path.length && !eitherSlash(path[path.length - 1])) return `${device}\\`;
    let tail = end < path.length ? normalizeParts(path.slice(end), !absolute, '\\', eitherSlash) : '';
    if (tail.length === 0 && !absolute) tail = '.';
    if (tail.length > 0 && eitherSlash(path[path.length - 1])) tail += '\\';
    return device === '' ? absolute ? `\\${tail}` : tail : absolute ? `${device}\\${tail}` : `${device}${tail}`;
  },
  isAbsolute(path) {
    validateString(path, 'path');
    return path.length > 0 && (eitherSlash(path[0]) || /^[A-Za-z]:[\\/]/.test(path));
  },
  join(...paths) {
    const parts = [];
    for (const path of paths) {
      validateString(path, 'path');
      if (path.length > 0) parts.push(path);
    }
    if (parts.length === 0) return '.';
    let joined = parts.join('\\');
    // Only a first part that is `\\host` may make a network path of the whole.
    const leading = /^[\\/]*/.exec(joined)[0].length;
    const network = eitherSlash(parts[0][0]) && /^[\\/]{2}[^\\/]/.test(parts[0]);
    if (leading > 1 && !network) joined = `\\${joined.slice(leading)}`;
    return win32.normalize(joined);
  },
  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const one = win32.resolve(from);
    const other = win32.resolve(to);
    if (one.toLowerCase() === other.toLowerCase()) return '';
    if (windowsRoot(one).device.toLowerCase() !== windowsRoot(other).device.toLowerCase()) return other;
    return relative(one, other, '\\', (text) => text.toLowerCase());
  },
  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.startsWith('\\\\') && resolved[2] !== '?' && resolved[2] !== '.') return `\\\\?\\UNC\\${resolved.slice(2)}`;
    return /^[A-Za-z]:\\/.test(resolved) ? `\\\\?\\${resolved}` : resolved;
  },
  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const rootEnd = lastRoot(path);
    const end = lastPart(path, rootEnd, eitherSlash)[0] - 1;
    if (end < rootEnd) return rootEnd === 0 ? '.' : path.slice(0, rootEnd);
    return path.slice(0, end);
  },
  basename(path, suffix) {
    validateString(path, 'path');
    return basenameOf(path, suffix, /^[A-Za-z]:/.test(path) ? 2 : 0, eitherSlash);
  },
  extname(path) {
    validateString(path, 'path');
    return extnameOf(win32.basename(path));
  },
  format: (given) => formatWith('\\', given),
  parse(path) {
    validateString(path, 'path');
    const rootEnd = lastRoot(path);
    const root = path.slice(0, rootEnd);
    const [start, end] = lastPart(path, rootEnd, eitherSlash);
    const base = path.slice(start, end);
    const ext = extnameOf(base);
    const dir = start > rootEnd ? path.slice(0, start - 1) : root;
    return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
  },
  matchesGlob: (path, pattern) => require('./node/glob').matches(path, pattern, '\\'),
};

for (const flavour of [posix, win32]) {
  flavour.posix = posix;
  flavour.win32 = win32;
  flavour._makeLong = flavour.toNamespacedPath;
}

module.exports = posix;
