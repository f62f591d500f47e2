import path from 'node:path';
import posix from 'node:path/posix';

const samples = ['', '.', '..', '/', '//', '/a', '/a/', 'a', 'a/', 'a/b', './a', '../a', '/a/b/../c/./d', 'a//b', '/../..', '../../a/..', 'file.ext', '.bashrc', 'a.b.', 'a.', '.a.b', '/x/.y/z.tar.gz',
  'C:\\', 'C:', 'C:a', 'C:\\a\\..\\b', 'c:/x/y.txt', '\\\\host\\share\\d\\f.x', '\\\\host\\share', '\\\\host\\share\\', '//host/share/a', '\\a\\b', 'a\\b/c', 'C:..\\a', '\\\\?\\C:\\x', 'aaa/', 'basename.ext//', '/aaa/bbb.js', '//a', '///a', '//a/b/c', ' ', 'a/../..', './', '../', '/.', '/..', 'a/.', 'a/b/..', 'b\\..\\..\\c'];
const each = (work) => () => samples.map((sample) => work(sample));
export default {
  'posix normalize': each((s) => posix.normalize(s)),
  'posix dirname': each((s) => posix.dirname(s)),
  'posix basename': each((s) => [posix.basename(s), posix.basename(s, '.js'), posix.basename(s, 'b'), /^\/+$/.test(s) || posix.basename(s, s)]),
  'posix extname': each((s) => posix.extname(s)),
  'posix parse': each((s) => s === '/..' || posix.parse(s)),
  'posix isAbsolute': each((s) => posix.isAbsolute(s)),
  'posix join': () => [posix.join(), posix.join('a', '', 'b'), posix.join('/a', '..', '..', 'b'), posix.join('a', '../../b'), posix.join('', ''), posix.join('/', '..'), posix.join('a/', '/b')],
  'posix resolve': () => [posix.resolve('/a', 'b', '../c'), posix.resolve('/a', '/b', 'c/'), posix.resolve('/'), posix.resolve('/a/b', '..', '..', '..')],
  'posix relative': () => [posix.relative('/a/b/c', '/a/d'), posix.relative('/a', '/a'), posix.relative('/a/b', '/a/b/c/d'), posix.relative('/', '/x'), posix.relative('/foo/bar', '/foo/barbaz'), posix.relative('/x/y', '/')],
  'posix format': () => [posix.format({ dir: '/a', base: 'b' }), posix.format({ root: '/', name: 'n', ext: '.x' }), posix.format({ root: '/', name: 'n', ext: 'x' }), posix.format({ dir: '/', root: '/', base: 'b' }), posix.format({})],
  'win32 normalize': each((s) => path.win32.normalize(s)),
  'win32 dirname': each((s) => path.win32.dirname(s)),
  'win32 basename': each((s) => [path.win32.basename(s), path.win32.basename(s, '.txt')]),
  'win32 extname': each((s) => path.win32.extname(s)),
  'win32 parse': each((s) => path.win32.parse(s)),
  'win32 isAbsolute': each((s) => path.win32.isAbsolute(s)),
  'win32 join': () => [path.win32.join('a', '..', 'b'), path.win32.join('C:\\', 'x'), path.win32.join('//', 'a'), path.win32.join('//a', 'b'), path.win32.join('\\', '\\\\x'), path.win32.join('c:', 'a'), path.win32.join('c:.', 'a'), path.win32.join()],
  'win32 resolve': () => [path.win32.resolve('C:\\a', '..\\b'), path.win32.resolve('C:\\a', 'D:\\b'), path.win32.resolve('c:/x', '/y'), path.win32.resolve('\\\\h\\s\\a', '..')],
  'win32 relative': () => [path.win32.relative('C:\\a\\b', 'C:\\A\\c'), path.win32.relative('C:\\a', 'D:\\a'), path.win32.relative('C:\\a', 'c:\\a\\b\\c'), path.win32.relative('\\\\h\\s\\a', '\\\\h\\s\\b')],
  'win32 namespaced': () => [path.win32.toNamespacedPath('C:\\a'), path.win32.toNamespacedPath('\\\\h\\s\\a'), path.win32.toNamespacedPath('')],
  'not a string': () => path.join(1),
  'format not an object': () => path.format('x'),
  'names': () => [path.sep, path.delimiter, path.posix === path, path.win32.sep],
};
