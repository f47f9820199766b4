/**
 * Every wiring fault that the virtual bench can have, and what the doctor says of it: with the story's wiring (the
 * adapter is the supply, its port appears 0.8 s after the power) and with the 3.3 V switched apart from USB.
 */
import { afterAll, describe, expect, test } from "vitest";
import { FINDING_IDS } from "../../src/core/doctor/finding.ts";
import { isPlugsmithError } from "../../src/core/errors.ts";
import type { FirmwareModel } from "../../src/sim/board/firmware.ts";
import { DoctorRig } from "../support/doctor-rig.ts";
import { hangingImage } from "../support/hanging-image.ts";
import { flashWith } from "../support/session-rig.ts";

const seen = new Set<string>();
type RigOptions = NonNullable<ConstructorParameters<typeof DoctorRig>[0]>;

function rigged(options: RigOptions): DoctorRig {
  const rig = new DoctorRig(options);
  const push = rig.events.push.bind(rig.events);
  rig.events.push = (...events) => {
    for (const event of events) if (event.type === "hearing") seen.add(event.finding);
    return push(...events);
  };
  return rig;
}

/** The adapter goes in at 1 s: power at once, the port 0.8 s later. */
function story(options: RigOptions = {}): DoctorRig {
  const rig = rigged({ pluggedIn: false, ...options });
  return rig.at(1, () => rig.bench.actions.plugAdapterIn());
}

/** The adapter stays in; the 3.3 V has a switch, and the wire at the chip's RX is off while it is used. */
function apart(options: RigOptions = {}): DoctorRig {
  const rig = rigged({ supply: { from: "separate" }, pluggedIn: false, ...options });
  const chipRx = options.wiring?.chipRx ?? "connected";
  return rig
    .at(1, () => rig.bench.actions.plugAdapterIn())
    .at(8, () => rig.bench.actions.rewire({ chipRx: "open" }))
    .switchSupplyAt(8.5)
    .at(13, () => rig.bench.actions.rewire({ chipRx }));
}

describe("nothing at all is heard", () => {
  test.each([
    ["the 3.3 V does not arrive", { vcc: "open" }],
    ["the chip's TX is not joined", { chipTx: "open" }],
    ["TX goes to TX and RX to RX", { data: "swapped" }],
    ["the chip's TX is shorted to ground", { chipTx: "short-to-ground" }],
    ["ground is open, and with it the power", { ground: "open" }],
  ] as const)("%s", async (_, wiring) => {
    const rig = story({ wiring, gpio0Grounded: true, seconds: 10 });
    expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "nothing"]);
    const reported = rig.last("nothing");
    expect(reported?.causes?.[0]).toContain("no 3.3 V");
    expect(reported?.nextAction).toContain("3.3 V");
  });

  test("silence is reported once, however long it lasts, and the error repeats the remedy", async () => {
    const rig = rigged({ wiring: { chipTx: "open" }, seconds: 60 });
    const error: unknown = await rig.diagnose().catch((reason: unknown) => reason);
    expect(rig.heard()).toHaveLength(1);
    expect(isPlugsmithError(error, "no-sync") && error.message).toContain("No signal at all");
    expect(isPlugsmithError(error) && error.nextStep).toContain(rig.last("nothing")?.nextAction);
  });
});

test("a missing adapter's error says to plug it in", async () => {
  const error: unknown = await rigged({ pluggedIn: false, seconds: 5 })
    .diagnose()
    .catch((reason: unknown) => reason);
  expect(isPlugsmithError(error, "no-sync") && error.nextStep).toMatch(/^Plug it in while you hold the button/);
});

test("joined RX and TX are reported as an echo, and as silence once separated", async () => {
  const rig = story({ wiring: { data: "bridged" } });
  rig.at(8, () => rig.bench.actions.rewire({ data: "straight", chipTx: "open" }));
  expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "echo", "nothing"]);
  expect(rig.last("echo")?.causes).toHaveLength(3);
});

test("with GPIO0 open and the EP2's wiring the boot text ends too early, and doctor says how to hear it", async () => {
  const unheard = story({ gpio0Grounded: false });
  expect(await unheard.findings()).toEqual(["adapter-gone", "adapter-back", "nothing"]);
  const reported = unheard.last("nothing");
  expect(reported?.causes).toContainEqual(expect.stringContaining("GPIO0 was not at ground"));
  expect(reported?.visibility).toContain(
    "disconnect the wire from the chip's RX, disconnect the 3.3 V for three seconds",
  );
  const heard = apart({ gpio0Grounded: false });
  expect(await heard.findings()).toEqual(["adapter-gone", "adapter-back", "nothing", "flash-mode", "firmware"]);
  expect(heard.last("flash-mode")?.nextAction).toContain("Hold GPIO0 to ground");
});

test("switching the supply with RX still wired leaves the chip hanging, as doctor warns", async () => {
  const rig = rigged({ supply: { from: "separate" }, gpio0Grounded: false, seconds: 30 }).switchSupplyAt(5);
  expect(await rig.findings()).toEqual(["flash-mode", "firmware", "nothing"]);
  expect(rig.last("nothing")?.causes).toContainEqual(expect.stringContaining("the chip hangs"));
});

describe("the chip starts again and again", () => {
  test("restarts on an FT232's 3.3 V pin are explained by its 50 mA", async () => {
    const rig = story({ tasmota: true, adapter: { kind: "FT232R" }, gpio0Grounded: false, seconds: 8 });
    const findings = await rig.findings();
    expect(findings.at(-1)).toBe("boot-loop");
    expect(rig.last("boot-loop")?.causes?.[0]).toMatch(/browns out: the 3\.3 V pin of an FTDI FT232R.* supplies 50 mA/);
    expect(rig.last("boot-loop")?.visibility).toBeUndefined();
    const notes = rig.events.filter((event) => event.type === "notice" && event.text.includes("50 mA"));
    expect(notes).toHaveLength(1);
  });

  test("a sagging separate supply is not blamed on the adapter", async () => {
    const rig = story({ tasmota: true, supply: { limitMa: 90 }, gpio0Grounded: false, seconds: 8 });
    expect((await rig.findings()).at(-1)).toBe("boot-loop");
    expect(rig.last("boot-loop")?.causes?.[0]).toMatch(/browns out$/);
    expect(rig.events.some((event) => event.type === "notice")).toBe(false);
  });

  test("watchdog resets of a hanging firmware are not blamed on the supply", async () => {
    const flash = flashWith([]);
    flash.set(hangingImage());
    const rig = story({ flash, gpio0Grounded: false });
    expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "flash-mode", "boot-loop"]);
    expect(rig.last("flash-mode")?.text).toContain("watchdog reset it once");
    expect(rig.last("boot-loop")?.text).toContain("watchdog");
    expect(rig.last("boot-loop")?.causes?.[0]).toContain("damaged or half written");
  });
});

test("an empty flash is reported as having nothing to start", async () => {
  const rig = rigged({ flash: flashWith([]), supply: { from: "separate" }, gpio0Grounded: false });
  expect(await rig.findings()).toEqual(["flash-mode", "no-image"]);
  expect(rig.last("no-image")?.nextAction).toContain("Hold GPIO0 to ground");
});

// A bench has no wires at GPIO2 and GPIO15: what the ROM prints for them is played at the ROM's rate.
test.each([
  ["gpio15-high", "\r\n ets Jan  8 2013,rst cause:1, boot mode:(7,0)\r\n\r\nwaiting for host\r\n", "GPIO15"],
  ["gpio2-low", "\r\n ets Jan  8 2013,rst cause:1, boot mode:(2,6)\r\n\r\n", "GPIO2"],
  ["crash", "\r\nException (28):\r\nepc1=0x40102180 epc2=0x00000000 epc3=0x00000000\r\n", "Exception 28"],
])("%s is recognised by its text", async (finding, text, named) => {
  const rig = story({ firmwares: [chatter(text, 74_880)], gpio0Grounded: false });
  expect((await rig.findings()).at(-1)).toBe(finding);
  expect(rig.last(finding)?.text).toContain(named);
});

test("Tasmota's log at 115200 baud means that the plug is not in download mode", async () => {
  const rig = story({ tasmota: true, gpio0Grounded: false });
  expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "firmware"]);
  expect(rig.last("firmware")?.text).toContain("Tasmota");
  expect(rig.last("firmware")?.nextAction).toContain("Hold GPIO0 to ground");
});

/** Says the same every half second, at a rate of its own. */
function chatter(text: string, baud: number): FirmwareModel {
  return {
    notice: "test firmware",
    recognises: () => true,
    boot: ({ clock, uart0 }) => {
      uart0.setBaud(baud);
      let cancel = (): void => {};
      const speak = (): void => {
        uart0.write(new TextEncoder().encode(text));
        cancel = clock.at(clock.now + 500_000, speak);
      };
      speak();
      return { stop: () => cancel() };
    },
  };
}

test("a log of any vendor at 115200 baud counts as a firmware", async () => {
  const firmwares = [chatter("[info] wifi station mode, waiting for the owner to pair me\r\n", 115_200)];
  const rig = story({ firmwares, gpio0Grounded: false });
  expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "firmware"]);
  expect(rig.last("firmware")?.text).not.toContain("Tasmota");
});

describe("noise", () => {
  test("noise at every usual rate is explained by an unusual baud rate", async () => {
    const rig = story({ firmwares: [chatter("temperature 21.4, humidity 55 %\r\n", 9600)], gpio0Grounded: false });
    expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "noise"]);
    expect(rig.last("noise")?.causes).toHaveLength(3);
  });

  test("damaged bytes at both rates are explained by a missing common ground", async () => {
    const wiring = { ground: "open" } as const;
    const firmwares = [chatter("[info] wifi station mode, waiting for the owner to pair me\r\n", 115_200)];
    const rig = rigged({ firmwares, wiring, supply: { from: "separate" }, gpio0Grounded: false });
    expect((await rig.findings()).at(-1)).toBe("noise");
    expect(rig.last("noise")?.nextAction).toContain("ground wire");
  });
});

test("a TX wire that does not reach the chip is reported in download mode, and can be fixed meanwhile", async () => {
  const rig = apart({ wiring: { chipRx: "open" }, gpio0Grounded: true });
  rig.at(18, () => rig.bench.actions.rewire({ chipRx: "connected" }));
  const diagnosed = await rig.diagnose();
  expect(diagnosed.findings).toEqual([
    ...["adapter-gone", "adapter-back", "nothing"],
    ...["download-mode", "download-unanswered", "answers"],
  ]);
  expect(rig.last("download-unanswered")?.nextAction).toContain("adapter's TX to the chip's RX");
  expect(rig.last("download-unanswered")?.visibility).toContain("To see it");
  expect(diagnosed.answering).toBe("rom");
});

describe("a chip that is not an Espressif one", () => {
  test("a Realtek chip is recognised by its log with the EP2's wiring", async () => {
    const rig = story({ foreignChip: "RTL8710BN", gpio0Grounded: true });
    expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "other-chip"]);
    expect(rig.last("other-chip")?.text).toContain("Realtek");
  });

  test("a Beken chip is recognised by its boot text at the second start, since it talks at 115200 baud", async () => {
    const rig = apart({ foreignChip: "BK7231T", gpio0Grounded: true, seconds: 40 });
    rig.at(22, () => rig.bench.actions.rewire({ chipRx: "open" })).switchSupplyAt(23);
    expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "nothing", "noise", "other-chip"]);
    expect(rig.last("noise")?.nextAction).toContain("disconnect the 3.3 V and reconnect it");
    expect(rig.last("other-chip")?.text).toContain("Beken");
  });

  test("a silent foreign chip is reported as silence, with another chip among the causes", async () => {
    const rig = story({ foreignChip: "BK7231T" });
    expect(await rig.findings()).toEqual(["adapter-gone", "adapter-back", "nothing"]);
    expect(rig.last("nothing")?.causes?.at(-1)).toContain("not an Espressif one");
  });
});

test("one fault after another is found and fixed until the chip answers", async () => {
  const rig = story({ wiring: { data: "bridged" }, tasmota: true, seconds: 90 });
  const { actions: person } = rig.bench;
  rig
    .at(12, () => person.pullAdapterOut())
    .at(14, () => person.rewire({ data: "straight" }))
    .at(15, () => person.plugAdapterIn())
    .at(30, () => person.pullAdapterOut())
    .at(32, () => person.groundGpio0())
    .at(33, () => person.plugAdapterIn());
  const diagnosed = await rig.diagnose();
  expect(diagnosed.findings).toEqual([
    ...["adapter-gone", "adapter-back", "echo"],
    ...["adapter-gone", "adapter-back", "firmware"],
    ...["adapter-gone", "adapter-back", "answers"],
  ]);
  expect(diagnosed.mac).toBe([...rig.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join(":"));
});

test("a well-wired plug is found without warnings, and its flash is unchanged", async () => {
  const rig = rigged({ gpio0Grounded: true });
  const before = rig.bench.flash.slice();
  const diagnosed = await rig.diagnose();
  expect(diagnosed).toMatchObject({ answering: "rom", variant: "ESP8285N08", findings: ["download-mode"] });
  expect(rig.bench.flash.slice()).toEqual(before);
  // The ROM was met at 74880 and moved.
  expect(rig.bench.line.baud).toBe(115_200);
});

afterAll(() => {
  expect([...seen].sort()).toEqual([...FINDING_IDS].sort());
});
