import { expect, test } from "vitest";
import { newConstant } from "../calibration/constants.ts";
import type { ReportData } from "./data.ts";
import { escapeHtml, reportHtml } from "./html.ts";

const data: ReportData = {
  version: 1,
  writtenAt: "2026-11-22T10:00:00.123Z",
  tool: "plugsmith 0.1.0",
  mac: "c4:4f:33:a1:b2:12",
  device: "Gosund EP2 <script>alert(1)</script>",
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
  steps: [{ step: "back-up", at: "2026-11-22T09:00:00Z", summary: "1048576 bytes sealed" }],
  confirmed: ["Five screws are in"],
  measured: [{ what: "Earth resistance", value: 0.08, unit: "Ω", limit: "at most 0.3 Ω", source: "DIN VDE 0701-0702" }],
  answers: [{ at: "2026-11-22T09:30:00Z", question: "Is the child protection in?", answer: "yes, it is" }],
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
  settings: [{ name: "SetOption73", value: "0" }],
};

test("the page is one file: no script, nothing loaded, and text from outside is text", () => {
  const page = reportHtml(data);
  expect(page).not.toContain("<script");
  expect(page).not.toMatch(/src=|href=|url\(/);
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
    "0.08 Ω",
    "Five screws are in",
    "Is the child protection in?",
    "yes, it is",
    "restore c44f33a1b212",
    "SetOption73",
    "2026-11-22 10:00:00 UTC",
    "virtual plug",
  ]) {
    expect(page).toContain(text);
  }
  const { after, budget } = data.calibrations[0]!.results[0]!;
  expect(page).toContain(`12530 → ${after}`);
  expect(page).toContain(`±${(100 * budget.expanded).toFixed(2)} %`);
  for (const { name } of budget.contributions) expect(page).toContain(escapeHtml(name));
});

test("a plug of which little is known still has a page", () => {
  const page = reportHtml({
    ...data,
    chip: undefined,
    firmware: undefined,
    template: undefined,
    backups: [],
    calibrations: [],
    checks: [],
    measured: [],
    confirmed: [],
    settings: [],
    virtual: false,
  });
  expect(page).toContain("No backup of the vendor");
  expect(page).not.toContain("Safety checks");
  expect(page).not.toContain("virtual plug");
});
