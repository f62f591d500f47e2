/// The kit for Java services.
///
/// A team writes a [Service]: what it starts, and one [OperationHandler] for every operation of its contract. A node runs it
/// with [ServiceHost], which loads its jar in a class loader of its own, moves its database forward, and puts it on the
/// bus. This package never imports a component, HTTP or JavaScript, and scans no annotations.
package dev.tenon.service;
