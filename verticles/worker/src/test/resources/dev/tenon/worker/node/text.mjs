import querystring from 'node:querystring';
import { StringDecoder } from 'node:string_decoder';
import punycode from 'node:punycode';

const pieces = (encoding, chunks) => { const d = new StringDecoder(encoding); return [...chunks.map((c) => d.write(Buffer.from(c))), d.end()]; };
export default {
  'querystring parse': () => ['a=1&b=2', 'a=1&a=2&a=3', 'a', '=b', '&&', 'a=b=c', 'a%20b=c+d', '%zz=%', 'a=%E4%BD%A0', 'a=%ff', '__proto__=1', 'foo[bar]=1', '', 'a=&b', '%=%s'].map((s) => querystring.parse(s)),
  'querystring options': () => [querystring.parse('a:1;b:2', ';', ':'), querystring.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }), querystring.parse('a=%41', null, null, { decodeURIComponent: (s) => s.toLowerCase() }), querystring.parse(5)],
  'querystring stringify': () => [querystring.stringify({ a: 1, b: [1, 'x', true], c: '', d: null, e: undefined, f: NaN, g: 10n, h: {}, 'k y': 'ü&=' }), querystring.stringify({ a: 'b' }, ';', ':'), querystring.stringify('x'), querystring.stringify({ a: 'b c' }, null, null, { encodeURIComponent: (s) => `<${s}>` })],
  'querystring escape': () => [querystring.escape('a b&c/é\'()*!~'), querystring.escape(5), querystring.unescape('%41%zz'), querystring.escape({ toString: () => 'obj' })],
  'querystring surrogate': () => querystring.stringify({ a: '\ud800' }),
  'decoder utf8': () => [pieces('utf8', [[0xe2], [0x82], [0xac, 0x41]]), pieces('utf8', [[0xf0, 0x9f], [0x8e, 0x89]]), pieces('utf8', [[0xe2, 0x82]]), pieces('utf8', [[0xc3], [0x41]]), pieces('utf8', [[0xff], [0x80]]), pieces('utf8', [[0xed, 0xa0], [0x80]])],
  'decoder utf16': () => [pieces('utf16le', [[0x41], [0x00], [0x3d, 0xd8, 0x4d], [0xdc]]).join(''), pieces('utf16le', [[0x3d, 0xd8]])],
  'decoder base64': () => [pieces('base64', [[1], [2, 3], [4]]), pieces('hex', [[1], [2]]), pieces('latin1', [[0xe9]])],
  'decoder unknown': () => new StringDecoder('nope'),
  'decoder not bytes': () => new StringDecoder().write(5),
  'decoder encodings': () => ['utf-8', 'ucs2', 'binary', undefined].map((e) => new StringDecoder(e).encoding),
  'punycode': () => [punycode.encode('mañana'), punycode.decode('maana-pta'), punycode.toASCII('mañana.com'), punycode.toUnicode('xn--maana-pta.com'), punycode.toASCII('джумла@джpумлатест.bрфa'), punycode.ucs2.decode('a🎉'), punycode.ucs2.encode([0x1f389]), punycode.encode('☃-⌘')],
  'punycode invalid': () => punycode.decode('\x80'),
};
