// https://html.spec.whatwg.org/multipage/system-state.html#the-navigator-object, as far as workerd has it
const { PromisePrototypeThen, TypeError } = primordials;
const { defineInterface, illegalConstructor, requireArguments, toUSVString } = require('./webidl');
const { current } = require('./invocation');
const { parse, serialise } = require('./url-parser');

const MADE = { __proto__: null };

class Navigator {
  #brand = true;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
  }

  get userAgent() { return this.#brand && 'Cloudflare-Workers'; }
  get platform() { return this.#brand && ''; }
  get hardwareConcurrency() { return this.#brand && 1; }
  get language() { return this.#brand && 'en'; }
  get languages() { return this.#brand && ['en']; }

  // https://w3c.github.io/beacon/#sendbeacon-method. The request may outlive the response of the one it was made in.
  sendBeacon(url, body = undefined) {
    this.#brand;
    const what = "Failed to execute 'sendBeacon' on 'Navigator'";
    requireArguments(arguments.length, 1, what);
    const record = parse(toUSVString(url), null);
    if (record === null || (record.scheme !== 'http' && record.scheme !== 'https')) throw new TypeError(`${what}: Beacons are only supported over HTTP(S).`);
    const invocation = current();
    if (invocation === null) return false;
    const { fetch } = require('./fetch');
    const { Request } = require('./request');
    const sent = fetch(new Request(serialise(record), { method: 'POST', body, keepalive: true }));
    require('./dispatch').waitUntil(invocation, PromisePrototypeThen(sent, (response) => response.body?.cancel(), () => undefined));
    return true;
  }
}

defineInterface(Navigator);
if (!host.hasFlag('enable_navigator_language')) {
  delete Navigator.prototype.language;
  delete Navigator.prototype.languages;
}

module.exports = { Navigator, navigator: new Navigator(MADE) };
