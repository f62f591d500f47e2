import { each, over } from './show.js';

export default {
  values: () => over([undefined, null, true, 1, -0, NaN, 'a', 10n, new Date(5), /a/gi, [1, , 3], { a: { b: [1] } }, new Map([[{ a: 1 }, new Set([1])]]), new Uint8Array([1, 2]), new ArrayBuffer(2), new DataView(new ArrayBuffer(2)), Object(1), Object('s'), Object(1n), new Float32Array([1.5])], (v) => structuredClone(v)),
  refused: () => over([() => {}, Symbol('s'), { f() {} }, new WeakMap(), Promise.resolve(), class {}, new (class { #a = 1; })(), globalThis, { get a() { throw new Error('getter'); } }, new Proxy({}, {})], (v) => structuredClone(v)),
  errors: () => over([new Error('e'), new TypeError('t'), Object.assign(new Error('p'), { extra: 1 }), new Error('c', { cause: 'why' }), new (class Mine extends Error {})('m'), new DOMException('d', 'AbortError'), new AggregateError([new Error('a')], 'g')], (e) => { const c = structuredClone(e); return [c.name, c.message, c.cause, c.extra, c.constructor.name, c instanceof Error, typeof c.stack]; }),
  identity: () => { const shared = {}; const c = structuredClone({ a: shared, b: shared }); const cyclic = { name: 'c' }; cyclic.self = cyclic; const d = structuredClone(cyclic); return [c.a === c.b, d.self === d, d !== cyclic]; },
  prototypes: () => { class P { x = 1; get y() { return 2; } } const c = structuredClone(new P()); return [Object.getPrototypeOf(c) === Object.prototype, c.x, c.y, structuredClone(Object.create({ inherited: 1 })), structuredClone(Object.assign([1], { extra: 1 })).extra]; },
  accessors: () => Object.getOwnPropertyDescriptor(structuredClone(Object.defineProperty({}, 'a', { get: () => 7, enumerable: true })), 'a').value,
  nonEnumerable: () => Object.keys(structuredClone(Object.defineProperty({ a: 1 }, 'hidden', { value: 2 }))),
  symbolsAreDropped: () => structuredClone({ [Symbol('s')]: 1, a: 2 }),
  sharedBuffer: () => { const buffer = new ArrayBuffer(4); const c = structuredClone({ a: new Uint8Array(buffer), b: new Uint8Array(buffer, 2) }); return [c.a.buffer === c.b.buffer, c.b.byteOffset]; },
  transfer: () => { const buffer = new ArrayBuffer(4); const c = structuredClone({ buffer }, { transfer: [buffer] }); return [buffer.byteLength, c.buffer.byteLength]; },
  transferErrors: () => { const b = new ArrayBuffer(1); return each(() => structuredClone(1, { transfer: [1] }), () => structuredClone(1, { transfer: [b, b] }), () => structuredClone(1, { transfer: 7 }), () => structuredClone(), () => structuredClone(1, 7), () => structuredClone(new Uint8Array(2), { transfer: [new Uint8Array(2)] })); },
  platform: () => over([new Headers({ a: '1' }), new URL('http://a'), new Blob(['x']), new FormData(), new Response('x'), new Request('http://a'), new ReadableStream(), new AbortController().signal, new Event('x'), new URLSearchParams('a=1')], (v) => structuredClone(v)?.constructor.name),
};
