// Where inspect.js puts what it shows: on one line, on many, or in columns.
const {
  ArrayPrototypeJoin, ArrayPrototypePush, MathFloor, MathMax, MathMin, MathRound, MathSqrt, StringPrototypeIncludes, StringPrototypePadEnd,
  StringPrototypePadStart, StringPrototypeRepeat, StringPrototypeStartsWith, String, uncurryThis,
} = primordials;

const ESCAPES = /\x1b\[\d+m/g;
const stringReplace = uncurryThis(String.prototype.replace);

/** Entries on one line if they are few, short and shallow, otherwise one a line; many short items of an array side by side. */
function layout(items, entries, opening, closing, state, level, numeric = false, base = '') {
  const all = [...items, ...entries];
  if (all.length === 0) return opening + closing;
  if (state.compact === Infinity) return `${opening} ${ArrayPrototypeJoin(all, ', ')} ${closing}`;
  const output = items.length > 6 && state.compact >= 1 ? columns(items, entries, state, numeric) : all;
  if (state.deepest - level < state.compact && output.length === all.length) {
    const joined = ArrayPrototypeJoin(output, ', ');
    const length = width(joined, state) - 2 * (output.length - 1) + 2 * output.length + state.indent + opening.length + base.length + 10;
    if (length <= state.breakLength && !StringPrototypeIncludes(base, '\n') && !StringPrototypeIncludes(joined, '\n')) return `${opening} ${joined} ${closing}`;
  }
  const pad = `\n${StringPrototypeRepeat(' ', state.indent)}`;
  return `${opening}${pad}  ${ArrayPrototypeJoin(output, `,${pad}  `)}${pad}${closing}`;
}

function width(text, state) {
  return (state.colors ? stringReplace(text, ESCAPES, '') : text).length;
}

/** Items side by side in columns of equal width, as Node arranges them. */
function columns(items, entries, state, numeric) {
  const all = [...items, ...entries];
  const count = StringPrototypeStartsWith(items[items.length - 1], '... ') && entries.length === 0 ? all.length - 1 : all.length;
  const separator = 2;
  const lengths = [];
  let total = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    lengths[i] = width(all[i], state);
    total += lengths[i] + separator;
    longest = MathMax(longest, lengths[i]);
  }
  const widest = longest + separator;
  if (widest * 3 + state.indent >= state.breakLength || !(total / widest > 5 || longest <= 6)) return all;
  const biased = MathMax(widest - 3 - MathSqrt(widest - total / all.length), 1);
  const perLine = MathMin(MathRound(MathSqrt(2.5 * biased * count) / biased), MathFloor((state.breakLength - state.indent) / widest), state.compact * 4, 15);
  if (perLine <= 1) return all;
  const widths = [];
  for (let column = 0; column < perLine; column++) {
    let width = 0;
    for (let i = column; i < count; i += perLine) width = MathMax(width, lengths[i]);
    widths[column] = width + separator;
  }
  const lines = [];
  for (let start = 0; start < count; start += perLine) {
    const last = MathMin(start + perLine, count) - 1;
    let line = '';
    for (let i = start; i < last; i++) {
      const padded = widths[i - start] + all[i].length - lengths[i];
      line += (numeric ? StringPrototypePadStart : StringPrototypePadEnd)(`${all[i]}, `, padded, ' ');
    }
    line += numeric ? StringPrototypePadStart(all[last], widths[last - start] - separator + all[last].length - lengths[last], ' ') : all[last];
    ArrayPrototypePush(lines, line);
  }
  for (let i = count; i < all.length; i++) ArrayPrototypePush(lines, all[i]);
  return lines;
}

module.exports = { layout };
