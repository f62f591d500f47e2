package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class HeadersTest {

  @Test
  void namesCompareWithoutCaseAndComeOutSorted() {
    check(
        row("[...new Headers({ B: '1', a: '2' })].join(';')", "a,2;b,1"),
        row("new Headers([['X-A', ' v ']]).get('x-a')", "v"),
        row("new Headers().get('none')", "null"),
        row("(() => { const h = new Headers(); h.append('a', '1'); h.append('A', '2'); return h.get('a'); })()", "1, 2"),
        row("(() => { const h = new Headers({ a: '1' }); h.append('a', '2'); h.set('a', '3'); return [...h.keys()].join() + h.get('a'); })()", "a3"),
        row("(() => { const h = new Headers({ a: '1', b: '2' }); h.delete('A'); return h.has('a') + ' ' + h.has('b'); })()", "false true"),
        row("(() => { const r = []; new Headers({ b: 1, a: 2 }).forEach((v, k) => r.push(k + v)); return r.join(); })()", "a2,b1"),
        row("[...new Headers(new Headers({ a: 'b' })).values()].join()", "b"));
  }

  @Test
  void cookiesAreNotCombined() {
    String two = "(() => { const h = new Headers(); h.append('set-cookie', 'a=1'); h.append('Set-Cookie', 'b=2'); return h; })()";
    check(
        row(two + ".getSetCookie()", "[\"a=1\",\"b=2\"]"),
        row(two + ".getAll('set-cookie')", "[\"a=1\",\"b=2\"]"),
        row("[..." + two + "].length", "2"),
        row(two + ".get('set-cookie')", "a=1, b=2"),
        row(two + ".getAll('x')", "TypeError: getAll() can only be used with the header name \"Set-Cookie\"."));
  }

  @Test
  void invalidNamesAndValuesAreRefusedByName() {
    check(
        row("new Headers({ 'a b': '1' })", "TypeError: Invalid header name."),
        row("new Headers().set('a', 'x\\ny')", "TypeError: Invalid header value."),
        row("const h = new Headers(); h.append('a', '€'); h.get('a')", "€"),
        row("new Headers().get()", "TypeError: Failed to execute 'get' on 'Headers': parameter 1 is not of type 'string'."),
        row("new Headers('x')", "TypeError: Failed to construct 'Headers': constructor parameter 1 is not of type 'Headers or Sequence or object'."),
        row("new Headers([['a']])", "TypeError: To initialize a Headers object from a sequence, each inner sequence must have exactly two elements."));
  }

  @Test
  void interfaceLooksAsWebIdlSays() {
    check(
        row("Object.prototype.toString.call(new Headers())", "[object Headers]"),
        row("Object.keys(Headers.prototype).sort().join()", "append,delete,entries,forEach,get,getAll,getSetCookie,has,keys,set,values"),
        row("Headers.length + ' ' + Headers.prototype.append.length + ' ' + Headers.name", "0 2 Headers"),
        row("Headers.prototype[Symbol.iterator] === Headers.prototype.entries", "true"),
        row("new DOMException('m', 'AbortError').code", "20"),
        row("new DOMException('m', 'AbortError') instanceof Error", "true"),
        row("String(new DOMException('m', 'DataCloneError'))", "DataCloneError: m"));
  }
}
