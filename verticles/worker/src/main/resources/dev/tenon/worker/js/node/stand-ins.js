// Modules that a worker can import and cannot use: packages that only mention them run, and whoever calls something is told why it fails.
const { nodeError } = require('./node/errors');

const LOOKUPS = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa',
  'resolveSrv', 'resolveTxt', 'reverse', 'setServers'];

/** Functions, classes and constants of each module. A name with a capital is a class. */
const members = {
  __proto__: null,
  _stream_duplex: [], _stream_passthrough: [], _stream_readable: [], _stream_transform: [], _stream_writable: [],
  child_process: ['ChildProcess', 'exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync', '_forkChild'],
  cluster: ['Worker', 'disconnect', 'fork', 'setupMaster', 'setupPrimary'],
  _http_agent: [], _http_client: [], _http_common: ['HTTPParser', 'parsers'], _http_incoming: [], _http_outgoing: ['OutgoingMessage'],
  _http_server: ['Server', 'ServerResponse'], _stream_wrap: ['JSStreamSocket'], _tls_common: ['SecureContext', 'createSecureContext'], _tls_wrap: ['Server', 'TLSSocket', 'connect'],
  dgram: ['Socket', 'createSocket', '_createSocketHandle'],
  dns: ['Resolver', ...LOOKUPS], 'dns/promises': ['Resolver', ...LOOKUPS],
  domain: ['Domain', 'create', 'createDomain'],
  http: ['OutgoingMessage', 'Server', 'ServerResponse', 'createServer'],
  https: ['Server', 'createServer'],
  http2: ['Http2ServerRequest', 'Http2ServerResponse', 'connect', 'createSecureServer', 'createServer', 'getDefaultSettings', 'getPackedSettings', 'getUnpackedSettings', 'performServerHandshake'],
  inspector: ['Session', 'close', 'open', 'waitForDebugger'],
  'inspector/promises': ['Session', 'close', 'open', 'waitForDebugger'],
  net: ['BlockList', 'Server', 'Socket', 'SocketAddress', 'Stream', 'connect', 'createConnection', 'createServer'],
  readline: ['Interface', 'clearLine', 'clearScreenDown', 'createInterface', 'cursorTo', 'emitKeypressEvents', 'moveCursor'],
  'readline/promises': ['Interface', 'Readline', 'createInterface'],
  repl: ['REPLServer', 'Recoverable', 'start', 'writer'],
  tls: ['SecureContext', 'Server', 'TLSSocket', 'checkServerIdentity', 'connect', 'convertALPNProtocols', 'createSecureContext', 'createSecurePair', 'createServer', 'getCiphers'],
  trace_events: ['createTracing', 'getEnabledCategories'],
  tty: ['ReadStream', 'WriteStream'],
  v8: ['DefaultDeserializer', 'DefaultSerializer', 'Deserializer', 'GCProfiler', 'Serializer', 'deserialize', 'getHeapSnapshot', 'serialize', 'setFlagsFromString', 'takeCoverage',
    'stopCoverage', 'writeHeapSnapshot', 'setHeapSnapshotNearHeapLimit', 'queryObjects'],
  vm: ['Script', 'SourceTextModule', 'SyntheticModule', 'compileFunction', 'createContext', 'isContext', 'measureMemory', 'runInContext', 'runInNewContext', 'runInThisContext'],
  wasi: ['WASI'],
  worker_threads: ['BroadcastChannel', 'Worker', 'getEnvironmentData', 'moveMessagePortToContext', 'postMessageToThread', 'receiveMessageOnPort', 'setEnvironmentData'],
};

/** What answers truthfully in a worker, beside what throws. */
const truths = {
  __proto__: null,
  cluster: () => ({ isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {}, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2 }),
  dns: () => ({ getServers: () => [], setDefaultResultOrder() {}, getDefaultResultOrder: () => 'verbatim', promises: make('dns/promises') }),
  _http_agent: () => ({ Agent: require('./node/http-client').Agent }),
  _http_client: () => ({ ClientRequest: require('./node/http-client').ClientRequest }),
  _http_incoming: () => ({ IncomingMessage: require('./node/http-incoming').IncomingMessage }),
  _http_outgoing: () => ({ OutgoingMessage: require('./node/http-outgoing').OutgoingMessage }),
  _http_server: () => servers('_http_server'),
  http: () => {
    const { Agent, ClientRequest, make: client } = require('./node/http-client');
    const { MessageEvent, CloseEvent, WebSocket } = primordials.globalThis;
    const { IncomingMessage } = require('./node/http-incoming');
    return { ...require('./node/http-names'), Agent, ClientRequest, IncomingMessage, MessageEvent, CloseEvent, WebSocket, ...client('http:'), ...servers('http') };
  },
  https: () => ({ Agent: require('./node/http-client').Agent, ...require('./node/http-client').make('https:'), ...servers('https') }),
  http2: () => ({ constants: {}, sensitiveHeaders: Symbol('nodejs.http2.sensitiveHeaders') }),
  inspector: () => ({ console: primordials.globalThis.console, url: () => undefined, Network: {} }),
  'inspector/promises': () => ({ console: primordials.globalThis.console, url: () => undefined }),
  net: () => require('./node/net-addresses'),
  readline: () => ({ promises: make('readline/promises') }),
  repl: () => ({ builtinModules: require('./node/names').names, REPL_MODE_SLOPPY: Symbol('repl-sloppy'), REPL_MODE_STRICT: Symbol('repl-strict') }),
  tls: () => ({ CLIENT_RENEG_LIMIT: 3, CLIENT_RENEG_WINDOW: 600, DEFAULT_CIPHERS: '', DEFAULT_ECDH_CURVE: 'auto', DEFAULT_MAX_VERSION: 'TLSv1.3', DEFAULT_MIN_VERSION: 'TLSv1.2', rootCertificates: [] }),
  trace_events: () => ({ createTracing: () => ({ enabled: false, categories: '', enable() {}, disable() {} }), getEnabledCategories: () => undefined }),
  tty: () => ({ isatty: () => false }),
  v8: () => ({
    cachedDataVersionTag: () => 0, getHeapStatistics: () => ({}), getHeapSpaceStatistics: () => [], getHeapCodeStatistics: () => ({}), startupSnapshot: { isBuildingSnapshot: () => false },
    promiseHooks: {},
  }),
  vm: () => ({ constants: { __proto__: null, USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('main'), DONT_CONTEXTIFY: Symbol('none') }, isContext: () => false }),
  worker_threads: () => ({
    isMainThread: true, isInternalThread: false, parentPort: null, resourceLimits: {}, threadId: 0, workerData: null, SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
    MessageChannel: primordials.globalThis.MessageChannel, MessagePort: primordials.globalThis.MessagePort, markAsUntransferable() {}, markAsUncloneable() {}, isMarkedAsUntransferable: () => false,
    getEnvironmentData: () => undefined,
  }),
};

/** Servers, where the compatibility date or a flag has them. */
function servers(module) {
  if (!host.hasFlag('enable_nodejs_http_server_modules')) return {};
  const { Server, createServer } = require('./node/http-server');
  if (module === 'https') return { Server, createServer };
  const { OutgoingMessage, ServerResponse } = require('./node/http-outgoing');
  return module === 'http' ? { OutgoingMessage, Server, ServerResponse, createServer, _connectionListener() {} } : { Server, ServerResponse };
}

function absent(module, name) {
  const error = nodeError('ERR_METHOD_NOT_IMPLEMENTED', `${module}.${name}`);
  error.message = `node:${module} is not available to workers: ${name} cannot be used – a worker has no processes, threads, sockets or terminals of its own`;
  return error;
}

function member(module, name) {
  const stand = /^[A-Z]/.test(name)
    ? { [name]: class { constructor() { throw absent(module, name); } } }
    : { [name](...args) { throw absent(module, name); } };
  return stand[name];
}

const streams = { __proto__: null, _stream_duplex: 'Duplex', _stream_passthrough: 'PassThrough', _stream_readable: 'Readable', _stream_transform: 'Transform', _stream_writable: 'Writable' };

function make(name) {
  if (streams[name] !== undefined) return require('./node/stream')[streams[name]];
  const made = {};
  for (const one of members[name] ?? []) made[one] = member(name, one);
  return Object.assign(made, truths[name]?.());
}

module.exports = { make };
