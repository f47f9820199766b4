import decodeQR from "qr/decode.js";
import { describe, expect, test } from "vitest";
import { newConstant } from "../calibration/constants.ts";
import type { ReportData } from "./data.ts";
import { escapeHtml, reportHtml } from "./html.ts";

const data: ReportData = {
  version: 1,
  writtenAt: "2026-11-22T10:00:00.123Z",
  tool: "plugsmith 0.1.0",
  mac: "c4:4f:33:a1:b2:12",
  device: "Gosund EP2 <script>alert(1)</script>",
  name: "Kettle plug",
  tester: "Anna Weber",
  address: "192.168.1.51",
  rating: { amperes: 10, watts: 2300, source: "as sold" },
  verdict: {
    items: [
      { check: "earth", state: "passed", value: "0.08 Ω", limit: "at most 0.3 Ω", note: "after gluing" },
      { check: "insulation", state: "passed", value: "550 MΩ", limit: "at least 1 MΩ", note: "at 500 V DC" },
      { check: "meter", state: "passed", value: "± 1.2 %", limit: "off by no more", note: "watts" },
      { check: "lock", state: "passed", value: "22 of 22", limit: "tries refused", note: undefined },
    ],
    closing: { done: 13, total: 13, at: "2026-11-22T09:35:00Z" },
    passed: true,
  },
  virtual: true,
  vendorSince: undefined,
  chip: { name: "ESP8285N08", flashBytes: 1048576, flashId: "c84014" },
  backups: [
    {
      at: "2026-11-22T09:00:00Z",
      bytes: 1048576,
      sha256: "ab".repeat(32),
      md5: "cd".repeat(16),
      file: "backups/x/original.bin",
    },
  ],
  firmware: {
    origin: "a local file",
    sha256: "ef".repeat(32),
    description: "Tasmota of Dec 24 2025",
    running: "15.2.0.2(tasmota)",
  },
  template: { json: '{"NAME":"Gosund EP2"}', words: ["GPIO15: relay 1"] },
  steps: [
    { step: "back-up", at: "2026-11-22T09:00:00Z", summary: "1048576 bytes sealed", words: "Old firmware backed up." },
  ],
  confirmed: ["Five screws are in"],
  measured: [
    {
      id: "final-earth-resistance",
      what: "Earth resistance",
      value: 0.08,
      unit: "Ω",
      leads: 0.21,
      limit: "at most 0.3 Ω",
      source: "DIN VDE 0701-0702",
    },
  ],
  answers: [
    { at: "2026-11-22T09:30:00Z", question: "Is the child protection in?", answer: "yes", words: "yes, it is" },
  ],
  calibrations: [
    {
      at: "2026-11-22T09:40:00Z",
      method: "against a power meter",
      samples: 12,
      resistive: "power factor 1",
      results: [
        newConstant("power", [{ reading: 66, reference: 60 }], 12530, {
          relative: 0.005,
          basis: "power meter",
          drift: 0,
        }),
      ],
    },
  ],
  checks: [{ at: "2026-12-22T09:40:00Z", purpose: "drift", verdict: "No error since its calibration." }],
  wayBack: ["plugsmith restore c44f33a1b212 puts the vendor's firmware back, byte for byte."],
  settings: [
    { name: "topic", value: "kettle" },
    { name: "textsUsed", value: "408" },
  ],
};

test("the page is one file: no script, nothing loaded, and text from outside is text", () => {
  const page = reportHtml(data);
  expect(page).not.toContain("<script");
  expect(page).not.toMatch(/src=|url\(|<link|@import/);
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual(["http://192.168.1.51/"]);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain(escapeHtml("<script>alert(1)</script>"));
});

test("every part of the data is on the page", () => {
  const page = reportHtml(data);
  for (const text of [
    "c4:4f:33:a1:b2:12",
    "ab".repeat(32),
    "15.2.0.2(tasmota)",
    "GPIO15: relay 1",
    "0.08\u00a0Ω",
    "Kettle plug",
    "Anna Weber",
    "Old firmware backed up.",
    "Five screws are in",
    "Is the child protection in?",
    "yes, it is",
    "restore c44f33a1b212",
    "MQTT topic",
    "2026-11-22 10:00 UTC",
    "virtual plug",
  ]) {
    expect(page).toContain(text);
  }
  const { after, budget } = data.calibrations[0]!.results[0]!;
  expect(page).toContain(`12530 → ${after}`);
  expect(page).toContain(`±\u00a0${(100 * budget.expanded).toFixed(2)}\u00a0%`);
  for (const { name } of budget.contributions) expect(page).toContain(escapeHtml(String(name)));
});

test("a plug of which little is known still has a page", () => {
  const page = reportHtml({
    ...data,
    chip: undefined,
    name: undefined,
    tester: undefined,
    address: undefined,
    firmware: undefined,
    template: undefined,
    backups: [],
    calibrations: [],
    checks: [],
    measured: [],
    confirmed: [],
    answers: [],
    settings: [],
    virtual: false,
  });
  expect(page).toContain("No backup of the original firmware");
  expect(page).not.toContain("Safety checks");
  expect(page).not.toContain("virtual plug");
  expect(page).toContain("Name and signature");
  expect(page).not.toContain('class="qr"');
});

test("keys that only a program can use are not on the page", () => {
  expect(reportHtml(data)).not.toMatch(/textsUsed|kohm|undefined|\[object/);
});

test("the sheet says the plug's name, its verdict and where it is before everything else, and the record is folded", () => {
  const page = reportHtml(data);
  const places = [
    "<h1",
    "Passed: earth, insulation, meter, lock.",
    "http://192.168.1.51/",
    "<details>",
    "Is the child",
  ];
  const found = places.map((text) => page.indexOf(text));
  expect(found).not.toContain(-1);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(page).toMatch(/<html lang="en">/);
  expect(page.match(/<h1/g)).toHaveLength(1);
});

describe("a text from outside stays text, wherever it stands", () => {
  const hostile = `"><img src=x onerror=alert(1)>'</style><script>`;
  const places: readonly [string, Partial<ReportData>][] = [
    ["name", { name: hostile }],
    ["tester", { tester: hostile }],
    ["address", { address: hostile }],
    ["firmware", { firmware: { ...data.firmware!, running: hostile } }],
    ["setting", { settings: [{ name: "topic", value: hostile }] }],
    ["setting's name", { settings: [{ name: hostile, value: "1" }] }],
    ["backup", { backups: [{ ...data.backups[0]!, file: hostile }] }],
    ["answer", { answers: [{ at: hostile, question: hostile, answer: hostile, words: hostile }] }],
    ["step", { steps: [{ step: hostile, at: hostile, summary: hostile, words: hostile }] }],
    ["measurement", { measured: [{ ...data.measured[0]!, what: hostile, limit: hostile, source: hostile }] }],
    ["check", { checks: [{ at: hostile, purpose: "drift", verdict: hostile }] }],
    [
      "verdict",
      { verdict: { ...data.verdict, items: [{ ...data.verdict.items[0]!, note: hostile, limit: hostile }] } },
    ],
  ];
  test.each(places)("%s", (_, change) => {
    const page = reportHtml({ ...data, ...change });
    expect(page).not.toMatch(/<img|<script|onerror=alert\(1\)>'/);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });
});

test.each(["javascript:alert(1)", "192.168.1.51/../x", "a b", "//evil.example", "user@host", "x".repeat(300)])(
  "what is no address of a plug is shown without a link and without a code: %s",
  (address) => {
    const page = reportHtml({ ...data, address });
    expect(page).not.toContain("href=");
    expect(page).not.toContain('class="qr"');
    expect(page).toContain(escapeHtml(address));
  },
);

test.each(["192.168.1.51", "10.0.0.7:8080", "kettle-plug.local"])(
  "the label's code is read by a decoder as the address %s",
  (address) => {
    const [, size = "", code = ""] = /class="qr" viewBox="0 0 (\d+) \d+".*?<g fill="#000">(.*?)<\/g>/s.exec(
      reportHtml({ ...data, address }),
    )!;
    const scale = 8;
    const side = Number(size) * scale;
    const pixels = new Uint8Array(side * side * 4).fill(255);
    for (const [, x, y, length] of code.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      for (let dy = 0; dy < scale; dy++) {
        const from = ((Number(y) * scale + dy) * side + Number(x) * scale) * 4;
        for (let i = from; i < from + Number(length) * scale * 4; i += 4) pixels.fill(0, i, i + 3);
      }
    }
    expect(decodeQR({ width: side, height: side, data: pixels })).toBe(`http://${address}/`);
  },
);

describe("what did not pass is said so at the top", () => {
  const [earth, insulation, meter, lock] = data.verdict.items;
  const page = (items: ReportData["verdict"]["items"], done = 13): string =>
    reportHtml({
      ...data,
      virtual: false,
      verdict: { items, closing: { done, total: 13, at: undefined }, passed: false },
    });

  test("a failed check", () => {
    const shown = page([earth!, { ...insulation!, state: "failed", value: "0.4 MΩ" }, meter!, lock!]);
    expect(shown).toContain("Failed: insulation.");
    expect(shown).toContain("Do not connect the plug to mains");
    expect(shown).not.toContain("Passed:");
  });

  test("a check that was not done", () => {
    const shown = page([earth!, insulation!, { ...meter!, state: "not-done", value: undefined }, lock!]);
    expect(shown).toContain("Not done: meter.");
    expect(shown).not.toContain("Do not connect the plug to mains");
  });

  test("a closing list that is not complete, though all four checks passed", () => {
    const shown = page([earth!, insulation!, meter!, lock!], 12);
    expect(shown).toContain("Not done: closing list (12 of 13).");
    expect(shown).toContain("Do not connect the plug to mains");
    expect(shown).toContain("checks not complete");
  });

  test("a plug that holds its maker's firmware again", () => {
    const shown = reportHtml({ ...data, vendorSince: "2026-11-23T10:00:00Z" });
    expect(shown).toContain("Back on the original firmware");
    expect(shown).not.toContain("href=");
    expect(shown).not.toContain('class="label"');
  });
});
