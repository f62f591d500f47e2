/** One thing that is wrong with a request. */
export interface Violation {
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

  toResponse(): Response {
    const { type, title, status, detail, errors } = this;
    const body = errors.length > 0 ? { type, title, status, detail, errors } : { type, title, status, detail };
    return new Response(JSON.stringify(body), {
      status,
      headers: { ...this.headers, "content-type": "application/problem+json" },
    });
  }
}

export function invalidParameters(errors: Violation[]): Problem {
  const detail = errors.length === 1 ? "One parameter of the request is not as the contract says." : `${errors.length} parameters of the request are not as the contract says.`;
  return new Problem("urn:tenon:problem:parameters-invalid", "Invalid parameters", 400, detail, errors);
}

export function notAnImage(detail: string): Problem {
  return new Problem("urn:tenon:image:not-an-image", "Not an image", 422, detail);
}
