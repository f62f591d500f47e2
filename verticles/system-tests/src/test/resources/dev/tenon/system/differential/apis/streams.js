import { attempt, each, text } from './show.js';

const read = async (stream) => { const out = []; for await (const chunk of stream) out.push(chunk instanceof Uint8Array ? new TextDecoder().decode(chunk) : chunk); return out; };
const of = (...chunks) => new ReadableStream({ start(c) { for (const chunk of chunks) c.enqueue(chunk); c.close(); } });
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export default {
  read: () => read(of('a', 1, null)),
  from: async () => [await read(ReadableStream.from(['a', Promise.resolve('b')])), await attempt(() => ReadableStream.from(7)), await attempt(() => ReadableStream.from(null))],
  order: async () => {
    const seen = [];
    const stream = new ReadableStream({ start() { seen.push('start'); }, pull(c) { seen.push('pull'); c.enqueue(seen.length); if (seen.length > 4) c.close(); }, cancel() { seen.push('cancel'); } });
    seen.push('made');
    await null;
    seen.push('turn');
    const reader = stream.getReader();
    seen.push(await reader.read());
    return seen.map((each) => (typeof each === 'object' ? each.value : each));
  },
  pullIsNotCalledBeforeNeeded: async () => { let pulls = 0; const s = new ReadableStream({ pull() { pulls++; } }, { highWaterMark: 0 }); await later(1); const before = pulls; s.getReader().read(); await later(1); return [before, pulls]; },
  highWaterMarks: () => each(...[0, 1, NaN, -1, Infinity, '3', undefined].map((highWaterMark) => () => { let size; new ReadableStream({ start(c) { size = c.desiredSize; } }, { highWaterMark }); return size; })),
  errors: async () => {
    const stream = new ReadableStream({ start(c) { c.enqueue('a'); c.error(new RangeError('broken')); } });
    const reader = stream.getReader();
    return each(() => reader.read(), () => reader.closed, () => stream.cancel(), () => reader.cancel());
  },
  cancel: async () => {
    const seen = [];
    const stream = new ReadableStream({ cancel(reason) { seen.push(['cancelled', reason]); return 'ignored'; } });
    seen.push(await stream.cancel('why'), await each(() => stream.getReader().read()));
    return seen;
  },
  cancelThrows: () => each(() => new ReadableStream({ cancel() { throw new TypeError('in cancel'); } }).cancel()),
  cancelLocked: () => { const s = of('a'); s.getReader(); return each(() => s.cancel()); },
  locks: async () => {
    const s = of('a');
    const reader = s.getReader();
    const out = [s.locked, await each(() => s.getReader(), () => s.tee(), () => s.pipeTo(new WritableStream()), () => s.pipeThrough(new TransformStream()), () => new Response(s), () => s[Symbol.asyncIterator]())];
    reader.releaseLock();
    return [...out, s.locked, await each(() => reader.read(), () => reader.closed, () => reader.cancel())];
  },
  releaseWhileReading: async () => { const s = new ReadableStream(); const reader = s.getReader(); const pending = reader.read(); reader.releaseLock(); return each(() => pending, () => reader.closed); },
  controllerMisuse: async () => {
    let controller;
    new ReadableStream({ start(c) { controller = c; } });
    controller.close();
    return each(() => controller.close(), () => controller.enqueue('x'), () => controller.desiredSize, () => controller.error(new Error('late')));
  },
  constructorMisuse: () => each(() => ReadableStream(), () => new ReadableStream({ type: 'x' }), () => new ReadableStream({ start: 7 }), () => new ReadableStream(null), () => new ReadableStream({}, { size: 7 }), () => new ReadableStreamDefaultReader(), () => new ReadableStreamDefaultReader({}), () => new ReadableStream({ type: 'bytes' }, { size() { return 1; } })),
  startThrows: () => each(() => new ReadableStream({ start() { throw new RangeError('in start'); } }), () => new ReadableStream({ async start() { throw new RangeError('in start'); } }).getReader().read()),
  tee: async () => { const [a, b] = of('x', 'y').tee(); const out = [await read(b), await read(a)]; return out; },
  teeOneCancelled: async () => { const [a, b] = of('x', 'y').tee(); a.cancel('one'); return read(b); },
  teeBothCancelled: async () => { let why; const [a, b] = new ReadableStream({ cancel(reason) { why = reason; } }).tee(); a.cancel('one'); await b.cancel('two'); return why; },
  teeOfError: async () => { const [a, b] = new ReadableStream({ start(c) { c.error(new Error('teed')); } }).tee(); return each(() => read(a), () => read(b)); },
  teeDoesNotCopy: async () => { const o = {}; const [a, b] = of(o).tee(); return (await read(a))[0] === (await read(b))[0]; },
  bytes: async () => {
    const s = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(text('bytes')); c.close(); } });
    const reader = s.getReader({ mode: 'byob' });
    const one = await reader.read(new Uint8Array(3));
    const two = await reader.read(new Uint8Array(8));
    const three = await reader.read(new Uint8Array(8));
    return [one.value, one.done, two.value, two.done, three.value, three.done];
  },
  byobRequest: async () => {
    const seen = [];
    const s = new ReadableStream({ type: 'bytes', pull(c) { const view = c.byobRequest?.view; seen.push(view?.byteLength ?? null); if (view) { view[0] = 65; c.byobRequest.respond(1); } } });
    const reader = s.getReader({ mode: 'byob' });
    const { value } = await reader.read(new Uint8Array(4));
    return [seen, value, value.buffer.byteLength];
  },
  byobMin: async () => {
    let n = 0;
    const s = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array([n++])); } });
    const reader = s.getReader({ mode: 'byob' });
    return (await reader.read(new Uint8Array(8), { min: 3 })).value;
  },
  autoAllocate: async () => { const s = new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 4, pull(c) { c.byobRequest.view[0] = 7; c.byobRequest.respond(2); } }); return (await s.getReader().read()).value; },
  byobMisuse: async () => {
    const s = new ReadableStream({ type: 'bytes' });
    const reader = s.getReader({ mode: 'byob' });
    return each(() => reader.read(), () => reader.read('x'), () => reader.read(new Uint8Array()), () => of('a').getReader({ mode: 'byob' }), () => of('a').getReader({ mode: 'x' }), () => of('a').getReader(null));
  },
  byobDetaches: async () => { const s = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(text('ab')); } }); const view = new Uint8Array(2); const { value } = await s.getReader({ mode: 'byob' }).read(view); return [view.byteLength, value === view, value]; },
  enqueueOfStringIntoBytes: () => each(() => new ReadableStream({ type: 'bytes', start(c) { c.enqueue('x'); } }), () => new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array()); } })),
  bodyByob: async () => { const reader = new Response('0123456789').body.getReader({ mode: 'byob' }); const out = []; for (;;) { const { value, done } = await reader.read(new Uint8Array(4)); out.push(value, done); if (done) return out; } },
  bodyReadAtLeast: async () => { const reader = new Response('0123456789').body.getReader({ mode: 'byob' }); return [typeof reader.readAtLeast, (await reader.readAtLeast(5, new Uint8Array(6))).value]; },
  writable: async () => {
    const seen = [];
    const w = new WritableStream({ start() { seen.push('start'); }, write(chunk) { seen.push(chunk); }, close() { seen.push('close'); } });
    const writer = w.getWriter();
    seen.push(writer.desiredSize);
    writer.write('a');
    seen.push(writer.desiredSize);
    await writer.write('b');
    await writer.close();
    return [seen, await each(() => writer.write('c'), () => writer.close(), () => writer.closed, () => writer.ready)];
  },
  writableAborts: async () => { const seen = []; const w = new WritableStream({ abort(reason) { seen.push(reason); } }); const writer = w.getWriter(); await writer.abort('why'); return [seen, await each(() => writer.write('x'), () => writer.closed, () => writer.ready)]; },
  writableFails: async () => { const w = new WritableStream({ write() { throw new RangeError('no'); } }); const writer = w.getWriter(); return each(() => writer.write('a'), () => writer.write('b'), () => writer.closed); },
  writableMisuse: () => { const w = new WritableStream(); w.getWriter(); return each(() => w.getWriter(), () => w.abort(), () => w.close(), () => new WritableStream({ type: 'bytes' }), () => new WritableStream({ write: 7 }), () => new WritableStreamDefaultWriter(w)); },
  pipe: async () => { const seen = []; await of('a', 'b').pipeTo(new WritableStream({ write(c) { seen.push(c); }, close() { seen.push('closed'); } })); return seen; },
  pipeErrorFromSource: async () => { const seen = []; const source = new ReadableStream({ start(c) { c.enqueue('a'); }, pull(c) { c.error(new Error('source')); } }); return [await each(() => source.pipeTo(new WritableStream({ write(c) { seen.push(c); }, abort(e) { seen.push(['abort', e]); } }))), seen]; },
  pipeErrorFromSink: async () => { const seen = []; const source = new ReadableStream({ pull(c) { c.enqueue('a'); }, cancel(e) { seen.push(['cancel', e]); } }); return [await each(() => source.pipeTo(new WritableStream({ write() { throw new Error('sink'); } }))), seen]; },
  pipePrevented: async () => { const w = new WritableStream(); await of('a').pipeTo(w, { preventClose: true }); const writer = w.getWriter(); await writer.write('more'); await writer.close(); return w.locked; },
  pipeAborted: async () => { const c = new AbortController(); c.abort(new Error('stop')); const seen = []; return [await each(() => new ReadableStream({ cancel(r) { seen.push(r); } }).pipeTo(new WritableStream({ abort(r) { seen.push(r); } }), { signal: c.signal })), seen]; },
  pipeMisuse: () => each(() => of('a').pipeTo(), () => of('a').pipeTo({}), () => of('a').pipeThrough({}), () => of('a').pipeThrough()),
  transform: () => read(of('a', 'b').pipeThrough(new TransformStream({ transform(chunk, c) { c.enqueue(chunk + chunk); }, flush(c) { c.enqueue('end'); } }))),
  transformIdentity: () => read(of('a', 1).pipeThrough(new TransformStream())),
  transformThrows: () => each(() => read(of('a').pipeThrough(new TransformStream({ transform() { throw new RangeError('in transform'); } })))),
  transformTerminates: () => read(of('a', 'b').pipeThrough(new TransformStream({ transform(chunk, c) { c.enqueue(chunk); c.terminate(); } }))),
  transformCancel: async () => { const seen = []; const t = new TransformStream({ cancel(r) { seen.push(r); } }); await t.readable.cancel('why'); return seen; },
  identity: async () => { const { readable, writable } = new IdentityTransformStream(); const w = writable.getWriter(); w.write(text('a')); w.write(text('b')); w.close(); return read(readable); },
  identityWantsBytes: async () => { const { readable, writable } = new IdentityTransformStream(); const w = writable.getWriter(); readable.getReader().read().catch(() => {}); return each(() => w.write('a string'), () => w.write({})); },
  fixedLength: async () => { const { readable, writable } = new FixedLengthStream(3); const w = writable.getWriter(); w.write(text('abc')); w.close(); return read(readable); },
  fixedLengthTooMuch: async () => { const { readable, writable } = new FixedLengthStream(3); const w = writable.getWriter(); const reading = attempt(() => read(readable)); return [await each(() => w.write(text('abcd'))), await reading]; },
  fixedLengthTooLittle: async () => { const { readable, writable } = new FixedLengthStream(3); const w = writable.getWriter(); const reading = attempt(() => read(readable)); w.write(text('a')); return [await each(() => w.close()), await reading]; },
  fixedLengthMisuse: () => each(() => new FixedLengthStream(), () => new FixedLengthStream(-1), () => new FixedLengthStream('x'), () => new FixedLengthStream(1.5)),
  textStreams: async () => read(of(text('ä日').slice(0, 1), text('ä日').slice(1)).pipeThrough(new TextDecoderStream())),
  textEncoderStream: async () => read(of('ä', '\ud83d', '\ude00', '\ud83d').pipeThrough(new TextEncoderStream())),
  fatalTextStream: () => each(() => read(of(new Uint8Array([0xff])).pipeThrough(new TextDecoderStream('utf-8', { fatal: true })))),
  compress: async () => { const zipped = of(text('hello '.repeat(50))).pipeThrough(new CompressionStream('gzip')); return new Response(zipped.pipeThrough(new DecompressionStream('gzip'))).text(); },
  compressMisuse: () => each(() => new CompressionStream('zip'), () => new CompressionStream(), () => new DecompressionStream('x')),
  decompressGarbage: () => each(() => new Response(of(text('garbage!!')).pipeThrough(new DecompressionStream('gzip'))).text(), () => new Response(of(new Uint8Array([0x1f, 0x8b])).pipeThrough(new DecompressionStream('gzip'))).text(), () => new Response(of(text('x')).pipeThrough(new DecompressionStream('deflate-raw'))).text()),
  asyncIteration: async () => { const s = of('a', 'b', 'c'); const seen = []; for await (const c of s) { seen.push(c); if (c === 'b') break; } return [seen, s.locked, await each(() => s.getReader().read())]; },
  asyncIterationKeeping: async () => { const s = of('a', 'b', 'c'); const seen = []; for await (const c of s.values({ preventCancel: true })) { seen.push(c); break; } return [seen, (await s.getReader().read()).value]; },
  strategies: () => each(() => new CountQueuingStrategy({ highWaterMark: 3 }).size(), () => new ByteLengthQueuingStrategy({ highWaterMark: 3 }).size(text('abc')), () => new CountQueuingStrategy(), () => new ByteLengthQueuingStrategy({}), () => new CountQueuingStrategy({ highWaterMark: 3 }).highWaterMark),
  streamOfBodyIsBytes: async () => { const r = new Response(of(text('a'), text('b'))); return [await r.text(), r.bodyUsed, r.body.locked]; },
  bodyStreamOfString: async () => { const r = new Response('text'); const s = r.body; return [s === r.body, await read(s), r.bodyUsed]; },
  bodyUsedByReader: async () => { const r = new Response('text'); const reader = r.body.getReader(); const before = r.bodyUsed; await reader.read(); reader.releaseLock(); return [before, r.bodyUsed, await each(() => r.text())]; },
  textOfNonBytes: () => each(() => new Response(of({})).text(), () => new Response(of(7)).text(), () => new Response(of('str')).text(), () => new Response(of(null)).arrayBuffer()),
  shape: () => [ReadableStream, WritableStream, TransformStream].map((c) => Object.getOwnPropertyNames(c.prototype).sort()),
};
