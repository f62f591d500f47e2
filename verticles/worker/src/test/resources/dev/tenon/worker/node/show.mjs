// Runs cases and writes down what each gives, in a form that does not depend on util.inspect.
export async function run(cases) {
  const results = {};
  for (const [name, work] of Object.entries(cases)) {
    try {
      results[name] = show(await work());
    } catch (error) {
      results[name] = `throws ${show(error)}`;
    }
  }
  return results;
}

function show(value, depth = 0) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `function ${value.name}`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (depth > 5) return '…';
  if (value instanceof Error) return `${value.name}${value.code === undefined ? '' : ` [${value.code}]`}: ${value.message}`;
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (value instanceof RegExp) return String(value);
  const name = value.constructor?.name;
  if (ArrayBuffer.isView(value)) return `${name}(${[...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)]})`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${[...new Uint8Array(value)]})`;
  if (Array.isArray(value)) return `[${Array.from(value, (item) => show(item, depth + 1)).join(', ')}]`;
  if (value instanceof Map) return `Map${show([...value], depth)}`;
  if (value instanceof Set) return `Set${show([...value], depth)}`;
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${show(item, depth + 1)}`);
  return `${name === 'Object' ? '' : `${name ?? 'null'} `}{${entries.join(', ')}}`;
}
