// What a worker sees as its `[ai]` binding: the class `Ai` of workerd's cloudflare-internal:ai-api, without its HTTP.
(host) => {
  class InferenceUpstreamError extends Error {
    constructor(message, name = 'InferenceUpstreamError') {
      super(message);
      this.name = name;
    }
  }

  class Ai {
    /** The id of the last request's log in an AI gateway: there is none here. */
    aiGatewayLogId = null;

    async run(model, inputs, options) {
      if (inputs === null || typeof inputs !== 'object') {
        throw new InferenceUpstreamError("5006: Error: the inputs are not an object");
      }
      const request = JSON.stringify({ model: String(model), inputs, options: options ?? {} });
      let reply;
      try {
        reply = await host.call('run', request);
      } catch (error) {
        throw new InferenceUpstreamError(error.message);
      }
      return reply.stream ?? JSON.parse(reply.json);
    }
  }

  return new Ai();
}
