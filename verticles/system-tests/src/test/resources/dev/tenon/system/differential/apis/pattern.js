import { each, over } from './show.js';

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const parts = (pattern) => COMPONENTS.map((name) => pattern[name]);
const groups = (match) => match && COMPONENTS.map((name) => [match[name].input, Object.entries(match[name].groups).map(String)]);

export default {
  strings: () => over(['https://a/b', 'https://*.example.com/:id', 'http{s}?://:host/*', '*://*/*', 'https://a:443/x', 'https://a:8080', 'data:foo*', 'https://u:p@h/', 'https://h/a?b=*#c', '(https?)://h',
    'https://[\\:\\:1]/', 'https://h/a\\:b', 'https://ü.example/ü', 'a.b/c', '/x', 'https://a:{80,443}', 'https://(h'], (text) => parts(new URLPattern(text))),
  bases: () => over([['/a/:b', 'https://h/x/y'], ['../a', 'https://h/x/y'], ['?q', 'https://h/x'], ['#f', 'https://h/x?q'], ['a*', 'https://h/x/'], ['/a', 'nope'], [{ pathname: 'b', baseURL: 'https://h/a/c' }], [{ hostname: 'x', baseURL: 'https://h/a' }], [{}, 'https://h']],
    (args) => parts(new URLPattern(...args))),
  components: () => over([{ pathname: '/a/{b}?' }, { pathname: '/:x(\\d+)+' }, { pathname: '/a{/:b}*' }, { pathname: '/*' }, { pathname: '(.*)' }, { pathname: ':a:b' }, { pathname: '/:a?b' }, { hostname: '*.b' }, { port: '80' }, { port: '080' }, { port: 'x' }, { protocol: 'ht{t}ps' }, { search: '?a' }, { hash: '#a' }, { username: 'ü' }, { pathname: 'ü' }, { hostname: 'faß.de' }, { hostname: 'a b' }, { hostname: '[::1' }, { protocol: '1a' }],
    (init) => parts(new URLPattern(init))),
  matches: () => over([
    [{ pathname: '/a/:b' }, 'https://h/a/c'], [{ pathname: '/a/:b' }, 'https://h/a/c/d'], [{ pathname: '/a{/:b}?' }, 'https://h/a'], [{ pathname: '/a{/:b}*' }, 'https://h/a/1/2'], [{ pathname: '/:a(\\d+)' }, 'https://h/7'],
    [{ pathname: '/*' }, 'https://h/x/y'], [{ pathname: '/A' }, 'https://h/a'], [{ hostname: '*.b' }, 'https://a.b/'], [{ search: 'a=*' }, 'https://h/?a=1'], [{ hash: ':x' }, 'https://h/#y'], [{ protocol: 'http{s}?' }, 'ws://h'],
    [{ port: '8080' }, 'https://h:8080/'], [{ pathname: '/([\\w--[a-z]])' }, 'https://h/B'], [{ pathname: '/é' }, 'https://h/é'], [{}, 'nope'], [{ pathname: '/x' }, { pathname: '/x' }],
  ], ([init, input]) => groups(new URLPattern(init).exec(input))),
  ignoringCase: () => over([['https://h/A', { ignoreCase: true }], ['/A', 'https://h', { ignoreCase: true }], [{ pathname: '/A' }, { ignoreCase: true }], [{ pathname: '/A' }]], (args) => new URLPattern(...args).test('https://h/a')),
  regExpGroups: () => over([{}, { pathname: '/:a' }, { pathname: '/:a(x)' }, { hash: '(y)' }, { pathname: '*' }], (init) => new URLPattern(init).hasRegExpGroups),
  tests: () => each(() => new URLPattern().test(), () => new URLPattern({ pathname: '/a' }).test('/a', 'https://h'), () => new URLPattern({ pathname: '/a' }).test({ pathname: '/a' }), () => new URLPattern().exec('https://h').inputs,
    () => new URLPattern('https://h').exec('/x', 'https://h')?.inputs),
  errors: () => over(['https://h/(', 'https://h/{', 'https://h/:', 'https://h/(?a)', 'https://h/(é)', 'https://h/:a/:a', 'https://h/([z-a])', '', 'x'], (text) => { try { new URLPattern(text); return 'made'; } catch (error) { return error.name; } }),
};
