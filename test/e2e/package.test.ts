/** The package as a stranger gets it: packed, installed elsewhere with install scripts off, run. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** npm of the running Node where known, since a shell's `npm` may be another one. */
const npm = (args: string[], cwd: string): Promise<{ stdout: string }> => {
  const cli = process.env["npm_execpath"];
  const [command, first] = cli?.endsWith(".js") === true ? [process.execPath, [cli]] : ["npm", []];
  return run(command, [...first, ...args], { cwd, env: { ...process.env, NO_COLOR: "1" } });
};

describe("the packed package", () => {
  let elsewhere: string;
  let packed: string[] = [];

  beforeAll(async () => {
    elsewhere = mkdtempSync(join(tmpdir(), "plugsmith-packed-"));
    // What is packed is what the build before made: scripts stay off, so that nothing is built twice.
    const { stdout } = await npm(["pack", "--json", "--ignore-scripts", "--pack-destination", elsewhere], ROOT);
    const [pack] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    packed = pack.files.map(({ path }) => path);
    mkdirSync(join(elsewhere, "app"));
    writeFileSync(join(elsewhere, "app/package.json"), '{ "name": "app", "private": true, "type": "module" }');
    const install = [
      "install",
      "--ignore-scripts",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      "--no-update-notifier",
    ];
    await npm([...install, join(elsewhere, pack.filename)], join(elsewhere, "app"));
  });
  afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

  test("the package holds the built files, profiles, licence and notices, and no source, test or firmware", () => {
    for (const path of [
      "dist/index.js",
      "dist/cli/main.js",
      "dist/program/run-process.cjs",
      "LICENSE",
      "README.md",
      "THIRD_PARTY.md",
    ]) {
      expect(packed).toContain(path);
    }
    for (const inside of [
      "esptool-js",
      "commander",
      "valibot",
      "fflate",
      "noble-hashes",
      "qr",
      "string-width",
      "wrap-ansi",
      "strip-ansi",
    ]) {
      expect(packed).toContain(`dist/LICENSE-${inside}`);
    }
    expect(packed.filter((path) => /^(src|test|scripts|examples)\/|\.(bin|elf|tgz|compiled)$/.test(path))).toEqual([]);
  });

  test("the installed package rehearses and leaves nothing behind", async () => {
    const bin = join(elsewhere, "app/node_modules/plugsmith/dist/cli/main.js");
    const env = { ...process.env, XDG_DATA_HOME: join(elsewhere, "data"), HOME: elsewhere };
    const { stdout } = await run(process.execPath, [bin, "rehearse", "--json"], { env, maxBuffer: 1 << 26 });
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ type: "result", ok: true, job: "rehearse" });
    expect(events.at(-1).data.report.steps).toContainEqual(
      expect.objectContaining({ step: "boot", summary: '"Power On"' }),
    );
    expect(readdirSync(elsewhere)).not.toContain("data");
  });

  test("the installed package is a library with typed entries", async () => {
    const program = `import * as engine from "plugsmith"; import * as sim from "plugsmith/sim";
      import * as node from "plugsmith/node"; import * as browser from "plugsmith/browser";
      console.log([typeof engine.openSession, typeof sim.createBench, typeof node.openLine, typeof browser.openWebSerial].join());`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], {
      cwd: join(elsewhere, "app"),
    });
    expect(stdout.trim()).toBe("function,function,function,function");
  });
});

/** Relative and other targets of the static imports of an ES module, or of the top-level requires of a CommonJS one. */
function importsOf(file: string): string[] {
  const pattern = file.endsWith(".cjs")
    ? /^(?:(?:const|let) \w+ = )?require\("([^"]+)"\)/gm
    : /^(?:import|export) (?:[^"'`;]* from )?"([^"]+)"/gm;
  return [...readFileSync(file, "utf8").matchAll(pattern)].map(([, target]) => target!);
}

/** The built files that are loaded along with these, and what they import from outside. */
function loadedWith(...entries: string[]): { files: string[]; outside: string[] } {
  const files = new Set(entries.map((entry) => join(ROOT, "dist", entry)));
  const outside: string[] = [];
  for (const file of files) {
    for (const target of importsOf(file)) {
      if (target.startsWith(".")) files.add(join(dirname(file), target));
      else outside.push(target);
    }
  }
  return { files: [...files].map((file) => basename(file)), outside };
}

test.each(["index.js", "sim/index.js", "platform/browser/index.js"])("dist/%s needs nothing of Node", (entry) => {
  const { outside } = loadedWith(entry);
  expect(readFileSync(join(ROOT, "dist", entry), "utf8")).toMatch(/^export \{/m);
  expect(outside).toEqual([]);
});

const ENTRY = "program/run-process.cjs";

test("the program loads neither engine nor simulator before a command asks for it", () => {
  const large = (files: readonly string[]): string[] => files.filter((file) => /^(engine|sim)-/.test(file));
  const { files } = loadedWith(ENTRY);
  expect(files.length).toBeGreaterThan(2);
  expect(large(files)).toEqual([]);
  const registry = files.map((file) => readFileSync(join(ROOT, "dist/program", file), "utf8")).join("\n");
  const commands = [...registry.matchAll(/require\("\.\/([^"]+)"\)\)?\)\.\w+Command/g)].map(([, file]) => file!);
  expect(commands.length).toBeGreaterThan(30);
  for (const command of commands) {
    const loaded = large(loadedWith(`program/${command}`).files);
    expect(loaded.filter((file) => file.startsWith("sim-") && file !== command)).toEqual([]);
  }
});

test("no file of the program requires itself by way of others", () => {
  const ended = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way, file].map((each) => basename(each)).join(" > "));
    if (way.includes(file) || ended.has(file)) return;
    for (const target of importsOf(file)) if (target.startsWith(".")) walk(join(dirname(file), target), [...way, file]);
    ended.add(file);
  };
  for (const name of readdirSync(join(ROOT, "dist/program"))) {
    if (name.endsWith(".cjs")) walk(join(ROOT, "dist/program", name), []);
  }
  expect(ended.size).toBeGreaterThan(30);
  expect(circles).toEqual([]);
});

test("the program has no import() left, of which Node would warn on the screen", () => {
  const names = readdirSync(join(ROOT, "dist/program")).filter((name) => name.endsWith(".cjs"));
  const left = names.filter((name) => /[^.\w]import\(/.test(readFileSync(join(ROOT, "dist/program", name), "utf8")));
  expect(left).toEqual([]);
});

test("the stub under the GPL is in none of the built files, and the search would find it", () => {
  const require = createRequire(import.meta.url);
  const carrier = dirname(require.resolve("tasmota-webserial-esptool/package.json"));
  const legacy = filesBelow(carrier)
    .filter((path) => /esp8266.*\.js(on)?$/i.test(path))
    .map((path) => /"?text"?\s*:\s*"([A-Za-z0-9+/=]{200,})"/.exec(readFileSync(path, "utf8"))?.[1])
    .find((text) => text !== undefined);
  // A piece from the middle of the program: the beginnings of all stubs look alike.
  const piece = legacy?.slice(1000, 1080) ?? "";
  expect(piece).toHaveLength(80);
  const built = filesBelow(join(ROOT, "dist")).map((path) => readFileSync(path, "latin1"));
  expect(built.some((text) => text.includes(piece))).toBe(false);
  const ours = require("esptool-js/lib/targets/stub_flasher/esp8266.json") as { text: string };
  expect(built.some((text) => text.includes(ours.text.slice(1000, 1080)))).toBe(true);
});

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
