// What process.env is filled from. Set while the isolate is put together; nothing is read before process is touched.
module.exports = {
  /** HostBindings.java, when nodejs_compat_populate_process_env is on. */
  bindings: null,
};
