/// The auth service of the reference system: who is calling, and what they may do.
///
/// Enter at [AuthService], which starts and stops; [AuthOperations] speaks the contract; [Accounts], [Passwords],
/// [Sessions] and [Keys] are the service. It knows the kit and its contract, and no other component.
package dev.tenon.auth;
