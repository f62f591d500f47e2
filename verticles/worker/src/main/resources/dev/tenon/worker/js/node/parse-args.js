// util.parseArgs. https://nodejs.org/api/util.html#utilparseargsconfig
const { nodeError } = require('./node/errors');
const { validateArray, validateBoolean, validateObject, validateOneOf, validateString } = require('./node/validators');

function parseArgs(config = {}) {
  const args = config.args ?? [];
  const strict = config.strict ?? true;
  const allowPositionals = config.allowPositionals ?? !strict;
  const allowNegative = config.allowNegative ?? false;
  const options = config.options ?? {};
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateObject(options, 'options');
  for (const [name, option] of Object.entries(options)) checkOption(name, option);
  const tokens = tokenize([...args], options);
  const values = Object.create(null);
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) check(token, options, allowPositionals, allowNegative);
      store(token, options, values, allowNegative);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw nodeError('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', token.value);
      positionals.push(token.value);
    }
  }
  for (const [name, option] of Object.entries(options)) if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  return config.tokens ? { values, positionals, tokens } : { values, positionals };
}

function checkOption(name, option) {
  validateObject(option, `options.${name}`);
  validateOneOf(option.type, `options.${name}.type`, ['string', 'boolean']);
  if (option.short !== undefined) {
    validateString(option.short, `options.${name}.short`);
    if (option.short.length !== 1) throw nodeError('ERR_INVALID_ARG_VALUE', `options.${name}.short`, option.short, 'must be a single character');
  }
  if (option.multiple !== undefined) validateBoolean(option.multiple, `options.${name}.multiple`);
  if (option.default !== undefined) {
    const check = option.type === 'string' ? validateString : validateBoolean;
    if (option.multiple) {
      validateArray(option.default, `options.${name}.default`);
      option.default.forEach((value, i) => check(value, `options.${name}.default[${i}]`));
    } else {
      check(option.default, `options.${name}.default`);
    }
  }
}

function longName(short, options) {
  return Object.entries(options).find(([, option]) => option.short === short)?.[0] ?? short;
}

function tokenize(args, options) {
  const tokens = [];
  let index = -1;
  let grouped = 0;
  while (args.length > 0) {
    const arg = args.shift();
    const next = args[0];
    if (grouped > 0) grouped--;
    else index++;
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of args) tokens.push({ kind: 'positional', index: ++index, value });
      return tokens;
    }
    const takesNext = (name) => options[name]?.type === 'string' && next !== undefined;
    if (/^-[^-]$/.test(arg)) {
      const name = longName(arg[1], options);
      const value = takesNext(name) ? args.shift() : undefined;
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue: value === undefined ? undefined : false });
      if (value !== undefined) index++;
    } else if (/^-[^-]/.test(arg)) {
      const first = longName(arg[1], options);
      if (options[first]?.type === 'string') {
        tokens.push({ kind: 'option', name: first, rawName: `-${arg[1]}`, index, value: arg.slice(2), inlineValue: true });
      } else {
        const expanded = [];
        for (let i = 1; i < arg.length; i++) {
          const name = longName(arg[i], options);
          if (options[name]?.type === 'string' && i !== arg.length - 1) {
            expanded.push(`-${arg.slice(i)}`);
            break;
          }
          expanded.push(`-${arg[i]}`);
        }
        args.unshift(...expanded);
        index--;
        grouped = expanded.length;
        // The group's letters all stand where the group stood.
        index++;
      }
    } else if (/^--[^=]+$/.test(arg)) {
      const name = arg.slice(2);
      const value = takesNext(name) ? args.shift() : undefined;
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue: value === undefined ? undefined : false });
      if (value !== undefined) index++;
    } else if (/^--[^=]+=/.test(arg)) {
      const at = arg.indexOf('=');
      tokens.push({ kind: 'option', name: arg.slice(2, at), rawName: arg.slice(0, at), index, value: arg.slice(at + 1), inlineValue: true });
    } else {
      tokens.push({ kind: 'positional', index, value: arg });
    }
  }
  return tokens;
}

function negated(token, options) {
  return token.name.startsWith('no-') && options[token.name.slice(3)]?.type === 'boolean';
}

function check(token, options, allowPositionals, allowNegative) {
  const option = Object.hasOwn(options, token.name) ? options[token.name] : allowNegative && negated(token, options) ? options[token.name.slice(3)] : undefined;
  if (option === undefined) throw nodeError('ERR_PARSE_ARGS_UNKNOWN_OPTION', token.rawName, allowPositionals);
  const shown = `${option.short ? `-${option.short}, ` : ''}--${token.name}`;
  if (option.type === 'string' && typeof token.value !== 'string') {
    throw nodeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown} <value>' argument missing`);
  }
  if (option.type === 'boolean' && token.value !== undefined) {
    throw nodeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown}' does not take an argument`);
  }
  if (option.type === 'string' && token.inlineValue === false && token.value.length > 1 && token.value.startsWith('-')) {
    throw nodeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${token.rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${token.rawName}'?\n`
      + `To specify an option argument starting with a dash use ${token.rawName.startsWith('--') ? `'${token.rawName}=-XYZ'` : `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`}.`);
  }
}

function store(token, options, values, allowNegative) {
  const no = allowNegative && token.value === undefined && negated(token, options);
  const name = no ? token.name.slice(3) : token.name;
  if (name === '__proto__') return;
  const value = token.value ?? !no;
  if (options[name]?.multiple) (values[name] ??= []).push(value);
  else values[name] = value;
}

module.exports = { parseArgs };
