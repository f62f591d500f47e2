package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Api;
import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Words;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of a contract's types in one package.
final class JavaNames {

  /// What Java has a meaning for.
  private static final Set<String> KEYWORDS = Set.of((
      "abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements "
      + "import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw "
      + "throws transient try void volatile while true false null _ var yield record sealed permits non when").split(" "));

  /// Methods that every object or record has, and variables that generated code uses.
  private static final Set<String> MEMBERS = Set.of((
      "clone finalize getClass hashCode notify notifyAll toString wait equals of read write toJson in out value2 others").split(" "));

  /// Types that are not to be hidden: those of java.lang, and those that generated code imports.
  private static final Set<String> TYPES = Set.of((
      "AutoCloseable Boolean Byte CharSequence Character Class ClassLoader Cloneable Comparable Deprecated Double Enum Error Exception Float FunctionalInterface "
      + "IO Integer Iterable Long Math Module Number Object Override Package Process Record Runnable Runtime RuntimeException SafeVarargs Short StrictMath "
      + "String StringBuffer StringBuilder SuppressWarnings System Thread ThreadGroup ThreadLocal Throwable Void "
      + "ArrayList Arrays BigDecimal BigInteger Body Buffer ClientAnswer ClientCall Answered EventType ExchangeBus ExchangeContext Field Future Json JsonReader "
      + "JsonWritable JsonWriter LinkedHashMap List LocalDate Map MultipartForm Objects OffsetDateTime Optional ParameterStyle ProblemException Set TypedBody "
      + "URI UUID Variants Known Unknown").split(" "));

  private final Names types = new Names(TYPES, "Value");
  private final Map<Declaration, String> declared = new IdentityHashMap<>();

  JavaNames(Api api) {
    String prefix = Words.pascal(api.name());
    Stream.of("Client", "Events", "ProblemType").forEach(kind -> types.give(prefix + kind));
    // A name that is written as it can stay comes before those that only become the same.
    for (boolean exact : new boolean[] {true, false}) {
      for (Declaration declaration : api.declarations()) {
        if (exact == (declaration.named() && Words.pascal(declaration.hint()).equals(declaration.hint()))) {
          declared.put(declaration, types.give(Words.pascal(declaration.hint())));
        }
      }
    }
  }

  String of(Declaration declaration) {
    return declared.get(declaration);
  }

  /// A further type of the package.
  String type(String wanted) {
    return types.give(Words.pascal(wanted));
  }

  /// The names of the members of one type.
  static Names members() {
    return new Names(Stream.concat(KEYWORDS.stream(), MEMBERS.stream()).collect(Collectors.toSet()), "_");
  }

  /// The names inside one type beside those around it.
  Names nested() {
    return new Names(Stream.concat(TYPES.stream(), declared.values().stream()).collect(Collectors.toSet()), "Value");
  }

  /// The names of constants, which nothing else looks like.
  static Names constants() {
    return new Names(Set.of("VARIANTS", "_"), "_");
  }

  /// A part of a package's name.
  static String packagePart(String name) {
    String part = Words.camel(name).toLowerCase(java.util.Locale.ROOT);
    return KEYWORDS.contains(part) ? part + "_" : part;
  }
}
