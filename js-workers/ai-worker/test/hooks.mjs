import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

export async function resolve(specifier, context, next) {
  const bare = specifier.startsWith(".") && !/\.\w+$/.test(specifier);
  return next(bare ? `${specifier}.ts` : specifier, context);
}

export async function load(url, context, next) {
  if (url.endsWith(".ts")) {
    const { code } = await transform(await readFile(new URL(url), "utf8"), { loader: "ts", format: "esm", target: "es2022", sourcemap: "inline", sourcefile: url });
    return { format: "module", shortCircuit: true, source: code };
  }
  return next(url, context);
}
