package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class StructuredCloneTest {

  @Test
  void copiesWhatTheSpecificationNames() {
    check(
        row("structuredClone({ a: [1, 'x', null, undefined, true, 10n].map(String), d: new Date(5), r: /a/gi.flags })",
            "{\"a\":[\"1\",\"x\",\"null\",\"undefined\",\"true\",\"10\"],\"d\":\"1970-01-01T00:00:00.005Z\",\"r\":\"gi\"}"),
        row("[...structuredClone(new Map([[{ k: 1 }, new Set([1, 2])]]))].map(([k, v]) => k.k + [...v].join('+')).join()", "11+2"),
        row("(() => { const a = { n: 1 }; a.self = a; const b = structuredClone(a); return b !== a && b.self === b; })()", "true"),
        row("(() => { const b = new Uint8Array([1, 2, 3]).subarray(1); const c = structuredClone(b); return [...c, c.byteOffset, c.buffer.byteLength].join(); })()", "2,3,1,3"),
        row("(() => { const e = structuredClone(new RangeError('m', { cause: { a: 1 } })); return [e instanceof RangeError, e.message, e.cause.a].join(); })()", "true,m,1"),
        row("structuredClone(new (class A { x = 1; get y() { return 2; } })())", "{\"x\":1}"),
        row("typeof structuredClone(Object('s'))", "object"),
        row("Object.keys(structuredClone([1, , 3])).join()", "0,2"),
        row("structuredClone(new DOMException('m', 'AbortError')).code", "20"),
        row("structuredClone(structuredClone)", "DataCloneError: function structuredClone() { [native code] } could not be cloned."),
        row("structuredClone({ s: Symbol('x') })", "DataCloneError: Symbol(x) could not be cloned."),
        row("structuredClone(Promise.resolve())", "DataCloneError: #<Promise> could not be cloned."),
        row("structuredClone()", "TypeError: Failed to execute 'structuredClone' on 'ServiceWorkerGlobalScope': parameter 1 is not of type 'Value'."));
  }

  @Test
  void transferMovesAndLeavesNothingWhenItFails() {
    check(
        row("(() => { const v = new Uint8Array([1, 2]); const c = structuredClone({ v }, { transfer: [v.buffer] }); return [v.length, ...c.v].join(); })()", "0,1,2"),
        row("(() => { const b = new ArrayBuffer(4); try { structuredClone({ b, f() {} }, { transfer: [b] }); } catch {} return b.byteLength; })()", "4"),
        row("structuredClone(1, { transfer: [{}] })", "DataCloneError: A value in the transfer list that cannot be transferred could not be cloned."),
        row("(() => { const b = new ArrayBuffer(4); structuredClone(1, { transfer: [b, b] }); })()",
            "DataCloneError: A value that is in the transfer list twice could not be cloned."));
  }

  @Test
  void base64IsForgiving() {
    check(
        row("btoa('')+btoa('f')+btoa('fo')+btoa('foo')", "Zg==Zm8=Zm9v"),
        row("atob(' Zm9 vYg = = ')", "foob"),
        row("atob('Zm9vYg')", "foob"),
        row("atob(btoa(String.fromCharCode(...Array(256).keys()))).length", "256"),
        row("btoa('€')", "InvalidCharacterError: btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1) range."),
        row("(() => { try { atob('a') } catch (e) { return e.name } })()", "InvalidCharacterError"),
        row("(() => { try { atob('ab=') } catch (e) { return e.name } })()", "InvalidCharacterError"),
        row("(() => { try { atob('===='); } catch (e) { return e.name } })()", "InvalidCharacterError"));
  }
}
