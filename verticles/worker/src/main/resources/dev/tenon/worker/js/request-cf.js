// https://developers.cloudflare.com/workers/runtime-apis/request/#incomingrequestcfproperties
// Deviation: what only Cloudflare's network knows (places, networks, scores) is not there, and nothing is asked of anybody.

/** What is known about a request that came in, as far as its edge has told. */
function describe(exchange) {
  const cf = { clientAcceptEncoding: exchange.header('accept-encoding') ?? '', requestPriority: '' };
  const protocol = exchange.client(0);
  if (protocol !== '') cf.httpProtocol = protocol;
  const version = exchange.client(1);
  if (version !== '') {
    cf.tlsVersion = version;
    cf.tlsCipher = exchange.client(2);
  }
  return cf;
}

module.exports = { describe };
