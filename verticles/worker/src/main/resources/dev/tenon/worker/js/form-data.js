// https://xhr.spec.whatwg.org/#interface-formdata
const { ArrayPrototypePush, ArrayPrototypeSplice, TypeError } = primordials;
const { defineInterface, isObject, requireArguments, toUSVString } = require('./webidl');
const { definePairIterable } = require('./iterators');
const { fileOf, isBlob, isFile } = require('./blob');

const MADE = { __proto__: null };

class FormData {
  #list; // flat: names and values, a value being a string or a File

  constructor(form = undefined) {
    if (form === MADE) {
      this.#list = arguments[1];
      return;
    }
    this.#list = [];
  }

  append(name, value, filename = undefined) {
    const list = this.#list;
    const what = "Failed to execute 'append' on 'FormData'";
    requireArguments(arguments.length, 2, what, 'string,File or Blob or string');
    ArrayPrototypePush(list, toUSVString(name), toValue(value, filename, arguments.length > 2, what));
  }

  delete(name) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'delete' on 'FormData'");
    const key = toUSVString(name);
    for (let i = list.length - 2; i >= 0; i -= 2) if (list[i] === key) ArrayPrototypeSplice(list, i, 2);
  }

  get(name) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'get' on 'FormData'");
    const key = toUSVString(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === key) return list[i + 1];
    return null;
  }

  getAll(name) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'getAll' on 'FormData'");
    const key = toUSVString(name);
    const values = [];
    for (let i = 0; i < list.length; i += 2) if (list[i] === key) ArrayPrototypePush(values, list[i + 1]);
    return values;
  }

  has(name) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'has' on 'FormData'");
    const key = toUSVString(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === key) return true;
    return false;
  }

  set(name, value, filename = undefined) {
    const list = this.#list;
    const what = "Failed to execute 'set' on 'FormData'";
    requireArguments(arguments.length, 2, what, 'string,File or Blob or string');
    const key = toUSVString(name);
    const entry = toValue(value, filename, arguments.length > 2, what);
    let at = 0;
    while (at < list.length && list[at] !== key) at += 2;
    if (at === list.length) {
      ArrayPrototypePush(list, key, entry);
    } else {
      list[at + 1] = entry;
      for (let i = list.length - 2; i > at; i -= 2) if (list[i] === key) ArrayPrototypeSplice(list, i, 2);
    }
  }

  static {
    isFormData = (value) => isObject(value) && #list in value;
    listOf = (form) => form.#list;
  }
}

var isFormData, listOf;

/** https://xhr.spec.whatwg.org/#create-an-entry */
function toValue(value, filename, named, what) {
  if (!isBlob(value)) {
    if (named && filename !== undefined) throw new TypeError(`${what}: parameter 2 is not of type 'Blob'.`);
    return toUSVString(value);
  }
  if (named && filename !== undefined) return fileOf(value, toUSVString(filename), isFile(value) ? value.lastModified : undefined);
  return isFile(value) ? value : fileOf(value, 'blob');
}

function formDataOf(list) {
  return new FormData(MADE, list);
}

definePairIterable(FormData, 'FormData', (form) => listOf(form));
defineInterface(FormData);

module.exports = { FormData, formDataOf, isFormData, listOf };
