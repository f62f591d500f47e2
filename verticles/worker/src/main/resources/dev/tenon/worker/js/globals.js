// Global names and how each comes into being when it is first touched.
module.exports = {
  __proto__: null,
  DOMException: () => require('./dom-exception').DOMException,
  Headers: () => require('./headers').Headers,
  URL: () => require('./url').URL,
  URLSearchParams: () => require('./url-search-params').URLSearchParams,
};
