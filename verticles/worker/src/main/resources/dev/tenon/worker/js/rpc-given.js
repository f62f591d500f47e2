// Functions and objects of this isolate that others hold stubs for.
const { Map, MapPrototypeDelete, MapPrototypeGet, MapPrototypeGetSize, MapPrototypeSet, ReflectApply, SymbolDispose, TypeError } = primordials;
const { current } = require('./invocation');

const GIVEN_MAX = 10_000;

const given = new Map();
let last = 0;

/** @returns the number under which others know it */
function give(target) {
  if (MapPrototypeGetSize(given) >= GIVEN_MAX) throw new TypeError(`More than ${GIVEN_MAX} RPC stubs lead to this worker; dispose of those that are not needed.`);
  last += 1;
  const invocation = current();
  invocation?.gave();
  MapPrototypeSet(given, last, { target, stubs: 1, invocation });
  return last;
}

/** What was given away under a number; undefined when nobody holds it any more. */
function find(number) {
  return MapPrototypeGet(given, number)?.target;
}

/** There is one stub more, or one fewer. What nobody holds any more is disposed of. */
function count(number, change) {
  const entry = MapPrototypeGet(given, number);
  if (entry === undefined) return;
  entry.stubs += change;
  if (entry.stubs > 0) return;
  MapPrototypeDelete(given, number);
  entry.invocation?.tookBack();
  const dispose = entry.target[SymbolDispose];
  if (typeof dispose === 'function') ReflectApply(dispose, entry.target, []);
}

module.exports = { give, find, count };
