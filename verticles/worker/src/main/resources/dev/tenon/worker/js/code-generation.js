// Code made from strings: may be made while a worker starts, if its compatibility date has it so, and never later.
// https://tc39.es/ecma262/#sec-hostensurecancompilestrings
//
// The engine can refuse always or never. So it never does, and the five doors to its compiler are kept here.
// Deviation: who took `eval` itself aside at the top level may call it later.
const {
  EvalError, Function, FunctionPrototypeBind, ObjectDefineProperty, ReflectApply, ReflectConstruct, ReflectGetPrototypeOf, ReflectSetPrototypeOf, globalThis,
} = primordials;

const engineEval = globalThis.eval;
let allowed = true;

function ensureAllowed() {
  if (!allowed) throw new EvalError('Code generation from strings disallowed for this context');
}

/** A constructor that asks before it compiles, and otherwise is the engine's own. */
function guarded(Engine) {
  function construct(...source) {
    ensureAllowed();
    return ReflectConstruct(Engine, source, new.target === undefined || new.target === construct ? Engine : new.target);
  }
  const { prototype } = Engine;
  ObjectDefineProperty(construct, 'prototype', { __proto__: null, value: prototype, writable: false });
  // Bound functions look like native ones, and construct and test for instances as what they are bound to.
  const constructor = FunctionPrototypeBind(construct, undefined);
  ObjectDefineProperty(constructor, 'name', { __proto__: null, value: Engine.name, configurable: true });
  ObjectDefineProperty(constructor, 'length', { __proto__: null, value: 1, configurable: true });
  ObjectDefineProperty(constructor, 'prototype', { __proto__: null, value: prototype });
  ObjectDefineProperty(prototype, 'constructor', { __proto__: null, value: constructor });
  return constructor;
}

function refusedEval(source) {
  if (typeof source !== 'string') return source;
  ensureAllowed();
  return ReflectApply(engineEval, undefined, [source]);
}

const guard = guarded(Function);
ObjectDefineProperty(globalThis, 'Function', { __proto__: null, value: guard });
for (const example of [async () => {}, function* () {}, async function* () {}]) ReflectSetPrototypeOf(guarded(ReflectGetPrototypeOf(example).constructor), guard);

/** From now on code from strings is refused. */
function refuse() {
  if (!allowed) return;
  allowed = false;
  if (globalThis.eval !== engineEval) return;
  const it = FunctionPrototypeBind(refusedEval, undefined);
  ObjectDefineProperty(it, 'name', { __proto__: null, value: 'eval', configurable: true });
  ObjectDefineProperty(globalThis, 'eval', { __proto__: null, value: it });
}

module.exports = { refuse };
