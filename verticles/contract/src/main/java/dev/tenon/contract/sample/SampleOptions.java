package dev.tenon.contract.sample;

/// How much a [Sampler] may make.
///
/// @param seed the same seed gives the same values
/// @param charactersMax the longest string, in code points; a longer `maxLength` is a [Gap]
/// @param itemsMax the longest array; a longer `maxItems` is a [Gap]
/// @param valuesMax how many values of one schema are handed out: so many valid ones and so many invalid ones
/// @param stepsMax how many values, parts of values included, are tried for one schema before it is given up; bounds the time
public record SampleOptions(long seed, int charactersMax, int itemsMax, int valuesMax, int stepsMax) {

  /// Enough for the schemas of requests: strings up to 300,000 characters, arrays up to 2,000 items.
  public static final SampleOptions USUAL = new SampleOptions(1, 300_000, 2_000, 2_000, 200_000);

  public SampleOptions {
    if (charactersMax < 1 || itemsMax < 1 || valuesMax < 1 || stepsMax < 1) {
      throw new IllegalArgumentException("charactersMax, itemsMax, valuesMax and stepsMax are at least 1");
    }
  }

  public SampleOptions withSeed(long other) {
    return new SampleOptions(other, charactersMax, itemsMax, valuesMax, stepsMax);
  }
}
