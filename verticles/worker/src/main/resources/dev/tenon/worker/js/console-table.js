// console.table: https://console.spec.whatwg.org/#table, drawn as Node draws it.
const { ArrayPrototypeIncludes, ArrayPrototypePush, Map, ObjectKeys, String, StringPrototypePadStart, StringPrototypeRepeat } = primordials;
const { inspect } = require('./inspect');

const cellOf = (value) => inspect(value, { depth: 0 });

function table(data, columns) {
  const rows = [];
  const keys = [];
  let plain = false;
  for (const [index, row] of rowsOf(data)) {
    const cells = { __proto__: null };
    let value;
    if (typeof row === 'object' && row !== null) {
      for (const key of columns ?? ObjectKeys(row)) {
        if (!ArrayPrototypeIncludes(keys, key)) ArrayPrototypePush(keys, key);
        if (key in row) cells[key] = cellOf(row[key]);
      }
    } else {
      plain = true;
      value = cellOf(row);
    }
    ArrayPrototypePush(rows, { index, cells, value });
  }
  const head = ['(index)', ...keys, ...(plain ? ['Values'] : [])];
  const body = [];
  for (const { index, cells, value } of rows) {
    const line = [index];
    for (const key of keys) ArrayPrototypePush(line, cells[key] ?? '');
    if (plain) ArrayPrototypePush(line, value ?? '');
    ArrayPrototypePush(body, line);
  }
  return draw(head, body);
}

function rowsOf(data) {
  const rows = [];
  if (data instanceof Map) {
    let i = 0;
    for (const [key, value] of data) ArrayPrototypePush(rows, [String(i++), { Key: key, Values: value }]);
  } else {
    for (const key of ObjectKeys(data)) ArrayPrototypePush(rows, [key, data[key]]);
  }
  return rows;
}

function draw(head, body) {
  const widths = [];
  for (let i = 0; i < head.length; i++) {
    widths[i] = head[i].length;
    for (const line of body) if (line[i].length > widths[i]) widths[i] = line[i].length;
    widths[i] += 2;
  }
  const rule = (left, middle, right) => {
    let text = left;
    for (let i = 0; i < widths.length; i++) text += (i === 0 ? '' : middle) + StringPrototypeRepeat('─', widths[i]);
    return text + right;
  };
  const row = (cells) => {
    let text = '│';
    for (let i = 0; i < cells.length; i++) text += ` ${cells[i]}${StringPrototypeRepeat(' ', widths[i] - cells[i].length - 1)}│`;
    return text;
  };
  let text = `${rule('┌', '┬', '┐')}\n${row(head)}\n${rule('├', '┼', '┤')}\n`;
  for (const line of body) text += `${row(line)}\n`;
  return text + rule('└', '┴', '┘');
}

module.exports = { table };
