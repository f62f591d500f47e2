import { attempt, each, over } from './show.js';

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export default {
  event: () => { const e = new Event('x', { bubbles: true, cancelable: true }); return [e.type, e.bubbles, e.cancelable, e.composed, e.defaultPrevented, e.eventPhase, e.target, e.currentTarget, e.isTrusted, e.returnValue, e.cancelBubble, typeof e.timeStamp, e.composedPath(), String(e)]; },
  eventMisuse: () => each(() => Event('x'), () => new Event(), () => new Event('x', 7), () => new Event(null).type, () => new CustomEvent(), () => new Event('x').initEvent),
  preventDefault: () => over([true, false], (cancelable) => { const e = new Event('x', { cancelable }); e.preventDefault(); return e.defaultPrevented; }),
  custom: () => { const e = new CustomEvent('c', { detail: { a: 1 } }); return [e.detail, new CustomEvent('d').detail, e instanceof Event]; },
  dispatch: () => {
    const t = new EventTarget();
    const seen = [];
    t.addEventListener('x', (e) => { seen.push(['one', e.target === t, e.currentTarget === t, e.eventPhase]); e.preventDefault(); });
    t.addEventListener('x', { handleEvent(e) { seen.push(['object', this.mine, e.type]); }, mine: 'mine' });
    t.addEventListener('x', () => seen.push('once'), { once: true });
    const results = [t.dispatchEvent(new Event('x', { cancelable: true })), t.dispatchEvent(new Event('x'))];
    return [results, seen];
  },
  stopImmediate: () => { const t = new EventTarget(); const seen = []; t.addEventListener('x', (e) => { seen.push(1); e.stopImmediatePropagation(); }); t.addEventListener('x', () => seen.push(2)); t.dispatchEvent(new Event('x')); return seen; },
  sameListenerTwice: () => { const t = new EventTarget(); let n = 0; const l = () => n++; t.addEventListener('x', l); t.addEventListener('x', l); t.addEventListener('x', l, { capture: true }); t.dispatchEvent(new Event('x')); return n; },
  removeWhileDispatching: () => { const t = new EventTarget(); const seen = []; const b = () => seen.push('b'); t.addEventListener('x', () => { seen.push('a'); t.removeEventListener('x', b); t.addEventListener('x', () => seen.push('new')); }); t.addEventListener('x', b); t.dispatchEvent(new Event('x')); return seen; },
  listenerSignal: () => { const t = new EventTarget(); const c = new AbortController(); let n = 0; t.addEventListener('x', () => n++, { signal: c.signal }); t.dispatchEvent(new Event('x')); c.abort(); t.dispatchEvent(new Event('x')); return n; },
  dispatchMisuse: () => { const t = new EventTarget(); const e = new Event('x'); return each(() => t.dispatchEvent(), () => t.dispatchEvent({}), () => t.addEventListener('x'), () => t.addEventListener('x', null), () => t.addEventListener('x', 7), () => t.addEventListener(), () => { let inner; t.addEventListener('x', () => { inner = attempt(() => t.dispatchEvent(e)); }); t.dispatchEvent(e); return inner; }); },
  throwingListener: async () => { const t = new EventTarget(); const seen = []; t.addEventListener('x', () => { throw new Error('listener'); }); t.addEventListener('x', () => seen.push('next')); const result = attempt(() => t.dispatchEvent(new Event('x'))); return [await result, seen]; },
  subclass: () => { class T extends EventTarget { } const t = new T(); let seen; t.addEventListener('x', (e) => { seen = e.target.constructor.name; }); t.dispatchEvent(new (class E extends Event {})('x')); return seen; },
  errorEvent: () => { const e = new ErrorEvent('error', { message: 'm', filename: 'f', lineno: 1, colno: 2, error: 7 }); return [e.message, e.filename, e.lineno, e.colno, e.error]; },
  messageEvent: () => { const e = new MessageEvent('message', { data: { a: 1 }, origin: 'o', lastEventId: 'i' }); return [e.data, e.origin, e.lastEventId, e.source, e.ports]; },
  closeEvent: () => { const e = new CloseEvent('close', { code: 1000, reason: 'r', wasClean: true }); return [e.code, e.reason, e.wasClean]; },
  abort: async () => {
    const c = new AbortController();
    const seen = [];
    c.signal.onabort = (e) => seen.push(['onabort', e.type, e.target === c.signal]);
    c.signal.addEventListener('abort', () => seen.push('listener'));
    const before = [c.signal.aborted, c.signal.reason];
    c.abort();
    c.abort(new Error('second'));
    return [before, seen, c.signal.aborted, c.signal.reason, await each(() => c.signal.throwIfAborted())];
  },
  abortReasons: () => over([undefined, null, 0, 'why', new Error('e')], (reason) => AbortSignal.abort(reason).reason),
  abortTimeout: async () => { const s = AbortSignal.timeout(1); await later(5); return [s.aborted, s.reason]; },
  abortAny: () => { const a = new AbortController(); const b = new AbortController(); const any = AbortSignal.any([a.signal, b.signal]); b.abort('b'); a.abort('a'); return [any.aborted, any.reason, AbortSignal.any([]).aborted, AbortSignal.any([AbortSignal.abort('x')]).reason]; },
  abortMisuse: () => each(() => new AbortSignal(), () => AbortController(), () => AbortSignal.timeout(), () => AbortSignal.timeout(-1), () => AbortSignal.any(), () => AbortSignal.any([7]), () => AbortSignal.timeout(Infinity)),
  abortedFetch: (_, env) => each(() => fetch(env.ORIGIN, { signal: AbortSignal.abort() }), () => fetch(env.ORIGIN, { signal: AbortSignal.abort(new RangeError('mine')) }), () => fetch(`${env.ORIGIN}/slow`, { signal: AbortSignal.timeout(20) })),
  domException: () => over([[], ['m'], ['m', 'AbortError'], ['m', 'Mine'], [undefined, undefined], ['m', 'DataCloneError']], (args) => { const e = new DOMException(...args); return [e.name, e.message, e.code, e instanceof Error, String(e), Object.prototype.toString.call(e)]; }),
  domExceptionConstants: () => [DOMException.ABORT_ERR, DOMException.prototype.DATA_CLONE_ERR, Object.keys(DOMException).length],
  channel: async () => { const { port1, port2 } = new MessageChannel(); const got = new Promise((resolve) => { port2.onmessage = (e) => resolve([e.data, e.constructor.name]); }); port1.postMessage({ a: [1] }); const out = await got; port1.close(); return out; },
};
