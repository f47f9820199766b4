/**
 * Who may ask the workbench's server for what, decided before anything else looks at a request. A page of another site can have a browser send
 * requests here, and any program on this computer can send them itself; docs/threat-model.md says what each of the two is kept from, and how.
 */

/** Of a request what the decision needs. Header values as sent; null where there is none. */
export interface RequestFacts {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Everything from the first "?" on; empty where there is none. */
  readonly query: string;
  header(name: string): string | null;
}

export type Area = "start" | "shell" | "api";

/** Why a request was refused, for tests and for the answer's body. None of it repeats what was sent. */
export type Refusal =
  | "host"
  | "forwarded"
  | "query"
  | "method"
  | "fetch-site"
  | "fetch-mode"
  | "origin"
  | "content-type";

export const START_PATH = "/start";
const API_PREFIX = "/api/";

/** A proxy that adds one of these makes the server reachable from elsewhere, which it is not meant to be. */
const PROXY_HEADERS = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

export function areaOf(path: string): Area {
  if (path.startsWith(API_PREFIX)) return "api";
  return path === START_PATH ? "start" : "shell";
}

/** The hosts that this server is: loopback by name and by number, with its port. */
export function hostsAt(port: number): readonly string[] {
  return ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`);
}

/** Undefined: the request may go on; the token is looked at elsewhere. @param hosts as `hostsAt`. */
export function refusalOf(request: RequestFacts, hosts: readonly string[]): Refusal | undefined {
  const host = request.header("host");
  if (host === null || !hosts.includes(host.toLowerCase())) return "host";
  if (PROXY_HEADERS.some((name) => request.header(name) !== null)) return "forwarded";
  // No secret belongs in an address, and nothing here needs a query.
  if (request.query !== "") return "query";
  switch (areaOf(request.path)) {
    case "api":
      return apiRefusal(request, host);
    case "start":
      return startRefusal(request);
    case "shell":
      return shellRefusal(request);
  }
}

/** All of them, the event stream included: POST, from a page of this very origin. */
function apiRefusal(request: RequestFacts, host: string): Refusal | undefined {
  if (request.method !== "POST") return "method";
  if (request.header("sec-fetch-site") !== "same-origin") return "fetch-site";
  if (request.header("origin") !== `http://${host.toLowerCase()}`) return "origin";
  // Neither a form nor a request without preflight can have one of these.
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  return type === "application/json" || type === "application/octet-stream" ? undefined : "content-type";
}

function shellRefusal(request: RequestFacts): Refusal | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return "method";
  const site = request.header("sec-fetch-site");
  return site === "none" || site === "same-origin" ? undefined : "fetch-site";
}

/**
 * The page that the start file leads to. A browser reports a local file as another site, so this one page may be opened from
 * anywhere; it holds nothing, and leads on within this origin.
 */
function startRefusal(request: RequestFacts): Refusal | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return "method";
  const isPage = request.header("sec-fetch-mode") === "navigate" && request.header("sec-fetch-dest") === "document";
  return isPage ? undefined : "fetch-mode";
}
