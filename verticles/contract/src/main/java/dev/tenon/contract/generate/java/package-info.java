/// An [Api][dev.tenon.contract.generate.Api] as Java: records, sealed types and a client over the bus.
///
/// Enter at [JavaGenerator]. [JavaNames] gives every type its name first; [JavaTypes] then says how a type is written, read and written to JSON, and one
/// class for each kind of declaration writes its file into a [JavaFile].
package dev.tenon.contract.generate.java;
