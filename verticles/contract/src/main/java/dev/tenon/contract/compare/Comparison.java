package dev.tenon.contract.compare;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractDocument;
import java.time.LocalDate;
import java.util.List;

/// What changed between two versions of a contract, and what that means for those who keep to the old one. Immutable.
///
/// @param oldVersion `info.version` of the old document; empty where it has none
/// @param newVersion `info.version` of the new document; empty where it has none
/// @param findings the most severe first
public record Comparison(String oldVersion, String newVersion, List<Finding> findings) {

  public Comparison {
    findings = List.copyOf(findings);
  }

  /// Compares two contracts as of today.
  public static Comparison of(Contract before, Contract after) {
    return of(before.source(), after.source(), LocalDate.now());
  }

  /// Compares two documents.
  ///
  /// @param today decides which sunsets have passed
  public static Comparison of(ContractDocument before, ContractDocument after, LocalDate today) {
    return new Comparison(before.documentVersion(), after.documentVersion(), new ApiDiff(before, after, today).findings());
  }

  /// Whether there is a finding at least as severe as this.
  public boolean has(Severity severity) {
    return findings.stream().anyMatch(finding -> finding.severity().compareTo(severity) <= 0);
  }

  /// Which number of `info.version` must grow, by the findings.
  public Bump requiredBump() {
    return findings.stream().map(Finding::bump).reduce(Bump.NONE, Bump::max);
  }

  /// Whether the new `info.version` is as much larger as the findings ask for.
  public VersionCheck versionCheck() {
    return VersionCheck.of(oldVersion, newVersion, requiredBump());
  }

  /// How many findings there are of a severity.
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
