// How the areas show what they see.

/** What a function returns, or what it throws. */
export function attempt(run) {
  try {
    const result = run();
    return result instanceof Promise ? result.catch(failure) : result;
  } catch (error) {
    return failure(error);
  }
}

class Failure {
  constructor(text) {
    this.text = text;
  }
}

function failure(error) {
  if (!(error instanceof Error)) return new Failure(`throws ${show(error)}`);
  const kind = error instanceof DOMException ? `DOMException ${error.code} ` : '';
  return new Failure(`throws ${kind}${error.name}: ${error.message}`);
}

/** What each of the functions gives, one after the other, a line each. */
export async function each(...runs) {
  const lines = [];
  for (const run of runs) lines.push(await attempt(run));
  return new Lines(lines);
}

/** What a function gives for each of the inputs, a line each. */
export async function over(inputs, run) {
  const lines = [];
  for (const input of inputs) lines.push([input, await attempt(() => run(input))]);
  return new Lines(lines);
}

class Lines {
  constructor(lines) {
    this.lines = lines;
  }
}

/** A value as text in which different values are different. */
export function show(value) {
  if (value instanceof Lines) return value.lines.map(show).join('\n');
  if (value instanceof Failure) return value.text;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'symbol' || value === null || typeof value !== 'object') return typeof value === 'function' ? `function ${value.name}` : String(value);
  if (value instanceof Error) return failure(value).text.replace('throws ', '');
  if (value instanceof ArrayBuffer) return `ArrayBuffer ${hex(new Uint8Array(value))}`;
  if (ArrayBuffer.isView(value)) {
    return `${value.constructor.name} ${hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))}`;
  }
  if (Array.isArray(value)) return `[${Array.from(value, show).join(', ')}]`;
  if (value instanceof Map) return `Map ${show([...value])}`;
  if (value instanceof Set) return `Set ${show([...value])}`;
  if (value instanceof Date) return `Date ${Number.isNaN(+value) ? 'invalid' : value.toISOString()}`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Headers || value instanceof URLSearchParams || value instanceof FormData) return `${value.constructor.name} ${show([...value])}`;
  if (value instanceof Blob) return `${value.constructor.name} ${value.size} ${show(value.type)}${value instanceof File ? ` ${show(value.name)}` : ''}`;
  const name = value.constructor?.name;
  const entries = Object.keys(value).map((key) => `${key}: ${show(value[key])}`);
  return `${name === 'Object' ? '' : `${name} `}{${entries.join(', ')}}`;
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const text = (string) => new TextEncoder().encode(string);
