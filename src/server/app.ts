/** The workbench over HTTP: every request is judged first (request-guard.ts), then the call is passed to the host's workbench. */
import { Hono } from "hono";
import { chunksOf, isPlugsmithError, type PlugsmithError, packed, readBounded, say, unpacked } from "../core/index.ts";
import type { ErrorData, Workbench } from "../host/index.ts";
import type { Access } from "./access.ts";
import type { Assets } from "./assets.ts";
import { eventStream } from "./event-stream.ts";
import { refusalOf } from "./request-guard.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { BODIES, type BodyOf, parseBody } from "./wire-schema.ts";

export interface AppOptions {
  readonly workbench: Workbench;
  readonly access: Access;
  readonly assets: Assets;
  /** As `hostsAt`. */
  readonly hosts: readonly string[];
}

type Path = keyof typeof BODIES;
type Calls = { readonly [P in Path]: (body: BodyOf<P>) => unknown };

/** A page sends answers to questions: a few hundred bytes. */
const JSON_BYTES = 0x1_0000;
const JSON_TYPE = { "content-type": "application/json", "cache-control": "no-store" } as const;

export function createApp({ workbench, access, assets, hosts }: AppOptions): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    const { method } = context.req;
    const header = (name: string): string | null => context.req.header(name) ?? null;
    const refusal = refusalOf({ method, path: pathname, query: search, header }, hosts);
    if (refusal === undefined) await next();
    else context.res = Response.json({ refused: refusal }, { status: 403, headers: JSON_TYPE });
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value);
  });

  const calls: Calls = {
    "/api/enter": async ({ code }) => {
      const token = await access.exchange(code);
      return token === undefined ? new Response(null, { status: 401 }) : { token };
    },
    "/api/jobs": () => workbench.jobs(),
    "/api/start": ({ order }) => workbench.start(order),
    "/api/events": ({ job, from }) =>
      new Response(eventStream(workbench.events(job, from)), {
        headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
      }),
    "/api/answer": ({ job, question, answer }) => workbench.answer(job, question, answer),
    "/api/abort": ({ job }) => workbench.abort(job),
    "/api/plugs": () => workbench.plugs(),
    "/api/adapters": () => workbench.adapters(),
    "/api/device": () => workbench.device(),
    "/api/certificate": async ({ plug, virtual }) => ({ html: await workbench.certificate(plug, virtual) }),
  };
  const route = <P extends Path>(path: P): void => {
    app.post(path, async (context) => {
      if (path !== "/api/enter" && !(await hasToken(context.req.header("authorization"), access))) return unknownPage();
      const bytes = await readBounded(context.req.raw.body, JSON_BYTES);
      if (bytes === undefined) return new Response(null, { status: 413 });
      const body = parseBody(path, jsonOf(bytes));
      if (body === undefined) return new Response(null, { status: 400 });
      return await answered(() => calls[path](body));
    });
  };
  for (const path of Object.keys(BODIES) as Path[]) route(path);

  app.post("/api/upload", async (context) => {
    if (!(await hasToken(context.req.header("authorization"), access))) return unknownPage();
    return await answered(() => workbench.upload(chunksOf(context.req.raw.body)));
  });
  app.get("*", (context) => asset(assets, new URL(context.req.url).pathname, context.req.header("if-none-match")));
  app.all("/api/*", () => new Response(null, { status: 404 }));
  return app;
}

async function hasToken(authorization: string | undefined, access: Access): Promise<boolean> {
  const token = /^Bearer ([0-9a-f]{64})$/.exec(authorization ?? "")?.[1];
  return token !== undefined && (await access.admits(token));
}

function unknownPage(): Response {
  return new Response(null, { status: 401, headers: { "cache-control": "no-store" } });
}

/** Undefined where it is no JSON that the pages write. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return unpacked(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

/** What the workbench says, or the error that it throws; both as the pages read them. */
async function answered(call: () => unknown): Promise<Response> {
  try {
    const answer = await call();
    if (answer instanceof Response) return answer;
    return new Response(JSON.stringify(packed(answer ?? null)), { headers: JSON_TYPE });
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    return new Response(JSON.stringify(packed(errorData(error))), { status: 409, headers: JSON_TYPE });
  }
}

function errorData({ code, step, texts, context }: PlugsmithError): ErrorData {
  const { plugState = say`untouched` } = texts;
  return { code, step, ...texts, plugState, context };
}

function asset(assets: Assets, path: string, known: string | undefined): Response {
  const found = assets.get(path);
  if (found === undefined) return new Response(null, { status: 404 });
  const headers = {
    "content-type": found.type,
    "cache-control": found.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    etag: found.tag,
  };
  return known === found.tag ? new Response(null, { status: 304, headers }) : new Response(found.bytes, { headers });
}
