import { each, over } from './show.js';

const parts = (u) => [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash];

export default {
  parts: () => over(['https://u:p@h.example:8080/a/b?c=d#e', 'HTTP://EXAMPLE.com:80/../a/./b/%7e', 'http://a b/', 'http://münchen.example/ü?ü#ü', 'http://1.2.3/', 'http://0x7f.1/', 'http://[::1]:3/', 'http://[1:2::3:4]/', 'file:///C:/a/../b', 'file://host/a', 'mailto:a@b', 'data:text/plain,x y', 'javascript:alert(1)', 'blob:http://a/b', 'about:blank', 'x:y', 'x://a/b/../c', 'http://a/?q=\'"<>` ', 'http://a/#<>"` ', 'http://a/%zz', 'http://a\\b\\c', '  http://a/ \n', 'ht\ntp://a/\tb'], (u) => parts(new URL(u))),
  invalid: () => over(['', '/a', 'a', '//a', 'http://', 'http:', 'http:///', 'http://a:b', 'http://a:65536', 'http://a b', 'http://[::1', 'http://%zz/', 'http://a^b', 'http://256.1.1.1', 'http://1.2.3.4.5', 'http://xn--/', 'http://\u00ad/', 'http://a@', 'https://:80/', ':', 'http://a:-1'], (u) => new URL(u).href),
  invalidBase: () => each(() => new URL('a', 'b'), () => new URL('', ''), () => new URL('a', null), () => new URL('a', undefined), () => new URL('//x', 'mailto:a@b').href, () => new URL('a', 'mailto:a@b'), () => new URL('#f', 'mailto:a@b').href, () => new URL('?q', 'data:x')),
  relative: () => over(['', '.', '..', '../..', '../../../x', '/', '//h', '?', '#', '?q', '#h', 'x:y', 'http:a', 'a/./b/../c', './', '%2e%2e/a', '\\a', 'https:a'], (u) => new URL(u, 'http://base/a/b/c?d#e').href),
  arguments: () => each(() => new URL(), () => URL('http://a'), () => new URL(undefined), () => new URL(null), () => new URL({ toString: () => 'http://o/' }).href, () => new URL(Symbol('s')), () => new URL(7)),
  canParse: () => over(['http://a', 'a', '', 'http://'], (u) => [URL.canParse(u), URL.canParse(u, 'http://b'), URL.parse(u)?.href, URL.parse(u, 'http://b')?.href]),
  setters: () => {
    const results = [];
    for (const [name, value] of [['protocol', 'https'], ['protocol', 'x'], ['protocol', 'mailto:'], ['host', 'b:9'], ['host', ''], ['hostname', 'c:9'], ['port', '70000'], ['port', '8x'], ['port', ''], ['pathname', 'x y?#'], ['search', 'a b#'], ['search', ''], ['hash', '#a b'], ['hash', ''], ['username', 'ü:'], ['password', '@/'], ['href', 'http://new/']]) {
      const u = new URL('http://u:p@a:8/p?q#h');
      u[name] = value;
      results.push([name, value, u.href]);
    }
    return results;
  },
  hrefSetterThrows: () => each(() => { new URL('http://a').href = 'nonsense'; }, () => { 'use strict'; new URL('http://a').origin = 'x'; }),
  searchParamsAreLive: () => {
    const u = new URL('http://a/?x=1&y=2');
    const p = u.searchParams;
    p.append('z', 'a b&c');
    p.delete('x');
    const one = u.href;
    u.search = '?new=1';
    return [one, String(p), u.searchParams === p, (p.delete('new'), u.href)];
  },
  json: () => JSON.stringify({ u: new URL('http://a/b'), p: new URLSearchParams('a=1') }),
  shape: () => [Object.keys(new URL('http://a')), String(new URL('http://a/x')), Object.getOwnPropertyNames(URL.prototype).sort(), Object.getOwnPropertyNames(URL).sort(), URL.length],
  params: () => over(['', '?', 'a', 'a=', '=a', '=', '&', 'a&b', 'a=1&a=2', 'a=b=c', '?a=1', '??a', '%41=%zz', 'a+b=c+d', '%C3%A4=ä', 'a=%00', '&&a&&', 'a;b'], (s) => [...new URLSearchParams(s)]),
  paramsInit: () => over([undefined, null, 7, {}, { a: 1, b: undefined }, [], [['a', 'b'], ['a', 'c']], [['a']], [['a', 'b', 'c']], [7], new Map([['m', 1]]), new URLSearchParams('x=1'), 'a=1', Symbol.iterator === 1], (init) => [...new URLSearchParams(init)]),
  paramsToString: () => over([['a b', 'c+d'], ['ä', '日'], ['~!*()\'-._', '~!*()\'-._'], ['\ud800', '\n\r'], ['&=', '%'], ['', '']], ([name, value]) => String(new URLSearchParams([[name, value]]))),
  paramsMethods: () => {
    const p = new URLSearchParams('c=1&a=2&b=3&a=4');
    const out = [p.get('a'), p.getAll('a'), p.get('x'), p.has('a'), p.has('a', '4'), p.has('a', '5'), p.size];
    p.sort();
    out.push(String(p));
    p.set('a', 'new');
    out.push(String(p));
    p.delete('b', 'other');
    p.delete('c', '1');
    out.push(String(p), [...p.keys()], [...p.values()]);
    return out;
  },
  paramsErrors: () => each(() => new URLSearchParams().get(), () => new URLSearchParams().append('a'), () => URLSearchParams(''), () => new URLSearchParams().forEach(), () => new URLSearchParams().forEach(7)),
  paramsWhileIterating: () => { const p = new URLSearchParams('a=1&b=2&c=3'); const seen = []; for (const [name] of p) { seen.push(name); p.delete(name); } return [seen, String(p)]; },
  idna: () => over(['faß.de', 'xn--fa-hia.de', 'Bücher.example', '日本語.jp', 'a.b。c', '☃.net', 'xn--n3h.net', 'EXAMPLE.COM.', 'a..b', '-a-.com', 'a_b.com', 'xn--a.com', '\u200d.com', 'ab\u200dc.com', '1.1', '0300.1', '٣.com', '𝒶.com'], (h) => new URL(`http://${h}/`).hostname),
};
