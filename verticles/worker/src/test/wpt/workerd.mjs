// Counts what workerd passes of the subtests of the last run here, by workerd's own lists of what it expects to fail, and writes workerd.json.
//   node src/test/wpt/workerd.mjs WORKERD.git        (in verticles/worker, after a run of all web-platform-tests)
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const DIRECTORIES = {
  url: 'url', urlpattern: 'urlpattern-standard', encoding: 'encoding', 'fetch/api': 'fetch/api', streams: 'streams', WebCryptoAPI: 'WebCryptoAPI',
  compression: 'compression', 'dom/abort': 'dom/abort', 'dom/events': 'dom/events', eventsource: 'eventsource', websockets: 'websockets',
};

const git = (...args) => execFileSync('git', [`--git-dir=${process.argv[2]}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });

/** The object that an expectation file exports; the types in it are few and of a few forms. */
function expectations(name) {
  const text = git('show', `HEAD:src/wpt/${name}-test.ts`)
    .replace(/^import [^;]*;/gm, '')
    .replace(/\bexport default\b/, 'return')
    .replace(/\} satisfies TestRunnerConfig/, '}')
    .replace(/\((\w+): string\)/g, '($1)')
    .replace(/\): \w+ (=>|\{)/g, ') $1')
    .replace(/\b(const|let) (\w+): [^=]+=/g, '$1 $2 =');
  return new Function(text)();
}

const listed = (lists, name) => lists.some((list) => list === true || list?.some((each) => (typeof each === 'string' ? each === name : each.test(name))));

/** Of a run's outcomes: what counts here, in files that workerd knows, and what of that it does not list. */
function count(directory, outcomes, ledger, expected) {
  const result = { subtests: 0, passed: 0 };
  for (const { path, subtests } of outcomes) {
    const name = path.slice(directory.length + 1);
    const entry = expected[name.replace(/\?.*$/s, '')];
    if (entry === undefined) continue;
    const needs = Object.values(ledger.files[name]?.needs ?? {}).map((pattern) => new RegExp(`^(?:${pattern})$`, 's'));
    for (const subtest of subtests) {
      if (subtest.name === '(the file itself)' || needs.some((pattern) => pattern.test(subtest.name))) continue;
      result.subtests++;
      if (!listed([entry.expectedFailures, entry.disabledTests, entry.omittedTests], subtest.name)) result.passed++;
    }
  }
  return result;
}

const result = { commit: git('rev-parse', 'HEAD').trim(), directories: {} };
for (const [directory, name] of Object.entries(DIRECTORIES)) {
  const file = `${directory.replaceAll('/', '-')}.json`;
  if (!existsSync(`target/wpt/${file}`)) continue;
  const outcomes = JSON.parse(readFileSync(`target/wpt/${file}`, 'utf8'));
  const ledger = JSON.parse(readFileSync(`src/test/wpt/${file}`, 'utf8'));
  result.directories[directory] = count(directory, outcomes, ledger, expectations(name));
}
writeFileSync('src/test/wpt/workerd.json', `${JSON.stringify(result, null, 2)}\n`);
