/// Values that a schema allows, and values that it forbids for one reason each.
///
/// Enter at [Sampler]. A schema is read as a list of alternatives, each a conjunction of keywords ([Facts]): references followed, `allOf` joined, one alternative
/// for each branch of `oneOf`, `anyOf`, `if` and `dependentSchemas`. Values are made from one alternative and then checked with the compiled schema
/// ([dev.tenon.contract.schema]): what is handed out as valid is valid, what is handed out as invalid is not. What could not be made is named as a [Gap].
///
/// The same seed gives the same values. Everything is bounded: characters, items, values, steps.
package dev.tenon.contract.sample;
