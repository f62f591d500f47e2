// A worker's service binding is what a client is made of.
import { createAuthClient } from "../../../../npm/auth.js";

export interface Env {
  AUTH: Fetcher;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const authorization = request.headers.get("authorization") ?? "";
    return Response.json(await createAuthClient(env.AUTH).getPlan({ userId: "me" }, { headers: { authorization }, signal: request.signal }));
  },
} satisfies ExportedHandler<Env>;
