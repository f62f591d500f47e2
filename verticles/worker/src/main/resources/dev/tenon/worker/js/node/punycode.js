// The module `node:punycode`: RFC 3492. https://nodejs.org/api/punycode.html
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const INITIAL_N = 128;
const INITIAL_BIAS = 72;

const ucs2 = {
  decode: (text) => Array.from(text, (c) => c.codePointAt(0)),
  encode: (points) => String.fromCodePoint(...points),
};

function adapt(delta, count, first) {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return Math.floor(k + ((BASE - T_MIN + 1) * rest) / (rest + 38));
}

function threshold(k, bias) {
  return k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
}

function digit(value) {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22);
}

function valueOf(unit) {
  if (unit >= 0x30 && unit < 0x3a) return unit - 0x30 + 26;
  if (unit >= 0x41 && unit < 0x5b) return unit - 0x41;
  if (unit >= 0x61 && unit < 0x7b) return unit - 0x61;
  return BASE;
}

function encode(input) {
  const points = ucs2.decode(input);
  let output = points.filter((point) => point < INITIAL_N).map((point) => String.fromCharCode(point)).join('');
  const basic = output.length;
  let handled = basic;
  let n = INITIAL_N;
  let delta = 0;
  let bias = INITIAL_BIAS;
  if (basic > 0) output += '-';
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    if (delta > 0x7fffffff) throw new RangeError('Overflow: input needs wider integers to process');
    n = next;
    for (const point of points) {
      if (point < n) delta++;
      if (point !== n) continue;
      let q = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (q < t) break;
        output += digit(t + (q - t) % (BASE - t));
        q = Math.floor((q - t) / (BASE - t));
      }
      output += digit(q);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
}

function decode(input) {
  const output = [];
  const basic = Math.max(input.lastIndexOf('-'), 0);
  for (let i = 0; i < basic; i++) {
    if (input.charCodeAt(i) >= 0x80) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
    output.push(input.charCodeAt(i));
  }
  let n = INITIAL_N;
  let i = 0;
  let bias = INITIAL_BIAS;
  for (let at = basic > 0 ? basic + 1 : 0; at < input.length;) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      if (at >= input.length) throw new RangeError('Invalid input');
      const value = valueOf(input.charCodeAt(at++));
      if (value >= BASE) throw new RangeError('Invalid input');
      i += value * weight;
      if (i > 0x7fffffff) throw new RangeError('Overflow: input needs wider integers to process');
      const t = threshold(k, bias);
      if (value < t) break;
      weight *= BASE - t;
    }
    bias = adapt(i - before, output.length + 1, before === 0);
    n += Math.floor(i / (output.length + 1));
    i %= output.length + 1;
    output.splice(i++, 0, n);
  }
  return ucs2.encode(output);
}

function mapDomain(domain, work) {
  const parts = domain.split('@');
  const host = parts.pop().replace(/[\u3002\uff0e\uff61]/g, '.').split('.').map(work).join('.');
  return parts.length > 0 ? `${parts[0]}@${host}` : host;
}

module.exports = {
  version: '2.1.0',
  ucs2,
  decode,
  encode,
  toASCII: (domain) => mapDomain(domain, (label) => /[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label),
  toUnicode: (domain) => mapDomain(domain, (label) => label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label),
};
