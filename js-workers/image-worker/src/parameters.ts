import { type Fit, fits } from "./geometry";
import { type Format, formats } from "./header";
import { invalidParameters, type Violation } from "./problem";

const SIDE_MAX = 10_000;

export interface ResizeParameters {
  width: number | undefined;
  height: number | undefined;
  fit: Fit;
  format: Format | undefined;
  quality: number;
}

export interface ConvertParameters {
  format: Format;
  quality: number;
}

export function noParameters(query: URLSearchParams): void {
  new Reader(query, []).done();
}

export function resizeParameters(query: URLSearchParams): ResizeParameters {
  const reader = new Reader(query, ["width", "height", "fit", "format", "quality"]);
  const width = reader.integer("width", 1, SIDE_MAX);
  const height = reader.integer("height", 1, SIDE_MAX);
  const fit = reader.oneOf("fit", fits) ?? "cover";
  const format = reader.oneOf("format", formats);
  const quality = reader.integer("quality", 1, 100) ?? 80;
  if (!query.has("width") && !query.has("height")) reader.wrong("width", "is needed where there is no height");
  reader.done();
  return { width, height, fit, format, quality };
}

export function convertParameters(query: URLSearchParams): ConvertParameters {
  const reader = new Reader(query, ["format", "quality"]);
  const format = reader.oneOf("format", formats);
  const quality = reader.integer("quality", 1, 100) ?? 80;
  if (!query.has("format")) reader.wrong("format", "is required");
  reader.done();
  return { format: format!, quality };
}

/** Reads the parameters of a query and gathers what is wrong with them. */
class Reader {
  readonly #violations: Violation[] = [];

  constructor(private readonly query: URLSearchParams, known: string[]) {
    for (const name of new Set(query.keys())) {
      if (!known.includes(name)) this.wrong(name, "is not a parameter of this operation");
      else if (query.getAll(name).length > 1) this.wrong(name, "is given more than once");
    }
  }

  integer(name: string, min: number, max: number): number | undefined {
    const text = this.query.get(name);
    if (text === null) return undefined;
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    this.wrong(name, `has to be a whole number from ${min} to ${max}`);
    return undefined;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.query.get(name);
    if (text === null) return undefined;
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) this.wrong(name, `has to be one of ${values.join(", ")}`);
    return value;
  }

  wrong(name: string, detail: string): void {
    this.#violations.push({ parameter: `query ${name}`, detail });
  }

  done(): void {
    if (this.#violations.length > 0) throw invalidParameters(this.#violations);
  }
}
