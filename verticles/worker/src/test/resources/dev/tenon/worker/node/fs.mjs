import fs from 'node:fs';
import { promisify } from 'node:util';
import { pipeline } from 'node:stream/promises';

// Made by the first case: what is outside of an invocation has another /tmp.
let base;
const at = (name) => `${base}/${name}`;
const hidden = (error) => `${error.code} ${error.syscall} ${error.message.replaceAll(base, '')}`;
const refused = (work) => () => { try { return work(); } catch (e) { return hidden(e); } };
export default {
  'write and read': () => { base = fs.mkdtempSync('/tmp/nodecompat-'); fs.writeFileSync(at('a'), 'héllo'); fs.appendFileSync(at('a'), '!'); return [fs.readFileSync(at('a'), 'utf8'), fs.readFileSync(at('a')), fs.existsSync(at('a')), fs.existsSync(at('b'))]; },
  'missing': refused(() => fs.readFileSync(at('nope'))),
  'directory': refused(() => fs.readFileSync(base)),
  'through a file': refused(() => fs.readFileSync(at('a/b'))),
  'mkdir': () => { fs.mkdirSync(at('x/y/z'), { recursive: true }); fs.writeFileSync(at('x/f'), ''); return [fs.readdirSync(at('x')), fs.readdirSync(at('x'), { withFileTypes: true }).map((e) => [e.name, e.isDirectory()])]; },
  'mkdir twice': refused(() => { fs.mkdirSync(at('d')); fs.mkdirSync(at('d')); }),
  'mkdir without parent': refused(() => fs.mkdirSync(at('no/d'))),
  'rmdir full': refused(() => fs.rmdirSync(at('x'))),
  'rm': () => { fs.rmSync(at('x'), { recursive: true }); fs.rmSync(at('x'), { force: true }); return fs.existsSync(at('x')); },
  'rename and copy': () => { fs.writeFileSync(at('r'), '1'); fs.renameSync(at('r'), at('s')); fs.copyFileSync(at('s'), at('t')); return [fs.existsSync(at('r')), fs.readFileSync(at('t'), 'utf8')]; },
  'stat': () => { fs.writeFileSync(at('st'), 'abc'); const s = fs.statSync(at('st')); return [s.size, s.isFile(), s.isDirectory(), s.mtime instanceof Date, fs.statSync(at('nope'), { throwIfNoEntry: false })]; },
  'descriptors': () => { const fd = fs.openSync(at('fd'), 'w+'); fs.writeSync(fd, 'hello'); fs.writeSync(fd, Buffer.from('J'), 0, 1, 0); const b = Buffer.alloc(5); const n = fs.readSync(fd, b, 0, 5, 0); fs.closeSync(fd); return [n, b.toString()]; },
  'bad descriptor': refused(() => fs.closeSync(99999)),
  'symlink': () => { fs.writeFileSync(at('target'), 'T'); fs.symlinkSync(at('target'), at('link')); return [fs.readFileSync(at('link'), 'utf8'), fs.lstatSync(at('link')).isSymbolicLink(), fs.readlinkSync(at('link')) === at('target')]; },
  'truncate': () => { fs.writeFileSync(at('tr'), 'abcdef'); fs.truncateSync(at('tr'), 2); return fs.readFileSync(at('tr'), 'utf8'); },
  'exclusive': refused(() => { fs.writeFileSync(at('ex'), ''); fs.writeFileSync(at('ex'), '', { flag: 'wx' }); }),
  'promises': async () => { await fs.promises.writeFile(at('p'), 'P'); const h = await fs.promises.open(at('p'), 'a+'); await h.writeFile('Q'); await h.close(); return [await fs.promises.readFile(at('p'), 'utf8'), (await fs.promises.stat(at('p'))).size]; },
  'promise refused': async () => { try { await fs.promises.readFile(at('nope')); } catch (e) { return hidden(e); } },
  'callbacks': async () => { await promisify(fs.writeFile)(at('c'), 'C'); return promisify(fs.readFile)(at('c'), 'utf8'); },
  'streams': async () => { await pipeline(async function* () { yield 'one '; yield 'two'; }, fs.createWriteStream(at('str'))); let text = ''; for await (const c of fs.createReadStream(at('str'), { encoding: 'utf8', start: 2, end: 5 })) text += c; return text; },
  'not a path': () => fs.readFileSync({}),
  'null bytes': () => { try { fs.readFileSync('a\0b'); } catch (e) { return e.code; } },
};
