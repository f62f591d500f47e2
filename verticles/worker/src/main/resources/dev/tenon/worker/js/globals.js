// Global names and how each comes into being when it is first touched.
module.exports = {
  __proto__: null,
  Crypto: () => require('./crypto').Crypto,
  CryptoKey: () => require('./crypto').CryptoKey,
  DOMException: () => require('./dom-exception').DOMException,
  Headers: () => require('./headers').Headers,
  SubtleCrypto: () => require('./crypto').SubtleCrypto,
  URL: () => require('./url').URL,
  URLSearchParams: () => require('./url-search-params').URLSearchParams,
  atob: () => require('./base64').atob,
  btoa: () => require('./base64').btoa,
  crypto: () => require('./crypto').crypto,
  structuredClone: () => require('./structured-clone').structuredClone,
};
