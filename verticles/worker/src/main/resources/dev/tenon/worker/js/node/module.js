// The module `node:module`. https://nodejs.org/api/module.html
const { nodeError } = require('./node/errors');
const { validateString } = require('./node/validators');
const modules = require('./modules');

const { names: builtinModules } = require('./node/names');

function isBuiltin(name) {
  validateString(name, 'id');
  return builtinModules.includes(name.startsWith('node:') ? name.slice(5) : name);
}

/** A `require` for Node's own modules; everything else of a worker is bundled, or imported. */
function createRequire(from) {
  if (typeof from !== 'string' && !(from instanceof primordials.globalThis.URL)) throw nodeError('ERR_INVALID_ARG_VALUE', 'filename', from, 'must be a file URL object, file URL string, or absolute path string');
  const make = (id) => {
    validateString(id, 'id');
    const name = modules.nodeName(id);
    if (name !== null) return modules.nodeModule(name);
    throw Object.assign(new Error(`Cannot find module '${id}': require() of createRequire() has Node's own modules only – import it, so that it is bundled`), { code: 'MODULE_NOT_FOUND' });
  };
  make.resolve = Object.assign((id) => id, { paths: () => null });
  make.cache = Object.create(null);
  make.main = undefined;
  make.extensions = Object.create(null);
  return make;
}

function Module(id = '') {
  this.id = id;
  this.exports = {};
  this.children = [];
  this.loaded = false;
}

Object.assign(Module, {
  Module, builtinModules, createRequire, isBuiltin, _cache: Object.create(null), _extensions: Object.create(null), _pathCache: Object.create(null), globalPaths: [],
  _load: (id) => createRequire('/')(id), _resolveFilename: (id) => id, _nodeModulePaths: () => [], _resolveLookupPaths: () => null, _findPath: () => false, _initPaths() {},
  findSourceMap: () => undefined, syncBuiltinESMExports() {}, enableCompileCache: () => ({ status: 3 }), getCompileCacheDir: () => undefined,
  register() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'module.register'); },
});

module.exports = Module;
