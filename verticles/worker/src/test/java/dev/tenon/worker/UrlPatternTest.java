package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class UrlPatternTest {

  @Test
  void groupsComeWithTheirNames() {
    check(
        row("new URLPattern({ pathname: '/books/:id(\\\\d+)' }).exec('https://a/books/12').pathname", "{\"input\":\"/books/12\",\"groups\":{\"id\":\"12\"}}"),
        row("new URLPattern({ pathname: '/a{/:rest}*' }).exec('https://a/a/b/c').pathname.groups", "{\"rest\":\"b/c\"}"),
        row("new URLPattern({ pathname: '/a{/:rest}?' }).exec('https://a/a').pathname.groups.rest", "undefined"),
        row("new URLPattern({ pathname: '/*/x/*' }).exec('https://a/1/x/2/3').pathname.groups", "{\"0\":\"1\",\"1\":\"2/3\"}"),
        row("new URLPattern('https://:sub.example.com/*').exec('https://api.example.com/x').hostname.groups", "{\"sub\":\"api\"}"),
        row("new URLPattern({ pathname: '/:__proto__' }).exec('https://a/b').pathname.groups.__proto__", "b"),
        row("new URLPattern('/p/:id', 'https://a').exec('/p/7', 'https://a').inputs", "[\"/p/7\",\"https://a\"]"),
        row("new URLPattern({ pathname: '/a' }).exec({ pathname: '/a' }).inputs", "[{\"pathname\":\"/a\"}]"));
  }

  @Test
  void whatDoesNotMatchIsNull() {
    check(
        row("new URLPattern({ pathname: '/books/:id(\\\\d+)' }).exec('https://a/books/x')", "null"),
        row("new URLPattern({ hostname: 'a' }).test('no url')", "false"),
        row("new URLPattern({ pathname: '/A' }).test('https://a/a')", "false"),
        row("new URLPattern({ pathname: '/A' }, { ignoreCase: true }).test('https://a/a')", "true"),
        row("new URLPattern('https://a/B', { ignoreCase: true }).test('https://a/b')", "true"),
        row("new URLPattern('/B', 'https://a', { ignoreCase: true }).test('https://a/b')", "true"),
        row("new URLPattern({ search: 'q=*' }).test('https://a/?q=1#x')", "true"),
        row("new URLPattern({ port: '443' }).test('https://a/')", "false"));
  }

  @Test
  void componentsAreCanonicalPatterns() {
    check(
        row("['protocol', 'hostname', 'port', 'pathname', 'search', 'hash'].map((n) => new URLPattern('https://EXAMPLE.com:443/:a/{b}?#h')[n])",
            "[\"https\",\"example.com\",\"\",\"/:a/{b}?\",\"\",\"h\"]"),
        row("new URLPattern({ pathname: '/ü' }).pathname", "/%C3%BC"),
        row("new URLPattern({ hostname: 'faß.example' }).hostname", "xn--fa-hia.example"),
        row("new URLPattern({ hostname: '[FE80\\\\:\\\\:1]' }).hostname", "[fe80\\:\\:1]"),
        row("new URLPattern().pathname", "*"),
        row("new URLPattern({ pathname: '/:a(x)' }).hasRegExpGroups", "true"),
        row("new URLPattern({ pathname: '/:a' }).hasRegExpGroups", "false"),
        row("new URLPattern({ pathname: '/([\\\\p{L}--[a-z]])' }).test({ pathname: '/A' })", "true"));
  }

  @Test
  void errorsSayWhatIsWrong() {
    check(
        row("new URLPattern('/relative')", "TypeError: Failed to construct 'URLPattern': a relative pattern needs a base URL, \"/relative\" has none."),
        row("new URLPattern({}, 'https://a')",
            "TypeError: Failed to construct 'URLPattern': a base URL beside an init object is not possible, put it into the object."),
        row("new URLPattern({ pathname: '/:a/:a' })", "TypeError: Invalid pattern \"/:a/:a\": the name \"a\" is there twice."),
        row("new URLPattern({ pathname: '/(' })", "TypeError: Invalid pattern \"/(\": a group is not a regular expression that a pattern can have at 1."),
        row("new URLPattern({ pathname: '/{a' })", "TypeError: Invalid pattern \"/{a\": \"}\" is missing at 3."),
        row("new URLPattern({ pathname: '/([z-a])' })", "TypeError: Invalid pattern \"/([z-a])\": its regular expression is not valid."),
        row("new URLPattern({ port: '70000' })", "TypeError: Invalid port \"70000\"."));
  }

  @Test
  void textsAreMadeOfGroups() {
    check(
        row("new URLPattern({ pathname: '/:a/x' }).generate('pathname', { a: 'ü' })", "/%C3%BC/x"),
        row("new URLPattern({ pathname: '/*' }).generate('pathname', {})",
            "TypeError: Failed to execute 'generate' on 'URLPattern': the groups given do not determine the pathname of this pattern."),
        row("URLPattern.compareComponent('pathname', new URLPattern({ pathname: '/a' }), new URLPattern({ pathname: '/*' }))", "1"));
  }
}
