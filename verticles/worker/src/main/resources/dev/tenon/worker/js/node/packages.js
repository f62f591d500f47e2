// Loads npm packages that come with the runtime, as CommonJS. They reach Node's modules and their own files, and nothing of the runtime.
const files = require('java:node-packages');

const loaded = new Map();

/** What a package finds under other packages' names. */
const others = {
  __proto__: null,
  'abort-controller': () => primordials.globalThis,
  'buffer': () => require('./node/buffer'),
  'events': () => require('./node/events'),
  'process/': () => tick,
  'string_decoder/': () => require('./node/string-decoder'),
};

const tick = {
  env: {},
  nextTick(callback, ...args) {
    queueMicrotask(args.length === 0 ? callback : () => callback(...args));
  },
};

/** @param path of a file, beginning with the package's name */
function load(path) {
  const known = loaded.get(path);
  if (known !== undefined) return known.exports;
  const code = files.load(path);
  if (code === null) throw new Error(`the runtime has no file ${path}`);
  const module = { exports: {} };
  loaded.set(path, module);
  const directory = path.slice(0, path.lastIndexOf('/'));
  code(module.exports, (specifier) => specifier[0] === '.' ? load(resolve(directory, specifier)) : others[specifier](), module);
  return module.exports;
}

function resolve(directory, specifier) {
  const parts = directory.split('/');
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return path.endsWith('.js') ? path : `${path}.js`;
}

module.exports = { load };
