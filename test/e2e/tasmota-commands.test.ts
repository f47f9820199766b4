/**
 * The commands themselves, over a real socket on loopback to a virtual plug in quick time: what they do, what they say,
 * and that no secret is in anything they leave behind.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { answerOfLine, parseLogLine } from "../../src/core/tasmota/console.ts";
import { spellingsOf } from "../../src/core/tasmota/redact.ts";
import { HOME } from "../support/plug-rig.ts";
import { quickPlug } from "../support/quick-time.ts";

const SECRETS = { web: "w3b Secret;%+x", next: "n3xt-Secret-99", wifi: HOME.passphrase };
const cleanup: (() => unknown)[] = [];
let home: string;
/** Everything any command printed. */
let printed: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-home-"));
  printed = "";
});

afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
  rmSync(home, { recursive: true, force: true });
});

async function run(
  argv: readonly string[],
  env: Record<string, string> = {},
): Promise<{ exit: number; out: string; err: string }> {
  const terminal = new FakeTerminal({ env });
  const exit = await runProgram(COMMANDS, [...argv, "--home", home], terminal, new AbortController().signal);
  printed += `${argv.join(" ")}\n${terminal.stdout}\n${terminal.stderr}\n`;
  // Lines for people are broken to the terminal's width.
  return { exit, out: terminal.stdout, err: terminal.stderr.replace(/\s+/g, " ") };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe("what cmnd prints", () => {
  /** A plug that gives the same answer to everything. */
  async function answering(answer: string): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      response.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanup.push(() => server.close());
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  // Tasmota prints floats with their decimals, the same key twice (CmndPower, blinkoff), and `nan` for a broken sensor.
  test.each([
    ['{"Total":0.000,"Yesterday":1.10}', '{"Total":0.000,"Yesterday":1.10}'],
    ['{ "Power": 1e3 ,"Big":12345678901234567890}', '{ "Power": 1e3 ,"Big":12345678901234567890}'],
    ['{"POWER":"Blink OFF","POWER":"ON"}', '{"POWER":"Blink OFF","POWER":"ON"}'],
    ['{"Temperature":nan,"a":"\\u00fc\\/"}', '{"Temperature":nan,"a":"\\u00fc\\/"}'],
    ['{"a":"\u001b[2J\u0007x"}', '{"a":"\\x1b[2J\\x07x"}'],
    ['{"Password1":"hunter22"}', '{"Password1":"****"}'],
    [`{"a":"${"x".repeat(20_000)}"}`, `{"a":"${"x".repeat(16_378)}… (3624 more characters)`],
  ])("cmnd prints the plug's answer, cleaned and bounded", async (answer, shown) => {
    const key = /"(\w+)"/.exec(answer)![1]!;
    const { out, exit } = await run(["cmnd", key, "--address", await answering(answer)]);
    expect(exit).toBe(0);
    expect(out.trim()).toBe(shown);
  });

  test("cmnd prints the same answer over the serial console and MQTT", () => {
    const line = parseLogLine('00:00:01.000 RSL: RESULT = {"EnergyTotal":{"Total":0.000}}');
    expect(answerOfLine(line)?.answer?.text).toBe('{"EnergyTotal":{"Total":0.000}}');
  });
});

describe("a plug whose MQTT is off (SetOption3 0)", () => {
  test("a plug with MQTT off (SetOption3 0) is distinguished from one without space for names", async () => {
    const { rig, address } = await quickPlug(cleanup);
    rig.core.settings.setOption(3, 0);
    const before = rig.core.settings.text("DeviceName");
    const setUp = await run(["setup", "--address", address, "--name", "Z", "--topic", "z_1", "--no-input"], {
      PLUGSMITH_WEB_PASSWORD: SECRETS.web,
    });
    expect(setUp.exit).not.toBe(0);
    expect(setUp.err).toMatch(
      /MQTT is switched off on this plug \(SetOption3 0\), so it does not know these commands: Topic\./,
    );
    expect(setUp.err).toMatch(/Send `SetOption3 1`/);
    expect(setUp.err).not.toMatch(/699|shorten/);
    expect(rig.core.settings.text("DeviceName")).toBe(before);
    for (const command of ["Topic", "MqttHost", "Prefix1", "FullTopic"]) {
      const asked = await run(["cmnd", command, "--address", address]);
      expect(asked.err, command).toMatch(/MQTT is switched off[\s\S]*SetOption3 1/);
    }
    expect((await run(["cmnd", "FooBar", "--address", address])).err).toMatch(/Check the spelling/);
  });
});

describe("commands to a plug in the network", () => {
  test("network commands set up, show, lock and audit a plug, and leave no secret behind", async () => {
    const { rig, address } = await quickPlug(cleanup);
    const setUp = await run(["setup", "--address", address, "--name", "Kitchen plug", "--time-zone", "UTC", "--json"], {
      PLUGSMITH_WEB_PASSWORD: SECRETS.web,
    });
    expect(setUp.exit, setUp.err + setUp.out).toBe(0);
    expect(rig.core.settings.text("WebPassword")).toBe(SECRETS.web);
    expect(rig.core.settings.text("DeviceName")).toBe("Kitchen plug");
    const result = JSON.parse(setUp.out.trim().split("\n").at(-1)!) as { data: { mac: string; passed: string[] } };
    expect(result.data.passed).toContain("Template");

    // From here on the password is on record for this plug, by its address or its MAC.
    const status = await run(["status", "--plug", result.data.mac]);
    expect(status.exit, status.err).toBe(0);
    expect(status.out).toMatch(/Firmware {2}15\.2\.0\.2 \(tasmota\) on ESP8285N08/);
    const power = await run(["cmnd", "Power", "On", "--address", address]);
    expect(power.out.trim()).toBe('{"POWER":"ON"}');
    expect(rig.core.relayOn(1)).toBe(true);

    const file = join(home, "next-password");
    writeFileSync(file, `${SECRETS.next}\n`, { mode: 0o600 });
    const locked = await run(["secure", "--address", address, "--new-password-file", file]);
    rmSync(file);
    expect(locked.exit, locked.err).toBe(0);
    expect(rig.core.settings.text("WebPassword")).toBe(SECRETS.next);
    const audited = await run([
      "audit",
      "--address",
      address,
      "--name",
      "Kitchen plug",
      "--time-zone",
      "UTC",
      "--ssid",
      HOME.ssid,
    ]);
    expect(audited.exit, audited.err).toBe(0);
    const differs = await run(["audit", "--address", address, "--name", "Hall plug", "--time-zone", "UTC"]);
    expect(differs.err).toMatch(/DeviceName is Kitchen plug instead of Hall plug/);
    expect(differs.exit).not.toBe(0);

    const download = await run(["settings", "download", "--address", address]);
    expect(download.exit, download.err).toBe(0);
    const dump = download.out.trim();
    expect(statSync(dump).mode & 0o777).toBe(0o600);
    const shown = await run(["settings", "show", dump, "--all"]);
    expect(shown.out).toContain("Kitchen plug");

    const records = filesUnder(home).filter((path) => !path.endsWith("secrets.json") && !path.endsWith(".dmp"));
    const produced = [printed, ...records.map((path) => readFileSync(path, "latin1"))].join("\n");
    for (const secret of Object.values(SECRETS)) {
      for (const spelling of spellingsOf(secret)) expect(produced).not.toContain(spelling);
    }
    const secrets = filesUnder(home).find((path) => path.endsWith("secrets.json"))!;
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    expect(readFileSync(secrets, "utf8")).toContain(SECRETS.next);
  });
});

describe("passwords on the command line", () => {
  test.each([
    [["cmnd", "WebPassword2", "hunter22-secret", "--address", "127.0.0.1:9"]],
    [["cmnd", "Backlog", "SSID1 x;Password1 hunter22-secret", "--address", "127.0.0.1:9"]],
  ])("a password on the command line is refused before anything is sent: %j", async (argv) => {
    const { exit, err } = await run(argv);
    expect(exit).toBe(2);
    expect(err).toMatch(/takes no passwords from the command line/);
    expect(err).not.toContain("hunter22-secret");
  });

  test("no command has an option that takes a password as its value", async () => {
    for (const command of ["setup", "secure", "cmnd", "find", "status", "audit", "settings"]) {
      const { out } = await run([command, "--help"]);
      for (const [, option] of out.matchAll(/--([a-z-]*(?:password|passphrase)[a-z-]*) <(?!file>)/g))
        expect(option).toBeUndefined();
    }
  });

  test("an impossible Wi-Fi password is refused without being shown", async () => {
    const { exit, err } = await run(["setup", "--ssid", "Home"], { PLUGSMITH_WIFI_PASSPHRASE: "short12" });
    expect(exit).toBe(2);
    expect(err).toMatch(/8 to 63/);
    expect(err).not.toContain("short12");
  });
});

describe("commands without a plug", () => {
  const OLD = '{"NAME":"Gosund EP2","GPIO":[56,255,158,255,132,134,0,0,131,17,0,21,0],"FLAG":0,"BASE":45}';
  const NEW = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';

  test("template commands explain, convert and check templates without a plug", async () => {
    expect((await run(["template", "explain", OLD])).out).toMatch(/GPIO15 {2}Relay1 +relay, on when the pin is high/);
    expect((await run(["template", "convert", OLD])).out.trim()).toBe(NEW);
    expect((await run(["template", "convert", NEW, "--old"])).out.trim()).toBe(OLD);
    expect((await run(["template", "check", OLD])).exit).toBe(0);
    const broken = await run(["template", "check", NEW.replace("224", "32")]);
    expect(broken.exit).toBe(2);
    expect(broken.err).toMatch(/Button1 is on GPIO13 already/);
  });

  test("template search finds templates by name", async () => {
    const list = join(home, "list.md");
    writeFileSync(list, `## Plug\nGosund EP2  ${NEW}\nOther  ${NEW.replace("Gosund EP2", "Other")}\n`);
    const { out } = await run(["template", "search", "gosund", "--list", list]);
    expect(out).toContain("Gosund EP2 (Plug)");
    expect(out).not.toContain("Other");
  });

  test("settings commands show and compare files, with passwords only on request", async () => {
    const dump = new URL("../fixtures/tasmota/config-backup.dmp", import.meta.url).pathname;
    const hidden = await run(["settings", "show", dump]);
    expect(hidden.out).toMatch(/SSID1 +TestNet/);
    expect(hidden.out).toMatch(/Password1 +\*\*\*\*/);
    expect((await run(["settings", "show", dump, "--reveal"])).out).toMatch(/Password1 +testpass123/);
    expect((await run(["settings", "diff", dump, dump])).out.trim()).toBe("No differences.");
  });
});
