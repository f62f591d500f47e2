// https://html.spec.whatwg.org/multipage/system-state.html#the-navigator-object, as far as workerd has it
const { defineInterface, illegalConstructor } = require('./webidl');

const MADE = { __proto__: null };

class Navigator {
  #brand = true;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
  }

  get userAgent() { return this.#brand && 'Cloudflare-Workers'; }
  get platform() { return this.#brand && 'linux'; }
  get hardwareConcurrency() { return this.#brand && 1; }
  get language() { return this.#brand && 'en'; }
  get languages() { return this.#brand && ['en']; }
}

defineInterface(Navigator);

module.exports = { Navigator, navigator: new Navigator(MADE) };
