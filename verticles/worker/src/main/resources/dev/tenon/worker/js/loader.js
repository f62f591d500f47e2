// Makes `require` for the runtime's own files. The only file that is not itself a module: an expression, a function.
(function (load, java, host) {
  'use strict';
  const modules = { __proto__: null };
  const LOADING = 1;
  let primordials;

  function require(name) {
    const known = modules[name];
    if (known !== undefined) {
      if (known === LOADING) throw new Error(`${name} requires itself through other files`);
      return known.exports;
    }
    modules[name] = LOADING;
    const module = { exports: {} };
    try {
      if (name[0] === '.' && name[1] === '/') {
        load(name.slice(2))(require, module, module.exports, host, primordials);
      } else {
        // Deviation from CommonJS: `java:name` is the Java half of an API.
        module.exports = java(name.slice(5));
      }
    } catch (error) {
      modules[name] = undefined;
      throw error;
    }
    modules[name] = module;
    return module.exports;
  }

  primordials = require('./primordials');
  return require;
})
