package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class UrlTest {

  @Test
  void urlsAreParsedAsTheStandardSays() {
    check(
        row("new URL('http://localhost:8080/a/b?c=d').pathname", "/a/b"),
        row("new URL('http://127.0.0.1:8787/').host", "127.0.0.1:8787"),
        row("new URL('https://example.com:443/x').port", ""),
        row("new URL('https://example.com:8443/x').origin", "https://example.com:8443"),
        row("new URL('HTTP://EXAMPLE.com/../a/./b/%2e%2E/c').href", "http://example.com/a/c"),
        row("new URL('http://example.com/a b?c d#e f').href", "http://example.com/a%20b?c%20d#e%20f"),
        row("new URL('//other/x', 'https://example.com/a').href", "https://other/x"),
        row("new URL('../x?y', 'https://example.com/a/b/c').href", "https://example.com/a/x?y"),
        row("new URL('?q', 'https://example.com/a/b#f').href", "https://example.com/a/b?q"),
        row("new URL('http://user:p%40ss@host/').password", "p%40ss"),
        row("new URL('http://0x7f.1/').host", "127.0.0.1"),
        row("new URL('http://1.2.3.256/')", "TypeError: Invalid URL string."),
        row("new URL('http://[2001:db8:0:0::1]/').host", "[2001:db8::1]"),
        row("new URL('http://[::ffff:1.2.3.4]/').host", "[::ffff:102:304]"),
        row("new URL('https://faß.example/ü').href", "https://xn--fa-hia.example/%C3%BC"),
        row("new URL('http://ex ample/')", "TypeError: Invalid URL string."),
        row("new URL('/relative')", "TypeError: Invalid URL string."),
        row("new URL('http://host:70000/')", "TypeError: Invalid URL string."),
        row("new URL('mailto:a@b').pathname", "a@b"),
        row("new URL('data:text/plain,a b').href", "data:text/plain,a b"),
        row("new URL('file:///C|/x/..').href", "file:///C:/"),
        row("new URL('blob:https://example.com/id').origin", "https://example.com"),
        row("URL.canParse('x:')", "true"),
        row("URL.parse('nope')", "null"),
        row("new URL()", "TypeError: Failed to construct 'URL': constructor parameter 1 is not of type 'USVString'."),
        row("URL('http://a/')", "TypeError: Class constructor URL cannot be invoked without 'new'"),
        row("structuredClone(new URL('http://a/'))", "DataCloneError: Could not serialize object of type \"URL\". This type does not support serialization."),
        row("JSON.stringify(new URL('http://a/b'))", "\"http://a/b\""),
        row("(() => { try { URL.prototype.toString.call({}); } catch (e) { return e instanceof TypeError; } })()", "true"));
  }

  @Test
  void settersChangeOnePartAndRefuseWhatDoesNotFit() {
    String set = "((u, name, value) => { const url = new URL(u); url[name] = value; return url.href; })";
    check(
        row(set + "('http://a/b', 'protocol', 'https')", "https://a/b"),
        row(set + "('http://a/b', 'protocol', 'data')", "http://a/b"),
        row(set + "('http://a:1/b', 'host', 'c:2')", "http://c:2/b"),
        row(set + "('http://a:1/b', 'hostname', 'c:2')", "http://a:1/b"),
        row(set + "('http://a:1/b', 'port', '80')", "http://a/b"),
        row(set + "('http://a/b', 'port', '90x')", "http://a:90/b"),
        row(set + "('http://a/b', 'pathname', 'x y?')", "http://a/x%20y%3F"),
        row(set + "('http://a/b?c', 'search', '')", "http://a/b"),
        row(set + "('http://a/b', 'hash', 'x')", "http://a/b#x"),
        row(set + "('http://a/b', 'username', 'u:')", "http://u%3A@a/b"),
        row(set + "('file:///b', 'username', 'u')", "file:///b"));
  }

  @Test
  void searchParamsAndUrlFollowEachOther() {
    check(
        row("(() => { const u = new URL('http://a/?x=1'); u.searchParams.append('y', 'a b&'); return u.href; })()", "http://a/?x=1&y=a+b%26"),
        row("(() => { const u = new URL('http://a/?x=1'); const p = u.searchParams; u.search = '?z=2'; return [...p].join(); })()", "z,2"),
        row("(() => { const u = new URL('http://a/?x=1'); u.searchParams.delete('x'); return u.href; })()", "http://a/"),
        row("new URLSearchParams('?a=1&a=2&b=%zz+%C3%BC').toString()", "a=1&a=2&b=%25zz+%C3%BC"),
        row("new URLSearchParams([['a', 1], ['b', 2]]).get('b')", "2"),
        row("new URLSearchParams({ a: 'x', b: 'y' }).size", "2"),
        row("new URLSearchParams([['a']])", "TypeError: Invalid URL search params sequence."),
        row("new URLSearchParams('a=1&b=2&a=3').getAll('a')", "[\"1\",\"3\"]"),
        row("(() => { const p = new URLSearchParams('b=1&a=2&b=0'); p.sort(); return p.toString(); })()", "a=2&b=1&b=0"),
        row("(() => { const p = new URLSearchParams('a=1&a=2'); p.delete('a', '1'); return p.toString() + p.has('a', '2'); })()", "a=2true"),
        row("Object.prototype.toString.call(new URLSearchParams().entries())", "[object URLSearchParams Iterator]"));
  }
}
