/// Calls between components, held against what the caller's `component.yaml` declares.
///
/// Enter at [CallWatch]: one for a node, which gives every component the bus that it calls others through. What leaves through that is named (caller, called component,
/// operation), counted, and, where the policy says so, refused when it is not declared. What the edge and the node itself send is no call of a component.
package dev.tenon.bus.calls;
