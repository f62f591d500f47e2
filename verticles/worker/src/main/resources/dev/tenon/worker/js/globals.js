// Global names and how each comes into being when it is first touched.
module.exports = {
  __proto__: null,
};
