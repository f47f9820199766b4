import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { query, setting } from "../../core/tasmota/command.ts";
import { say } from "../../core/text/text.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import type { PlugAt } from "../firmware-driver/contract.ts";
import type { ProofPorts } from "../firmware-driver/finder.ts";
import { noteClaim, rememberPlug, sameAddress, seenPlug, writeSecrets } from "../home/plug-records.ts";
import type { HttpRequest, HttpResponse, MqttConnection, OperatorChoice } from "../ports.ts";
import { admit, likelyAddress, passwordsFor, plugClient, plugConfirmedAt } from "./address-proof.ts";
import { discover, scanRange } from "./find.ts";

const MAC = "5ccf7fa1b2c3";
const OTHER = "5ccf7f0a0b0c";
const OLD = "192.168.1.50";
const NEW = "192.168.1.66";
const SECRET = "k1tchen-Secret";

/** What each address answers to a command without a password; unnamed ones are silent. */
let answers: Record<string, { readonly status: number; readonly server?: string; readonly body: string }>;
let requests: HttpRequest[];
let asked: OperatorChoice[];
let answer: "yes" | "no" | "nobody";
let table: Record<string, string>;
let ports: ProofPorts;
let clock: SimClock;

const TASMOTA = "Tasmota/15.2.0 (ESP8285N08)";
const locked = { status: 401, server: TASMOTA, body: '{"WARNING":"Need user=<username>&password=<password>"}' };
const open = (mac: string) => ({
  status: 200,
  server: TASMOTA,
  body: JSON.stringify({ StatusNET: { Mac: mac, Hostname: "plug" } }),
});

beforeEach(async () => {
  answers = { [OLD]: locked, [NEW]: locked };
  requests = [];
  asked = [];
  answer = "nobody";
  table = {};
  clock = new SimClock();
  const home = { files: new MemoryFiles(), path: "/home" };
  ports = {
    clock: clock.port(),
    home,
    http: {
      request: (request): Promise<HttpResponse> => {
        requests.push(request);
        const found = answers[new URL(request.url).host];
        if (found === undefined) return Promise.reject(new PlugsmithError("network-failed", { message: say`refused` }));
        const headers: Record<string, string> = found.server === undefined ? {} : { server: found.server };
        return Promise.resolve({ status: found.status, headers, body: new TextEncoder().encode(found.body) });
      },
    },
    operator: {
      choose: (choice) => {
        asked.push(choice);
        if (answer === "nobody") return Promise.reject(new PlugsmithError("needs-input", { message: say`nobody` }));
        return Promise.resolve(answer);
      },
      act: () => Promise.reject(new Error("not asked for")),
      measure: () => Promise.reject(new Error("not asked for")),
      read: () => Promise.reject(new Error("not asked for")),
      check: () => Promise.reject(new Error("not asked for")),
      provide: () => Promise.reject(new Error("not asked for")),
    },
    neighbours: { macAt: (host) => Promise.resolve(table[host]) },
  };
  await writeSecrets(home, MAC, { webPassword: SECRET });
  await rememberPlug(home, { mac: MAC, address: OLD, lastSeen: "2026-01-01T00:00:00Z" });
});

/** The code of the error, or the door. */
async function outcome(at: Partial<PlugAt>): Promise<string> {
  const work = admit(ports, { mac: MAC, address: OLD, source: "network", ...at });
  return await clock.complete(drain, work).catch((error: unknown) => (isPlugsmithError(error) ? error.code : "?"));
}

const withCredentials = (): HttpRequest[] =>
  requests.filter(({ headers, body }) => {
    const text = JSON.stringify(headers) + (body === undefined ? "" : new TextDecoder().decode(body));
    return /authorization/i.test(text) || text.includes(SECRET);
  });

describe("secrets go without a question", () => {
  test.each<readonly [string, Partial<PlugAt>, Record<string, string>]>([
    ["to the confirmed address", {}, {}],
    ["to the confirmed address with the plug's own network card", {}, { [OLD]: MAC }],
    ["to an address that a person named for this plug", { address: NEW, source: "person" }, {}],
    ["to an address that the plug told over its wires", { address: NEW, source: "plug" }, { [NEW]: MAC }],
  ])("%s", async (_name, at, neighbours) => {
    table = neighbours;
    expect(await outcome(at)).toBe("locked");
    expect(asked).toEqual([]);
  });
});

describe("secrets go nowhere with nobody there to agree", () => {
  test.each<readonly [string, Partial<PlugAt>, Record<string, string>]>([
    ["at another address than the confirmed one", { address: NEW }, {}],
    ["at another address, although its network card has the plug's MAC", { address: NEW }, { [NEW]: MAC }],
    ["at the confirmed address with another network card", {}, { [OLD]: OTHER }],
    [
      "at an address that a person named, with another network card",
      { address: NEW, source: "person" },
      { [NEW]: OTHER },
    ],
    [
      "at the address that the plug told, with another network card",
      { address: NEW, source: "plug" },
      { [NEW]: OTHER },
    ],
  ])("%s", async (_name, at, neighbours) => {
    table = neighbours;
    expect(await outcome(at)).toBe("wrong-plug");
    expect(asked).toHaveLength(1);
    expect(withCredentials()).toEqual([]);
    expect(await seenPlug(ports.home, MAC)).toMatchObject({ address: OLD });
    delete (ports as { operator?: unknown }).operator;
    expect(await outcome(at)).toBe("wrong-plug");
  });

  test.each([
    ["another plug", open(OTHER)],
    ["another device's page", { status: 200, server: "lighttpd", body: "<html>Router</html>" }],
    ["another device that wants a password", { status: 401, body: "" }],
    ["JSON of another device", { status: 200, body: '{"model":"camera"}' }],
  ])("no secret is sent if the first answer is that of %s, even with a yes", async (_name, first) => {
    answers[OLD] = first;
    answer = "yes";
    expect(await outcome({})).toBe("wrong-plug");
    expect(asked).toEqual([]);
  });

  test("no secret is sent if nothing answers", async () => {
    answers = {};
    expect(await outcome({})).toBe("no-answer");
    expect(requests).toHaveLength(4);
  });
});

test("the question names the old and the new address and the network card, and a no sends nothing", async () => {
  answer = "no";
  table = { [NEW]: OTHER };
  expect(await outcome({ address: NEW })).toBe("wrong-plug");
  expect(asked[0]?.text).toBe(
    `The plug ${MAC} was last confirmed at ${OLD}. Now ${NEW} answers in its place. The network interface at ${NEW} has the MAC address ${OTHER}, which is not the plug's. Is that your plug? The device at that address receives its password.`,
  );
  expect(await seenPlug(ports.home, MAC)).toMatchObject({ address: OLD });
});

test("a yes is remembered with the network card, as behind a repeater that shows its own", async () => {
  answer = "yes";
  table = { [NEW]: OTHER };
  expect(await outcome({ address: NEW })).toBe("locked");
  expect(await seenPlug(ports.home, MAC)).toMatchObject({ address: NEW, neighbour: OTHER });
  answer = "nobody";
  expect(await outcome({ address: NEW })).toBe("locked");
  table = { [NEW]: "021122334455" };
  expect(await outcome({ address: NEW })).toBe("wrong-plug");
});

describe("a client for a plug", () => {
  const client = (address: string, given?: string) =>
    plugClient(ports, { mac: MAC, address, source: "network" }, given);
  const send = async (work: Promise<unknown>): Promise<string> =>
    await clock
      .complete(drain, work)
      .then(() => "sent")
      .catch((error: unknown) => (isPlugsmithError(error) ? error.code : String(error)));

  test("a client sends the stored password only after its address was checked", async () => {
    expect(await send((await client(OLD)).send(query("Status 5")))).toBe("unauthorized");
    expect(requests[0]?.headers).not.toHaveProperty("Authorization");
    expect(withCredentials()).toHaveLength(1);
  });

  test.each([
    ["a query with the password on record", (each) => each.send(query("Status 5"))],
    ["a command that is only handed over", (each) => each.sendWithoutReply(query("Restart 1"))],
    ["a page", (each) => each.page({ method: "GET", path: "/dl" })],
  ] as readonly [string, (each: Awaited<ReturnType<typeof client>>) => Promise<unknown>][])(
    "a client is stopped at a claimed address before %s",
    async (_name, act) => {
      expect(await send(act(await client(NEW)))).toBe("wrong-plug");
      expect(withCredentials()).toEqual([]);
    },
  );

  test.each([
    ["a command that sets a password", (each) => each.send(setting("WebPassword2", SECRET))],
    ["an upload, which may be settings", (each) => each.page({ method: "POST", path: "/u2", body: new Uint8Array(1) })],
  ] as readonly [string, (each: Awaited<ReturnType<typeof client>>) => Promise<unknown>][])(
    "a client without a password is stopped at a claimed address before %s",
    async (_name, act) => {
      await writeSecrets(ports.home, MAC, {});
      answers[NEW] = open(MAC);
      expect(await send((await client(NEW)).send(query("Status 5")))).toBe("sent");
      expect(await send(act(await client(NEW)))).toBe("wrong-plug");
      expect(withCredentials()).toEqual([]);
    },
  );

  test("a client checks a given password like the stored one", async () => {
    expect(await send((await client(NEW, "typed-Secret")).send(query("Status 5")))).toBe("wrong-plug");
    expect(withCredentials()).toEqual([]);
  });

  test("a client sends no password to a plug that needs none", async () => {
    answers[OLD] = open(MAC);
    expect(await send((await client(OLD)).send(query("Status 5")))).toBe("sent");
    expect(withCredentials()).toEqual([]);
  });
});

describe("what the network says is only a claim", () => {
  /** A broker whose only message is this announcement. */
  const broker = (payload: string): MqttConnection => ({
    subscribe: (_filter, onMessage) => {
      onMessage({ topic: "tasmota/discovery/X/config", payload: new TextEncoder().encode(payload), retained: true });
      return Promise.resolve(() => Promise.resolve());
    },
    publish: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });

  test.each([
    ["an announcement", () => discover(broker(JSON.stringify({ mac: MAC.toUpperCase(), ip: NEW })), clock.port())],
    ["an answer in a range", () => scanRange({ ...ports, events: () => {} }, NEW)],
  ])("%s leaves the confirmed address as it is, and gets no password", async (_name, find) => {
    answers[NEW] = open(MAC);
    const [found] = await clock.complete(drain, find());
    expect(found).toMatchObject({ mac: MAC, address: NEW });
    await noteClaim(ports.home, { mac: MAC, address: NEW, at: "2026-02-02T00:00:00Z" });
    expect(await seenPlug(ports.home, MAC)).toMatchObject({ address: OLD, claim: { address: NEW } });
    answers[NEW] = locked;
    const work = passwordsFor(ports, { mac: MAC, address: NEW, source: "network" });
    await expect(clock.complete(drain, work)).rejects.toMatchObject({ code: "wrong-plug" });
    expect(withCredentials()).toEqual([]);
  });
});

describe("a plug is looked for first", () => {
  const at = (address: string) => ({ address, lastSeen: "2026-02-02T00:00:00Z" });
  const likely = (claim: string | undefined): Promise<string> =>
    clock.complete(
      drain,
      likelyAddress(ports, {
        mac: MAC,
        address: OLD,
        lastSeen: "2026-01-01T00:00:00Z",
        claim: claim === undefined ? undefined : at(claim),
      }),
    );

  test.each<readonly [string, string | undefined, Record<string, typeof locked>, string]>([
    ["where it was confirmed, if nothing else is claimed", undefined, {}, OLD],
    ["where it was confirmed, if the same is claimed in other words", `${OLD}:80`, {}, OLD],
    ["where it was confirmed, if it says there that it is this plug", NEW, { [OLD]: open(MAC) }, OLD],
    [
      "where it was confirmed, if what is there wants a password and does not say who it is",
      NEW,
      { [OLD]: locked },
      OLD,
    ],
    ["at the claimed address, if another plug is where it was confirmed", NEW, { [OLD]: open(OTHER) }, NEW],
    ["at the claimed address, if nothing answers where it was confirmed", NEW, {}, NEW],
  ])("%s", async (_, claim, there, expected) => {
    answers = there;
    expect(await likely(claim)).toBe(expected);
    expect(withCredentials()).toEqual([]);
  });
});

test("an address is known for the plug that was confirmed there, not for one that only the network has claimed there", async () => {
  expect(await plugConfirmedAt(ports.home, `${OLD}:80`)).toMatchObject({ mac: MAC });
  expect(await plugConfirmedAt(ports.home, NEW)).toBeUndefined();
  await noteClaim(ports.home, { mac: OTHER, address: NEW, at: "2026-02-02T00:00:00Z" });
  expect(await plugConfirmedAt(ports.home, NEW)).toBeUndefined();
});

test.each([
  ["192.168.1.50", "192.168.1.50:80", true],
  ["Plug.local", "plug.local.", true],
  ["192.168.1.50", "192.168.1.5", false],
  ["192.168.1.50:8080", "192.168.1.50", false],
])("%s and %s name the same place: %s", (one, other, same) => {
  expect(sameAddress(one, other)).toBe(same);
});

/** Anyone who adds a reader has to ask address-proof.ts instead, or say here why the password goes nowhere on the network. */
test("only the listed files read stored passwords, which reach the network through address-proof.ts", () => {
  const root = new URL("../../", import.meta.url);
  const readers = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .filter((path) => /\breadSecrets\(/.test(readFileSync(new URL(path, root), "utf8")));
  expect(readers.sort()).toEqual([
    "cli/tasmota/password-options.ts", // --show-password
    "engine/home/plug-archive.ts", // whether an imported record is readable
    "engine/home/plug-records.ts",
    "engine/rescue/records.ts", // whether there is one
    "engine/rescue/rejoin.ts", // for the plug's own access point, if it asks
    "engine/tasmota/address-proof.ts",
  ]);
});
