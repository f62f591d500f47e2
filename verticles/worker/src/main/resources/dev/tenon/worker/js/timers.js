// setTimeout and its kin: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers
// The isolate has one alarm; timers wait for it in order of their due time, equal ones in the order they were set. Due times count from the beginning of the
// slice that sets them, so that the order is what the delays say however long the code between takes; and none runs before its delay has really passed.
const {
  ArrayPrototypePop, ArrayPrototypePush, Map, MapPrototypeDelete, MapPrototypeGet, MapPrototypeGetSize, MapPrototypeSet, Promise, PromisePrototypeThen,
  PromiseReject, PromiseResolve, ReflectApply, TypeError,
} = primordials;
const { notOfType, toInteger } = require('./webidl');
const { Snapshot, current, outsideOfHandler } = require('./invocation');

/** Timers by id, and as a binary heap by due time. A cleared timer stays in the heap, without a callback, until it comes up. */
const timers = new Map();
const heap = [];
let nextId = 1;
let cleared = 0;
let alarm = -1;

class Timer {
  constructor(id, delay, callback, args, repeat, invocation) {
    this.id = id;
    this.setAfter(delay);
    this.callback = callback;
    this.args = args;
    this.repeat = repeat;
    this.invocation = invocation;
    this.snapshot = new Snapshot();
  }

  setAfter(delay) {
    this.due = host.sliceStart() + delay;
    this.earliest = host.performanceNow() + delay;
  }
}

function before(a, b) {
  return a.due < b.due || (a.due === b.due && a.id < b.id);
}

function push(timer) {
  let at = heap.length;
  ArrayPrototypePush(heap, timer);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(timer, heap[parent])) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = timer;
}

function pop() {
  const top = heap[0];
  const last = ArrayPrototypePop(heap);
  if (heap.length > 0) sink(last, 0);
  return top;
}

function sink(timer, start) {
  let at = start;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
    if (!before(heap[child], timer)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = timer;
}

/** Keeps the alarm at the first timer's due time. */
function wind() {
  const due = heap.length === 0 ? -1 : heap[0].earliest;
  if (due === alarm) return;
  alarm = due;
  if (due < 0) {
    host.setAlarm(-1);
  } else {
    const delay = due - host.performanceNow();
    host.setAlarm(delay > 0 ? delay : 0);
  }
}

/** Throws away cleared timers when most of the heap is. */
function sweep() {
  if (cleared * 2 < heap.length || heap.length < 64) return;
  let kept = 0;
  for (let i = 0; i < heap.length; i++) if (heap[i].callback !== undefined) heap[kept++] = heap[i];
  heap.length = kept;
  for (let i = (kept >> 1) - 1; i >= 0; i--) sink(heap[i], i);
  cleared = 0;
}

function clear(timer) {
  MapPrototypeDelete(timers, timer.id);
  timer.callback = undefined;
  timer.args = undefined;
  cleared++;
}

function set(callback, delay, args, repeat) {
  if (typeof callback !== 'function') {
    throw new TypeError(`Failed to execute '${repeat ? 'setInterval' : 'setTimeout'}' on 'ServiceWorkerGlobalScope': parameter 1 is not of type 'function'.`);
  }
  const invocation = current();
  if (invocation === null) throw outsideOfHandler();
  invocation.timerSet();
  let milliseconds = toInteger(delay, 32, true);
  if (milliseconds < 0) milliseconds = 0;
  const timer = new Timer(nextId++, milliseconds, callback, args, repeat ? milliseconds : -1, invocation);
  MapPrototypeSet(timers, timer.id, timer);
  push(timer);
  wind();
  return timer.id;
}

function setTimeout(callback, delay = 0, ...args) {
  return set(callback, delay, args, false);
}

function setInterval(callback, delay = 0, ...args) {
  return set(callback, delay, args, true);
}

function clearTimeout(id) {
  const timer = MapPrototypeGet(timers, toInteger(id, 32, true));
  if (timer === undefined) return;
  clear(timer);
  sweep();
  while (heap.length > 0 && heap[0].callback === undefined) {
    pop();
    cleared--;
  }
  wind();
}

function clearInterval(id) {
  clearTimeout(id);
}

function call(callback, args) {
  try {
    ReflectApply(callback, undefined, args);
  } catch (error) {
    require('./report-error').report(error);
  }
}

/** The alarm rang: runs one timer, so that its microtasks run before the next one's callback. */
function run() {
  alarm = -1;
  while (heap.length > 0) {
    const timer = heap[0];
    if (timer.callback === undefined) {
      pop();
      cleared--;
    } else if (timer.invocation.isOver()) {
      pop();
      MapPrototypeDelete(timers, timer.id);
    } else {
      if (timer.earliest <= host.performanceNow()) {
        pop();
        fire(timer);
      }
      break;
    }
  }
  wind();
}

function fire(timer) {
  const { callback, args, snapshot } = timer;
  if (timer.repeat < 0) {
    MapPrototypeDelete(timers, timer.id);
  } else {
    timer.setAfter(timer.repeat < 1 ? 1 : timer.repeat);
    push(timer);
  }
  timer.invocation.charge();
  snapshot.run(call, callback, args);
}

/** An invocation that had timers is over. */
function drop() {
  for (let i = 0; i < heap.length; i++) {
    const timer = heap[i];
    if (timer.callback !== undefined && timer.invocation.isOver()) clear(timer);
  }
  sweep();
  while (heap.length > 0 && heap[0].callback === undefined) {
    pop();
    cleared--;
  }
  wind();
}

const settled = PromiseResolve();

function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'queueMicrotask' on 'ServiceWorkerGlobalScope': parameter 1 is not of type 'function'.");
  PromisePrototypeThen(settled, () => call(callback, []));
}

/** https://developers.cloudflare.com/workers/runtime-apis/scheduler/ */
class Scheduler {
  wait(delay, options) {
    if (arguments.length === 0) throw notOfType("Failed to execute 'wait' on 'Scheduler'", 1, 'number');
    const signal = options?.signal;
    if (signal?.aborted) return PromiseReject(signal.reason);
    return new Promise((resolve, reject) => {
      const id = setTimeout(() => {
        signal?.removeEventListener('abort', aborted);
        resolve();
      }, delay);
      function aborted() {
        clearTimeout(id);
        reject(signal.reason);
      }
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }
}

const scheduler = new Scheduler();

module.exports = { setTimeout, setInterval, clearTimeout, clearInterval, queueMicrotask, scheduler, Scheduler, run, drop };
