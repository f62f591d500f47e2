package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimersTest {

  private static void check(String expected, String body) {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch() {
            const seen = [];
            const log = (what) => () => { seen.push(what); };
            BODY
            return new Response(seen.join(' '));
          },
        };""".replace("BODY", body))) {
      assertEquals(expected, worker.get().body());
    }
  }

  @Test
  void timersRunInOrderOfTheirTime() {
    check("a b c d", "setTimeout(log('d'), 12); setTimeout(log('b'), 4); setTimeout(log('a'), 0); setTimeout(log('c'), 8); await scheduler.wait(20);");
  }

  @Test
  void equalTimersRunInTheOrderTheyWereSet() {
    check("0 1 2 3 4 5 6 7 8 9", "for (let i = 0; i < 10; i++) setTimeout(log(i), 3); await scheduler.wait(6);");
  }

  @Test
  void orderDoesNotDependOnHowLongTheCodeTakes() {
    check("b a true", """
        const start = Date.now();
        setTimeout(log('a'), 4);
        while (Date.now() < start + 8);
        const then = Date.now();
        await new Promise((done) => setTimeout(() => { seen.push('b'); done(); }, 0));
        await scheduler.wait(2);
        const before = Date.now();
        while (Date.now() < before + 5);
        const asked = performance.now();
        await scheduler.wait(10);
        seen.push(performance.now() - asked >= 10);""");
  }

  @Test
  void microtasksRunBetweenTimers() {
    check("a a1 b b1", """
        for (const name of ['a', 'b']) setTimeout(() => { seen.push(name); queueMicrotask(log(name + '1')); }, 1);
        await scheduler.wait(5);""");
  }

  @Test
  void clearedTimersDoNotRun() {
    check("b", "const a = setTimeout(log('a'), 1); setTimeout(log('b'), 2); clearTimeout(a); clearTimeout(99999); clearInterval(undefined); await scheduler.wait(5);");
  }

  @Test
  void intervalsRepeatUntilCleared() {
    check("1 2 3", "let n = 0; await new Promise((done) => { const id = setInterval(() => { seen.push(++n); if (n === 3) { clearInterval(id); done(); } }, 1); }); await scheduler.wait(5);");
  }

  @Test
  void argumentsAreHandedOn() {
    check("1,2", "await new Promise((done) => setTimeout((...args) => { seen.push(args.join()); done(); }, 0, 1, 2));");
  }

  @Test
  void manyTimersAreKeptApart() {
    check("1000 0", """
        let count = 0, wrong = 0;
        await new Promise((done) => {
          for (let i = 0; i < 2000; i++) {
            const id = setTimeout(() => { if (i % 2) wrong++; if (++count === 1000) setTimeout(done, 20); }, ((i * 7919) % 50) + 20);
            if (i % 2) clearTimeout(id);
          }
        });
        seen.push(count, wrong);""");
  }

  @Test
  void throwingTimerIsLoggedAndHurtsNobody() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch() {
            setTimeout(() => { throw new Error('in a timer'); }, 0);
            await scheduler.wait(2);
            return new Response('fine');
          },
        };""")) {
      assertEquals("fine", worker.get().body());
      assertEquals("ERROR Uncaught Error: in a timer\n    at index.js:3:30", worker.logged());
    }
  }
}
