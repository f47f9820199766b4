import { beforeEach, describe, expect, test } from "vitest";
import { MemoryFiles } from "../../test/support/memory-files.ts";
import { memoryPlatform } from "../../test/support/workbench-rig.ts";
import { packed } from "../core/text/text-json.ts";
import type { Answer } from "../host/questions.ts";
import { Workbench } from "../host/workbench/workbench.ts";
import { contentSecurityPolicy } from "../web/content-security-policy.ts";
import { Access, type AccessOptions, writeStartFile } from "./access.ts";
import { createApp } from "./app.ts";
import { hostsAt } from "./request-guard.ts";

const PORT = 7584;
const ADDRESS = `http://127.0.0.1:${PORT}`;

interface Rig {
  readonly files: MemoryFiles;
  readonly workbench: Workbench;
  readonly access: AccessOptions;
  readonly app: ReturnType<typeof createApp>;
  readonly token: string;
  /** Moves the wall clock, ms. */
  readonly wait: (ms: number) => void;
}

let rig: Rig;

beforeEach(async () => {
  const files = new MemoryFiles();
  let now = 1_800_000_000_000;
  let bytes = 0;
  const access: AccessOptions = {
    files,
    home: "/home",
    folder: "/home/workbench",
    clock: { wallTime: () => now },
    random: { bytes: (count) => new Uint8Array(count).fill(++bytes) },
  };
  const workbench = new Workbench(memoryPlatform(files));
  const wait = (ms: number): void => {
    now += ms;
  };
  const page = { bytes: new TextEncoder().encode("<p>page"), type: "text/html", immutable: false, tag: '"1"' };
  const assets = new Map([
    ["/", page],
    ["/start", page],
    ["/assets/index-abcdefgh.js", { ...page, type: "text/javascript", immutable: true }],
  ]);
  const door = new Access(access);
  const app = createApp({ workbench, access: door, assets, hosts: hostsAt(PORT) });
  const token = (await door.exchange((await writeStartFile(access, `${ADDRESS}/`)).code)) ?? "";
  rig = { files, workbench, access, app, token, wait };
});

type Headers = Readonly<Record<string, string>>;

/** As a page of the workbench sends it. @param changes undefined leaves a header out. */
function api(changes: Readonly<Record<string, string | undefined>> = {}): Headers {
  const sent = {
    host: `127.0.0.1:${PORT}`,
    origin: ADDRESS,
    "sec-fetch-site": "same-origin",
    "content-type": "application/json",
    authorization: `Bearer ${rig.token}`,
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const START = JSON.stringify({ order: { job: "practise", pace: "fast" } });

async function post(path: string, headers: Headers, body: string | Uint8Array = START): Promise<Response> {
  return await rig.app.request(`${ADDRESS}${path}`, { method: "POST", headers, body: body as BodyInit });
}

function onDisk(): string[] {
  return [...rig.files.now.entries()].map(([path, { bytes }]) => `${path} ${bytes.length}`).sort();
}

/** Sends it, and holds that nothing came of it: no job and not a byte in the home. */
async function refused(send: () => Promise<Response>): Promise<number> {
  const before = onDisk();
  const { status } = await send();
  expect(rig.workbench.jobs()).toEqual([]);
  expect(onDisk()).toEqual(before);
  return status;
}

test("a page that was let in starts a job; the refusals below are of what differs from this request", async () => {
  const response = await post("/api/start", api());
  expect(response.status).toBe(200);
  expect(rig.workbench.jobs()).toHaveLength(1);
  await rig.workbench.close();
});

describe("a call is refused with", () => {
  test.each<[what: string, changes: Readonly<Record<string, string | undefined>>, status: number]>([
    ["a foreign host (DNS rebinding)", { host: `attacker.example:${PORT}` }, 403],
    ["a host that begins like ours", { host: `127.0.0.1.attacker.example:${PORT}` }, 403],
    ["another spelling of loopback", { host: `127.1:${PORT}` }, 403],
    ["loopback as one number", { host: `2130706433:${PORT}` }, 403],
    ["a host with a dot at its end", { host: `localhost.:${PORT}` }, 403],
    ["a host without the port", { host: "127.0.0.1" }, 403],
    ["another port in the host", { host: "127.0.0.1:80" }, 403],
    ["no host", { host: undefined }, 403],
    ["an empty host", { host: "" }, 403],
    ["two hosts in one header", { host: `127.0.0.1:${PORT}, attacker.example` }, 403],
    ["a foreign origin", { origin: "https://attacker.example" }, 403],
    ["the origin null (sandboxed frame, file)", { origin: "null" }, 403],
    ["no origin", { origin: undefined }, 403],
    ["another loopback port as origin", { origin: "http://127.0.0.1:7585" }, 403],
    ["another loopback address as origin", { origin: `http://127.0.0.2:${PORT}` }, 403],
    ["an origin by another of our names", { origin: `http://localhost:${PORT}` }, 403],
    ["our origin by https", { origin: `https://127.0.0.1:${PORT}` }, 403],
    ["an origin with a user in it", { origin: `http://127.0.0.1:${PORT}@attacker.example` }, 403],
    ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }, 403],
    ["Sec-Fetch-Site: same-site, another port", { "sec-fetch-site": "same-site" }, 403],
    ["Sec-Fetch-Site: none", { "sec-fetch-site": "none" }, 403],
    ["no Sec-Fetch-Site", { "sec-fetch-site": undefined }, 403],
    ["a form's content type", { "content-type": "application/x-www-form-urlencoded" }, 403],
    ["a form's plain text", { "content-type": "text/plain" }, 403],
    ["a form with files", { "content-type": "multipart/form-data; boundary=x" }, 403],
    ["no content type", { "content-type": undefined }, 403],
    ["X-Forwarded-Host, though it names us", { "x-forwarded-host": `127.0.0.1:${PORT}` }, 403],
    ["Forwarded", { forwarded: "for=192.0.2.1" }, 403],
    ["X-Forwarded-For", { "x-forwarded-for": "127.0.0.1" }, 403],
    ["Via", { via: "1.1 proxy" }, 403],
    ["no token", { authorization: undefined }, 401],
    ["an empty token", { authorization: "Bearer " }, 401],
    ["a guessed token", { authorization: `Bearer ${"0".repeat(64)}` }, 401],
    ["the token as Basic", { authorization: `Basic ${"0".repeat(64)}` }, 401],
    ["a cookie in place of a token", { authorization: undefined, cookie: "token=1" }, 401],
  ])("%s", async (_, changes, status) => {
    // A page of another host is of its own origin: only the host tells.
    const { host } = changes;
    const origin = host === undefined || "origin" in changes ? {} : { origin: `http://${host}` };
    expect(await refused(() => post("/api/start", api({ ...origin, ...changes })))).toBe(status);
  });

  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])("the method %s", async (method) => {
    const send = async (): Promise<Response> => rig.app.request(`${ADDRESS}/api/start`, { method, headers: api() });
    expect(await refused(send)).toBe(403);
  });

  test("a query, where a secret would be in logs and history", async () => {
    expect(await refused(() => post(`/api/start?token=${rig.token}`, api({ authorization: undefined })))).toBe(403);
  });

  test("a token that has lasted an evening and a night", async () => {
    rig.wait(17 * 3_600_000);
    expect(await refused(() => post("/api/start", api()))).toBe(401);
  });

  test.each<[what: string, body: string | Uint8Array, status: number]>([
    ["no JSON", "{", 400],
    ["nothing", "", 400],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["a job that nobody knows", JSON.stringify({ order: { job: "format" } }), 400],
    ["a field more", JSON.stringify({ order: { job: "practise", home: "/etc" } }), 400],
    ["a plug that is a path", JSON.stringify({ order: { job: "convert", plug: "../../etc" } }), 400],
    ["a prototype", '{"order":{"job":"practise","__proto__":{"job":"convert"}}}', 400],
    ["more than a page ever sends", JSON.stringify({ order: { job: "practise" }, pad: "x".repeat(70_000) }), 413],
  ])("a body that is %s", async (_, body, status) => {
    expect(await refused(() => post("/api/start", api(), body))).toBe(status);
  });

  test.each(["/api/answer", "/api/abort", "/api/events", "/api/certificate", "/api/upload", "/api/jobs", "/api/plugs"])(
    "no token at %s",
    async (path) => {
      expect(await refused(() => post(path, api({ authorization: undefined }), "{}"))).toBe(401);
    },
  );

  test("a path that is no call", async () => {
    expect(await refused(() => post("/api/../api/nothing", api()))).toBe(404);
  });
});

describe("a page or asset is refused with", () => {
  const shell: Headers = { host: `127.0.0.1:${PORT}`, "sec-fetch-site": "none" };
  const get = (path: string, headers: Headers, method = "GET"): Promise<Response> =>
    Promise.resolve(rig.app.request(`${ADDRESS}${path}`, { method, headers }));

  test("nothing where it is asked for as a browser does", async () => {
    const response = await get("/", shell);
    expect([response.status, await response.text()]).toEqual([200, "<p>page"]);
    expect((await get("/assets/index-abcdefgh.js", { ...shell, "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await get("/", { ...shell, "if-none-match": '"1"' })).status).toBe(304);
  });

  test.each<[what: string, headers: Headers]>([
    ["a foreign host", { ...shell, host: `attacker.example:${PORT}` }],
    ["a script element of another site", { ...shell, "sec-fetch-site": "cross-site" }],
    ["an image of another loopback port", { ...shell, "sec-fetch-site": "same-site" }],
    ["no Sec-Fetch-Site: no browser", { host: `127.0.0.1:${PORT}` }],
    ["a proxy's header", { ...shell, "x-forwarded-for": "192.0.2.1" }],
  ])("%s", async (_, headers) => {
    expect(await refused(() => get("/assets/index-abcdefgh.js", headers))).toBe(403);
  });

  test.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%5c..%5cpackage.json",
    "/assets//index-abcdefgh.js",
    "/assets/index-abcdefgh.js%00.css",
    "//etc/passwd",
    "/assets/index-abcdefgh.js/",
    "/INDEX.HTML",
  ])("the path %s: it is not in the table", async (path) => {
    expect(await refused(() => get(path, shell))).toBe(404);
  });

  test("the method POST", async () => {
    expect(await refused(() => post("/", { ...shell }))).toBe(403);
  });

  test.each<[what: string, headers: Headers, status: number]>([
    [
      "a start file leads here from another site",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
      200,
    ],
    ["a frame", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }, 403],
    ["a script", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" }, 403],
    ["no browser", {}, 403],
  ])("the start page: %s", async (_, headers, status) => {
    expect(await refused(() => get("/start", { host: `127.0.0.1:${PORT}`, ...headers }))).toBe(status);
  });
});

describe("a start code", () => {
  const enter = (code: string): Promise<Response> =>
    post("/api/enter", api({ authorization: undefined }), JSON.stringify({ code }));

  test("lets one page in, once", async () => {
    const { code, path } = await writeStartFile(rig.access, `${ADDRESS}/`);
    expect((await rig.files.stat(path))?.mode).toBe(0o600);
    const first = await enter(code);
    expect(((await first.json()) as { token: string }).token).toMatch(/^[0-9a-f]{64}$/);
    expect(await rig.files.stat(path)).toBeUndefined();
    expect((await enter(code)).status).toBe(401);
  });

  test("lets one page in though two ask at once", async () => {
    const { code } = await writeStartFile(rig.access, `${ADDRESS}/`);
    const answers = await Promise.all([enter(code), enter(code), enter(code)]);
    expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 401, 401]);
  });

  test("is worth nothing after a minute, and its file goes", async () => {
    const { code, path } = await writeStartFile(rig.access, `${ADDRESS}/`);
    rig.wait(60_001);
    expect((await enter(code)).status).toBe(401);
    expect(await rig.files.stat(path)).toBeUndefined();
  });

  test("that nobody made lets nobody in, and leaves the others", async () => {
    const { code } = await writeStartFile(rig.access, `${ADDRESS}/`);
    expect(await refused(() => enter("f".repeat(64)))).toBe(401);
    expect((await enter(code)).status).toBe(200);
  });

  test("and a token are nowhere on the disk but in the start file", async () => {
    const { code } = await writeStartFile(rig.access, `${ADDRESS}/`);
    const { token } = (await (await enter(code)).json()) as { token: string };
    for (const { bytes } of rig.files.now.values()) {
      const text = new TextDecoder().decode(bytes);
      for (const secret of [code, token, rig.token]) expect(text).not.toContain(secret);
    }
  });

  test("lets in for good: a server that is started again knows the page", async () => {
    expect(await new Access(rig.access).admits(rig.token)).toBe(true);
    expect(await new Access(rig.access).admits("f".repeat(64))).toBe(false);
  });
});

test.each<Answer>([
  { kind: "act" },
  { kind: "measure", reading: { low: 550, high: Number.POSITIVE_INFINITY, unitShown: true } },
  { kind: "readings", readings: [3.3, { low: 3.3, high: 3.3, unitShown: true }] },
  { kind: "checklist", confirmed: ["away-from-mains"], stop: true },
  { kind: "choose", option: "yes" },
  { kind: "provide", text: "Home" },
])("an answer of each kind reaches the job: %o", async (answer) => {
  const { id } = rig.workbench.start({ job: "convert" });
  const body = JSON.stringify(packed({ job: id, question: `${id}.99`, answer }));
  const response = await post("/api/answer", api(), body);
  // The question was never asked, and it is the job that says so.
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([409, "bad-argument"]);
  await rig.workbench.close();
});

test.each<[path: string, headers: () => Headers]>([
  ["/", () => ({ host: `127.0.0.1:${PORT}`, "sec-fetch-site": "none" })],
  ["/nothing", () => ({ host: `127.0.0.1:${PORT}`, "sec-fetch-site": "none" })],
  ["/", () => ({ host: "attacker.example" })],
])("every answer carries the policy, and none allows another origin: %s", async (path, headers) => {
  const response = await rig.app.request(`${ADDRESS}${path}`, { headers: headers() });
  expect(response.headers.get("content-security-policy")).toBe(contentSecurityPolicy("header"));
  expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(response.headers.get("x-frame-options")).toBe("DENY");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  expect([...response.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  expect(response.headers.get("set-cookie")).toBeNull();
});

test("the policy allows nothing inline and nothing from elsewhere", () => {
  const policy = contentSecurityPolicy("header");
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/unsafe|data:|blob:|\*|https?:/);
  for (const part of [
    "frame-ancestors 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(policy).toContain(part);
  }
});
