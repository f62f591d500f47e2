import { each } from './show.js';

const later = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

export default {
  order: async () => {
    const seen = [];
    setTimeout(() => seen.push('timeout 0'), 0);
    setTimeout(() => seen.push('timeout 1'), 1);
    queueMicrotask(() => seen.push('microtask'));
    Promise.resolve().then(() => { seen.push('promise'); queueMicrotask(() => seen.push('inner microtask')); }).then(() => seen.push('promise 2'));
    (async () => { seen.push('async'); await null; seen.push('after await'); })();
    seen.push('sync');
    await later(5);
    return seen;
  },
  sameDelayKeepsOrder: async () => { const seen = []; for (let i = 0; i < 5; i++) setTimeout(() => seen.push(i), 1); await later(4); return seen; },
  shorterIsFirst: async () => { const seen = []; setTimeout(() => seen.push('b'), 6); setTimeout(() => seen.push('a'), 2); await later(9); return seen; },
  microtasksBetweenTimers: async () => { const seen = []; setTimeout(() => { seen.push(1); Promise.resolve().then(() => seen.push('m1')); }); setTimeout(() => { seen.push(2); Promise.resolve().then(() => seen.push('m2')); }); await later(3); return seen; },
  nested: async () => { const seen = []; await new Promise((resolve) => { setTimeout(() => { seen.push('outer'); setTimeout(() => { seen.push('inner'); resolve(); }); }); }); return seen; },
  interval: async () => { let n = 0; await new Promise((resolve) => { const id = setInterval(() => { if (++n === 3) { clearInterval(id); resolve(); } }, 1); }); await later(3); return n; },
  arguments: () => new Promise((resolve) => setTimeout((...all) => resolve(all), 0, 1, 'b', null)),
  thisOfCallback: () => new Promise((resolve) => setTimeout(function () { resolve(this === globalThis || this === undefined); }, 0)),
  ids: () => { const id = setTimeout(() => {}, 1); const type = typeof id; clearTimeout(id); return [type, id > 0]; },
  clearing: async () => { let ran = false; const id = setTimeout(() => { ran = true; }, 1); clearTimeout(id); clearTimeout(id); clearTimeout(undefined); clearTimeout(null); clearTimeout(999999); clearInterval(id); await later(3); return ran; },
  clearedByOther: async () => { const seen = []; const b = setTimeout(() => seen.push('b'), 2); setTimeout(() => { seen.push('a'); clearTimeout(b); }, 1); await later(5); return seen; },
  badArguments: () => each(() => setTimeout(), () => setTimeout('code'), () => setTimeout(null), () => setTimeout(7, 1), () => setInterval(), () => queueMicrotask(), () => queueMicrotask('x'), () => setTimeout({})),
  odd: async () => { const seen = []; for (const delay of [-5, NaN, undefined, null, '1', 'x', 0.5]) setTimeout(() => seen.push(String(delay)), delay); await later(5); return seen.sort(); },
  schedulerWait: async () => [await scheduler.wait(1), await each(() => scheduler.wait(), () => scheduler.wait(1, { signal: AbortSignal.abort(new Error('stop')) }), () => scheduler.wait('x'))],
  promises: async () => {
    const seen = [];
    const thenable = { then(resolve) { seen.push('then called'); resolve('t'); } };
    const p = (async () => { seen.push(await thenable); })();
    Promise.resolve().then(() => seen.push(1)).then(() => seen.push(2)).then(() => seen.push(3));
    (async () => { try { await Promise.reject(new Error('x')); } catch { seen.push('caught'); } finally { seen.push('finally'); } })();
    await p;
    await later(1);
    return seen;
  },
  combinators: async () => [
    await Promise.all([1, later(1, 2)]), await Promise.allSettled([Promise.reject(new Error('a')), 1]), await Promise.race([later(5, 'slow'), later(1, 'fast')]),
    await Promise.any([Promise.reject(1), 2]), await each(() => Promise.all([Promise.reject(new TypeError('in all'))]), () => Promise.any([]), () => Promise.race([Promise.reject(7)])),
  ],
  withResolvers: async () => { const { promise, resolve } = Promise.withResolvers(); resolve('r'); return [await promise, await Promise.try(() => 'tried'), await each(() => Promise.try(() => { throw new Error('t'); }))]; },
  asyncGenerators: async () => { const seen = []; async function* g() { try { yield 1; yield 2; } finally { seen.push('cleanup'); } } for await (const v of g()) { seen.push(v); break; } return seen; },
  unhandledRejectionEvent: async () => {
    const seen = [];
    const listener = (event) => { seen.push([event.type, event.reason, event.promise instanceof Promise, event.constructor.name]); event.preventDefault(); };
    addEventListener('unhandledrejection', listener);
    Promise.reject(new Error('heard'));
    await later(2);
    removeEventListener('unhandledrejection', listener);
    return seen;
  },
  rejectionHandledEvent: async () => {
    const seen = [];
    const one = (event) => { seen.push(event.type); event.preventDefault(); };
    addEventListener('unhandledrejection', one);
    addEventListener('rejectionhandled', one);
    const p = Promise.reject(new Error('late'));
    await later(2);
    p.catch(() => seen.push('caught'));
    await later(2);
    removeEventListener('unhandledrejection', one);
    removeEventListener('rejectionhandled', one);
    return seen;
  },
  errorEvent: async () => {
    const seen = [];
    const listener = (event) => { seen.push([event.type, event.message, event.error]); event.preventDefault(); };
    addEventListener('error', listener);
    reportError(new RangeError('reported'));
    setTimeout(() => { throw new Error('from a timer'); });
    await later(2);
    removeEventListener('error', listener);
    return seen;
  },
  now: () => { const a = Date.now(); const b = performance.now(); return [Number.isInteger(a), typeof b, performance.timeOrigin >= 0, typeof performance.toJSON]; },
};
