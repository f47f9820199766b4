import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newConstant } from "../../src/core/calibration/constants.ts";

const PLUG = "5ccf7fa1b2c3";
const cli = (...args: string[]): string => execFileSync("node", ["dist/cli/main.js", ...args], { encoding: "utf8" });

test("a calibrated plug's report carries its certificate, as a page and as JSON", () => {
  const home = mkdtempSync(join(tmpdir(), "plugsmith-report-"));
  mkdirSync(join(home, "plugs", PLUG), { recursive: true });
  const before = { power: 12530, voltage: 1950, current: 3500 };
  const results = [
    newConstant("power", [{ reading: 66, reference: 60 }], before.power, {
      relative: 0.005,
      basis: "power meter",
      drift: 0,
    }),
  ];
  const at = "2026-11-22T09:40:00.000Z";
  const record = {
    version: 1,
    kind: "calibrated",
    at,
    method: "values read off instruments",
    samples: 12,
    before,
    after: { ...before, power: results[0]!.after },
    results,
    resistive: "current was measured",
  };
  writeFileSync(join(home, "plugs", PLUG, "journal.jsonl"), `${JSON.stringify({ type: "calibration", at, record })}\n`);
  const page = cli("report", "5C:CF:7F:A1:B2:C3", "--home", home).trim();
  const html = readFileSync(page, "utf8");
  expect(html).toContain(`12530 → ${results[0]!.after}`);
  expect(html).toContain("combined according to the GUM");
  const data = JSON.parse(readFileSync(page.replace(/html$/, "json"), "utf8")) as {
    calibrations: unknown[];
    mac: string;
  };
  expect(data.mac).toBe("5c:cf:7f:a1:b2:c3");
  expect(data.calibrations).toHaveLength(1);
  // The name is asked for once: later certificates bear it without the option.
  cli("report", "--home", home, "--tester", "Anna <Weber>");
  cli("report", "--home", home, "--no-input");
  expect(readFileSync(page, "utf8")).toContain("Measured by Anna &lt;Weber&gt;");
  cli("report", "--home", home, "--tester", "");
  expect(readFileSync(page, "utf8")).not.toContain("Anna");
  expect(() => cli("report", "--home", home, "--tester", "x".repeat(61))).toThrow(/61 characters/);
  expect(() => cli("report", "000000000000", "--home", home)).toThrow(/has no record in/);
});
