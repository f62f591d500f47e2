package dev.tenon.contract.sample;

import java.util.List;

/// The values made for one schema.
///
/// @param valid the typical one first, then minimal and maximal, then those at the schema's bounds
/// @param invalid one for each way of breaking the schema
/// @param gaps what no value was made for
public record Samples(List<ValidSample> valid, List<InvalidSample> invalid, List<Gap> gaps) {

  public Samples {
    valid = List.copyOf(valid);
    invalid = List.copyOf(invalid);
    gaps = List.copyOf(gaps);
  }
}
