// What the classes of `cloudflare:workers` have in common: they keep what they are made with, as user classes expect.
const { TypeError } = primordials;

function base(name) {
  return { [name]: class {
    constructor(ctx, env) {
      if (typeof ctx !== 'object' || ctx === null) throw new TypeError(`Failed to construct '${name}': constructor parameter 1 is not of type 'JsObject'.`);
      this.ctx = ctx;
      this.env = env;
    }
  } }[name];
}

module.exports = { DurableObject: base('DurableObject'), WorkerEntrypoint: base('WorkerEntrypoint'), WorkflowEntrypoint: base('WorkflowEntrypoint') };
