package dev.tenon.contract.gate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.compare.Bump;
import dev.tenon.contract.compare.Comparison;
import dev.tenon.contract.component.SemanticVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Judges versions. Thread-safe.
public final class Gate {

  private Gate() {}

  /// Whether a version may be deployed beside what is live.
  ///
  /// @param live every version that takes traffic, of every component; one of the same component is replaced, unless it `stays`
  /// @param builtAgainst the contracts that the version was built against, by component; of others it is only asked whether their operations are there
  /// @param stays which live versions of the same component go on taking traffic
  public static Verdict judge(ComponentVersion candidate, List<ComponentVersion> live, Map<String, Contract> builtAgainst, Predicate<ComponentVersion> stays) {
    List<ComponentVersion> own = live.stream().filter(version -> version.component().equals(candidate.component())).toList();
    List<ComponentVersion> staying = own.stream().filter(stays).toList();
    Optional<ComponentVersion> from = own.stream()
        .filter(version -> version.version().compareTo(candidate.version()) <= 0)
        .max(Comparator.comparing(ComponentVersion::version));
    Bump required = from.map(before -> required(before, candidate)).orElse(Bump.NONE);
    List<String> numbers = from.map(before -> numbers(before, candidate, required)).orElse(List.of());
    List<Breakage> breakages = new ArrayList<>();
    live.stream().filter(version -> !version.component().equals(candidate.component()))
        .forEach(consumer -> breakages.addAll(new OldConsumer(consumer, candidate, own, staying).breakages()));
    candidate.consumes().values().stream().sorted(Comparator.comparing(consumed -> consumed.component()))
        .forEach(consumed -> breakages.addAll(new NewConsumer(candidate, consumed, live, Optional.ofNullable(builtAgainst.get(consumed.component()))).breakages()));
    breakages.sort(Comparator.comparing(Breakage::severity));
    return new Verdict(candidate.component(), candidate.version(), from.map(ComponentVersion::version), required, numbers, breakages.stream().distinct().toList(),
        staying.stream().map(ComponentVersion::version).sorted().toList());
  }

  /// The same where the new version replaces every live one of its component.
  public static Verdict judge(ComponentVersion candidate, List<ComponentVersion> live, Map<String, Contract> builtAgainst) {
    return judge(candidate, live, builtAgainst, _ -> false);
  }

  private static Bump required(ComponentVersion before, ComponentVersion candidate) {
    if (before.contract().isEmpty()) {
      return candidate.contract().isPresent() ? Bump.MINOR : Bump.NONE;
    }
    return candidate.contract().isPresent() ? Comparison.of(before.contract().get(), candidate.contract().get()).requiredBump() : Bump.MAJOR;
  }

  private static List<String> numbers(ComponentVersion before, ComponentVersion candidate, Bump required) {
    if (required == Bump.NONE) {
      return List.of();
    }
    List<String> numbers = new ArrayList<>();
    if (!grew(before.version(), candidate.version(), required)) {
      numbers.add(candidate.label() + " – its contract has changed since " + before.version() + " in a way that needs a " + required.word() + " version – call it "
          + next(before.version(), required) + " or more");
    }
    Optional<SemanticVersion> old = before.contract().flatMap(contract -> SemanticVersion.parse(contract.documentVersion()));
    Optional<SemanticVersion> now = candidate.contract().flatMap(contract -> SemanticVersion.parse(contract.documentVersion()));
    if (old.isPresent() && now.isPresent() && !grew(old.get(), now.get(), required)) {
      numbers.add("contract of " + candidate.component() + " – its info.version is " + now.get() + " and was " + old.get() + " before changes that need a " + required.word()
          + " version – write " + next(old.get(), required) + " or more");
    }
    return numbers;
  }

  /// Before 1.0.0 the second number says what later the first one says, as npm's `^` reads it.
  private static boolean grew(SemanticVersion before, SemanticVersion now, Bump required) {
    return now.release().compareTo(next(before, required)) >= 0;
  }

  private static SemanticVersion next(SemanticVersion before, Bump required) {
    boolean early = before.major() == 0;
    return switch (required) {
      case NONE -> before;
      case PATCH -> SemanticVersion.of(before.major(), before.minor(), before.patch() + 1);
      case MINOR -> early ? SemanticVersion.of(0, before.minor(), before.patch() + 1) : SemanticVersion.of(before.major(), before.minor() + 1, 0);
      case MAJOR -> early ? SemanticVersion.of(0, before.minor() + 1, 0) : SemanticVersion.of(before.major() + 1, 0, 0);
    };
  }
}
