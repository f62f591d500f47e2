import util, { inspect, format, promisify, callbackify, isDeepStrictEqual, parseArgs, types } from 'node:util';
import url from 'node:url';

const urls = ['http://user:pa%20ss@host.com:8080/p/a/t/h?query=string#hash', '/a/b?c=d', 'mailto:a@b.c', '//host/path', 'http://HOST.com', 'javascript:alert(1)', 'http://a.b/c d', 'file:///etc/x', 'http://[::1]:3000/', 'x:y', '', '#h', '?q=1', 'http://x.y?z', 'https://例え.jp/あ'];
const circular = { name: 'c' };
circular.self = circular;
export default {
  'inspect': () => [1, -0, 'it\'s', 10n, Symbol('s'), null, undefined, true, [1, , 3], [[[[1]]]], { a: { b: { c: { d: 1 } } } }, new Map([[{ a: 1 }, 'x']]), new Set([1]), new Date(0), /x/g, () => {}, class A extends Map {}, function named() {}, async () => {}, new (class Foo { x = 1; })(), Object.create(null), new Uint8Array(3), new ArrayBuffer(2), circular, new Error('e').message, Object(1), Object('s'), new WeakMap(), (function () { return arguments; })(1, 2), Object.assign(() => {}, { a: 1 }), { [Symbol.iterator.description]: 1, 'a-b': 2 }, { get a() { return 1; }, set b(v) {} }].map((v) => inspect(v)),
  'inspect options': () => [inspect({ a: { b: { c: 1 } } }, { depth: 0 }), inspect({ a: 1, b: 'x' }, { colors: true }), inspect([1, 2, 3, 4], { maxArrayLength: 2 }), inspect('abcdef', { maxStringLength: 3 }), inspect({ b: 1, a: 2 }, { sorted: true }), inspect({ a: 1, b: [1, 2] }, { compact: false }), inspect({ get a() { return 5; } }, { getters: true }), inspect({ a: { b: 1 } }, { breakLength: 3 }), inspect(123456789, { numericSeparator: true }), inspect({ a: 1n, s: Symbol('x') }, false, 2, true)],
  'inspect custom': () => [inspect({ [inspect.custom]: (depth, options) => `custom ${depth} ${typeof options.stylize}` }), inspect({ x: { [inspect.custom]() { return { inner: 1 }; } } }), inspect({ [inspect.custom]: () => 'no' }, { customInspect: false }).includes('custom')],
  'inspect long': () => [inspect({ a: 'x'.repeat(50), b: 'y'.repeat(50) }), inspect(Array.from({ length: 120 }, (_, i) => i)), inspect(['aaa', 'bbbbbb', 'c', 'dd', 'eeee', 'f', 'g', 'hhhhhhhhh']), inspect({ list: Array(8).fill({ k: 1 }) })],
  'inspect classes': () => [inspect(new (class B extends Array {})(2)), inspect(new (class C extends Map {})()), inspect(Object.create({ constructor: { name: 'X' } })), inspect(new (class { get [Symbol.toStringTag]() { return 'T'; } })()), inspect(class {}), inspect(Object.create(Foo2.prototype))],
  'format': () => [format('%s %d %i %f %j %o %O %%', 'a', '1.5', 2.9, '3.1', { a: 1 }, [1], { b: 2 }), format('%s', null, undefined, 5n, Symbol('a')), format('a', 'b', { c: 1 }), format('%s', { a: { b: 1 } }), format('%x', 1), format(1, 2), format('%d', {}), format('%s', -0), format('%c styled', 'css'), format('%s', [1, [2]]), format()],
  'promisify': async () => [await promisify((a, cb) => cb(null, a + 1))(1), await promisify(setTimeout)(1, 'timer')],
  'promisify rejects': () => promisify((cb) => cb(new Error('no')))(),
  'promisify nothing': () => promisify(5),
  'callbackify': async () => [await new Promise((d) => callbackify(async (a) => a)(3, (e, v) => d([e, v]))), await new Promise((d) => callbackify(async () => { throw null; })((e) => d([e.code, e.message])))],
  'isDeepStrictEqual': () => [isDeepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), isDeepStrictEqual([1], ['1']), isDeepStrictEqual(new Set([[1]]), new Set([[1]])), isDeepStrictEqual(NaN, NaN), isDeepStrictEqual(0, -0), isDeepStrictEqual(circular, circular), isDeepStrictEqual({ a: undefined }, {}), isDeepStrictEqual([, 1], [undefined, 1]), isDeepStrictEqual(new Error('a'), new Error('a')), isDeepStrictEqual(Buffer.from('a'), new Uint8Array([97]))],
  'types': () => [types.isPromise(Promise.resolve()), types.isDate(new Date()), types.isDate({ [Symbol.toStringTag]: 'Date' }), types.isMap(new Map()), types.isRegExp(/x/), types.isGeneratorFunction(function* () {}), types.isAsyncFunction(async () => {}), types.isUint8Array(Buffer.alloc(1)), types.isTypedArray(new DataView(new ArrayBuffer(1))), types.isAnyArrayBuffer(new ArrayBuffer(1)), types.isBoxedPrimitive(Object(1n)), types.isNativeError(new TypeError()), types.isArgumentsObject((function () { return arguments; })()), types.isSet(new Map()), types.isWeakSet(new WeakSet()), types.isNumberObject(Object(1)), types.isMapIterator(new Map().keys())],
  'parseArgs': () => [parseArgs({ args: ['-f', '--bar', 'b', 'pos'], options: { foo: { type: 'boolean', short: 'f' }, bar: { type: 'string' } }, allowPositionals: true }), parseArgs({ args: ['-abc', '--x=1', '--x=2', '--', '-y'], options: { a: { type: 'boolean', short: 'a' }, b: { type: 'boolean', short: 'b' }, c: { type: 'string', short: 'c', default: 'd' }, x: { type: 'string', multiple: true } }, strict: false, tokens: true }), parseArgs({ args: [], options: { d: { type: 'string', default: 'v' } } })],
  'parseArgs unknown': () => parseArgs({ args: ['--nope'] }),
  'parseArgs positional': () => parseArgs({ args: ['x'] }),
  'parseArgs missing value': () => parseArgs({ args: ['--s'], options: { s: { type: 'string' } } }),
  'small things': () => [util.inherits.length, util.stripVTControlCharacters('\u001b[31mx\u001b[39m'), util.toUSVString('\ud800'), util.types === types, typeof util.TextEncoder, util.isArray([]), util.getSystemErrorName(-2), util.inspect.custom === Symbol.for('nodejs.util.inspect.custom')],
  'mime': () => { const m = new util.MIMEType('text/HTML; charset="utf-8"; x=1'); return [String(m), m.essence, m.params.get('charset'), [...m.params.keys()]]; },
  'mime wrong': () => { try { new util.MIMEType('nonsense'); } catch (e) { return e.code; } },
  'deprecate': () => util.deprecate(() => 'called', 'old')(),
  'inherits': () => { function A() {} function B() {} B.prototype.x = () => 'x'; util.inherits(A, B); return [new A().x(), A.super_ === B]; },
  'url parse': () => urls.map((u) => { try { return url.parse(u); } catch (e) { return e.code; } }),
  'url parse query': () => [url.parse('/a?b=c&d=e', true).query, url.parse('//h/p', false, true).host, url.parse('/a', true).query],
  'url format': () => [url.format({ protocol: 'http', host: 'a.b:8', pathname: 'x y', query: { q: [1, 2] } }), url.format({ hostname: '::1', port: 5, slashes: true }), url.format(new URL('http://ü.com/p?a#b'), { unicode: true, search: false, fragment: false }), url.format('http://a/b c'), url.format({ pathname: '/p', search: 'a=b', hash: 'h' })],
  'url resolve': () => [['/one/two/three', 'four'], ['http://example.com/', '/one'], ['http://example.com/one', '/two'], ['http://a/b/c/d', '../e'], ['http://a/b', '//c/d'], ['http://a/b?x', '?y'], ['http://a/b#x', '#y'], ['http://a/b', 'mailto:x@y'], ['a/b', '../../c'], ['http://a.com/b/cd/../e', '.'], ['/a/b/', './c'], ['http://u:p@h/x', '/y'], ['http://a/b', 'https:c']].map(([a, b]) => url.resolve(a, b)),
  'file urls': () => [url.fileURLToPath('file:///a%20b/c'), url.pathToFileURL('/a b#?%').href, url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.urlToHttpOptions(new URL('https://u:p@a.com:8/x?y')).auth],
  'file url of http': () => url.fileURLToPath('http://a'),
  'url not a string': () => url.parse(5),
  'process': () => [typeof process.version, process.platform, typeof process.hrtime()[0], typeof process.hrtime.bigint(), typeof process.uptime(), Array.isArray(process.argv), typeof process.nextTick, process.env.NOPE, typeof process.versions.node, typeof process.memoryUsage().rss, String(process), typeof process.on],
  'process env is text': () => { process.env.X_TEST = 5; process.env.Y_TEST = undefined; const seen = [process.env.X_TEST, process.env.Y_TEST, 'X_TEST' in process.env]; delete process.env.X_TEST; delete process.env.Y_TEST; return [...seen, process.env.X_TEST]; },
  'globals': () => [global === globalThis, typeof setImmediate, typeof Buffer, typeof process],
};
function Foo2() {}
