// Mistakes that the language itself finds: the words are V8's.
import { each, show } from './show.js';

const stack = (run) => { try { return run().stack; } catch (error) { return error.stack; } };
const top = (run, lines = 2) => stack(run).split('\n').slice(0, lines);

export default {
  readingOfNothing: () => each(() => null.x, () => undefined[0], () => ({}).a.b, () => { let o = {}; return o.a.b.c; }, () => { const k = 'kk'; return null[k]; }, () => { let o; o.m(); }, () => { let o = { a: {} }; return o.a.b?.c.d.e ?? o.a.b.c; }),
  writingToNothing: () => each(() => { let a; a.b = 1; }, () => { let a = null; a[3] = 1; }, () => { const o = {}; o.a.b = 1; }),
  inAsyncFunctions: () => each(async () => null.x, async () => { await 1; undefined.y; }, async () => { try { null.z; } catch (error) { return error.message; } }, () => Promise.resolve().then(() => null.q), () => new Promise(() => null.r)),
  inGenerators: () => each(() => [...(function* () { yield null.a; })()], async () => { for await (const x of (async function* () { yield null.b; })()) return x; }),
  inCallbacks: () => each(() => [1].map((x) => x.y.z), () => [1].forEach(() => undefinedName), () => 'a'.replace('a', () => null.c), () => JSON.parse('[1]', () => null.d)),
  caughtInPlace: () => { const seen = []; try { null.x; } catch (error) { seen.push(error.message, error instanceof TypeError, error.name, String(error)); } return seen; },
  constants: () => each(() => { const c = 1; c = 2; }, () => { for (const i = 0; i < 2; i++); }),
  beforeTheirTime: () => each(() => { x; let x; }, () => { const f = () => y; f(); let y = 1; }, () => { typeof z; let z; }, () => { new C(); class C {} }),
  unknownNames: () => each(() => nope, () => nope(), () => { nope = 5; }, () => nope.x),
  destructuring: () => each(
    () => { const { a } = null; }, () => { const { a } = undefined; }, () => { let obj; const { a, b } = obj; }, () => { let obj = {}; const { a, b } = obj.inner; }, () => { let obj = {}; const { a: { b } } = obj; },
    () => { const {} = null; }, () => { function f({ a }) {} f(); }, () => { function f({ a }) {} f(null); }, () => (({ a }) => a)(undefined), () => { const [a] = null; }, () => { const [a] = undefined; }, () => { let v = {}; const [a] = v; }),
  iterating: () => each(
    () => { let v = {}; for (const x of v); }, () => { let v; for (const x of v); }, () => { for (const x of 7); }, () => { let o = {}; for (const x of o.p); }, () => { let v; return [...v]; }, () => { let v = 5; return [...v]; },
    () => { let v = {}; return Math.max(...v); }, () => new Map(5), () => new Map([1]), () => new Set(5), () => Object.fromEntries(5), () => Array.from(null), async () => { for await (const x of null); }),
  calling: () => each(
    () => { let o = {}; o.m(); }, () => { let f; f(); }, () => { let f = 5; f(); }, () => { let o = { a: {} }; o.a.m(); }, () => { let k = 'kk', o = {}; o[k](); }, () => { let o = {}; o['m'](); }, () => [1].map(1), () => [1].map(), () => [1].find('x')),
  constructing: () => each(() => { let x; new x(); }, () => { class A {} A(); }, () => { class B {} class A extends B { constructor() {} } new A(); }, () => new Symbol(), () => Promise(), () => Map()),
  frozen: () => each(
    () => { const o = Object.freeze({ a: 1 }); o.a = 2; }, () => { const o = Object.freeze({}); o.b = 2; }, () => { const o = Object.freeze([1]); o.push(2); }, () => { const o = Object.freeze({ a: 1 }); delete o.a; },
    () => { const o = { get x() { return 1; } }; o.x = 2; }),
  privateMembers: () => each(() => { class A { #x = 1; static t(o) { return o.#x; } } A.t({}); }, () => { class A { #x = 1; static t(o) { o.#x = 1; } } A.t({}); }),
  bigInts: () => each(() => 1 + 1n, () => Number(1n) + 1n, () => +1n, () => BigInt('x'), () => BigInt(undefined), () => 1n / 0n, () => 2n ** -1n),
  operators: () => each(() => 1 instanceof 1, () => 1 instanceof {}, () => `${Symbol('x')}`, () => +Symbol()),
  ranges: () => each(() => new Array(-1), () => (1).toFixed(101), () => (1).toString(1), () => new Date(NaN).toISOString(), () => new ArrayBuffer(-1), () => new DataView(new ArrayBuffer(1)).getInt16(0)),
  withoutEnd: () => each(() => { function f() { f(); } f(); }),
  conversions: () => each(() => Object.keys(null), () => Object.entries(undefined), () => Object.assign(null), () => decodeURIComponent('%'), () => encodeURIComponent('\ud800')),
  json: () => each(
    ...['', '{', '{"a":1', '[1,2', '{a:1}', 'tru', 'nulll', '"abc', '<html>', '<!DOCTYPE html><html><head><title>x</title></head></html>', 'not json at all, and much longer than what is shown', '{"name": "value", "other": [1, 2, 3, oops], "more": "text that goes on"}',
      '[1, 2,\n 3,\n x]', '-', '1e', '"\\u12"', '"\t"', ' ', '[,]', '1 2'].map((text) => () => JSON.parse(text)),
    () => JSON.parse(undefined), () => JSON.parse({}), () => new Response('{"a":}').json(), () => new Response('').json()),
  circles: () => each(
    () => { const a = {}; a.a = a; JSON.stringify(a); }, () => { class Foo {} const a = new Foo(); a.list = [{ back: a }]; JSON.stringify(a); }, () => { const a = { b: { c: { d: {} } } }; a.b.c.d.e = a.b; JSON.stringify(a); },
    () => { const a = { b: { c: { d: { e: {} } } } }; a.b.c.d.e.f = a; JSON.stringify(a); }, () => JSON.stringify({ n: 1n })),
  promises: () => each(() => Promise.any([]), () => Promise.any([Promise.reject(1)]), async () => { try { await Promise.any([]); } catch (error) { return [error.message, error.errors, Object.keys(error)]; } }),
  intl: () => each(() => new Intl.NumberFormat('en', { style: 'currency' }), () => new Intl.DateTimeFormat('en', { timeZone: 'Mars' }), () => new Intl.DateTimeFormat('en').format(NaN), () => 'x'.localeCompare('y', 'no-such-locale-xx-')),
  ownErrorsAreLeftAlone: () => each(() => { throw new TypeError("Cannot read property 'x' of null"); }, () => { throw new TypeError('x is not a function'); }, () => { throw 5; }),
  stackOfAFunction: () => top(function named() { return new Error('m'); }),
  stackOfAMethod: () => { class A { m() { return new Error('m'); } } return top(() => new A().m()); },
  stackOfTheEngine: () => top(() => undefinedName()),
  stackOfTheRuntime: () => top(() => new URL('nope')),
  stackThroughABuiltin: () => top(() => [1].map(function named() { throw new Error('in'); }), 3),
  stackOfADomException: () => top(() => new DOMException('m', 'AbortError')),
  stackOfAnyObject: () => { const o = { name: 'N', message: 'm' }; Error.captureStackTrace(o); return [o.stack.split('\n')[0], Object.keys(o)]; },
  stackWithLimit: () => { const before = Error.stackTraceLimit; Error.stackTraceLimit = 1; const lines = new Error('m').stack.split('\n').length; Error.stackTraceLimit = before; return [before, lines]; },
  stackPrepared: () => { Error.prepareStackTrace = (error, frames) => [error.message, frames[0].getLineNumber() > 0, typeof frames[0].getFileName()]; const { stack: prepared } = new Error('m'); Error.prepareStackTrace = undefined; return [prepared, typeof new Error('m').stack]; },
  stackOfASubclass: () => { class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; } } const e = new Mine('q'); return [e.stack.split('\n')[0], show(e)]; },
  codeOfText: () => each(() => eval('1'), () => new Function('return 1'), () => Function('return 1'), () => (async () => {}).constructor('return 1'), () => (function* () {}).constructor('return 1'), () => (0, eval)('1')),
  locale: () => [new Intl.DateTimeFormat().resolvedOptions().timeZone, new Intl.NumberFormat().resolvedOptions().locale, new Date(0).toString(), new Date(0).toLocaleString(), new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(0), new Intl.DateTimeFormat('en', { hour: 'numeric' }).formatToParts(0).map((part) => part.value)],
  globalScope: () => [Object.prototype.toString.call(globalThis), String(self), globalThis instanceof ServiceWorkerGlobalScope],
};
