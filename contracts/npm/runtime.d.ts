// What all generated clients share. Part of Tenon; generated clients hold it as it is.

/** A service binding, or anything with its `fetch`. */
export interface Service {
  fetch(url: string, init: ServiceRequest): Promise<Response>;
}

/** What a client gives to `fetch`. */
export interface ServiceRequest {
  method: string;
  headers: Headers;
  body?: ReadableStream<any> | ArrayBuffer | Uint8Array | Blob | FormData | URLSearchParams | string;
  signal?: AbortSignal;
}

/** A body of bytes. */
export type Bytes = ReadableStream<any> | ArrayBuffer | Uint8Array | Blob | string;

/** What a caller may say about a call beside its parameters. */
export interface CallOptions {
  /** More headers, `authorization` for example; they win over those of the client. */
  headers?: { [name: string]: string } | undefined;
  /** Cancels the call. */
  signal?: AbortSignal | undefined;
}

/** One server-sent event, as the HTML standard defines it. */
export interface ServerSentEvent {
  /** Its type; `message` where none was sent. */
  event: string;
  data: string;
  /** The last id that was sent, or an empty string. */
  id: string;
}

/** A component answered with a failure: a status from 400 on, mostly with a problem document (RFC 9457). */
export declare class ProblemError extends Error {
  /** What was called: `auth getPlan`. */
  readonly operation: string;
  readonly status: number;
  /** The kind of problem; `about:blank` where the answer names none. */
  readonly type: string;
  readonly title: string;
  /** What went wrong this time; empty where the answer does not say. */
  readonly detail: string;
  /** Names this occurrence, for a search in the logs. */
  readonly instance: string | undefined;
  /** The whole problem document, or an empty object where there was none. */
  readonly document: { readonly [member: string]: unknown };
  readonly headers: Headers;
  /** The body as text. */
  readonly body: string;
}

/** A component's answer is not as its contract says. */
export declare class AnswerError extends Error {
  readonly operation: string;
  readonly status: number;
}
