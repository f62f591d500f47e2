// Lets Node import the worker as a bundler does: TypeScript, and names without extension.

import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
