// What the classes of `cloudflare:workers` have in common: they keep what they are made with, as user classes expect.
function base(name) {
  return { [name]: class {
    constructor(ctx, env) {
      this.ctx = ctx;
      this.env = env;
    }
  } }[name];
}

module.exports = { DurableObject: base('DurableObject'), WorkerEntrypoint: base('WorkerEntrypoint'), WorkflowEntrypoint: base('WorkflowEntrypoint') };
