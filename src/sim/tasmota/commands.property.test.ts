/** Commands in any order and with any values stay consistent: told, read back, in Status, in the flash, after a reboot. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { TestBoard } from "../../../test/support/tasmota-host.ts";
import { tasmotaWithoutRadio } from "../../../test/support/tasmota-without-radio.ts";
import type { TasmotaCore } from "./contract.ts";
import { isTasmota } from "./tasmota-model.ts";

interface Setting {
  /** The command that sets it. */
  readonly command: string;
  readonly value: string;
  /** What reading it gives, inner JSON. */
  readonly answer: string;
  /** What one of the Status answers shows of it. */
  readonly status?: readonly [command: string, shows: string] | undefined;
}

/** Texts that no shortcut, number or word of the firmware takes for something else. */
const text = (max: number): fc.Arbitrary<string> =>
  fc
    .stringMatching(/^[A-Za-z][A-Za-z0-9 _.@#<>äöß"\\%-]{3,40}[A-Za-z]$/)
    .filter(
      (word) => new TextEncoder().encode(word).length <= max && !/^(toggle|false|true|blink|start|stop)/i.test(word),
    );

function numbers(
  command: string,
  low: number,
  high: number,
  status?: (n: number) => Setting["status"],
): fc.Arbitrary<Setting> {
  return fc.integer({ min: low, max: high }).map((n) => {
    const shown = status?.(n);
    return {
      command,
      value: String(n),
      answer: `"${command}":${n}`,
      status: shown,
    };
  });
}

function texts(
  command: string,
  key: string,
  max = 40,
  status?: (shown: string) => Setting["status"],
): fc.Arbitrary<Setting> {
  return text(max).map((value) => {
    const shown = JSON.stringify(value);
    const seen = status?.(shown);
    return { command, value, answer: `"${key}":${shown}`, status: seen };
  });
}

const option = fc.tuple(fc.constantFrom(0, 1, 13, 21, 26, 51, 65, 73, 90, 128, 142), fc.boolean()).map(
  ([number, on]): Setting => ({
    command: `SetOption${number}`,
    value: on ? "1" : "0",
    answer: `"SetOption${number}":"${on ? "ON" : "OFF"}"`,
  }),
);

const settings: fc.Arbitrary<Setting> = fc.oneof(
  texts("DeviceName", "DeviceName", 40, (shown) => ["Status", `"DeviceName":${shown}`]),
  texts("FriendlyName1", "FriendlyName1", 40, (shown) => ["Status", `"FriendlyName":[${shown}]`]),
  texts("MqttHost", "MqttHost"),
  texts("MqttUser", "MqttUser", 40, (shown) => ["Status 6", `"MqttUser":${shown}`]),
  texts("SSId1", "SSId1", 32, (shown) => ["Status 3", `"SSId":[${shown},`]),
  texts("SSId2", "SSId2", 32),
  texts("Mem3", "Mem3"),
  texts("OtaUrl", "OtaUrl"),
  numbers("TelePeriod", 10, 3600, (n) => ["Status 3", `"TelePeriod":${n}`]),
  numbers("PowerOnState", 0, 3, (n) => ["Status", `"PowerOnState":${n}`]),
  numbers("LedState", 0, 7, (n) => ["Status", `"LedState":${n}`]),
  numbers("MqttPort", 2, 65535, (n) => ["Status 6", `"MqttPort":${n}`]),
  numbers("WattRes", 0, 3),
  numbers("EnergyRes", 0, 5),
  numbers("WebLog", 0, 4, (n) => ["Status 3", `"WebLog":${n}`]),
  numbers("BlinkCount", 0, 32000),
  numbers("MqttRetry", 10, 32000),
  option,
);

/** The inside of every answer the command gave on the console. */
function ask(core: TasmotaCore, command: string): string {
  const lines: string[] = [];
  const end = core.onLog(({ text: line }) => lines.push(line));
  core.execute(command, "web");
  end();
  return lines.filter((line) => line.startsWith("RSL: ")).join("\n");
}

function booted(flash?: Uint8Array): { board: TestBoard; core: TasmotaCore } {
  const board = new TestBoard({ model: tasmotaWithoutRadio(), flash });
  board.powerOn();
  board.run(4);
  return { board, core: board.running as unknown as TasmotaCore };
}

const name = ({ command }: Setting): string => command.toUpperCase();

test("what was set last is what is read, shown, saved and there after a reboot", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(settings, fc.integer({ min: 0, max: 900 })), { minLength: 1, maxLength: 12 }),
      (steps) => {
        const { board, core } = booted();
        const last = new Map<string, Setting>();
        for (const [setting, pause] of steps) {
          // Restarts are not the matter here: the plug is kept from them until all is set.
          core.restartFlag = 0;
          expect(ask(core, `${setting.command} ${setting.value}`)).toContain(setting.answer);
          last.set(name(setting), setting);
          board.run(pause / 1000);
        }
        core.restartFlag = 0;
        for (const setting of last.values()) {
          expect(ask(core, setting.command)).toContain(setting.answer);
          if (setting.status !== undefined) expect(ask(core, setting.status[0])).toContain(setting.status[1]);
        }
        core.restartFlag = 0;
        board.run(2.5);
        const again = booted(board.flash.slice()).core;
        for (const setting of last.values()) {
          expect(ask(again, setting.command)).toContain(setting.answer);
          if (setting.status !== undefined) expect(ask(again, setting.status[0])).toContain(setting.status[1]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("settings of different commands do not care about their order", () => {
  fc.assert(
    fc.property(
      fc
        .uniqueArray(settings, { minLength: 2, maxLength: 8, selector: name })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([one, other]) => {
        const results = [one, other].map((list) => {
          const { board, core } = booted();
          core.execute(`Backlog0 ${list.map(({ command, value }) => `${command} ${value}`).join(";")}`, "web");
          board.run(0.1);
          core.restartFlag = 0;
          const seen = [...one].map(({ command }) => ask(core, command)).join("\n");
          return seen;
        });
        expect(results[1]).toBe(results[0]);
      },
    ),
    { numRuns: 40 },
  );
});

test("reading changes nothing: any reads between two dumps leave them equal", () => {
  const reads = fc.array(
    fc.oneof(
      settings.map(({ command }) => command),
      fc.constantFrom(
        "Status 0",
        "Status",
        "State",
        "Template",
        "Module",
        "GPIO 255",
        "Modules",
        "Rule1",
        "Timers",
        "Password1",
        "Foo",
        "Status 99",
        "IPAddress",
        "WebColor1",
      ),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(settings, reads, (setting, commands) => {
      const { board, core } = booted();
      core.execute(`${setting.command} ${setting.value}`, "web");
      core.restartFlag = 0;
      board.run(3);
      const before = core.dumpSettings();
      for (const command of commands) core.execute(command, "web");
      expect(core.dumpSettings()).toEqual(before);
    }),
    { numRuns: 40 },
  );
});

test("a template is read back as it was told, whatever its numbers, and again after a reboot", () => {
  const codes = fc.array(fc.integer({ min: 2, max: 11000 }), { minLength: 14, maxLength: 14 });
  fc.assert(
    fc.property(text(40), codes, fc.integer({ min: 1, max: 74 }), (label, gpio, base) => {
      const { board, core } = booted();
      const rest = `"GPIO":[${gpio.join(",")}],"FLAG":0,"BASE":${base}}`;
      // support.ino TemplateJson writes the name as it is, quotes and all.
      const answer = `{"NAME":"${label}",${rest}`;
      expect(ask(core, `Template {"NAME":${JSON.stringify(label)},${rest}`)).toContain(answer);
      board.run(3);
      expect(ask(booted(board.flash.slice()).core, "Template")).toContain(answer);
    }),
    { numRuns: 40 },
  );
});

test("a backup restored on another plug brings every setting with it", () => {
  fc.assert(
    fc.property(fc.array(settings, { minLength: 1, maxLength: 8 }), (steps) => {
      const { core } = booted();
      const last = new Map<string, Setting>();
      for (const setting of steps) {
        core.execute(`${setting.command} ${setting.value}`, "web");
        last.set(name(setting), setting);
      }
      const dump = core.dumpSettings();
      const other = booted();
      // Two starts within BOOT_LOOP_TIME (10 s) are the beginning of a boot loop to Tasmota, which then drops SetOption51.
      other.board.run(10);
      expect(other.core.restoreSettings(dump)).toBe("ok");
      other.core.restartFlag = 2;
      other.board.run(10);
      const restored = other.board.running as unknown as TasmotaCore;
      for (const setting of last.values()) expect(ask(restored, setting.command)).toContain(setting.answer);
    }),
    { numRuns: 25 },
  );
});

test("random bytes on the console neither stop the plug nor make it lose its settings", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      const { board, core } = booted();
      core.execute("DeviceName steady", "web");
      board.run(2);
      board.type(Uint8Array.from(noise.filter((byte) => byte > 127 || byte < 48)));
      board.run(2);
      board.type("\n");
      board.run(1);
      board.heard = "";
      board.type("DeviceName\n");
      board.run(1);
      expect(board.heard).toContain('{"DeviceName":"steady"}');
    }),
    { numRuns: 40 },
  );
});

test("random flash contents are never taken for Tasmota", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (seed) => {
      const flash = Uint8Array.from({ length: 0x100000 }, (_, i) => seed[i % 64]! ^ (i >> 7));
      expect(isTasmota((address, length) => flash.subarray(address, address + length))).toBe(false);
    }),
    { numRuns: 5 },
  );
});
