// The global `Cloudflare`: https://developers.cloudflare.com/workers/configuration/compatibility-flags/
const { ObjectDefineProperty, ObjectFreeze, StringPrototypeSlice, StringPrototypeSplit } = primordials;
const { defineInterface, illegalConstructor } = require('./webidl');

const MADE = { __proto__: null };

class Cloudflare {
  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    // As in workerd, a property of the object itself.
    ObjectDefineProperty(this, 'compatibilityFlags', { __proto__: null, value: flags(), enumerable: true });
  }
}

/** Each flag that is known here, and whether it is on. */
function flags() {
  const all = { __proto__: null };
  const list = StringPrototypeSplit(host.compatibilityFlags(), '\n');
  for (let i = 0; i < list.length; i++) all[StringPrototypeSlice(list[i], 1)] = list[i][0] === '+';
  return ObjectFreeze(all);
}

defineInterface(Cloudflare);

module.exports = { Cloudflare: new Cloudflare(MADE) };
