// Code that is made of text while a worker starts, and what becomes of it afterwards.
import { attempt, each, show } from './show.js';

const atStart = [];
for (const run of [
  () => eval('1 + 1'), () => new Function('a', 'return a * 2')(4), () => Function('return this')() === globalThis, () => typeof new (async () => {}).constructor('return 1'), () => (0, eval)('var made = 5; made'),
  () => Function.name + Function.length, () => (() => {}).constructor === Function, () => Object.getPrototypeOf((async () => {}).constructor) === Function, () => (() => {}) instanceof Function,
]) atStart.push(show(attempt(run)));
const compiled = new Function('name', 'return `Hello ${name}`');
const KeptFunction = Function;

export default {
  atStart: () => atStart,
  compiled: () => compiled('Ada'),
  keptFunctions: () => each(() => KeptFunction('return 1'), () => new KeptFunction('return 1'), () => Reflect.construct(KeptFunction, ['return 1'])),
};
