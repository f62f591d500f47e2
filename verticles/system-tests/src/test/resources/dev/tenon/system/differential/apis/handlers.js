// handlers
const later = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

const routes = {
  throws: () => { throw new TypeError('thrown at once'); },
  throwsLater: async () => { await later(1); throw new RangeError('thrown later'); },
  throwsString: () => { throw 'a string'; },
  throwsObject: () => { throw { a: 1 }; },
  throwsNull: () => { throw null; },
  throwsCustom: () => { throw Object.assign(new Error('custom'), { name: 'MyError', code: 7 }); },
  throwsSubclass: () => { class Mine extends Error {} throw new Mine('sub'); },
  throwsDomException: () => { throw new DOMException('dom', 'AbortError'); },
  throwsWithCause: () => { throw new Error('outer', { cause: new Error('inner') }); },
  throwsAggregate: () => Promise.any([Promise.reject(new Error('one'))]),
  returnsNothing: () => {},
  returnsNull: () => null,
  returnsString: () => 'text',
  returnsPromiseOfString: async () => 'text',
  returnsObject: () => ({ status: 200 }),
  returnsThenable: () => ({ then: (resolve) => resolve(new Response('thenable')) }),
  returnsPromise: () => Promise.resolve(new Response('promise')),
  hangs: () => new Promise(() => {}),
  waitUntilIsAwaited: (_, env, ctx) => { ctx.waitUntil((async () => { console.log('started'); await later(5); console.log('end'); })()); return new Response('answered'); },
  waitUntilRejects: (_, env, ctx) => { ctx.waitUntil(Promise.reject(new Error('in the background'))); return new Response('answered'); },
  waitUntilRejectsLater: (_, env, ctx) => { ctx.waitUntil(later(2).then(() => { throw new TypeError('later in the background'); })); return new Response('answered'); },
  waitUntilOfNoPromise: (_, env, ctx) => { ctx.waitUntil(7); ctx.waitUntil(null); return new Response(String(ctx.waitUntil())); },
  waitUntilOrder: (_, env, ctx) => {
    for (const ms of [6, 2, 4]) ctx.waitUntil(later(ms).then(() => console.log(`after ${ms}`)));
    ctx.waitUntil(later(10).then(() => console.log('end')));
    console.log('answers');
    return new Response('answered');
  },
  waitUntilWithinWaitUntil: (_, env, ctx) => { ctx.waitUntil(later(1).then(() => { ctx.waitUntil(later(2).then(() => console.log('end'))); console.log('inner'); })); return new Response('x'); },
  waitUntilDetached: (_, env, { waitUntil }) => { try { waitUntil(later(1)); } catch (error) { return new Response(String(error)); } return new Response('fine'); },
  timersEndWithTheRequest: () => { setTimeout(() => console.log('never said'), 20); return new Response('x'); },
  unhandledRejection: () => { Promise.reject(new Error('nobody cares')); return new Response('x'); },
  handledLate: async () => { const p = Promise.reject(new Error('handled late')); await later(1); p.catch(() => {}); return new Response('x'); },
  errorInTimer: async () => { setTimeout(() => { throw new Error('in a timer'); }, 1); await later(5); return new Response('still answered'); },
  errorInMicrotask: async () => { queueMicrotask(() => { throw new Error('in a microtask'); }); await later(1); return new Response('still answered'); },
  reportError: () => { reportError(new Error('reported')); return new Response('x'); },
  ctx: (_, env, ctx) => new Response([typeof ctx.waitUntil, typeof ctx.passThroughOnException, Object.prototype.toString.call(ctx), JSON.stringify(ctx.props), ctx.constructor.name, Object.keys(ctx), Object.getOwnPropertyNames(Object.getPrototypeOf(ctx)).sort()].join(' ')),
  arguments: function () { return new Response(`${arguments.length} ${Object.prototype.toString.call(arguments[1])}`); },
  self: function () { return new Response(String(this === undefined || this === routes)); },
  passThrough: (_, env, ctx) => { ctx.passThroughOnException(); return new Response('no exception'); },
  streamAfterAnswer: (_, env, ctx) => {
    const { readable, writable } = new TransformStream();
    ctx.waitUntil((async () => {
      const writer = writable.getWriter();
      for (const part of ['a', 'b', 'c']) { await writer.write(new TextEncoder().encode(part)); await later(1); }
      await writer.close();
      console.log('end');
    })());
    return new Response(readable);
  },
};

export default {
  marker: 'this',
  fetch(request, env, ctx) {
    const name = new URL(request.url).pathname.slice(1);
    if (name === 'this') return new Response(String(this?.marker));
    return routes[name](request, env, ctx);
  },
};
