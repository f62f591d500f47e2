/** One thing that is wrong with a request. */
export interface Violation {
  pointer?: string;
  parameter?: string;
  detail: string;
}

/** A request that is answered with a problem document (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly type: string,
    readonly title: string,
    readonly status: number,
    readonly detail: string,
    readonly errors: Violation[] = [],
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
    this.name = "Problem";
  }

  toJSON(): object {
    const { type, title, status, detail, errors } = this;
    return errors.length > 0 ? { type, title, status, detail, errors } : { type, title, status, detail };
  }

  toResponse(): Response {
    return new Response(JSON.stringify(this), {
      status: this.status,
      headers: { ...this.headers, "content-type": "application/problem+json" },
    });
  }
}

/** Anything that was thrown, as a problem. What is nobody's business outside goes to the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem("urn:tenon:problem:internal", "Internal error", 500, "The text could not be processed because of a fault here.");
}
