// What all generated clients share. Part of Tenon; generated clients hold it as it is.

export class ProblemError extends Error {
  constructor(operation, response, body, document) {
    const text = (member) => (typeof document[member] === "string" ? document[member] : "");
    const said = text("detail") || text("title");
    super(`${operation} answered ${response.status}${said && `: ${said}`}`);
    this.name = "ProblemError";
    this.operation = operation;
    this.status = response.status;
    this.type = text("type") || "about:blank";
    this.title = text("title");
    this.detail = text("detail");
    this.instance = text("instance") || undefined;
    this.document = document;
    this.headers = response.headers;
    this.body = body;
  }
}

export class AnswerError extends Error {
  constructor(operation, status, message, options) {
    super(message, options);
    this.name = "AnswerError";
    this.operation = operation;
    this.status = status;
  }
}

/** A client: for each operation a method that calls it. */
export function client(component, operations, shapes, service, defaults = {}) {
  const methods = {};
  for (const name of Object.keys(operations)) {
    const operation = operations[name];
    methods[name] = operation.bare
      ? (options) => call(component, operation, shapes, service, defaults, {}, options)
      : (parameters, options) => call(component, operation, shapes, service, defaults, parameters, options);
  }
  return methods;
}

async function call(component, operation, shapes, service, defaults, parameters = {}, options = {}) {
  const id = `${component} ${operation.id}`;
  const headers = new Headers();
  if (operation.accept) headers.set("accept", operation.accept);
  const init = { method: operation.method, headers };
  if (operation.body && parameters.body !== undefined) init.body = bodyOf(operation.body, parameters, headers);
  if (init.body instanceof ReadableStream) init.duplex = "half";
  for (const [key, name, style, explode] of operation.header ?? []) {
    const value = parameters[key];
    if (value !== undefined) headers.set(name, style === "json" ? JSON.stringify(value) : parts(value, explode, String).join(","));
  }
  const cookies = pairsOf(operation.cookie, parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
  for (const more of [defaults.headers, options.headers]) {
    for (const name of Object.keys(more ?? {})) headers.set(name, more[name]);
  }
  const signal = options.signal ?? defaults.signal;
  if (signal) init.signal = signal;
  const query = pairsOf(operation.query, parameters).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const url = `https://${component}${pathOf(id, operation.path, parameters)}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  return answerOf(id, operation, shapes, await service.fetch(url, init));
}

// ---- the request --------------------------------------------------------------------------------------------------

function pathOf(id, template, parameters) {
  return template.map((part) => {
    if (typeof part === "string") return part;
    const [key, name, style, explode] = part;
    const value = parameters[key];
    if (value === undefined || value === null || value === "" || value === "." || value === "..") {
      throw new TypeError(`${id}: the path parameter "${name}" is ${JSON.stringify(value)}, which no path can hold`);
    }
    const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    if (style === "json") return encode(JSON.stringify(value));
    if (style === "label") return `.${parts(value, explode, encode).join(explode ? "." : ",")}`;
    if (style !== "matrix") return parts(value, explode, encode).join(",");
    if (!explode || typeof value !== "object") return `;${name}=${parts(value, false, encode).join(",")}`;
    return Array.isArray(value) ? value.map((item) => `;${name}=${encode(textOf(item))}`).join("") : `;${parts(value, true, encode).join(";")}`;
  }).join("");
}

/** The parts of a value that stand in one place. */
function parts(value, explode, encode) {
  if (Array.isArray(value)) return value.map((item) => encode(textOf(item)));
  if (typeof value !== "object" || value === null) return [encode(textOf(value))];
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return explode
    ? members.map(([name, member]) => `${encode(name)}=${encode(textOf(member))}`)
    : members.flatMap(([name, member]) => [encode(name), encode(textOf(member))]);
}

/** The names and values of a query, a form or cookies. */
function pairsOf(parameters, values) {
  return (parameters ?? []).flatMap(([key, name, style, explode]) => {
    const value = values[key];
    if (value === undefined) return [];
    return style === "json" ? [[name, JSON.stringify(value)]] : pairs(name, value, style, explode);
  });
}

function pairs(name, value, style, explode) {
  const delimiter = style === "spaceDelimited" ? " " : style === "pipeDelimited" ? "|" : ",";
  if (Array.isArray(value)) return explode ? value.map((item) => [name, textOf(item)]) : [[name, value.map(textOf).join(delimiter)]];
  if (typeof value !== "object" || value === null) return [[name, textOf(value)]];
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (style === "deepObject") {
    return members.flatMap(([key, member]) => pairs(`${name}[${key}]`, member, Array.isArray(member) ? "form" : "deepObject", true));
  }
  return explode ? members.flatMap(([key, member]) => pairs(key, member, "form", true)) : [[name, parts(value, false, String).join(delimiter)]];
}

function textOf(value) {
  return value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function bodyOf([form, contentType], { body, contentType: chosen }, headers) {
  switch (form) {
    case "json":
      headers.set("content-type", contentType);
      return JSON.stringify(body);
    case "form":
      headers.set("content-type", contentType);
      return new URLSearchParams(pairs("", body, "form", true)).toString();
    case "multipart":
      return formData(body);
    case "text":
      headers.set("content-type", `${contentType}; charset=utf-8`);
      return body;
    default:
      headers.set("content-type", chosen ?? contentType);
      return body;
  }
}

function formData(members) {
  const form = new FormData();
  for (const [name, value] of Object.entries(members)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined) continue;
      if (item instanceof Blob) form.append(name, item, item.name ?? name);
      else if (item instanceof Uint8Array) form.append(name, new Blob([item]), name);
      else form.append(name, textOf(item));
    }
  }
  return form;
}

// ---- the answer ---------------------------------------------------------------------------------------------------

async function answerOf(id, operation, shapes, response) {
  const found = operation.answers.find(([status]) => covers(status, response.status)) ?? (operation.answers.length === 0 && response.status < 400 ? ["", "nothing"] : undefined);
  const type = (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (!found || (found[2] && !fits(found[1], type, found[2]))) throw await failureOf(id, response, type);
  const body = await read(id, found[1], response);
  if (found[3]) {
    const wrong = wrongIn(body, found[3], shapes, "");
    if (wrong) throw new AnswerError(id, response.status, `${id} answered ${response.status} with a body that is not as its contract says: ${wrong}`);
  }
  if (!operation.tellsStatus && !operation.tellsHeaders) return body;
  const answer = { body };
  if (operation.tellsStatus) answer.status = response.status;
  if (operation.tellsHeaders) answer.headers = response.headers;
  return answer;
}

function covers(status, actual) {
  return status === "default" ? actual < 400 : status.endsWith("XX") ? Math.floor(actual / 100) === Number(status[0]) : Number(status) === actual;
}

function fits(form, type, ranges) {
  if (form === "text") return true;
  if (form === "json") return isJson(type);
  return ranges.some((range) => range === type || range === "*/*" || (range.endsWith("/*") && type.startsWith(range.slice(0, -1))));
}

function isJson(type) {
  return type === "application/json" || type.endsWith("+json");
}

async function read(id, form, response) {
  switch (form) {
    case "nothing":
      await response.body?.cancel();
      return undefined;
    case "json":
      try {
        return await response.json();
      } catch (cause) {
        if (!(cause instanceof SyntaxError)) throw cause;
        throw new AnswerError(id, response.status, `${id} answered ${response.status} with a body that is not JSON: ${cause.message}`, { cause });
      }
    case "text":
      return response.text();
    case "events":
      return events(response);
    default:
      return response;
  }
}

async function failureOf(id, response, type) {
  if (response.status < 400) {
    await response.body?.cancel();
    return new AnswerError(id, response.status, `${id} answered ${response.status}${type && ` with ${type}`}, which its contract does not have`);
  }
  const body = await response.text().catch(() => "");
  let document = {};
  if (isJson(type)) {
    try {
      document = JSON.parse(body);
    } catch {
      // the status says enough
    }
  }
  return new ProblemError(id, response, body, typeof document === "object" && document !== null && !Array.isArray(document) ? document : {});
}

/** What is wrong with a value, as a sentence with its place (a JSON pointer); undefined where nothing is. */
function wrongIn(value, shape, shapes, pointer) {
  if (typeof shape === "string") {
    if (shape[0] === "#") return wrongIn(value, shapes[shape.slice(1)], shapes, pointer);
    return shape === "any" || typeof value === shape ? undefined : isNot(value, pointer, `a ${shape}`);
  }
  const [kind, first, second, rest] = shape;
  switch (kind) {
    case "null":
      return value === null ? undefined : wrongIn(value, first, shapes, pointer);
    case "is":
      return value === first ? undefined : isNot(value, pointer, JSON.stringify(first));
    case "one": {
      const all = shape.slice(1).map((each) => wrongIn(value, each, shapes, pointer));
      return all.includes(undefined) ? undefined : all.length === 1 ? all[0] : `${JSON.stringify(pointer)} is none of the alternatives here`;
    }
    case "list":
      return Array.isArray(value) ? firstOf(value.keys(), (i) => wrongIn(value[i], first, shapes, `${pointer}/${i}`)) : isNot(value, pointer, "an array");
    case "tuple":
      if (!Array.isArray(value)) return isNot(value, pointer, "an array");
      if (value.length < first) return `"${pointer}/${value.length}" is required and missing`;
      return firstOf(value.keys(), (i) => (second[i] ?? rest) && wrongIn(value[i], second[i] ?? rest, shapes, `${pointer}/${i}`));
    default:
      if (typeof value !== "object" || value === null || Array.isArray(value)) return isNot(value, pointer, "an object");
      if (kind === "map") return firstOf(Object.keys(value), (name) => wrongIn(value[name], first, shapes, under(pointer, name)));
      return firstOf(first, ([name, type, required]) => {
        if (Object.hasOwn(value, name)) return wrongIn(value[name], type, shapes, under(pointer, name));
        return required ? `"${under(pointer, name)}" is required and missing` : undefined;
      });
  }
}

function firstOf(all, wrong) {
  for (const each of all) {
    const found = wrong(each);
    if (found) return found;
  }
  return undefined;
}

function under(pointer, name) {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function isNot(value, pointer, what) {
  // The value itself may be a secret.
  const is = value === null ? "null" : Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : `a ${typeof value}`;
  return `${pointer ? `"${pointer}"` : "the JSON value"} is ${is}, not ${what}`;
}

/** The events of a `text/event-stream`. Whoever stops reading ends the stream. */
async function* events(response) {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let buffer = "", event = "", data = [], id = "", done = false;
  try {
    while (!done) {
      const chunk = await reader.read();
      done = chunk.done;
      buffer += done ? decoder.decode() : decoder.decode(chunk.value, { stream: true });
      // A carriage return at the end may be half of a line's end.
      const whole = done ? buffer.length : /\r$/.test(buffer) ? buffer.length - 1 : buffer.length;
      const lines = buffer.slice(0, whole).split(/\r\n|\n|\r/);
      buffer = lines.pop() + buffer.slice(whole);
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { event: event || "message", data: data.join("\n"), id };
          event = "";
          data = [];
        } else {
          const colon = line.indexOf(":");
          const name = colon < 0 ? line : line.slice(0, colon);
          const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
          if (name === "event") event = value;
          else if (name === "data") data.push(value);
          else if (name === "id" && !value.includes("\0")) id = value;
        }
      }
    }
  } finally {
    if (!done) await reader.cancel();
  }
}
