import { each, over, text } from './show.js';

const form = (...entries) => { const f = new FormData(); for (const entry of entries) f.append(...entry); return f; };
const encoded = async (body) => { const r = new Response(body); const boundary = r.headers.get('content-type').split('boundary=')[1]; return (await r.text()).replaceAll(boundary, 'BOUNDARY'); };

export default {
  parts: () => over([[], ['a', 'b'], [text('x'), text('y').buffer], [new Blob(['in']), 'side'], [1, null, undefined, true, {}], ['ä😀\ud800'], [new Uint16Array([0x6161])]], (parts) => new Blob(parts).text()),
  misuse: () => each(() => Blob(), () => new Blob('text'), () => new Blob(7), () => new Blob({}), () => new Blob(null), () => new Blob(undefined).size, () => new Blob([], 7), () => new Blob(new Set(['s'])).size, () => new Blob([], { endings: 'x' })),
  types: () => over(['', 'Text/PLAIN', 'a/b; c=D', 'ä', 'x', '\u0000', 7, null, undefined], (type) => new Blob([], { type }).type),
  slices: () => over([[], [1], [1, 3], [-2], [-4, -1], [3, 1], [9], [0, 99], [NaN], [undefined, 2], ['1', '2'], [1.7], [0, 2, 'A/B'], [0, null]], async (args) => { const s = new Blob(['01234'], { type: 'x/y' }).slice(...args); return [s.size, s.type, await s.text()]; }),
  sliceOfSlice: () => new Blob(['0123456789']).slice(2, 8).slice(1, -1).text(),
  reading: async () => { const b = new Blob(['ab\xff']); return [await b.arrayBuffer(), await b.bytes(), await new Response(b.stream()).text(), await b.text()]; },
  stream: async () => { const reader = new Blob(['abc']).stream().getReader(); const one = await reader.read(); const two = await reader.read(); return [one.value, one.done, two.value, two.done]; },
  byobStream: async () => { const reader = new Blob(['abcdef']).stream().getReader({ mode: 'byob' }); return (await reader.read(new Uint8Array(4))).value; },
  file: () => { const f = new File(['x'], 'n/a.txt', { type: 'T/x', lastModified: 7 }); return [f.name, f.type, f.lastModified, f.size, f instanceof Blob, String(f)]; },
  fileDefaults: () => { const f = new File([], 'n'); return [f.type, typeof f.lastModified, f.lastModified > 1e12]; },
  fileMisuse: () => each(() => new File(), () => new File([]), () => new File('x', 'n'), () => File([], 'n'), () => new File([], undefined).name, () => new File([], 7).name),
  sliceOfFile: () => { const s = new File(['abc'], 'n').slice(1); return [s instanceof File, s.constructor.name, s.size]; },
  formMethods: () => {
    const f = form(['a', '1'], ['b', '2'], ['a', '3']);
    const out = [f.get('a'), f.getAll('a'), f.has('a'), f.has('x'), f.get('x'), [...f.keys()], [...f.values()]];
    f.set('a', 'new');
    f.delete('b');
    return [...out, [...f]];
  },
  formFiles: () => { const f = form(['f', new Blob(['x'], { type: 'a/b' })], ['g', new File(['y'], 'g.txt')], ['h', new Blob(['z']), 'h.bin'], ['i', new File(['q'], 'old'), 'new']); return [...f].map(([name, value]) => [name, value, value instanceof File]); },
  formMisuse: () => each(() => FormData(), () => new FormData(7), () => form(['a']), () => form([]), () => form(['a', 'text', 'name']), () => form(['a', {}]).get('a'), () => form(['a', null]).get('a'), () => form(['a', undefined]).get('a'), () => form(['a', 7]).get('a')),
  formEncoded: () => encoded(form(['a', '1'], ['b c', 'ä\r\nx\ny'], ['"q\r\n"', ''], ['f', new File(['file'], 'n "q".txt', { type: 'text/x' })], ['g', new Blob(['blob'])])),
  formEmpty: () => encoded(form()),
  formRoundTrip: async () => { const f = await new Response(form(['a', 'ä\n'], ['f', new File([new Uint8Array([0, 255, 13, 10])], 'ü.bin', { type: 'a/b' })])).formData(); const file = f.get('f'); return [f.get('a'), file.name, file.type, await file.bytes()]; },
  formOfUrlencoded: async () => [...(await new Response(new URLSearchParams('a=1&b=ä+c')).formData())],
  formIteration: () => { const f = form(['a', '1'], ['b', '2'], ['c', '3']); const seen = []; for (const [name] of f) { seen.push(name); f.delete(name); } return seen; },
  formForEach: () => { const seen = []; const f = form(['a', '1']); f.forEach((value, name, all) => seen.push([value, name, all === f])); return seen; },
  blobResponses: async () => { const r = new Response(new Blob(['x'], { type: 'A/B' })); const b = await r.blob(); return [r.headers.get('content-type'), b.type, b.size]; },
};
