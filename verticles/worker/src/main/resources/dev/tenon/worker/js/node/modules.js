// Node's modules, each made when it is first asked for: a worker pays for those it imports.
const made = { __proto__: null };

const makers = {
  __proto__: null,
  'assert': () => require('./node/assert'),
  'assert/strict': () => require('./node/assert').strict,
  'async_hooks': () => require('./node/async-hooks'),
  'buffer': () => require('./node/buffer'),
  'console': () => require('./node/console'),
  'constants': () => require('./node/constants'),
  'crypto': () => require('./node/crypto'),
  'diagnostics_channel': () => require('./node/diagnostics-channel'),
  'events': () => require('./node/events'),
  'fs': () => require('./node/fs'),
  'fs/promises': () => require('./node/fs').promises,
  'module': () => require('./node/module'),
  'os': () => require('./node/os'),
  'path': () => require('./node/path'),
  'path/posix': () => require('./node/path').posix,
  'path/win32': () => require('./node/path').win32,
  'perf_hooks': () => require('./node/perf-hooks'),
  'process': () => require('./node/process'),
  'punycode': () => require('./node/punycode'),
  'querystring': () => require('./node/querystring'),
  'stream': () => require('./node/stream'),
  'stream/consumers': () => require('./node/stream-consumers'),
  'stream/promises': () => require('./node/stream').promises,
  'stream/web': () => require('./node/stream-web'),
  'string_decoder': () => require('./node/string-decoder'),
  'sys': () => require('./node/util'),
  'timers': () => require('./node/timers'),
  'timers/promises': () => require('./node/timers').promises,
  'url': () => require('./node/url'),
  'util': () => require('./node/util'),
  'util/types': () => require('./node/util-types'),
  'zlib': () => require('./node/zlib'),
};

/** What `require('node:<name>')` gives. A module that a worker cannot have is there, and says so when it is used. */
function get(name) {
  return made[name] ??= makers[name]?.() ?? require('./node/stand-ins').make(name);
}

module.exports = { get };
