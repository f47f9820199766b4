/** Secrets are planted wherever a report looks, in every form they travel in, and must not be in the report. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";

const MAC = "c44f33a1b212";
const SECRETS = {
  ssid: "Nest of the Swallows",
  passphrase: "correct horse ß battery",
  web: "w3b-P4ss/word+1",
  mqtt: "mqtt=secret&co",
  user: "anna-weber",
  name: "Kettle of Anna",
  owner: "a1b212",
  colons: "a1:b2:12",
  address: "192.168.77.51",
  v6: "fe80::c64f:33ff:fea1:b212",
  serial: "B4479416",
};

/** Plain, hexadecimal, base64 at each of its three offsets, URL-encoded, JSON-escaped. */
function forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return whole.slice(Math.ceil((offset * 8) / 6) + (offset === 0 ? 0 : 1), -2);
  });
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const all = [
    secret,
    hex,
    hex.toUpperCase(),
    ...base64,
    encodeURIComponent(secret),
    percent,
    JSON.stringify(secret).slice(1, -1),
  ];
  return [...new Set(all)].filter((form) => form.length > 3);
}
const everything = Object.values(SECRETS).flatMap(forms);
const planted = everything.join(" ");

let directory: string;
let home: string;
let report: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), `plugsmith-${SECRETS.user}-`));
  home = join(directory, "home");
  const folder = join(home, "plugs", MAC);
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(home, "errors"));
  const at = "2026-11-30T10:00:00.000Z";
  const entry = (fields: object): string => `${JSON.stringify({ version: 1, at, ...fields })}\n`;
  writeFileSync(
    join(folder, "journal.jsonl"),
    [
      entry({ type: "conversion-begun" }),
      entry({ type: "answered", kind: "choose", id: planted, text: planted, answer: planted }),
      entry({
        type: "conversion-step",
        step: "prepare",
        data: { firmware: { origin: planted, sha256: planted, bytes: 1, description: planted } },
      }),
      entry({ type: planted, text: planted }),
      entry({ type: "wires-attached", where: planted }),
      entry({ type: "conversion-step", step: "identify", data: { mac: "c4:4f:33:a1:b2:12", chip: planted } }),
    ].join(""),
  );
  writeFileSync(
    join(folder, "secrets.json"),
    JSON.stringify({ version: 1, webPassword: SECRETS.web, mqttPassword: SECRETS.mqtt }),
  );
  writeFileSync(
    join(folder, "network.json"),
    JSON.stringify({ version: 1, mac: MAC, address: SECRETS.address, name: SECRETS.name, lastSeen: at }),
  );
  writeFileSync(
    join(home, "adapters.json"),
    JSON.stringify({ [`0403:6001/${SECRETS.serial}`]: { label: planted }, [planted]: { label: planted } }),
  );
  writeFileSync(
    join(home, "errors", "2026-11-30.txt"),
    `${planted}\nTypeError: ${planted}\n    at f (file:///home/${SECRETS.user}/plugsmith/dist/cli/main.js:12:34)\n    at ${planted}:1:2\n`,
  );
  const events = [
    { type: "job-started", job: planted, version: 1, at: planted },
    { type: "fact", name: planted, value: planted },
    { type: "progress", step: "back-up", done: 4096, total: 1048576, rate: planted, leftMs: 5 },
    { type: "notice", level: planted, text: planted },
    { type: planted },
    planted,
    null,
    {
      type: "result",
      ok: false,
      job: planted,
      data: { planted },
      error: { code: "wifi-failed", step: "provision", message: planted, nextStep: planted },
    },
    { type: "result", error: { code: planted, step: planted } },
    { type: "result", error: { code: "constructor" } },
  ];
  const lines = join(directory, "events.jsonl");
  writeFileSync(lines, `${events.map((event) => JSON.stringify(event)).join("\n")}\n${planted}\n`);
  const out = join(directory, "report.md");
  const terminal = new FakeTerminal();
  const argv = ["bug-report", "--events", lines, "--out", out, "--no-input", "--home", home];
  expect(await runProgram(COMMANDS, argv, terminal, new AbortController().signal), terminal.stderr).toBe(0);
  report = readFileSync(out, "utf8");
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(Object.entries(SECRETS))("%s is not in the report in any form", (_, secret) => {
  const lower = report.toLowerCase();
  for (const form of forms(secret)) expect(lower, form).not.toContain(form.toLowerCase());
});

test("what helps is in it: versions, the adapter's USB ids, steps, the error with its meaning, where the program failed", () => {
  for (const words of [
    "plugsmith ",
    `Node ${process.version}`,
    process.platform,
    "0403:6001",
    "c44f33",
    "steps done: prepare, identify",
    "next step: connect",
    "progress, back-up, done 4096, total 1048576, leftMs 5",
    "error wifi-failed (the plug could not join the Wi-Fi network) in step provision",
    "main.js:12:34",
  ]) {
    expect(report).toContain(words);
  }
});

test("without --out it is shown, and a home with nothing in it has a report too", async () => {
  const terminal = new FakeTerminal();
  const argv = ["bug-report", "--no-input", "--home", join(directory, "empty")];
  expect(await runProgram(COMMANDS, argv, terminal, new AbortController().signal)).toBe(0);
  expect(terminal.stdout).toContain("# plugsmith bug report");
});
