package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ModulesTest {

  /// `(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))`
  private static final byte[] ADD = {
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f, 3, 2, 1, 0, 7, 7, 1, 3, 'a', 'd', 'd', 0, 0, 10, 9, 1, 7, 0, 0x20, 0, 0x20, 1, 0x6a, 0x0b
  };

  @Test
  void everyKindOfModuleCanBeImported() {
    try (TestWorker worker = TestWorker.with("""
        import add from './0123-add.wasm';
        import text from './page.html';
        import data from './assets/icon.bin';
        import settings from './settings.json';
        import { half } from './lib/half.js';
        import common, {} from './lib/common.cjs';
        const { exports } = new WebAssembly.Instance(add);
        export default {
          fetch: () => Response.json([
            add instanceof WebAssembly.Module, exports.add(2, 3), text, data instanceof ArrayBuffer, data.byteLength, settings.deep.value, half(8), common.name, common.other,
          ]),
        };""")
        .module("0123-add.wasm", ModuleSource.Type.WASM, Buffer.buffer(ADD))
        .module("page.html", ModuleSource.Type.TEXT, "<p>ü</p>")
        .module("assets/icon.bin", ModuleSource.Type.DATA, Buffer.buffer(new byte[] {1, 2, 3}))
        .module("settings.json", ModuleSource.Type.JSON, "{\"deep\":{\"value\":7}}")
        .module("lib/half.js", ModuleSource.Type.ESM, "import { two } from '../two.js'; export const half = (n) => n / two;")
        .module("two.js", ModuleSource.Type.ESM, "export const two = 2;")
        .module("lib/common.cjs", ModuleSource.Type.COMMONJS, "exports.name = 'common'; exports.other = require('./other').value + require('../settings.json').deep.value;")
        .module("lib/other.js", ModuleSource.Type.COMMONJS, "module.exports = { value: require('./common.cjs').name };")
        .start()) {
      assertEquals("[true,5,\"<p>ü</p>\",true,3,7,4,\"common\",\"common7\"]", worker.get().body());
    }
  }

  @Test
  void wasmIsInstantiatedAsynchronouslyToo() {
    try (TestWorker worker = TestWorker.with("""
        import add from './add.wasm';
        export default {
          async fetch() {
            const instance = await WebAssembly.instantiate(add, {});
            return new Response(instance.exports.add(40, 2));
          },
        };""").module("add.wasm", ModuleSource.Type.WASM, Buffer.buffer(ADD)).start()) {
      assertEquals("42", worker.get().body());
    }
  }

  @Test
  void moduleCanBeImportedLater() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch() {
            const [{ value }, { default: text }] = await Promise.all([import('./late.js'), import('./late.txt')]);
            return new Response(value + text);
          },
        };""").module("late.js", ModuleSource.Type.ESM, "export const value = 'late ';").module("late.txt", ModuleSource.Type.TEXT, "text").start()) {
      assertEquals("late text", worker.get().body());
    }
  }

  @Test
  void missingModuleIsNamed() {
    WorkerStartException failure = assertThrows(
        WorkerStartException.class, () -> TestWorker.with("import x from './nowhere.js'; export default { fetch() {} };").start().close());
    assertTrue(failure.getMessage().contains("nowhere.js"), failure.getMessage());
    assertTrue(failure.getMessage().contains("index.js"), failure.getMessage());
  }

  @Test
  void brokenWasmIsNamed() {
    WorkerStartException failure = assertThrows(
        WorkerStartException.class,
        () -> TestWorker.with("import x from './x.wasm'; export default { fetch() {} };").module("x.wasm", ModuleSource.Type.WASM, Buffer.buffer("no wasm")).start().close());
    assertTrue(failure.getMessage().contains("x.wasm"), failure.getMessage());
  }
}
