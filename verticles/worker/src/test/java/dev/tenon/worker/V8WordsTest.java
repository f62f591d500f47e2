package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class V8WordsTest {

  private static final V8Words.Place BUILTIN = new V8Words.Place("", 0, 0, "", "Array.prototype.map", true, false);

  /// @param source with the expression that failed between `«` and `»`
  private static void check(String expected, String said, String kinds, String source) {
    int start = source.indexOf('«');
    int end = source.indexOf('»') - 1;
    V8Words.Place place = new V8Words.Place(source.replace("«", "").replace("»", ""), start, end, kinds, "f", false, false);
    assertEquals(expected, V8Words.of(said, Optional.of(place)).orElse(said));
  }

  @Test
  void membersOfNothingAreNamed() {
    check("Cannot read properties of null (reading 'x')", "Cannot read property 'x' of null", "PropertyGetNode", "return «a.x»;");
    check("Cannot set properties of undefined (setting 'x')", "Cannot set property 'x' of undefined", "PropertySetNode", "«a.x = 1»;");
  }

  @Test
  void patternsQuoteWhatTheyAreTakenFrom() {
    check("Cannot destructure property 'a' of 'box.inner' as it is undefined.", "Cannot read property 'a' of undefined", "PropertyGetNode", "const { «a», b } = box.inner;");
    check("Cannot destructure property 'a' of 'undefined' as it is undefined.", "Cannot read property 'a' of undefined", "PropertyGetNode", "function f({ «a» }) {}");
    check("Cannot read properties of undefined (reading 'b')", "Cannot read property 'b' of undefined", "PropertyGetNode", "const { a: { «b» } } = box;");
  }

  @Test
  void iterationQuotesTheSource() {
    check("list is not iterable", "{} is not iterable", "GetIteratorUnaryNode", "«for (const x of list) {}»");
    check("list is not iterable", "Cannot read property 'Symbol(Symbol.iterator)' of undefined", "GetMethodNode GetIteratorUnaryNode", "[«...list»]");
    assertEquals(Optional.of("number 5 is not iterable (cannot read property Symbol(Symbol.iterator))"), V8Words.of("5 is not iterable", Optional.of(BUILTIN)));
  }

  @Test
  void namesBeforeTheirTimeAreToldFromUnknownOnes() {
    check("Cannot access 'x' before initialization", "x is not defined", "JSReadCurrentFrameSlotNode", "«x»; let x;");
    check("x is not defined", "x is not defined", "UndefinedPropertyErrorNode", "«x»;");
  }

  @Test
  void whatSomebodyElseSaidIsLeftAlone() {
    assertEquals(Optional.empty(), V8Words.of("Cannot read property 'x' of null", Optional.empty()));
    assertEquals(Optional.empty(), V8Words.of("no such thing", Optional.of(BUILTIN)));
  }

  @Test
  void receiversOfTheRuntimesOwnMethodsAreCalledIllegal() {
    V8Words.Place runtime = new V8Words.Place("this.#list", 0, 10, "PrivateFieldGetNode", "get", false, true);
    assertEquals(
        Optional.of("Illegal invocation: function called with incorrect `this` reference. See https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details."),
        V8Words.of("Cannot read private member #list from an object whose class did not declare it.", Optional.of(runtime)));
  }
}
