package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class EventsTest {

  @Test
  void listenersAreCalledInOrderOnceEach() {
    check(
        row("(() => { const t = new EventTarget(), r = []; t.addEventListener('x', () => r.push(1)); t.addEventListener('x', { handleEvent() { r.push(2); } });"
                + " t.dispatchEvent(new Event('x')); return r; })()", "[1,2]"),
        row("(() => { const t = new EventTarget(); let n = 0; t.addEventListener('x', () => n++, { once: true }); t.dispatchEvent(new Event('x')); t.dispatchEvent(new Event('x')); return n; })()", "1"),
        row("(() => { const t = new EventTarget(); let n = 0; const f = () => n++; t.addEventListener('x', f); t.removeEventListener('x', f); t.dispatchEvent(new Event('x')); return n; })()", "0"),
        row("(() => { const t = new EventTarget(); t.addEventListener('x', (e) => e.preventDefault()); return t.dispatchEvent(new Event('x', { cancelable: true })); })()", "false"),
        row("(() => { const t = new EventTarget(), r = []; t.addEventListener('x', (e) => { r.push(1); e.stopImmediatePropagation(); }); t.addEventListener('x', () => r.push(2));"
                + " t.dispatchEvent(new Event('x')); return r; })()", "[1]"),
        row("(() => { const t = new EventTarget(), c = new AbortController(); let n = 0; t.addEventListener('x', () => n++, { signal: c.signal }); c.abort(); t.dispatchEvent(new Event('x')); return n; })()", "0"),
        row("new CustomEvent('x', { detail: 7 }).detail", "7"),
        row("new Event()", "TypeError: Failed to construct 'Event': constructor parameter 1 is not of type 'string'."));
  }

  @Test
  void signalsAbortOnceWithTheirReason() {
    check(
        row("(() => { const c = new AbortController(); let n = 0; c.signal.onabort = () => n++; c.abort(); c.abort(); return n; })()", "1"),
        row("AbortSignal.abort().throwIfAborted()", "AbortError: The operation was aborted"),
        row("AbortSignal.abort('x').reason", "x"),
        row("AbortSignal.any([new AbortController().signal, AbortSignal.abort(3)]).reason", "3"),
        row("(() => { const c = new AbortController(); const s = AbortSignal.any([AbortSignal.any([c.signal])]); c.abort(5); return s.reason; })()", "5"),
        row("new AbortSignal()", "TypeError: Illegal constructor"));
  }

  @Test
  void blobsAreCutAndJoined() {
    check(
        row("new Blob(['hello', new Uint8Array([33]), new Blob([' you'])]).text()", "hello! you"),
        row("new Blob(['hello']).slice(1, -1).text()", "ell"),
        row("new Blob(['a'], { type: 'Text/PLAIN' }).type", "text/plain"),
        row("new Blob(['\\r\\na\\r'], { endings: 'native' }).size", "3"),
        row("new File(['a'], 'n.txt', { lastModified: 5 }).lastModified", "5"),
        row("structuredClone(new File(['a'], 'n')).name", "n"),
        row("new Blob('text')", "TypeError: Failed to construct 'Blob': constructor parameter 1 is not of type 'Array'."));
  }
}
