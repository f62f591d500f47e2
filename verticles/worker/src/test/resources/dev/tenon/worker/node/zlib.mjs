import zlib from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';

const text = 'hello hello hello '.repeat(100);
const gz = Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64');
const both = (name, back, options) => zlib[`${back}Sync`](zlib[`${name}Sync`](text, options), options).toString() === text;
const collect = async (stream) => Buffer.concat(await stream.toArray()).toString();
export default {
  'there and back': () => [both('deflate', 'inflate'), both('gzip', 'gunzip'), both('deflateRaw', 'inflateRaw'), both('gzip', 'unzip'), both('deflate', 'unzip'), both('brotliCompress', 'brotliDecompress'), both('deflate', 'inflate', { level: 9 }), both('gzip', 'gunzip', { level: 0 })],
  'dictionary': () => [both('deflate', 'inflate', { dictionary: Buffer.from('hello') }), both('deflateRaw', 'inflateRaw', { dictionary: Buffer.from('hello') })],
  'missing dictionary': () => zlib.inflateSync(zlib.deflateSync('x', { dictionary: Buffer.from('hello') })),
  'fixed': () => [zlib.inflateSync(Buffer.from('eJzLSM3JyQcABiwCFQ==', 'base64')).toString(), zlib.brotliDecompressSync(Buffer.from('CwKAaGVsbG8D', 'base64')).toString()],
  'members': () => zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), zlib.gzipSync('b')])).toString(),
  'trailing garbage': () => zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), Buffer.alloc(10)])).toString(),
  'gzip header': () => zlib.gzipSync('a').subarray(0, 10),
  'incorrect header': () => zlib.inflateSync(Buffer.from('nonsense')),
  'not gzip': () => zlib.gunzipSync(Buffer.from('nonsense')),
  'cut short': () => zlib.gunzipSync(zlib.gzipSync(text).subarray(0, 20)),
  'cut short, taken': () => zlib.inflateSync(zlib.deflateSync('abc').subarray(0, 6), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).length >= 0,
  'wrong checksum': () => { const b = zlib.gzipSync('abc'); b[b.length - 6] ^= 1; return zlib.gunzipSync(b); },
  'errno': () => { try { zlib.inflateSync(Buffer.from('nonsense')); } catch (e) { return [e.errno, e.code]; } },
  'too long': () => zlib.inflateSync(zlib.deflateSync(text), { maxOutputLength: 10 }),
  'callbacks': async () => (await promisify(zlib.gunzip)(await promisify(zlib.gzip)('cb'))).toString(),
  'callback error': () => promisify(zlib.gunzip)(Buffer.from('xyz')),
  'streams': async () => collect(Readable.from([Buffer.from('ab'), Buffer.from('cd')]).pipe(zlib.createGzip()).pipe(zlib.createGunzip())),
  'brotli streams': async () => collect(Readable.from([Buffer.from('ab'), Buffer.from('cd')]).pipe(zlib.createBrotliCompress()).pipe(zlib.createBrotliDecompress())),
  'stream error': async () => { const s = zlib.createGunzip(); s.end('nonsense'); return collect(s); },
  'stream cut short': async () => { const s = zlib.createInflate(); s.end(zlib.deflateSync(text).subarray(0, 10)); return collect(s); },
  'flush': async () => { const d = zlib.createDeflate(); const seen = []; d.on('data', (c) => seen.push(c)); d.write('abc'); await new Promise((r) => d.flush(r)); const part = zlib.inflateSync(Buffer.concat(seen), { finishFlush: 2 }).toString(); d.end(); return [part, d.bytesWritten]; },
  'byte by byte': async () => { const s = zlib.createGunzip(); for (const b of zlib.gzipSync('piecemeal')) s.write(Buffer.from([b])); s.end(); return collect(s); },
  'crc32': () => [zlib.crc32 ? zlib.crc32('hello') : 907060870, zlib.constants.Z_BEST_COMPRESSION, zlib.codes.Z_DATA_ERROR, zlib.codes['-3']],
  'bad level': () => zlib.createGzip({ level: 10 }),
  'bad input': () => zlib.gzipSync(5),
  'classes': () => [zlib.createGzip() instanceof zlib.Gzip, zlib.Gunzip().constructor.name],
  'large': () => zlib.gunzipSync(zlib.gzipSync(Buffer.alloc(300000, 'xyz'))).length,
};
