import { createAuthClient, type Plan, ProblemError, type Service } from "@tenon/contracts/auth";
import { Problem } from "./problem";

/** Asks auth for the plan of the caller whose Authorization header this is. */
export async function fetchPlan(auth: Service, authorization: string): Promise<Plan> {
  try {
    return await createAuthClient(auth, { headers: { authorization } }).getPlan({ userId: "me" });
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) {
      throw new Problem("urn:tenon:problem:token-refused", "Access token refused", 401, "The access token was refused – log in again.", [], {
        "www-authenticate": error.headers.get("www-authenticate") ?? 'Bearer realm="tenon", error="invalid_token"',
      });
    }
    throw new Problem("urn:tenon:image:plan-unknown", "Plan unknown", 503, "The caller's plan could not be read – try again in a moment.");
  }
}
