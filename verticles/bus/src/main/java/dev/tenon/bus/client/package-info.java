/// What generated clients call components with.
///
/// Enter at [ClientCall]: a generated client fills one in from its method's arguments and sends it over the bus, for an exchange's context: with its
/// deadline, identity, trace and cancellation. The answer is read as the contract says ([ClientAnswer]). What fails is a [ProblemException] where the
/// component answered with a failure, an [AnswerException] where the answer is not as the contract says, and the bus's own
/// [Failure][dev.tenon.bus.Failure] where there was none. [EventType] is an event of a contract, with its name and its payload's form.
///
/// Code that uses this package is mostly written by `tenon contract generate`; nothing here knows a contract.
package dev.tenon.bus.client;
