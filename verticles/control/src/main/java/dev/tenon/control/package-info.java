/// What a node knows about itself and the cluster: its database, its health, what runs where.
///
/// Enter at [EmbeddedPostgres] or [DatabaseAddress] for a server, [ControlDatabase] for what control keeps there,
/// [Health] for the parts of a node, and [ControlListener] for the operator's HTTP. Truth lives in PostgreSQL. This
/// package never imports a component, JavaScript or a client's HTTP request.
package dev.tenon.control;
