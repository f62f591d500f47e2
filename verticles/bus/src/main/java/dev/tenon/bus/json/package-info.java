/// JSON as generated code reads and writes it: straight from bytes into records and back, without reflection and without a tree between.
///
/// Enter at [JsonReader#read] and [JsonWriter#write]. A generated type has `static T read(JsonReader)` and is [JsonWritable]. [Variants] tells the
/// alternatives of a `oneOf` apart, [Field] a member that is absent from one that is null, [Json] is a value of which the contract says nothing.
/// What is not as the contract says ends with a [JsonException] that names the place as a JSON pointer.
///
/// Imports Jackson's streaming core and Vert.x's buffers, nothing of the bus.
package dev.tenon.bus.json;
