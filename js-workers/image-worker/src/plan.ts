import { Problem } from "./problem";

/** What the caller may use, as auth's contract has it. */
export interface UserPlan {
  name: string;
  imagePixelsMax: number;
}

/** Asks auth for the plan of the caller whose Authorization header this is. */
export async function fetchPlan(auth: Fetcher, authorization: string): Promise<UserPlan> {
  const response = await auth.fetch("https://auth/auth/users/me/plan", { headers: { authorization, accept: "application/json" } }).catch(() => undefined);
  if (response?.status === 401) {
    await response.body?.cancel();
    throw new Problem("urn:tenon:problem:token-refused", "Access token refused", 401, "The access token was refused – log in again.", [], {
      "www-authenticate": response.headers.get("www-authenticate") ?? 'Bearer realm="tenon", error="invalid_token"',
    });
  }
  const plan = response?.ok ? await response.json<Partial<UserPlan>>().catch(() => undefined) : undefined;
  if (typeof plan?.name !== "string" || typeof plan.imagePixelsMax !== "number") {
    throw new Problem("urn:tenon:image:plan-unknown", "Plan unknown", 503, "The caller's plan could not be read – try again in a moment.");
  }
  return { name: plan.name, imagePixelsMax: plan.imagePixelsMax };
}
