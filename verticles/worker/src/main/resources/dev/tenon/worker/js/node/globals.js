// Globals that nodejs_compat adds, and how each comes into being when it is first touched.
const { globalThis } = primordials;

module.exports = {
  __proto__: null,
  Buffer: () => require('./node/buffer').Buffer,
  clearImmediate: () => require('./node/timers').clearImmediate,
  global: () => globalThis,
  process: () => require('./node/process'),
  setImmediate: () => require('./node/timers').setImmediate,
};
