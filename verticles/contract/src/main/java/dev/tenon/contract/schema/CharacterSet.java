package dev.tenon.contract.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A set of Unicode code points, as ranges in ascending order that do not touch. Immutable.
///
/// @param bounds first and last of each range, in turn
record CharacterSet(List<Integer> bounds) {

  static final CharacterSet DIGITS = of('0', '9');
  static final CharacterSet WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
  static final CharacterSet SPACE = of('\t', '\r', ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);
  /// What `.` stands for: everything but the ends of lines.
  static final CharacterSet ANY = of('\n', '\n', '\r', '\r', 0x2028, 0x2029).inverse();

  /// General categories that Java knows by their short names only.
  private static final Map<String, String> CATEGORIES = Map.ofEntries(
      Map.entry("Cased_Letter", "LC"), Map.entry("Close_Punctuation", "Pe"), Map.entry("Connector_Punctuation", "Pc"), Map.entry("Control", "Cc"),
      Map.entry("Currency_Symbol", "Sc"), Map.entry("Dash_Punctuation", "Pd"), Map.entry("Decimal_Number", "Nd"), Map.entry("Enclosing_Mark", "Me"),
      Map.entry("Final_Punctuation", "Pf"), Map.entry("Format", "Cf"), Map.entry("Initial_Punctuation", "Pi"), Map.entry("Letter", "L"),
      Map.entry("Letter_Number", "Nl"), Map.entry("Line_Separator", "Zl"), Map.entry("Lowercase_Letter", "Ll"), Map.entry("Mark", "M"),
      Map.entry("Math_Symbol", "Sm"), Map.entry("Modifier_Letter", "Lm"), Map.entry("Modifier_Symbol", "Sk"), Map.entry("Nonspacing_Mark", "Mn"),
      Map.entry("Number", "N"), Map.entry("Open_Punctuation", "Ps"), Map.entry("Other", "C"), Map.entry("Other_Letter", "Lo"),
      Map.entry("Other_Number", "No"), Map.entry("Other_Punctuation", "Po"), Map.entry("Other_Symbol", "So"), Map.entry("Paragraph_Separator", "Zp"),
      Map.entry("Private_Use", "Co"), Map.entry("Punctuation", "P"), Map.entry("Separator", "Z"), Map.entry("Space_Separator", "Zs"),
      Map.entry("Spacing_Mark", "Mc"), Map.entry("Surrogate", "Cs"), Map.entry("Symbol", "S"), Map.entry("Titlecase_Letter", "Lt"),
      Map.entry("Unassigned", "Cn"), Map.entry("Uppercase_Letter", "Lu"), Map.entry("digit", "Nd"), Map.entry("punct", "P"));
  private static final Map<String, CharacterSet> PROPERTIES = new ConcurrentHashMap<>();

  static CharacterSet of(int... bounds) {
    return new CharacterSet(Arrays.stream(bounds).boxed().toList());
  }

  /// The characters of a `\p{…}`.
  ///
  /// @throws PatternSyntaxException when no such property is known
  static CharacterSet property(String name) {
    return PROPERTIES.computeIfAbsent(name, CharacterSet::readProperty);
  }

  private static CharacterSet readProperty(String name) {
    int equals = name.indexOf('=');
    String kind = equals < 0 ? "" : name.substring(0, equals);
    String value = name.substring(equals + 1);
    String java = switch (kind) {
      case "" -> switch (value) {
        case "Any" -> "[\\x{0}-\\x{10FFFF}]";
        case "ASCII" -> "\\p{ASCII}";
        case "Assigned" -> "\\P{Cn}";
        default -> CATEGORIES.containsKey(value) || value.length() <= 2 ? "\\p{" + CATEGORIES.getOrDefault(value, value) + "}" : "\\p{Is" + value + "}";
      };
      case "General_Category", "gc" -> "\\p{" + CATEGORIES.getOrDefault(value, value) + "}";
      case "Script", "sc", "Script_Extensions", "scx" -> "\\p{script=" + value + "}";
      default -> throw new PatternSyntaxException("\\p{" + name + "} is not a property that is known", name, -1);
    };
    var test = Pattern.compile(java).asMatchPredicate();
    List<Integer> bounds = new ArrayList<>();
    int first = -1;
    for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
      boolean in = c <= Character.MAX_CODE_POINT && test.test(Character.toString(c));
      if (in && first < 0) {
        first = c;
      } else if (!in && first >= 0) {
        bounds.add(first);
        bounds.add(c - 1);
        first = -1;
      }
    }
    return new CharacterSet(bounds);
  }

  boolean has(int character) {
    for (int i = 0; i < bounds.size(); i += 2) {
      if (character < bounds.get(i)) {
        return false;
      }
      if (character <= bounds.get(i + 1)) {
        return true;
      }
    }
    return false;
  }

  CharacterSet inverse() {
    List<Integer> inverse = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < bounds.size(); i += 2) {
      if (bounds.get(i) > next) {
        inverse.add(next);
        inverse.add(bounds.get(i) - 1);
      }
      next = bounds.get(i + 1) + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      inverse.add(next);
      inverse.add(Character.MAX_CODE_POINT);
    }
    return new CharacterSet(inverse);
  }

  static CharacterSet union(List<CharacterSet> sets) {
    List<int[]> ranges = new ArrayList<>();
    for (CharacterSet set : sets) {
      for (int i = 0; i < set.bounds.size(); i += 2) {
        ranges.add(new int[] {set.bounds.get(i), set.bounds.get(i + 1)});
      }
    }
    ranges.sort((a, b) -> Integer.compare(a[0], b[0]));
    List<Integer> bounds = new ArrayList<>();
    for (int[] range : ranges) {
      int last = bounds.size() - 1;
      if (last > 0 && range[0] <= bounds.get(last) + 1) {
        bounds.set(last, Math.max(bounds.get(last), range[1]));
      } else {
        bounds.add(range[0]);
        bounds.add(range[1]);
      }
    }
    return new CharacterSet(bounds);
  }

  /// As a class of Java's regular expressions.
  String java() {
    if (bounds.isEmpty()) {
      return "(?!)";
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < bounds.size(); i += 2) {
      text.append(String.format("\\x{%x}-\\x{%x}", bounds.get(i), bounds.get(i + 1)));
    }
    return text.append(']').toString();
  }
}
