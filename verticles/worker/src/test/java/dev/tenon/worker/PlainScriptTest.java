package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;

class PlainScriptTest {

  private static void check(String script, String expected) {
    assertEquals(expected, PlainScript.format(script).map(Enum::name).orElse("ask esbuild"), script);
  }

  @Test
  void plainModulesAreTakenAsTheyAre() {
    check("export default { fetch: () => new Response('hi') };", "MODULES");
    check("// import nothing\nexport default { fetch() { return new Response(`a ${b} import </b>`); } }", "MODULES");
    check("const a = 'import x', b = \"require\"; /* import */ export { handler as default };", "MODULES");
    check("class A { static #x = 1; get y() { return this.#x; } }\nexport class B extends A {}\nexport default new B();", "MODULES");
    check("const r = /[/'\"`]/g, q = a.b / 2, c = i < n;\nexport default { fetch: () => r.test(`${q / 2}`) };", "MODULES");
    check("const t = `a${`b${'}'}`}`;\nexport default {};", "MODULES");
    check("let a = 1; if (a <b) {}\nexport default {};", "MODULES");
    check("export const x = 1;\nexport { x as y, h as default };\nconst h = {};", "MODULES");
    check("const t = { 'import': 1, a: o.import, b: o?.using };\nexport default {};", "ask esbuild");
  }

  @Test
  void scriptsThatListenAreServiceWorkers() {
    check("addEventListener('fetch', (event) => event.respondWith(new Response('hi')));", "SERVICE_WORKER");
    check("// export default here would make it a module\naddEventListener('fetch', e => {})", "SERVICE_WORKER");
    check("const s = 'export default';\nself.addEventListener('fetch', e => {})", "ask esbuild");
    check("const nothing = 1;", "ask esbuild");
    check("", "ask esbuild");
  }

  @Test
  void everythingDoubtfulIsLeftToEsbuild() {
    check("import { Hono } from 'hono'; export default new Hono();", "ask esbuild");
    check("const a = await import('./a.js'); export default {};", "ask esbuild");
    check("const a = require('a'); export default {};", "ask esbuild");
    check("export { default } from './a.js';", "ask esbuild");
    check("export { x as default } from './a.js';", "ask esbuild");
    check("export * from './a.js';", "ask esbuild");
    check("export const a = 1;", "ask esbuild");
    check("export default { fetch: () => <b>hi</b> };", "ask esbuild");
    check("const a = (x)/y/2; export default {};", "ask esbuild");
    check("const a = {}\n/x/.test(a); export default {};", "ask esbuild");
    check("using a = open(); export default {};", "ask esbuild");
    check("@sealed class A {} export default A;", "ask esbuild");
    check("if (process.env.NODE_ENV) {} export default {};", "ask esbuild");
    check("export default {};\n//# sourceMappingURL=a.js.map", "ask esbuild");
    check("#!/usr/bin/env node\nexport default {};", "ask esbuild");
    check("<!-- old comment\nexport default {};", "ask esbuild");
    check("let \\u0061 = 1; export default {};", "ask esbuild");
  }

  @Test
  void brokenScriptsAreLeftToEsbuildWhichSaysWhatIsWrong() {
    check("export default { fetch() {", "ask esbuild");
    check("export default { fetch() { return 'a\n'; } }", "ask esbuild");
    check("export default { fetch() { return `a ; } }", "ask esbuild");
    check("export default (];", "ask esbuild");
    check("export default {}}", "ask esbuild");
    check("/* export default {}", "ask esbuild");
    check("export", "ask esbuild");
    check("export {", "ask esbuild");
  }

  /// Every part of a script, cut anywhere, gets an answer.
  @Test
  void cutScriptsNeverBreakTheScan() {
    String script = "/* a */ const r = /[/]x/g, t = `a${`b${1}`}c`; class A { #p = 'x\\'y'; }\nexport { r as default, t }; // end\naddEventListener('a', () => i <n ? a / b : ++c);";
    for (int start = 0; start < script.length(); start++) {
      for (int end = start; end <= script.length(); end++) {
        assertNotNull(PlainScript.format(script.substring(start, end)));
      }
    }
  }
}
