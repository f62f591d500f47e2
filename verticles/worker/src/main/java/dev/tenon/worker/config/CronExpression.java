package dev.tenon.worker.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks a cron trigger: five fields, with names of months and weekdays, and Quartz's `L`, `W` and `#`.
///
/// @see <a href="https://developers.cloudflare.com/workers/configuration/cron-triggers/#supported-cron-expressions">Supported cron expressions</a>
final class CronExpression {

  private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final List<Field> FIELDS = List.of(
      new Field("minute", 0, 59, List.of(), Pattern.compile("(?!)")),
      new Field("hour", 0, 23, List.of(), Pattern.compile("(?!)")),
      new Field("day of the month", 1, 31, List.of(), Pattern.compile("\\?|L|LW|L-\\d{1,2}|([1-9]|[12]\\d|3[01])W")),
      new Field("month", 1, 12, MONTHS, Pattern.compile("(?!)")),
      new Field("day of the week", 0, 7, DAYS, Pattern.compile("\\?|L|([0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5])")));
  private static final Pattern PART = Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,2}))?");

  private record Field(String name, int min, int max, List<String> names, Pattern special) {

    boolean takes(String text) {
      return List.of(text.split(",", -1)).stream().allMatch(this::takesPart);
    }

    private boolean takesPart(String part) {
      Matcher matcher = PART.matcher(part);
      if (special.matcher(part).matches()) {
        return true;
      }
      if (!matcher.matches() || matcher.group(4) != null && Integer.parseInt(matcher.group(4)) == 0) {
        return false;
      }
      return matcher.group(1) != null || value(matcher.group(2)) && (matcher.group(3) == null || value(matcher.group(3)));
    }

    private boolean value(String text) {
      return names.contains(text) || text.matches("\\d{1,2}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max;
    }
  }

  private CronExpression() {}

  /// What is wrong with an expression; empty when nothing is.
  static Optional<String> fault(String expression) {
    String[] words = expression.strip().toUpperCase(Locale.ROOT).split("\\s+");
    if (words.length != FIELDS.size()) {
      return Optional.of("it has " + words.length + " fields and needs five: minute, hour, day of the month, month, day of the week");
    }
    for (int i = 0; i < words.length; i++) {
      if (!FIELDS.get(i).takes(words[i])) {
        return Optional.of("\"" + words[i] + "\" is no " + FIELDS.get(i).name());
      }
    }
    return Optional.empty();
  }
}
