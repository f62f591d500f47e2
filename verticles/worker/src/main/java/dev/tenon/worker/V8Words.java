package dev.tenon.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What V8 says where GraalJS says something else.
///
/// GraalJS shows values where V8 shows the source, so some words are made of the source around the place that failed.
final class V8Words {

  private static final String ILLEGAL_INVOCATION = "Illegal invocation: function called with incorrect `this` reference. "
      + "See https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details.";

  private static final String NOT_ITERABLE = " (cannot read property Symbol(Symbol.iterator))";

  /// Where an error came into being.
  ///
  /// @param source text of the file, empty for a builtin function
  /// @param start of the expression in it
  /// @param end of the expression in it, exclusive
  /// @param kinds the engine's names for the expression and those around it
  /// @param function the function's name: `Array.prototype.map`
  /// @param builtin whether it is one of the language
  /// @param runtime whether it is one of the runtime
  record Place(String source, int start, int end, String kinds, String function, boolean builtin, boolean runtime) {
    String text() {
      return source.substring(start, end);
    }
  }

  private record Rule(Pattern pattern, BiFunction<MatchResult, Place, String> words) {}

  private static Rule rule(String pattern, BiFunction<MatchResult, Place, String> words) {
    return new Rule(Pattern.compile(pattern, Pattern.DOTALL), words);
  }

  private static Rule rule(String pattern, String words) {
    return new Rule(Pattern.compile(pattern, Pattern.DOTALL), (found, _) -> {
      String text = words;
      for (int group = 1; group <= found.groupCount(); group++) {
        text = text.replace("$" + group, found.group(group));
      }
      return text;
    });
  }

  /// Errors that know their place.
  private static final List<Rule> PLACED = List.of(
      rule("Cannot read property '(Symbol\\(Symbol\\.(?:asyncI|i)terator\\))' of (null|undefined)", V8Words::notIterable),
      rule("Cannot read property '(.*)' of (null|undefined)", V8Words::cannotRead),
      rule("Cannot set property '(.*)' of (null|undefined)", "Cannot set properties of $2 (setting '$1')"),
      rule("(.*) is not iterable", (found, place) -> iterated(found.group(1), place)),
      rule("Assignment to constant \".*\"", "Assignment to constant variable."),
      rule("(.*) is not defined", (found, place) -> place.kinds().contains("FrameSlot") ? "Cannot access '" + found.group(1) + "' before initialization" : found.group()),
      rule("Cannot assign to read only property '(.*?)' of (.*)", (found, _) ->
          "Cannot assign to read only property '" + found.group(1) + "' of object '" + (found.group(2).startsWith("[object") ? found.group(2) : found.group(2).startsWith("[") || found.group(2).matches("\\(\\d+\\)\\[.*") ? "[object Array]" : "#<Object>") + "'"),
      rule("Cannot convert undefined or null to object: (null|undefined)", V8Words::cannotConvert),
      rule("Cannot convert a BigInt value to a number", (found, place) ->
          place.kinds().matches(".*(Add|Subtract|Multiply|Divide|Modulo|Exponentiate|Bitwise|Shift).*") ? "Cannot mix BigInt and other types, use explicit conversions" : found.group()),
      rule("Right-hand-side of instanceof is not (.*)", "Right-hand side of 'instanceof' is not $1"),
      rule("Class constructor (\\S+) cannot be invoked without 'new'", (found, place) -> place.runtime() ? withoutNew(found.group(1)) : found.group()),
      rule("(Cannot (?:read|write) private member (\\S+) (?:from|to) an object whose class did not declare it)\\.?", (found, place) ->
          place.runtime() ? ILLEGAL_INVOCATION : found.group(1)),
      rule("(Receiver must be|Object must be|Receiver is not) an instance of class ?(.*)", (found, place) -> place.runtime() ? ILLEGAL_INVOCATION : "Receiver must be " + (found.group(2).isEmpty() || found.group(2).equals("anonymous") ? "an instance of class anonymous" : "an instance of class " + found.group(2))),
      rule("(.*)\\[\"([\\w$]+)\"\\] is not a function", "$1.$2 is not a function"),
      rule("(.*) is not a function", (found, place) -> place.builtin()
          ? (place.function().equals("Function.prototype.toString") ? "Function.prototype.toString requires that 'this' be a Function" : value(found.group(1)) + " is not a function")
          : found.group() + (iterates(place) ? " or its return value is not iterable" : "")),
      rule("index is (?:negative|too large)", (found, place) -> place.function().equals("ArrayBuffer") ? "Invalid array buffer length" : found.group()),
      rule("Iterator result (.*) is not an object", (found, place) -> place.builtin() ? "Iterator value " + found.group(1) + " is not an entry object" : found.group()));

  /// Errors whose words are enough, each with V8's.
  private static final Map<String, String> SAID = Map.ofEntries(
      Map.entry("Cannot mix BigInt and other types, use explicit conversions.", "Cannot mix BigInt and other types, use explicit conversions"),
      Map.entry("toFixed() fraction digits need to be in range 0-100", "toFixed() digits argument must be between 0 and 100"),
      Map.entry("toExponential() fraction digits need to be in range 0-100", "toExponential() argument must be between 0 and 100"),
      Map.entry("toString() expects radix in range 2-36", "toString() radix argument must be between 2 and 36"),
      Map.entry("BigInt exponent must not be negative", "Exponent must be positive"),
      Map.entry("illegal escape sequence", "URI malformed"),
      Map.entry("invalid encoding", "URI malformed"),
      Map.entry("cannot escape", "URI malformed"),
      Map.entry("decode: Illegal hex characters in escape (%) pattern", "URI malformed"),
      Map.entry("cannot construct a Symbol", "Symbol is not a constructor"),
      Map.entry("dynamic evaluation of code is disabled.", "Code generation from strings disallowed for this context"),
      Map.entry("Regular expression passed to matchAll() is missing 'g' flag.", "String.prototype.matchAll called with a non-global RegExp argument"),
      Map.entry("Only global regexps allowed", "String.prototype.replaceAll called with a non-global RegExp argument"),
      Map.entry("setPrototype failed", "Cyclic __proto__ value"),
      Map.entry("generator is already executing", "Generator is already running"),
      Map.entry("index + elementSize > viewLength", "Offset is outside the bounds of the DataView"),
      Map.entry("time value is not a finite number", "Invalid time value"),
      Map.entry("Provided date is not in valid range.", "Invalid time value"),
      Map.entry("Currency can not be undefined when style is \"currency\".", "Currency code is required with currency style."),
      Map.entry("Unit can not be undefined when style is \"unit\".", "Invalid unit argument for Intl.NumberFormat() ''"),
      Map.entry("Not an ArrayBuffer", "First argument to DataView constructor must be an ArrayBuffer"),
      Map.entry("super() called twice", "Super constructor may only be called once"),
      Map.entry("handler expected to be an object", "Cannot create proxy with a non-object as target or handler"),
      Map.entry("target expected to be an object", "Cannot create proxy with a non-object as target or handler"),
      Map.entry("not a Date object", "this is not a Date object."));

  private static final List<Rule> SAID_LIKE = List.of(
      rule("Cannot convert (.*) to a BigInt\\.", "Cannot convert $1 to a BigInt"),
      rule("Cannot convert undefined or null to object: (?:null|undefined)", "Cannot convert undefined or null to object"),
      rule("Cannot add new property \"(.*)\" to non-extensible .*", "Cannot add property $1, object is not extensible"),
      rule("Constructor (\\w+) requires 'new'", (found, _) -> found.group(1).equals("Promise") ? "Promise constructor cannot be invoked without 'new'" : found.group()),
      rule("Cannot add property \"(.*)\" to non-object (.*)", (found, _) -> {
        String value = value(found.group(2));
        int space = value.indexOf(' ');
        return "Cannot create property '" + found.group(1) + "' on " + (space < 0 ? value : value.substring(0, space) + " '" + found.group(2) + "'");
      }),
      rule("\"(.*)\" is not a configurable property", "Cannot delete property '$1' of #<Object>"),
      rule("Cannot delete property \"(.*)\" of (null|undefined)", "Cannot convert undefined or null to object"),
      rule("Cannot set property (\\S+) of \\[object (\\w+)\\] which has only a getter", "Cannot set property $1 of #<$2> which has only a getter"),
      rule("Language tag is not well-formed: (.*)", "Invalid language tag: $1"),
      rule("Invalid time zone (\\S+)", "Invalid time zone specified: $1"),
      rule("buffer\\.byteLength of (\\w+) should be a multiple of (\\d+)", "byte length of $1 should be a multiple of $2"),
      rule("Not a symbol: (.*)", "$1 is not a symbol"),
      rule("Error reading module '/?([^']+)' imported from .*", "No such module \"$1\"."));

  private V8Words() {}

  /// @return V8's words for what the engine said; empty where they are the same
  static Optional<String> of(String said, Optional<Place> place) {
    Optional<String> words = place.flatMap(where -> first(PLACED, said, where));
    if (words.isEmpty()) {
      words = Optional.ofNullable(SAID.get(said)).or(() -> first(SAID_LIKE, said, null));
    }
    return words.filter(text -> !text.equals(said));
  }

  private static Optional<String> first(List<Rule> rules, String said, Place place) {
    for (Rule rule : rules) {
      Matcher matcher = rule.pattern().matcher(said);
      if (matcher.matches()) {
        return Optional.of(rule.words().apply(matcher, place));
      }
    }
    return Optional.empty();
  }

  private static String withoutNew(String type) {
    return "Failed to construct '" + type + "': Please use the 'new' operator, this object constructor cannot be called as a function.";
  }

  private static String cannotRead(MatchResult found, Place place) {
    String key = found.group(1);
    String value = found.group(2);
    if (!place.builtin() && place.text().matches("[\\p{L}\\w$]+")) {
      Optional<String> destructured = destructured(place);
      if (destructured.isPresent()) {
        String from = destructured.get();
        return "Cannot destructure property '" + key + "' of '" + (from.isEmpty() ? value.equals("null") ? "object null" : value : from) + "' as it is " + value + ".";
      }
    }
    return "Cannot read properties of " + value + " (reading '" + key + "')";
  }

  private static String cannotConvert(MatchResult found, Place place) {
    String value = found.group(1);
    if (place.kinds().startsWith("RequireObjectCoercible") && place.text().startsWith("{")) {
      int equals = place.text().lastIndexOf('=');
      return "Cannot destructure '" + (equals < 0 ? value : rendered(place.text().substring(equals + 1).strip())) + "' as it is " + value + ".";
    }
    return place.builtin() && place.function().startsWith("String.prototype.") ? place.function() + " called on null or undefined" : "Cannot convert undefined or null to object";
  }

  /// What the pattern around a name is taken from: the text of an expression, or nothing for a parameter; empty where it is no pattern, or lies in another one.
  private static Optional<String> destructured(Place place) {
    String source = place.source();
    int open = enclosing(source, place.start());
    if (open < 0 || before(source, open) == ':') {
      return Optional.empty();
    }
    int close = closing(source, open);
    if (close < 0) {
      return Optional.empty();
    }
    int at = close + 1;
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    if (at >= source.length() || source.charAt(at) != '=' || source.startsWith("=>", at)) {
      return Optional.of("");
    }
    return Optional.of(rendered(expression(source, at + 1)));
  }

  private static char before(String source, int index) {
    int at = index - 1;
    while (at >= 0 && Character.isWhitespace(source.charAt(at))) {
      at--;
    }
    return at < 0 ? '\0' : source.charAt(at);
  }

  private static int enclosing(String source, int index) {
    int depth = 0;
    for (int at = index - 1; at >= 0 && index - at < 10_000; at--) {
      switch (source.charAt(at)) {
        case '}', ')', ']' -> depth++;
        case '{', '(', '[' -> {
          if (depth-- == 0) {
            return source.charAt(at) == '{' ? at : -1;
          }
        }
        default -> { }
      }
    }
    return -1;
  }

  private static int closing(String source, int open) {
    int depth = 0;
    for (int at = open; at < source.length() && at - open < 10_000; at++) {
      switch (source.charAt(at)) {
        case '{', '(', '[' -> depth++;
        case '}', ')', ']' -> {
          if (--depth == 0) {
            return at;
          }
        }
        default -> { }
      }
    }
    return -1;
  }

  /// The text from `start` to what ends an expression.
  private static String expression(String source, int start) {
    int depth = 0;
    int at = start;
    for (; at < source.length() && at - start < 1_000; at++) {
      char c = source.charAt(at);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        if (depth-- == 0) {
          break;
        }
      } else if (depth == 0 && (c == ',' || c == ';' || c == '\n' && !source.substring(start, at).isBlank())) {
        break;
      }
    }
    return source.substring(start, at).strip();
  }

  private static final Pattern CHAIN = Pattern.compile("[\\p{L}\\w$]+(?:\\.[\\p{L}\\w$#]+)*");
  private static final Pattern CALL = Pattern.compile("(" + CHAIN.pattern() + ")\\(.*\\)", Pattern.DOTALL);

  /// An expression as V8 shows it.
  private static String rendered(String expression) {
    if (CHAIN.matcher(expression).matches() || expression.equals("{}") || expression.equals("[]")) {
      return expression;
    }
    Matcher call = CALL.matcher(expression);
    return call.matches() ? call.group(1) + "(...)" : "(intermediate value)";
  }

  private static String notIterable(MatchResult found, Place place) {
    return found.group(1).contains("async") || !place.kinds().contains("GetIterator") && !place.builtin() && !found.group(1).contains("terator")
        ? "Cannot read properties of " + found.group(2) + " (reading '" + found.group(1) + "')"
        : iterated(found.group(2), place);
  }

  /// Whether what is called gives something to iterate over.
  private static boolean iterates(Place place) {
    String before = place.source().substring(Math.max(0, place.start() - 200), place.start());
    return before.endsWith("...") || before.matches("(?s).*\\bfor\\s*(?:await\\s*)?\\([^()]*\\bof\\s+") || before.matches("(?s).*(?:const|let|var)\\s*\\[[^\\[\\]=]*]\\s*=\\s*");
  }

  /// @param value as the engine shows it
  private static String iterated(String value, Place place) {
    if (place.builtin() || !place.kinds().contains("Iterator")) {
      return value(value) + " is not iterable" + NOT_ITERABLE;
    }
    String text = place.text();
    if (text.startsWith("for")) {
      int open = text.indexOf('(');
      int close = closing(text, open);
      int of = text.indexOf(" of ", open);
      String expression = of < 0 || close < of ? "" : text.substring(of + 4, close).strip();
      Matcher call = CALL.matcher(expression);
      String shown = expression.isEmpty() ? value : rendered(expression);
      return shown.endsWith("(...)") && call.matches() ? call.group(1) + " is not a function or its return value is not iterable"
          : shown + (text.matches("(?s)for\\s+await.*") ? " is not async iterable" : " is not iterable");
    }
    if (text.startsWith("...")) {
      String shown = rendered(text.substring(3).strip());
      if (!place.kinds().contains("SpreadArgument")) {
        return shown + " is not iterable";
      }
      return value.equals("undefined") || value.equals("null") ? shown + " is not iterable (cannot read property " + value + ")"
          : "Spread syntax requires ...iterable[Symbol.iterator] to be a function";
    }
    if (text.startsWith("[")) {
      int close = closing(text, 0);
      int equals = close < 0 ? -1 : text.indexOf('=', close);
      return equals < 0 ? value(value) + " is not iterable" + NOT_ITERABLE : rendered(text.substring(equals + 1).strip()) + " is not iterable";
    }
    return value + " is not iterable";
  }

  /// A value as V8 shows it, of how the engine does.
  private static String value(String shown) {
    if (shown.equals("undefined")) {
      return shown;
    }
    if (shown.equals("null")) {
      return "object null";
    }
    if (shown.matches("-?(?:[\\d.]+(?:e[+-]?\\d+)?|Infinity)|NaN")) {
      return "number " + shown;
    }
    if (shown.equals("true") || shown.equals("false")) {
      return "boolean " + shown;
    }
    if (shown.startsWith("{") || shown.startsWith("[") || shown.startsWith("(")) {
      return "object";
    }
    if (shown.startsWith("Symbol(")) {
      return "symbol " + shown;
    }
    return shown.startsWith("function") || shown.startsWith("class ") || shown.contains("=>") ? shown : "string \"" + shown + "\"";
  }
}
