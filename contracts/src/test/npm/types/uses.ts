// What consumers write. It is compiled and never run: what must not compile is marked so.
import { AuthProblemType, createAuthClient, type PlanName, ProblemError, type Service } from "../../../../npm/auth.js";
import { createCallsClient, type CallsClient } from "../../../../target/corpus-npm/calls.js";
import type { Animal, Kind, ShapesEvents } from "../../../../target/corpus-npm/shapes.js";

export async function plan(service: Service): Promise<number> {
  const auth = createAuthClient(service, { headers: { authorization: "Bearer x" } });
  const { name, imagePixelsMax } = await auth.getPlan({ userId: "me" });
  const known: PlanName = name;
  // @ts-expect-error the parameter is needed
  void auth.getPlan();
  // @ts-expect-error there is no such parameter
  void auth.getPlan({ userId: "me", colour: "red" });
  // @ts-expect-error a member is missing
  void auth.register({ body: { email: "a@b" } });
  return known === "free" ? imagePixelsMax : 0;
}

export function isTaken(error: unknown): boolean {
  return error instanceof ProblemError && error.type === AuthProblemType.EMAIL_TAKEN;
}

/** A discriminator narrows. */
export function lives(animal: Animal): number {
  switch (animal.type) {
    case "cat":
      return animal.lives;
    case "dog":
      return animal.tricks?.length ?? 0;
    case "Bird":
      return animal.wings ?? 0;
    default:
      return animal satisfies never;
  }
}

/** Statuses narrow, and what may be left out may also be undefined. */
export async function answers(service: Service, on: boolean | undefined): Promise<string> {
  const calls: CallsClient = createCallsClient(service);
  await calls.parameters({ simple: "a", label: ["x"], matrix: {}, kind: "small", on });
  // @ts-expect-error what is sent is one of the contract's values
  void calls.parameters({ simple: "a", label: ["x"], matrix: {}, kind: "enormous" });
  const answer = await calls.statuses({ status: 200 });
  if (answer.status === 202) return answer.headers.get("location") ?? "";
  for await (const event of await calls.eitherAsEvents()) return event.data;
  const bytes = await calls.pictures({ body: new Uint8Array(1), contentType: "image/png" });
  return bytes.headers.get("content-type") ?? "";
}

/** What is answered may be a newer value. */
export const newer: Kind = "enormous";

export function emitted(event: ShapesEvents["account.deleted"]): string {
  return event.id;
}
