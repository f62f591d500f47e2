// https://urlpattern.spec.whatwg.org/#urlpattern-class
const { Boolean, ObjectDefineProperty, StringPrototypeLastIndexOf, StringPrototypeSlice, StringPrototypeStartsWith, TypeError } = primordials;
const { defineInterface, isObject, requireArguments, toDictionary, toEnum, toUSVString } = require('./webidl');
const { Component, HOSTNAME, PATHNAME, PLAIN, compare, escapePattern, generate } = require('./url-pattern-component');
const { parseConstructorString } = require('./url-pattern-string');
const canonical = require('./url-pattern-canonical');
const { parse } = require('./url-parser');

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const WHAT = "Failed to construct 'URLPattern'";

class URLPattern {
  #components;

  constructor(input = undefined, baseURL = undefined, options = undefined) {
    const given = toInput(input, WHAT);
    const hasBase = baseURL !== undefined && !isObject(baseURL) && baseURL !== null;
    const base = hasBase ? toUSVString(baseURL) : undefined;
    const init = toDictionary(hasBase || arguments.length > 2 ? options : baseURL, WHAT);
    this.#components = compile(given, base, init !== undefined && Boolean(init.ignoreCase));
  }

  test(input = undefined, baseURL = undefined) {
    const components = this.#components;
    const what = "Failed to execute 'test' on 'URLPattern'";
    const values = valuesOf(toInput(input, what), baseURL === undefined ? undefined : toUSVString(baseURL), what);
    if (values === null) return false;
    for (let i = 0; i < COMPONENTS.length; i++) if (!components[COMPONENTS[i]].test(values[COMPONENTS[i]])) return false;
    return true;
  }

  exec(input = undefined, baseURL = undefined) {
    const components = this.#components;
    const what = "Failed to execute 'exec' on 'URLPattern'";
    const given = toInput(input, what);
    const base = baseURL === undefined ? undefined : toUSVString(baseURL);
    const values = valuesOf(given, base, what);
    if (values === null) return null;
    const result = { inputs: base === undefined ? [plain(given)] : [given, base] };
    for (let i = 0; i < COMPONENTS.length; i++) {
      const name = COMPONENTS[i];
      const match = components[name].exec(values[name]);
      if (match === null) return null;
      result[name] = { input: values[name], groups: groupsOf(components[name].names, match) };
    }
    return result;
  }

  get protocol() { return this.#components.protocol.text; }
  get username() { return this.#components.username.text; }
  get password() { return this.#components.password.text; }
  get hostname() { return this.#components.hostname.text; }
  get port() { return this.#components.port.text; }
  get pathname() { return this.#components.pathname.text; }
  get search() { return this.#components.search.text; }
  get hash() { return this.#components.hash.text; }

  get hasRegExpGroups() {
    const components = this.#components;
    for (let i = 0; i < COMPONENTS.length; i++) if (components[COMPONENTS[i]].hasRegExpGroups) return true;
    return false;
  }

  // Deviation: not in workerd yet.
  generate(component, groups) {
    const components = this.#components;
    const what = "Failed to execute 'generate' on 'URLPattern'";
    requireArguments(arguments.length, 2, what);
    const name = toEnum(component, COMPONENTS, what);
    const values = toDictionary(groups, what) ?? { __proto__: null };
    const text = generate(components[name], (group) => (values[group] === undefined ? undefined : toUSVString(values[group])));
    if (text === undefined) throw new TypeError(`${what}: the groups given do not determine the ${name} of this pattern.`);
    return text;
  }

  // Deviation: not in workerd yet.
  static compareComponent(component, left, right) {
    const what = "Failed to execute 'compareComponent' on 'URLPattern'";
    requireArguments(arguments.length, 3, what);
    const name = toEnum(component, COMPONENTS, what);
    if (!isObject(left) || !(#components in left) || !isObject(right) || !(#components in right)) throw new TypeError(`${what}: the values to compare are not URLPatterns.`);
    return compare(left.#components[name], right.#components[name]);
  }
}

/** (USVString or URLPatternInit) */
function toInput(value, what) {
  if (value === undefined || value === null) return { __proto__: null };
  if (!isObject(value)) return toUSVString(value);
  const init = { __proto__: null };
  const read = (name) => {
    const member = value[name];
    if (member !== undefined) init[name] = toUSVString(member);
  };
  // In the order of Web IDL: the names sorted.
  for (const name of ['baseURL', 'hash', 'hostname', 'password', 'pathname', 'port', 'protocol', 'search', 'username']) read(name);
  return init;
}

/** An input as user code may see it. */
function plain(input) {
  return typeof input === 'string' ? input : { ...input };
}

function groupsOf(names, match) {
  const groups = {};
  for (let i = 0; i < names.length; i++) {
    ObjectDefineProperty(groups, names[i], { __proto__: null, value: match[i + 1], writable: true, enumerable: true, configurable: true });
  }
  return groups;
}

/** https://urlpattern.spec.whatwg.org/#url-pattern-create */
function compile(input, base, ignoreCase) {
  let init = input;
  if (typeof input === 'string') {
    init = parseConstructorString(input);
    if (base !== undefined) init.baseURL = base;
    else if (init.protocol === undefined) throw new TypeError(`${WHAT}: a relative pattern needs a base URL, "${input}" has none.`);
  } else if (base !== undefined) {
    throw new TypeError(`${WHAT}: a base URL beside an init object is not possible, put it into the object.`);
  }
  const patterns = processInit(init, true);
  for (let i = 0; i < COMPONENTS.length; i++) patterns[COMPONENTS[i]] ??= '*';
  if (canonical.isSpecialScheme(patterns.protocol) && patterns.port !== '' && patterns.port === canonical.DEFAULT_PORTS[patterns.protocol]) patterns.port = '';
  const protocol = new Component(patterns.protocol, canonical.protocol, PLAIN, false);
  const special = protocol.matchesSpecialScheme();
  const hostEncoder = isIPv6(patterns.hostname) ? canonical.ipv6Host : special ? canonical.domain : canonical.opaqueHost;
  return {
    __proto__: null,
    protocol,
    username: new Component(patterns.username, canonical.credentials, PLAIN, false),
    password: new Component(patterns.password, canonical.credentials, PLAIN, false),
    hostname: new Component(patterns.hostname, hostEncoder, HOSTNAME, false),
    port: new Component(patterns.port, canonical.port, PLAIN, false),
    pathname: special
      ? new Component(patterns.pathname, canonical.pathname, PATHNAME, ignoreCase)
      : new Component(patterns.pathname, canonical.opaquePathname, PLAIN, ignoreCase),
    search: new Component(patterns.search, canonical.search, PLAIN, ignoreCase),
    hash: new Component(patterns.hash, canonical.hash, PLAIN, ignoreCase),
  };
}

function isIPv6(hostname) {
  return hostname.length >= 2 && (hostname[0] === '[' || StringPrototypeStartsWith(hostname, '{[') || StringPrototypeStartsWith(hostname, '\\['));
}

/** The components of what is to be matched, or null where it is no URL. https://urlpattern.spec.whatwg.org/#url-pattern-match */
function valuesOf(input, base, what) {
  if (typeof input !== 'string') {
    if (base !== undefined) throw new TypeError(`${what}: a base URL beside an init object is not possible, put it into the object.`);
    let values;
    try {
      values = processInit(input, false);
    } catch {
      return null;
    }
    for (let i = 0; i < COMPONENTS.length; i++) values[COMPONENTS[i]] ??= '';
    return values;
  }
  const baseRecord = base === undefined ? null : parse(base, null);
  if (base !== undefined && baseRecord === null) return null;
  const record = parse(input, baseRecord);
  if (record === null) return null;
  return {
    __proto__: null,
    protocol: record.scheme,
    username: record.username,
    password: record.password,
    hostname: record.host ?? '',
    port: record.port < 0 ? '' : `${record.port}`,
    pathname: record.path,
    search: record.query ?? '',
    hash: record.fragment ?? '',
  };
}

/**
 * The components an init object gives, with what they inherit from its base URL. https://urlpattern.spec.whatwg.org/#process-a-urlpatterninit
 * @param pattern whether they are patterns, or to be matched
 */
function processInit(init, pattern) {
  const result = { __proto__: null };
  const base = init.baseURL === undefined ? null : parse(init.baseURL, null);
  if (init.baseURL !== undefined && base === null) throw new TypeError(`Invalid base URL "${init.baseURL}".`);
  if (base !== null) inherit(result, init, base, pattern);
  const take = (name, value, canonicalise) => {
    if (value !== undefined) result[name] = pattern ? value : canonicalise(value);
  };
  take('protocol', init.protocol === undefined ? undefined : canonical.withoutTrailingColon(init.protocol), canonical.protocol);
  const scheme = result.protocol ?? '';
  const special = scheme === '' || canonical.isSpecialScheme(scheme);
  take('username', init.username, canonical.credentials);
  take('password', init.password, canonical.credentials);
  take('hostname', init.hostname, special ? canonical.domain : canonical.opaqueHost);
  take('port', init.port, (value) => canonical.portOf(value, scheme));
  take('pathname', init.pathname === undefined ? undefined : resolved(init.pathname, base, pattern), special ? canonical.pathname : canonical.opaquePathname);
  take('search', init.search === undefined ? undefined : canonical.withoutLeading(init.search, '?'), canonical.search);
  take('hash', init.hash === undefined ? undefined : canonical.withoutLeading(init.hash, '#'), canonical.hash);
  return result;
}

/** A component is inherited unless it, or one that stands before it in a URL, is given. */
function inherit(result, init, base, pattern) {
  const text = (value) => (pattern ? escapePattern(value) : value);
  if (init.protocol !== undefined) return;
  result.protocol = text(base.scheme);
  if (!pattern && init.hostname === undefined && init.port === undefined && init.username === undefined) {
    result.username = base.username;
    if (init.password === undefined) result.password = base.password;
  }
  if (init.hostname !== undefined) return;
  result.hostname = text(base.host ?? '');
  if (init.port !== undefined) return;
  result.port = base.port < 0 ? '' : `${base.port}`;
  if (init.pathname !== undefined) return;
  result.pathname = text(base.path);
  if (init.search !== undefined) return;
  result.search = text(base.query ?? '');
  if (init.hash === undefined) result.hash = text(base.fragment ?? '');
}

/** A relative path under its base. */
function resolved(pathname, base, pattern) {
  if (base === null || base.opaque) return pathname;
  if (pathname[0] === '/' || (pattern && (StringPrototypeStartsWith(pathname, '\\/') || StringPrototypeStartsWith(pathname, '{/')))) return pathname;
  const basePath = pattern ? escapePattern(base.path) : base.path;
  return StringPrototypeSlice(basePath, 0, StringPrototypeLastIndexOf(basePath, '/') + 1) + pathname;
}

defineInterface(URLPattern);

module.exports = { URLPattern };
