// assert.AssertionError, and what it says. https://nodejs.org/api/assert.html#class-assertassertionerror
const { inspect } = require('./node/inspect');
const { validateObject } = require('./node/validators');

const LINES_MAX = 50;
const REASONS = {
  __proto__: null,
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values identical but not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
};

function shown(value) {
  return inspect(value, { compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true, getters: true, breakLength: Infinity });
}

/** The lines of both sides: `+` is only in what there is, `-` only in what was expected. */
function differences(actual, expected) {
  const [ones, others] = [actual.split('\n'), expected.split('\n')];
  const lengths = Array.from({ length: ones.length + 1 }, () => new Uint32Array(others.length + 1));
  for (let i = ones.length - 1; i >= 0; i--) {
    for (let j = others.length - 1; j >= 0; j--) {
      lengths[i][j] = ones[i] === others[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < ones.length || j < others.length) {
    if (i < ones.length && j < others.length && ones[i] === others[j]) {
      lines.push(`  ${ones[i++]}`);
      j++;
    } else if (i < ones.length && (j >= others.length || lengths[i + 1][j] >= lengths[i][j + 1])) {
      lines.push(`+ ${ones[i++]}`);
    } else {
      lines.push(`- ${others[j++]}`);
    }
  }
  return lines.length > LINES_MAX ? [...lines.slice(0, LINES_MAX - 4), '...'] : lines;
}

function different(actual, expected, operator) {
  const [one, other] = [shown(actual), shown(expected)];
  const simple = (value) => value === null || typeof value !== 'object' && typeof value !== 'function';
  if (operator === 'strictEqual' && (!simple(actual) && !simple(expected))) {
    if (one === other) return `${REASONS.notIdentical}\n\n${one}\n`;
    return `${REASONS.strictEqualObject}\n+ actual - expected\n\n${differences(one, other).join('\n')}`;
  }
  if (one === other) return `${REASONS.notIdentical}\n\n${one}\n`;
  if (simple(actual) && simple(expected) && !one.includes('\n') && !other.includes('\n') && one.length + other.length <= 12 && (actual !== 0 || expected !== 0)) {
    return `${REASONS[operator]}\n\n${one} !== ${other}\n`;
  }
  return `${REASONS[operator]}\n+ actual - expected\n\n${differences(one, other).join('\n')}`;
}

function messageOf(actual, expected, operator) {
  if (operator === 'deepStrictEqual' || operator === 'strictEqual' || operator === 'partialDeepStrictEqual') return different(actual, expected, operator);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    const object = operator === 'notStrictEqual' && (typeof actual === 'object' && actual !== null || typeof actual === 'function');
    const lines = shown(actual).split('\n');
    const reason = REASONS[object ? 'notStrictEqualObject' : operator];
    return lines.length === 1 ? `${reason}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}` : `${reason}\n\n${lines.join('\n')}\n`;
  }
  const brief = (value) => {
    const text = inspect(value, { compact: false, sorted: true, getters: true, depth: 1000, customInspect: false, breakLength: Infinity });
    return text.length > 512 ? `${text.slice(0, 509)}...` : text;
  };
  let [one, other] = [brief(actual), brief(expected)];
  if (operator === 'deepEqual') return `${REASONS.deepEqual}\n\n${one}\n\nshould loosely deep-equal\n\n${other}`;
  if (operator === 'notDeepEqual') return `${REASONS.notDeepEqual}\n\n${one}`.replace(REASONS.notDeepEqual, one === other ? REASONS.notDeepEqual : REASONS.notDeepEqualUnequal) + (one === other ? '' : `\n\nshould not loosely deep-equal\n\n${other}`);
  if (operator === '==' || operator === '!=') {
    [one, other] = [brief(actual), brief(expected)];
    return `${one} ${operator} ${other}`;
  }
  return `${one} ${operator} ${other}`;
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, actual, expected, stackStartFn } = options;
    super(message !== undefined && message !== null ? String(message) : messageOf(actual, expected, operator));
    this.generatedMessage = !message;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Object.defineProperty(this, 'name', { __proto__: null, value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true });
    Error.captureStackTrace?.(this, stackStartFn ?? AssertionError);
    this.stack;
    this.name = 'AssertionError';
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return inspect(this, { ...options, customInspect: false, depth: 0 });
  }
}

module.exports = { AssertionError };
