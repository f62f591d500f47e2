import { each, over, text } from './show.js';

const bytes = (...all) => new Uint8Array(all);

export default {
  encode: () => over(['', 'a', 'ä', '日', '😀', '\ud800', '\udc00x', undefined, null, 7], (s) => new TextEncoder().encode(s)),
  encodeInto: () => over([['ab', 1], ['ä', 1], ['ä', 2], ['😀x', 4], ['', 3]], ([s, n]) => { const into = new Uint8Array(n); return [new TextEncoder().encodeInto(s, into), into]; }),
  decodeUtf8: () => over([bytes(), bytes(0x61), bytes(0xc3, 0xa4), bytes(0xef, 0xbb, 0xbf, 0x61), bytes(0xff), bytes(0xc3), bytes(0xe2, 0x82), bytes(0xed, 0xa0, 0x80), bytes(0xf0, 0x9f, 0x98, 0x80), bytes(0xc0, 0x80), bytes(0x61, 0xff, 0x62)], (b) => new TextDecoder().decode(b)),
  fatal: () => over([bytes(0xff), bytes(0xc3), bytes(0x61)], (b) => new TextDecoder('utf-8', { fatal: true }).decode(b)),
  ignoreBom: () => [new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(0xef, 0xbb, 0xbf, 0x61)), new TextDecoder().decode(bytes(0xef, 0xbb, 0xbf, 0x61))],
  streaming: () => { const d = new TextDecoder(); return [d.decode(bytes(0xe6), { stream: true }), d.decode(bytes(0x97), { stream: true }), d.decode(bytes(0xa5)), d.decode(bytes(0xe6), { stream: true }), d.decode()]; },
  labels: () => over(['utf8', 'UTF-8', ' utf-8 ', 'latin1', 'ascii', 'iso-8859-1', 'iso-8859-2', 'windows-1251', 'koi8-r', 'macintosh', 'gbk', 'gb18030', 'big5', 'euc-jp', 'shift_jis', 'iso-2022-jp', 'euc-kr', 'utf-16', 'utf-16le', 'utf-16be', 'x-user-defined', 'utf-7', 'nonsense', '', undefined, null], (l) => new TextDecoder(l).encoding),
  legacy: () => each(
    () => new TextDecoder('latin1').decode(bytes(0x80, 0xe4, 0x9f)), () => new TextDecoder('windows-1251').decode(bytes(0xcf, 0xf0)), () => new TextDecoder('koi8-r').decode(bytes(0xf0, 0xd2)),
    () => new TextDecoder('gbk').decode(bytes(0xc4, 0xe3)), () => new TextDecoder('gb18030').decode(bytes(0x81, 0x30, 0x81, 0x30)), () => new TextDecoder('big5').decode(bytes(0xa7, 0x41)),
    () => new TextDecoder('euc-jp').decode(bytes(0xc6, 0xfc)), () => new TextDecoder('shift_jis').decode(bytes(0x93, 0xfa)), () => new TextDecoder('iso-2022-jp').decode(bytes(0x1b, 0x24, 0x42, 0x46, 0x7c)),
    () => new TextDecoder('euc-kr').decode(bytes(0xb3, 0xaa)), () => new TextDecoder('utf-16le').decode(bytes(0x3d, 0xd8, 0x00, 0xde)), () => new TextDecoder('utf-16be').decode(bytes(0xd8, 0x3d, 0xde, 0x00, 0x00)),
    () => new TextDecoder('shift_jis', { fatal: true }).decode(bytes(0x81)), () => new TextDecoder('x-user-defined').decode(bytes(0x80))),
  inputs: () => over([undefined, bytes(0x61).buffer, new DataView(bytes(0x61).buffer), new Uint16Array([0x6161]), null, 'text', {}, [97]], (input) => new TextDecoder().decode(input)),
  misuse: () => each(() => TextDecoder(), () => TextEncoder(), () => new TextEncoder().encodeInto('a'), () => new TextEncoder().encodeInto('a', []), () => new TextDecoder('utf-8', 7)),
  shape: () => [new TextEncoder().encoding, new TextDecoder().fatal, new TextDecoder().ignoreBOM, String(new TextDecoder()), String(new TextEncoder())],
  base64: () => over(['', 'a', 'ab', 'abc', '\u00ff', '\u0100', 'ä', undefined, null, 7], (s) => btoa(s)),
  unbase64: () => over(['', 'YQ==', 'YQ', 'YWI=', ' Y W\nI = ', 'YQ=', 'Y', '====', 'YQ==YQ==', 'a-b_', '!', undefined, null, 'YR=='], (s) => atob(s)),
  base64Misuse: () => each(() => atob(), () => btoa()),
  uriComponents: () => over(['ä b&c', '\ud800', '%', "-_.!~*'()"], (s) => [encodeURIComponent(s), encodeURI(s), escape(s)]),
  undecode: () => over(['%C3%A4', '%', '%zz', '%ff', '%20+'], (s) => decodeURIComponent(s)),
  uint8Base64: () => each(() => typeof Uint8Array.fromBase64, () => text('hi').toHex?.(), () => text('hi').toBase64?.()),
};
