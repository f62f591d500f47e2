// The module `cloudflare:email`. https://developers.cloudflare.com/email-routing/email-workers/send-email-workers/
// A message can be made; nothing here sends or receives one yet.
const { String, TypeError } = primordials;

class EmailMessage {
  #from;
  #to;
  #raw;

  constructor(from, to, raw) {
    if (arguments.length < 3) throw new TypeError(`Failed to construct 'EmailMessage': 3 arguments required, but only ${arguments.length} present.`);
    this.#from = String(from);
    this.#to = String(to);
    this.#raw = raw;
  }

  get from() { return this.#from; }
  get to() { return this.#to; }
  get raw() { return this.#raw; }
}

module.exports = { names: ['EmailMessage'], make: () => ({ EmailMessage }) };
