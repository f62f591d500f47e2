// The worker's modules: what an import of something else than JavaScript gives, CommonJS, and the built-in modules.
const {
  ArrayPrototypePop, ArrayPrototypePush, Error, JSONParse, JSONStringify, Map, MapPrototypeGet, MapPrototypeHas, MapPrototypeSet, ObjectDefineProperty,
  ObjectKeys, PromisePrototypeThen, RegExpPrototypeTest, Set, SetPrototypeAdd, SetPrototypeDelete,
  SetPrototypeGetSize, StringPrototypeSlice, StringPrototypeSplit, StringPrototypeStartsWith, Uint8Array,
  globalThis,
} = primordials;
const { receive } = require('./bytes');
const { WebAssembly } = globalThis;

/** Where generated modules find their values while the worker starts; gone before user code can see it. */
const HOOK = '__tenonModule';
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Built-in modules: specifier to a function that makes the module's exports, by name. A name is known before the module is made. */
const builtins = {
  __proto__: null,
  'cloudflare:workers': {
    names: [
      'env', 'exports', 'withEnv', 'withExports', 'withEnvAndExports', 'waitUntil', 'abortIsolate', 'WorkerEntrypoint', 'DurableObject', 'WorkflowEntrypoint',
      'RpcTarget', 'RpcStub', 'RpcPromise', 'RpcProperty', 'ServiceStub',
    ],
    make: () => require('./cloudflare-workers').make(),
  },
  get 'cloudflare:email'() { return require('./cloudflare-email'); },
  get 'cloudflare:node'() { return require('./cloudflare-node'); },
};

let files;
const values = new Map();

/** Texts of generated modules of Node.js's, and those of them that have not run yet: while there are some, the hook stands. */
const nodeTexts = new Map();
const unrun = new Set();
let starting = true;

/** @param hostModules HostModules.java */
function use(hostModules) {
  files = hostModules;
}

/** Whether a compatibility flag is on for this worker. */
function hasFlag(flag) {
  return files.hasFlag(flag);
}

/** The names of all modules of the worker; and one's bytes, as they came. */
function names() {
  return StringPrototypeSplit(files.names(), '\n');
}

function bytesOf(name) {
  return files.bytes(name);
}

/** The text of a generated module that stands for one of the worker's modules. */
function textOfModule(name) {
  return `export default globalThis.${HOOK}.file(${JSONStringify(name)});`;
}

/** The text of a built-in module, null when there is none. */
function textOfBuiltin(specifier) {
  const builtin = builtins[specifier];
  if (builtin === undefined) return textOfNodeModule(specifier);
  let text = `const it = globalThis.${HOOK}.builtin(${JSONStringify(specifier)}); export default it.default ?? it;`;
  for (const name of builtin.names) text += ` export const ${name} = it.${name};`;
  return text;
}

/** As textOfBuiltin. A module of Node.js is made when it is linked: then its names are known. */
function textOfNodeModule(specifier) {
  if (!files.hasNodeModule(specifier)) return null;
  // Looked at more than once while it is linked.
  if (MapPrototypeHas(nodeTexts, specifier)) return MapPrototypeGet(nodeTexts, specifier);
  const it = nodeModule(specifier);
  SetPrototypeAdd(unrun, specifier);
  hook();
  let text = `const it = globalThis.${HOOK}.node(${JSONStringify(specifier)}); export default it;`;
  for (const name of ObjectKeys(it)) {
    if (name !== 'default' && RegExpPrototypeTest(IDENTIFIER, name)) text += ` const v_${name} = it.${name}; export { v_${name} as ${name} };`;
  }
  MapPrototypeSet(nodeTexts, specifier, text);
  return text;
}

function nodeModule(specifier) {
  return require('./node/modules').get(StringPrototypeSlice(specifier, 5));
}

/** What a generated module of Node.js's calls. */
function runNodeModule(specifier) {
  SetPrototypeDelete(unrun, specifier);
  if (SetPrototypeGetSize(unrun) === 0 && !starting) unhook();
  return nodeModule(specifier);
}

function hook() {
  ObjectDefineProperty(globalThis, HOOK, { __proto__: null, value: { file, builtin, node: runNodeModule }, configurable: true });
}

function unhook() {
  delete globalThis[HOOK];
}

function builtin(specifier) {
  return once(`builtin ${specifier}`, () => builtins[specifier].make());
}

/** The value of a module that is not an ECMAScript module. */
function file(name) {
  return once(name, () => {
    switch (files.type(name)) {
      case 'text': return files.text(name);
      case 'json': return JSONParse(files.text(name));
      case 'data': return receive(files.bytes(name));
      case 'wasm': return compile(name);
      case 'commonjs': return runCommonJs(name);
      default: throw new Error(`No such module "${name}".`);
    }
  });
}

function compile(name) {
  try {
    // A view on the host's bytes: the module is decoded from it, and nothing keeps it.
    return new WebAssembly.Module(new Uint8Array(files.bytes(name)));
  } catch (error) {
    error.message = `module "${name}": ${error.message}`;
    throw error;
  }
}

function once(key, make) {
  if (MapPrototypeHas(values, key)) return MapPrototypeGet(values, key);
  const value = make();
  MapPrototypeSet(values, key, value);
  return value;
}

function runCommonJs(name) {
  const module = { id: name, filename: name, exports: {}, loaded: false };
  // A cycle sees what is exported so far.
  const slot = { module };
  MapPrototypeSet(running, name, slot);
  files.commonJs(name)(module.exports, (specifier) => requireFrom(name, specifier), module, `/${name}`, `/${directory(name)}`);
  module.loaded = true;
  return module.exports;
}

const running = new Map();

function requireFrom(from, specifier) {
  if (builtins[specifier] !== undefined) {
    const it = builtin(specifier);
    return it.default ?? it;
  }
  const node = nodeName(specifier);
  if (node !== null) return nodeModule(node);
  const path = StringPrototypeStartsWith(specifier, '.') ? resolve(directory(from), specifier) : specifier;
  for (const name of [path, `${path}.js`, `${path}.cjs`, `${path}.json`, `${path}/index.js`]) {
    const type = files.type(name);
    if (type === null) continue;
    if (type === 'esm') throw new Error(`require() of ES module "${name}" from "${from}" is not supported; import it instead.`);
    const slot = MapPrototypeGet(running, name);
    return slot !== undefined && !slot.module.loaded ? slot.module.exports : file(name);
  }
  throw new Error(`No such module "${specifier}", required by "${from}".`);
}

/** The name with `node:` of a module of Node.js that the worker may require by this name, otherwise null. */
function nodeName(specifier) {
  if (StringPrototypeStartsWith(specifier, 'node:')) return files.hasNodeModule(specifier) ? specifier : null;
  const name = `node:${specifier}`;
  return files.hasNodeGlobals() && files.hasNodeModule(name) ? name : null;
}

function directory(name) {
  const parts = StringPrototypeSplit(name, '/');
  ArrayPrototypePop(parts);
  return join(parts);
}

function resolve(base, relative) {
  const parts = base === '' ? [] : StringPrototypeSplit(base, '/');
  for (const part of StringPrototypeSplit(relative, '/')) {
    if (part === '..') ArrayPrototypePop(parts);
    else if (part !== '.' && part !== '') ArrayPrototypePush(parts, part);
  }
  return join(parts);
}

function join(parts) {
  let path = '';
  for (let i = 0; i < parts.length; i++) path += i === 0 ? parts[i] : `/${parts[i]}`;
  return path;
}

/** Runs the main module as a classic script. */
function runScript() {
  starting = false;
  files.runScript();
}

/** Evaluates the worker's ES modules. A promise of the main module's namespace. */
function importMain(name) {
  hook();
  const generated = [];
  let commonJs = false;
  const names = files.valueModules();
  for (const other of names === '' ? [] : StringPrototypeSplit(names, '\n')) {
    if (files.type(other) === 'commonjs') commonJs = true;
    else ArrayPrototypePush(generated, `/${other}`);
  }
  for (const specifier of ObjectKeys(builtins)) if (files.mentions(specifier)) ArrayPrototypePush(generated, specifier);
  // Generated modules run before any code of the worker does, so that the hook can be gone by then. A CommonJS module is code of the worker and runs when
  // it is imported: the hook then stays while the worker starts.
  return PromisePrototypeThen(importAll(generated), () => {
    starting = commonJs;
    if (!commonJs) unhook();
    const main = import(`/${name}`);
    if (commonJs) PromisePrototypeThen(main, started, started);
    return main;
  });
}

function started() {
  starting = false;
  unhook();
}

async function importAll(specifiers) {
  for (let i = 0; i < specifiers.length; i++) await import(specifiers[i]);
}

module.exports = { use, hasFlag, names, bytesOf, nodeName, nodeModule, textOfModule, textOfBuiltin, importMain, runScript };
