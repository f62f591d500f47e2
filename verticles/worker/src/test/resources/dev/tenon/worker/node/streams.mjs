import stream, { Readable, Writable, Transform, Duplex, PassThrough, finished, addAbortSignal } from 'node:stream';
import { pipeline, finished as finishedLater } from 'node:stream/promises';
import { text, json, buffer } from 'node:stream/consumers';
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import timers from 'node:timers';
import { setTimeout as later, setImmediate as soon } from 'node:timers/promises';
import dc from 'node:diagnostics_channel';
import assert from 'node:assert';

const als = new AsyncLocalStorage();
const upper = () => new Transform({ transform(c, e, cb) { cb(null, c.toString().toUpperCase()); } });
const failing = (work) => { try { work(); } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
export default {
  'readable from': async () => (await Readable.from(['a', 'b']).toArray()),
  'readable push': async () => { const r = new Readable({ read() { this.push('x'); this.push(null); } }); return text(r); },
  'pipeline': async () => { const seen = []; await pipeline(Readable.from(['a', 'b']), upper(), new Writable({ write(c, e, cb) { seen.push(c.toString()); cb(); } })); return seen; },
  'pipeline of generators': async () => { let out = ''; await pipeline(async function* () { yield 'a'; yield 'b'; }, async function* (s) { for await (const c of s) yield c + c; }, async (s) => { for await (const c of s) out += c; }); return out; },
  'pipeline fails': async () => pipeline(Readable.from(['a']), new Transform({ transform(c, e, cb) { cb(new Error('broken')); } }), new PassThrough()),
  'pipe': async () => text(Readable.from(['x', 'y']).pipe(upper())),
  'object mode': async () => Readable.from([{ a: 1 }, { a: 2 }]).map((o) => o.a * 2).toArray(),
  'operators': async () => [await Readable.from([1, 2, 3, 4]).filter((n) => n % 2).toArray(), await Readable.from([1, 2, 3]).reduce((a, b) => a + b), await Readable.from([1, 2, 3]).take(2).toArray()],
  'back pressure': () => { const w = new Writable({ highWaterMark: 3, write() {} }); return [w.write('ab'), w.write('cd'), w.writableLength, w.writableNeedDrain]; },
  'destroy': async () => { const r = new Readable({ read() {} }); r.destroy(new Error('gone')); return new Promise((done) => r.on('error', (e) => done([e.message, r.destroyed]))); },
  'premature close': async () => { const r = new Readable({ read() {} }); setTimeout(() => r.destroy(), 1); return finishedLater(r); },
  'finished': async () => new Promise((done) => { const w = new Writable({ write(c, e, cb) { cb(); } }); finished(w, (e) => done(['finished', e])); w.end('x'); }),
  'write after end': async () => { const w = new Writable({ write(c, e, cb) { cb(); } }); const p = new Promise((done) => w.on('error', (e) => done(e.code))); w.end(); w.write('x'); return p; },
  'encoding': async () => { const r = Readable.from([Buffer.from([0xe2, 0x82]), Buffer.from([0xac])], { objectMode: false }); r.setEncoding('utf8'); let s = ''; for await (const c of r) s += c; return s; },
  'to and from web': async () => [await text(Readable.fromWeb(new Blob(['web']).stream())), await new Response(Readable.toWeb(Readable.from([Buffer.from('node')]))).text()],
  'writable to web': async () => { let seen = ''; const w = Writable.toWeb(new Writable({ write(c, e, cb) { seen += c; cb(); } })).getWriter(); await w.write(Buffer.from('ab')); await w.close(); return seen; },
  'consumers': async () => [await json(Readable.from(['{"a":', '1}'])), await buffer(Readable.from(['xy']))],
  'abort signal': async () => { const c = new AbortController(); const r = addAbortSignal(c.signal, new Readable({ read() {} })); const p = new Promise((done) => r.on('error', (e) => done(e.name))); c.abort(); return p; },
  'old style': async () => { function My() { Transform.call(this); } Object.setPrototypeOf(My.prototype, Transform.prototype); My.prototype._transform = function (c, e, cb) { cb(null, `<${c}>`); }; const m = new My(); m.end('x'); return text(m); },
  'compose': async () => text(stream.compose(upper(), new PassThrough()).end('q')),
  'als across await': async () => als.run('s', async () => { await null; await later(1); return als.getStore(); }),
  'als in timers': () => als.run(1, () => new Promise((done) => setTimeout(() => done(als.getStore()), 1))),
  'als in setImmediate and nextTick': () => als.run(2, () => new Promise((done) => setImmediate(() => process.nextTick(() => queueMicrotask(() => done(als.getStore())))))),
  'als in streams': async () => als.run('st', () => new Promise((done) => { const t = upper(); t.on('data', () => done(als.getStore())); t.write('x'); })),
  'als in emitters': () => { const e = new EventEmitter(); let seen; e.on('x', () => { seen = als.getStore(); }); als.run('em', () => e.emit('x')); return seen; },
  'als nested and left': () => als.run(1, () => [als.getStore(), als.run(2, () => als.getStore()), als.exit(() => als.getStore()), als.getStore()]),
  'als outside': () => als.getStore(),
  'als snapshot and bind': () => { const snap = als.run('snap', () => AsyncLocalStorage.snapshot()); const bound = als.run('bound', () => AsyncLocalStorage.bind(() => als.getStore())); return [snap(() => als.getStore()), bound()]; },
  'als throws': () => { try { als.run(1, () => { throw new Error('x'); }); } catch (e) { return [e.message, als.getStore()]; } },
  'async resource': () => { const r = als.run('res', () => new AsyncResource('T')); return [r.runInAsyncScope((a) => [als.getStore(), a], null, 5), r.bind(function () { return als.getStore(); })(), typeof r.asyncId()]; },
  'async resource arguments': () => new AsyncResource(),
  'diagnostics channel': () => { const seen = []; const c = dc.channel('c'); const f = (m, n) => seen.push([m, n]); dc.subscribe('c', f); c.publish({ a: 1 }); return [seen, c.hasSubscribers, dc.unsubscribe('c', f), c.hasSubscribers]; },
  'tracing channel': () => { const seen = []; const t = dc.tracingChannel('t'); t.subscribe({ start: () => seen.push('start'), end: (m) => seen.push(m.result) }); return [t.traceSync((a) => a + 1, {}, null, 1), seen]; },
  'timers promises': async () => [await later(1, 'v'), await soon('i')],
  'timers aborted': async () => later(1000, 0, { signal: AbortSignal.abort() }),
  'timer object': async () => { const t = timers.setTimeout(() => {}, 1000); timers.clearTimeout(t); return [typeof t.ref, t.hasRef(), typeof +t]; },
  'timer callback': () => timers.setTimeout('x'),
  'immediate cleared': async () => { let n = 0; clearImmediate(setImmediate(() => n++)); await later(2); return n; },
  'nextTick arguments': () => new Promise((done) => process.nextTick((...a) => done(a), 1, 2)),
  'assert ok': () => [failing(() => assert(0, 'no')), failing(() => assert.equal(1, 2)), failing(() => assert.strictEqual(1, 2)), failing(() => assert.fail('f')), failing(() => assert.throws(() => {})), failing(() => assert.ifError(null))],
  'assert deep': () => [failing(() => assert.deepEqual({ a: 1 }, { a: '1' })), failing(() => assert.deepStrictEqual(new Map([[1, { a: [1] }]]), new Map([[1, { a: [1] }]]))), failing(() => assert.notDeepStrictEqual([1], [2])), failing(() => assert.deepStrictEqual(new Set([{ a: 1 }]), new Set([{ a: 1 }]))), failing(() => assert.deepEqual(new Date(1), new Date(1))), failing(() => assert.deepStrictEqual(NaN, NaN))],
  'assert throws': () => [failing(() => assert.throws(() => { throw new TypeError('bad'); }, TypeError)), failing(() => assert.throws(() => { throw new TypeError('bad'); }, /bad/)), failing(() => assert.throws(() => { throw new TypeError('bad'); }, { name: 'TypeError', message: 'bad' })), failing(() => assert.doesNotThrow(() => { throw new Error('x'); }, 'msg'))],
  'assert rejects': async () => { await assert.rejects(Promise.reject(new Error('r')), /r/); try { await assert.rejects(Promise.resolve(1)); } catch (e) { return e.message; } },
  'assert match': () => [failing(() => assert.match('abc', /b/)), failing(() => assert.match('abc', /x/)), failing(() => assert.doesNotMatch('abc', /b/))],
  'assert error': () => { try { assert.strictEqual(1, 2, 'why'); } catch (e) { return [e.name, e.code, e.actual, e.expected, e.operator, e.generatedMessage, e instanceof assert.AssertionError]; } },
};
