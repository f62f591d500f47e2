// Lets Node import the worker as a bundler does: TypeScript, names without extension, and WebAssembly as modules.

import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
