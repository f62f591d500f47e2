// The module `node:url`: the WHATWG classes, the older parser, and file URLs. https://nodejs.org/api/url.html
const { globalThis } = primordials;
const { nodeError } = require('./node/errors');
const { validateBoolean, validateObject, validateString } = require('./node/validators');
const querystring = require('./node/querystring');

/** Schemes that always have slashes, and a path of at least one. */
const SLASHED = ['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'];
const HOSTLESS = ['javascript'];

function Url() {
  for (const name of ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href']) this[name] = null;
}

function parse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  const made = new Url();
  made.parse(url, parseQueryString, slashesDenoteHost);
  return made;
}

const ESCAPED = /[\t\n\r "'<>\\^`{|}]/g;

Url.prototype.parse = function parseUrl(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  let rest = url.replace(/^[\s\ufeff]+|[\s\ufeff]+$/g, '');
  const end = rest.search(/[?#]/);
  rest = end < 0 ? rest.replaceAll('\\', '/') : rest.slice(0, end).replaceAll('\\', '/') + rest.slice(end);
  const scheme = /^[a-z0-9.+-]+:/i.exec(rest)?.[0];
  const lower = scheme?.slice(0, -1).toLowerCase();
  if (scheme !== undefined) {
    this.protocol = `${lower}:`;
    rest = rest.slice(scheme.length);
  }
  const hostless = HOSTLESS.includes(lower);
  const slashes = (slashesDenoteHost || scheme !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest)) && rest.startsWith('//');
  if (slashes && !hostless) {
    rest = rest.slice(2);
    this.slashes = true;
  }
  if (!hostless && (slashes || scheme !== undefined && !SLASHED.includes(lower))) rest = this.parseAuthority(rest, url);
  if (!hostless) rest = rest.replace(ESCAPED, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    this.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf('?');
  if (question >= 0) {
    this.search = rest.slice(question);
    this.query = this.search.slice(1);
    if (parseQueryString) this.query = querystring.parse(this.query);
    rest = rest.slice(0, question);
  } else if (parseQueryString) {
    this.search = null;
    this.query = Object.create(null);
  }
  if (rest !== '') this.pathname = rest;
  if (SLASHED.includes(lower) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '');
  this.href = this.format();
  return this;
};

/** Takes user, host and port from the front of `rest`. @returns what is left */
Url.prototype.parseAuthority = function parseAuthority(rest, url) {
  let end = rest.search(/[/?#]/);
  if (end < 0) end = rest.length;
  const at = rest.slice(0, end).lastIndexOf('@');
  let hostStart = 0;
  if (at >= 0) {
    try {
      this.auth = decodeURIComponent(rest.slice(0, at));
    } catch {
      throw nodeError('ERR_INVALID_URI');
    }
    hostStart = at + 1;
  }
  const stop = rest.slice(hostStart, end).search(/[\t\n\r "%';<>^`{|}]/);
  const hostEnd = stop < 0 ? end : hostStart + stop;
  let host = rest.slice(hostStart, hostEnd);
  const port = /:([0-9]*)$/.exec(host);
  if (port !== null) {
    if (port[1] !== '') this.port = port[1];
    host = host.slice(0, -port[0].length);
  }
  const ipv6 = host.startsWith('[') && host.endsWith(']');
  this.hostname = (host.length > 255 ? '' : host).toLowerCase();
  if (!ipv6 && this.hostname !== '') {
    const bad = /[\0\t\n\r #%/:<>?@[\\\]^|]/.exec(this.hostname);
    if (bad !== null && bad[0] === ':') throw Object.assign(nodeError('ERR_INVALID_URL'), { input: url });
    if (bad !== null) throw Object.assign(nodeError('ERR_INVALID_URL'), { input: url });
    if (/[^\0-\x7f]/.test(this.hostname)) {
      const ascii = domainToASCII(this.hostname);
      if (ascii === '') throw Object.assign(nodeError('ERR_INVALID_URL'), { input: url });
      this.hostname = ascii;
    }
  }
  this.host = this.hostname + (this.port ? `:${this.port}` : '');
  if (ipv6) this.hostname = this.hostname.slice(1, -1);
  const tail = rest.slice(hostEnd);
  if (ipv6 || tail === '' || /^[/?#]/.test(tail)) return tail;

  return `/${tail}`;
};

function format(url, options) {
  if (typeof url === 'string') return parse(url).format();
  if (typeof url !== 'object' || url === null) throw nodeError('ERR_INVALID_ARG_TYPE', 'urlObject', ['Object', 'string'], url);
  if (url instanceof globalThis.URL) return formatWhatwg(url, options);
  return Url.prototype.format.call(url);
}

function formatWhatwg(url, options = {}) {
  validateObject(options, 'options');
  for (const name of ['fragment', 'unicode', 'search', 'auth']) if (options[name] !== undefined && options[name] !== null) validateBoolean(options[name], `options.${name}`);
  const copy = new globalThis.URL(url.href);
  if (options.fragment === false) copy.hash = '';
  if (options.search === false) copy.search = '';
  if (options.auth === false) {
    copy.username = '';
    copy.password = '';
  }
  return options.unicode ? copy.href.replace(copy.host, domainToUnicode(copy.hostname) + (copy.port ? `:${copy.port}` : '')) : copy.href;
}

Url.prototype.format = function formatUrl() {
  const auth = this.auth ? `${encodeURIComponent(this.auth).replace(/%3A/i, ':').replace(/%(21|24|26|27|28|29|2A|2B|2C|3B|3D)/gi, (c) => /%(21|27|28|29|2A)/i.test(c) ? decodeURIComponent(c) : c)}@` : '';
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  if (this.host) host = auth + this.host;
  else if (this.hostname) {
    host = auth + (this.hostname.includes(':') && !this.hostname.startsWith('[') ? `[${this.hostname}]` : this.hostname) + (this.port ? `:${this.port}` : '');
  }
  const query = this.query !== null && typeof this.query === 'object' ? querystring.stringify(this.query) : '';
  let search = this.search || (query && `?${query}`) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replace(/[#?]/g, encodeURIComponent);
  const slashed = SLASHED.includes(protocol.slice(0, -1));
  if (this.slashes || slashed) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol === 'file:') {
      host = '//';
    }
  }
  search = search.replaceAll('#', '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + host + pathname + search + hash;
};

function resolve(from, to) {
  return parse(from, false, true).resolve(to);
}

function resolveObject(from, to) {
  return from ? parse(from, false, true).resolveObject(to) : to;
}

Url.prototype.resolve = function resolveUrl(relative) {
  return this.resolveObject(parse(relative, false, true)).format();
};

Url.prototype.resolveObject = function resolveUrlObject(given) {
  const relative = typeof given === 'string' ? parse(given, false, true) : given;
  const result = Object.assign(new Url(), this, { hash: relative.hash });
  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  const isSlashed = (protocol) => SLASHED.includes(protocol?.slice(0, -1));
  if (relative.slashes && !relative.protocol) {
    for (const key of Object.keys(relative)) if (key !== 'protocol') result[key] = relative[key];
    if (isSlashed(result.protocol) && result.hostname && !result.pathname) result.path = result.pathname = '/';
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) {
    if (!isSlashed(relative.protocol)) {
      Object.assign(result, relative);
      result.href = result.format();
      return result;
    }
    result.protocol = relative.protocol;
    result.pathname = relative.pathname;
    if (!relative.host && relative.protocol !== 'file:') {
      const parts = (relative.pathname || '').split('/');
      while (parts.length > 0 && !(relative.host = parts.shift()));
      relative.host ||= '';
      relative.hostname ||= '';
      if (parts[0] !== '') parts.unshift('');
      if (parts.length < 2) parts.unshift('');
      result.pathname = parts.join('/');
    }
    Object.assign(result, { search: relative.search, query: relative.query, host: relative.host || '', auth: relative.auth, hostname: relative.hostname || relative.host, port: relative.port });
    result.slashes ||= relative.slashes;
    result.path = result.pathname || result.search ? (result.pathname || '') + (result.search || '') : null;
    result.href = result.format();
    return result;
  }
  resolvePath(result, relative);
  return result;
};

/** RFC 3986, section 5.2, over what the older parser makes of an address. */
function resolvePath(result, relative) {
  const sourceAbsolute = result.pathname?.[0] === '/';
  const relativeAbsolute = Boolean(relative.host) || relative.pathname?.[0] === '/';
  const mustEndAbsolute = relativeAbsolute || sourceAbsolute || result.host && relative.pathname;
  const removeAllDots = mustEndAbsolute;
  let source = result.pathname?.split('/') ?? [];
  const parts = relative.pathname?.split('/') ?? [];
  if (relativeAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    source = parts;
  } else if (parts.length > 0) {
    source.pop();
    source = source.concat(parts);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    result.search = relative.search;
    result.query = relative.query;
    result.path = result.pathname || result.search ? (result.pathname || '') + (result.search || '') : null;
    result.href = result.format();
    return;
  }
  if (source.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    result.href = result.format();
    return;
  }
  let last = source[source.length - 1];
  const trailing = (result.host || relative.host || source.length > 1) && (last === '.' || last === '..') || last === '';
  let up = 0;
  for (let i = source.length - 1; i >= 0; i--) {
    last = source[i];
    if (last === '.') {
      source.splice(i, 1);
    } else if (last === '..') {
      source.splice(i, 1);
      up++;
    } else if (up > 0) {
      source.splice(i, 1);
      up--;
    }
  }
  if (!mustEndAbsolute && !removeAllDots) for (; up > 0; up--) source.unshift('..');
  if (mustEndAbsolute && source[0] !== '' && source[0]?.[0] !== '/') source.unshift('');
  if (trailing && !source.join('/').endsWith('/')) source.push('');
  const absolute = source[0] === '' || source[0]?.[0] === '/';
  if (result.host && source.length > 0 && !absolute) source.unshift('');
  result.pathname = source.length === 0 ? null : source.join('/');
  result.path = result.pathname || result.search ? (result.pathname || '') + (result.search || '') : null;
  result.auth = relative.auth || result.auth;
  result.slashes ||= relative.slashes;
  result.href = result.format();
}

function domainToASCII(domain) {
  try {
    return new globalThis.URL(`ws://${domain}`).hostname;
  } catch {
    return '';
  }
}

function domainToUnicode(domain) {
  const ascii = domainToASCII(domain);
  return ascii === '' ? '' : require('./node/punycode').toUnicode(ascii);
}

function fileURLToPath(given, options = {}) {
  const url = typeof given === 'string' ? new globalThis.URL(given) : given;
  if (!(url instanceof globalThis.URL)) throw nodeError('ERR_INVALID_ARG_TYPE', 'path', ['string', 'URL'], given);
  if (url.protocol !== 'file:') throw nodeError('ERR_INVALID_URL_SCHEME', 'file');
  if (options?.windows) return windowsPath(url);
  if (url.hostname !== '') throw nodeError('ERR_INVALID_FILE_URL_HOST', 'linux');
  if (/%2f/i.test(url.pathname)) throw nodeError('ERR_INVALID_FILE_URL_PATH', 'must not include encoded / characters');
  return decodeURIComponent(url.pathname);
}

function windowsPath(url) {
  if (/%2f|%5c/i.test(url.pathname)) throw nodeError('ERR_INVALID_FILE_URL_PATH', 'must not include encoded \\ or / characters');
  const path = decodeURIComponent(url.pathname.replaceAll('/', '\\'));
  if (url.hostname !== '') return `\\\\${domainToUnicode(url.hostname)}${path}`;
  if (!/^\\[A-Za-z]:/.test(path)) throw nodeError('ERR_INVALID_FILE_URL_PATH', 'must be absolute');
  return path.slice(1);
}

function pathToFileURL(path, options = {}) {
  validateString(path, 'path');
  const flavour = options?.windows ? require('./node/path').win32 : require('./node/path');
  let resolved = flavour.resolve(path);
  if (/[/\\]$/.test(path) && !resolved.endsWith(flavour.sep) && (path.endsWith('/') || options?.windows)) resolved += flavour.sep;
  if (options?.windows) resolved = `/${resolved.replaceAll('\\', '/')}`;
  const url = new globalThis.URL('file://');
  url.pathname = resolved.replace(/%/g, '%25').replace(/\\/g, '%5C').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/\t/g, '%09').replace(/\?/g, '%3F').replace(/#/g, '%23');
  return url;
}

function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null, ...url, protocol: url.protocol, hostname: hostname?.startsWith('[') ? hostname.slice(1, -1) : hostname, hash: url.hash, search, pathname,
    path: `${pathname || ''}${search || ''}`, href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

module.exports = {
  Url, parse, resolve, resolveObject, format, domainToASCII, domainToUnicode, fileURLToPath, pathToFileURL, urlToHttpOptions,
  fileURLToPathBuffer: (url, options) => require('./node/buffer').Buffer.from(fileURLToPath(url, options)),
  get URL() { return globalThis.URL; },
  get URLSearchParams() { return globalThis.URLSearchParams; },
  get URLPattern() { return globalThis.URLPattern; },
};
