/// What components say of themselves and of each other: the part of `component.yaml` that services and workers share.
///
/// Enter at [Manifest], which reads it; [Consumed] is one component that it needs, [VersionRange] which versions of that.
///
/// Knows no Vert.x: the node, the kit, the command line and the gate read the same.
package dev.tenon.contract.component;
