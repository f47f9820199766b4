import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseProfile, tasmotaOf } from "../profile/profile.ts";
import { credentialFaults } from "../tasmota/credentials.ts";
import { parseTemplate, sameTemplate } from "../tasmota/template/template.ts";
import { webPasswordFaults } from "../tasmota/web-password.ts";
import { type BuildConfig, buildFiles } from "./build-files.ts";
import { firmwareVariant } from "./variants.ts";

const tasmota = tasmotaOf(
  parseProfile(JSON.parse(readFileSync(new URL("../../../profiles/gosund-ep2/profile.json", import.meta.url), "utf8"))),
);
const NOTHING: BuildConfig = {
  variant: firmwareVariant("tasmota-DE")!,
  wifi: undefined,
  webPassword: undefined,
  template: undefined,
  settings: [],
};

/** Everything that C treats in its own way, among everything else that may stand in a name or passphrase. */
const awkward = fc.oneof(
  fc.constantFrom(
    '"',
    "\\",
    "?",
    "??/",
    "??=",
    "%",
    "\n",
    "\t",
    "\x07",
    "\x7f",
    "*/",
    "//",
    "/*",
    "0",
    "9",
    "é",
    "💡",
    "L",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 2 }).filter((text) => !text.includes("\0")),
  fc.string({ minLength: 1, maxLength: 3 }),
);
const text = fc.array(awkward, { maxLength: 24 }).map((parts) => parts.join(""));
const config = fc
  .record({ ssid: text, passphrase: text, webPassword: text })
  .filter((each) => credentialFaults(each).length === 0 && webPasswordFaults(each.webPassword).length === 0);

const compilers = ["gcc", "g++"].filter((name) => spawnSync(name, ["--version"]).status === 0);

test.skipIf(compilers.length === 0).each(compilers.length === 0 ? ["a C compiler"] : compilers)(
  "what %s makes of the header is, byte for byte, what was asked for, whatever is in names and passwords",
  (compiler) => {
    const folder = mkdtempSync(join(tmpdir(), "plugsmith-header-"));
    try {
      const samples = fc.sample(config, 150);
      const lines = [
        "#include <stdio.h>",
        'static void show(const char *s, int n) { while (--n > 0) printf("%02x", (unsigned char) *s++); puts(""); }',
        "int main(void) {",
      ];
      samples.forEach(({ ssid, passphrase, webPassword }, i) => {
        const { header } = buildFiles({ ...NOTHING, wifi: { ssid, passphrase }, webPassword });
        writeFileSync(join(folder, `h${i}.h`), header);
        lines.push("#undef _USER_CONFIG_OVERRIDE_H_", `#include "h${i}.h"`);
        for (const macro of ["STA_SSID1", "STA_PASS1", "WEB_PASSWORD"]) lines.push(`show(${macro}, sizeof(${macro}));`);
      });
      writeFileSync(join(folder, "main.c"), [...lines, "return 0; }", ""].join("\n"));
      const program = join(folder, "main");
      const flags = ["-O0", "-trigraphs", "-Wall", "-Wextra", "-Werror", "-o", program, join(folder, "main.c")];
      execFileSync(compiler, flags, { stdio: ["ignore", "ignore", "inherit"] });
      const hex = (value: string): string => Buffer.from(value, "utf8").toString("hex");
      const wanted = samples.flatMap(({ ssid, passphrase, webPassword }) => [ssid, passphrase, webPassword].map(hex));
      expect(
        execFileSync(program, { encoding: "utf8", maxBuffer: 1 << 24 })
          .split("\n")
          .slice(0, -1),
      ).toEqual(wanted);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test.skipIf(compilers.length === 0)(
  "the profile's template and settings pass through a C preprocessor unchanged",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "plugsmith-header-"));
    try {
      const { header } = buildFiles({ ...NOTHING, template: tasmota.template, settings: tasmota.settings });
      writeFileSync(join(folder, "h.h"), header);
      const source = '#define USER_MODULE 255\n#define MODULE 0\n#include "h.h"\nMODULE\nUSER_TEMPLATE\nUSER_BACKLOG\n';
      const out = execFileSync(compilers[0]!, ["-E", "-P", "-x", "c", "-I", folder, "-"], {
        input: source,
        encoding: "utf8",
      });
      const [module, template, backlog] = out.trim().split("\n");
      const unescaped = (literal: string): string =>
        literal
          .slice(1, -1)
          .replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
      expect(module).toBe("255");
      expect(sameTemplate(parseTemplate(unescaped(template!)), tasmota.template)).toBe(true);
      expect(unescaped(backlog!).split(";")).toEqual(tasmota.settings.map(({ name, value }) => `${name} ${value}`));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test("the build's name goes to PlatformIO, and nothing secret does", () => {
  const { ini, header } = buildFiles({ ...NOTHING, wifi: { ssid: "Home", passphrase: "correct horse" } });
  expect(ini).toContain("default_envs = tasmota-DE\n");
  expect(ini).not.toContain("Home");
  expect(header).not.toContain("WEB_PASSWORD");
  expect(header).not.toContain("USER_TEMPLATE");
});

test("what no plug can take is refused before anything is built, without repeating it", () => {
  const refused = (change: Partial<BuildConfig>): string => {
    try {
      buildFiles({ ...NOTHING, ...change });
      return "taken";
    } catch (error) {
      return String(error);
    }
  };
  expect(refused({ wifi: { ssid: "Home", passphrase: "seven77" } })).toMatch(/8 to 63/);
  expect(refused({ wifi: { ssid: "Home", passphrase: "seven77" } })).not.toContain("seven77");
  expect(refused({ wifi: { ssid: "", passphrase: "" } })).toContain("empty");
  expect(refused({ webPassword: "abc" })).not.toBe("taken");
  expect(refused({ settings: [{ name: "Rule1", value: "on x do y; z endon", reason: "" }] })).toContain("semicolon");
  expect(refused({ settings: [{ name: "FriendlyName", value: "x".repeat(800), reason: "" }] })).toContain("790");
});
