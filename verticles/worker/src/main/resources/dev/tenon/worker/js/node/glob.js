// path.matchesGlob. https://nodejs.org/api/path.html#pathmatchesglobpath-pattern
const { validateString } = require('./node/validators');

function matches(path, pattern, separator) {
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  const slashed = (text) => separator === '\\' ? text.replaceAll('\\', '/') : text;
  return new RegExp(`^${translate(slashed(pattern))}$`, 's').test(slashed(path));
}

function translate(pattern) {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (pattern.startsWith('**/', i) && (i === 0 || pattern[i - 1] === '/')) {
      out += '(?:[^/]*/)*';
      i += 2;
    } else if (pattern.startsWith('**', i)) {
      out += '.*';
      i++;
    } else if (c === '*') {
      out += '[^/]*';
    } else if (c === '?') {
      out += '[^/]';
    } else if (c === '[' && pattern.indexOf(']', i + 2) > 0) {
      const end = pattern.indexOf(']', i + 2);
      out += `[${pattern.slice(i + 1, end).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
      i = end;
    } else if (c === '{' && pattern.indexOf('}', i) > 0) {
      const end = pattern.indexOf('}', i);
      out += `(?:${pattern.slice(i + 1, end).split(',').map(translate).join('|')})`;
      i = end;
    } else {
      out += c.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    }
  }
  return out;
}

module.exports = { matches };
