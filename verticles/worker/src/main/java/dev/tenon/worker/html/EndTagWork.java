package dev.tenon.worker.html;

/// What is to be done when an element's end tag comes.
///
/// @param name the tag's new name; null where it keeps its own
/// @param mutations null for none
/// @param handler of JavaScript; -1 for none
record EndTagWork(byte[] name, Mutations mutations, int handler) {}
