/// Puts a process together: cluster, database, services, workers, edge and control listener, started in parallel where they can be and
/// stopped in the reverse of how they depend on each other.
///
/// Enter at [Node] with [NodeOptions]. This package knows every other one and nothing knows it but the command line. It loads components from
/// folders and never imports one; it never imports JavaScript or a client's HTTP request.
package dev.tenon.node;
