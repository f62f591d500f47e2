/// The JavaScript runtime: isolates, web APIs, modules, limits.
///
/// The only package of the project that imports `org.graalvm`. A GraalJS context is entered only on the Vert.x context
/// that owns it, and a Java result settles a promise only there.
package dev.tenon.worker;
