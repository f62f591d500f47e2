// `error.stack` as V8 makes it, with places as the user's own sources name them.
const { Error, FunctionPrototypeCall, ObjectDefineProperty } = primordials;

const errorToString = Error.prototype.toString;
let own;

/** Called by the engine when somebody reads the stack of an error for the first time. */
function prepare(error, frames) {
  let text = '';
  for (let i = 0; i < frames.length; i++) text += `\n    at ${frames[i]}`;
  return header(error) + host.mapStack(text);
}

function header(error) {
  try {
    return FunctionPrototypeCall(errorToString, error);
  } catch {
    return '<error>';
  }
}

ObjectDefineProperty(Error, 'prepareStackTrace', {
  __proto__: null,
  configurable: true,
  get() {
    return own ?? prepare;
  },
  set(value) {
    own = value;
  },
});
