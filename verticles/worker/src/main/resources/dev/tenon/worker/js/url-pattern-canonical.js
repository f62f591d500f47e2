// What the parts of a URL look like once the URL parser has been over them. https://urlpattern.spec.whatwg.org/#canon
const { RegExpPrototypeExec, RegExpPrototypeTest, String, StringPrototypeCharCodeAt, StringPrototypeIndexOf, StringPrototypeSlice, StringPrototypeToLowerCase, TypeError, parseInt, uncurryThis } = primordials;
const { C0_CONTROL, FRAGMENT, QUERY, USERINFO, percentEncode } = require('./url-encoding');
const { parseHost } = require('./url-host');
const { changePath } = require('./url-parser');

const replace = uncurryThis(String.prototype.replace);

const DEFAULT_PORTS = { __proto__: null, 'http': '80', 'https': '443', 'ws': '80', 'wss': '443', 'ftp': '21', 'file': '' };
const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*$/;
const IPV6 = /^[0-9A-Fa-f[\]:]*$/;

function clean(text) {
  return replace(text, /[\t\n\r]/g, '');
}

function invalid(what, value) {
  return new TypeError(`Invalid ${what} "${value}".`);
}

function isSpecialScheme(scheme) {
  return DEFAULT_PORTS[scheme] !== undefined;
}

function protocol(value) {
  if (value === '') return '';
  if (!RegExpPrototypeTest(SCHEME, clean(value))) throw invalid('protocol', value);
  return StringPrototypeToLowerCase(clean(value));
}

function credentials(value) {
  return percentEncode(value, USERINFO);
}

function domain(value) {
  return host(value, true);
}

function opaqueHost(value) {
  return host(value, false);
}

function host(value, special) {
  if (value === '') return '';
  const text = clean(value);
  let end = 0;
  let bracketed = false;
  for (; end < text.length; end++) {
    const c = text[end];
    if (c === '/' || c === '?' || c === '#' || (special && c === '\\')) break;
    if (c === '[') bracketed = true;
    else if (c === ']') bracketed = false;
    else if (c === ':' && !bracketed) throw invalid('hostname', value);
  }
  const parsed = end === 0 ? (special ? null : '') : parseHost(StringPrototypeSlice(text, 0, end), special);
  if (parsed === null) throw invalid('hostname', value);
  return parsed;
}

function ipv6Host(value) {
  if (!RegExpPrototypeTest(IPV6, value)) throw invalid('hostname', value);
  return StringPrototypeToLowerCase(value);
}

/** @param scheme whose default port is no port */
function portOf(value, scheme) {
  if (value === '') return '';
  const { 0: digits } = RegExpPrototypeExec(/^[0-9]*/, clean(value));
  const port = digits === '' ? 65536 : parseInt(digits, 10);
  if (port > 65535) throw invalid('port', value);
  return DEFAULT_PORTS[scheme] === `${port}` ? '' : `${port}`;
}

function port(value) {
  return portOf(value, '');
}

function pathname(value) {
  if (value === '') return '';
  const absolute = value[0] === '/';
  const record = { scheme: '', host: null, path: '', opaque: false };
  changePath(record, absolute ? value : `/-${value}`);
  return absolute ? record.path : StringPrototypeSlice(record.path, 2);
}

function opaquePathname(value) {
  return percentEncode(clean(value), C0_CONTROL);
}

function search(value) {
  return percentEncode(clean(value), QUERY);
}

function hash(value) {
  return percentEncode(clean(value), FRAGMENT);
}

/** Without `mark` in its first place. */
function withoutLeading(value, mark) {
  return value !== '' && StringPrototypeCharCodeAt(value, 0) === StringPrototypeCharCodeAt(mark, 0) ? StringPrototypeSlice(value, 1) : value;
}

function withoutTrailingColon(value) {
  return value !== '' && StringPrototypeIndexOf(value, ':', value.length - 1) >= 0 ? StringPrototypeSlice(value, 0, -1) : value;
}

module.exports = {
  DEFAULT_PORTS, credentials, domain, hash, ipv6Host, isSpecialScheme, opaqueHost, opaquePathname, pathname, port, portOf, protocol, search, withoutLeading,
  withoutTrailingColon,
};
