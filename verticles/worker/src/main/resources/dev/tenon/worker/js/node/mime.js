// util.MIMEType and util.MIMEParams. https://nodejs.org/api/util.html#class-utilmimetype

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const QUOTED = /^[\t\x20-\x7e\x80-\xff]*$/;

function invalid(what, text) {
  const error = new TypeError(`The MIME syntax for a ${what} in "${text}" is invalid`);
  error.code = 'ERR_INVALID_MIME_SYNTAX';
  return error;
}

class MIMEParams {
  #values = new Map();

  static parse(text) {
    const made = new MIMEParams();
    const part = /;[\t\n\r ]*([^;=]*)(?:=(?:"((?:\\.|[^"\\])*)"?[^;]*|([^;]*)))?/g;
    for (const [, name, quoted, plain] of text.matchAll(part)) {
      const value = quoted !== undefined ? quoted.replace(/\\(.)/g, '$1') : plain?.replace(/[\t\n\r ]+$/, '');
      const key = name.toLowerCase();
      if (TOKEN.test(key) && value !== undefined && (value !== '' || quoted !== undefined) && QUOTED.test(value) && !made.#values.has(key)) made.#values.set(key, value);
    }
    return made;
  }

  delete(name) { this.#values.delete(`${name}`); }
  get(name) { return this.#values.get(`${name}`) ?? null; }
  has(name) { return this.#values.has(`${name}`); }
  set(name, value) {
    if (!TOKEN.test(`${name}`)) throw invalid('parameter name', name);
    if (!QUOTED.test(`${value}`)) throw invalid(`parameter value for ${name}`, value);
    this.#values.set(`${name}`, `${value}`);
  }
  * entries() { yield* this.#values.entries(); }
  * keys() { yield* this.#values.keys(); }
  * values() { yield* this.#values.values(); }
  [Symbol.iterator]() { return this.entries(); }
  toString() {
    return [...this.#values].map(([name, value]) => `${name}=${TOKEN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`).join(';');
  }
  toJSON() { return this.toString(); }
}

class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(input) {
    const text = `${input}`.replace(/^[\t\n\r ]+/, '');
    const [, type = '', subtype = '', rest = ''] = /^([^/;]*)\/?([^;]*)(.*)$/s.exec(text) ?? [];
    if (!TOKEN.test(type) || !text.includes('/')) throw invalid('type', text);
    const trimmed = subtype.replace(/[\t\n\r ]+$/, '');
    if (!TOKEN.test(trimmed)) throw invalid('subtype', text);
    this.#type = type.toLowerCase();
    this.#subtype = trimmed.toLowerCase();
    this.#params = MIMEParams.parse(rest);
  }

  get type() { return this.#type; }
  set type(value) {
    if (!TOKEN.test(`${value}`)) throw invalid('type', value);
    this.#type = `${value}`.toLowerCase();
  }
  get subtype() { return this.#subtype; }
  set subtype(value) {
    if (!TOKEN.test(`${value}`)) throw invalid('subtype', value);
    this.#subtype = `${value}`.toLowerCase();
  }
  get essence() { return `${this.#type}/${this.#subtype}`; }
  get params() { return this.#params; }
  toString() {
    const params = this.#params.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }
  toJSON() { return this.toString(); }
}

module.exports = { MIMEType, MIMEParams };
