import { expect, test } from "vitest";
import { supplyNote, weakRegulatorMa } from "./adapters.ts";
import { type Circumstances, FINDING_IDS } from "./finding.ts";
import { describe as describeFinding } from "./findings.ts";

const CH340: Circumstances = { adapter: { label: "WCH CH340", vendorId: "1a86", productId: "7523" } };

/** The page docs/doctor.md, whole, in the form the formatter leaves alone. */
function page(): string {
  const sections = FINDING_IDS.map((id) => {
    const { text, causes, nextAction, visibility } = describeFinding(id, CH340);
    const why = causes.map((cause, index) => `${index + 1}. ${String(cause)}`).join("\n");
    const seen = visibility === undefined ? "" : "\n\nThe boot text tells more: see above.";
    return `### ${id}\n\n${String(text)}${why === "" ? "" : `\n\n${why}`}\n\nNext: ${String(nextAction)}${seen}\n`;
  });
  return `${INTRODUCTION}\n${sections.join("\n")}`;
}

const INTRODUCTION = `# The doctor

\`plugsmith doctor\` listens and calls until the plug answers, through adapters pulled and plugged in again, and says what
it hears, what that means, and the one thing to do next. It reads only: no stub is uploaded, the flash is not touched.
Every command that connects says the same while it waits.

\`\`\`sh
plugsmith doctor --port /dev/ttyUSB0
plugsmith doctor --port /dev/ttyUSB0 --seconds 30
plugsmith doctor --port /dev/ttyUSB0 --no-reset-wires
\`\`\`

## No adapter yet

Where somebody sits at the terminal, every command that goes over wires may be started before the adapter is plugged in. It
says what is missing, how to plug it in for what follows, and looks for it until it is there or until Ctrl-C (exit 130,
nothing touched):

- Without \`--port\`: until a USB serial adapter comes. Where several come, it asks for \`--port\` as ever. A built-in port is
  named and never taken by itself.
- With \`--port /dev/ttyUSB0\` (or \`COM3\`): until a port of just that name comes, since a name is also kept for an adapter
  that lies beside the computer. An adapter under another name is reported but not used: it may belong to something
  else.
- An adapter that has just come gets 3 s until the system has set its rights, and 30 s where a program such as ModemManager
  looks at it first. A refusal after that is reported with its remedy: no permission (exit 11), in use (12), no driver (13).

With \`--no-input\`, \`--json\` or no terminal nothing is waited for: \`port-not-found\` (exit 10) at once, with what is there
instead. Ports of the network (\`tcp://\`, \`rfc2217://\`) are never waited for. \`--seconds\` bounds this wait, too, and then the
listening again. Without \`--seconds\` a chip that says nothing ends in \`no-sync\` (exit 20) after 30 s, for every command that
calls the chip. A network port that another client has is in use (12).

## To practise

Spoil a virtual plug: \`plugsmith doctor --port sim:my-plug\` makes the folder \`my-plug\`, and its \`plug.json\`
holds the wiring (\`data\`: straight, swapped or bridged; \`chipRx\`, \`chipTx\`, \`ground\`, \`vcc\`: connected, open or
short-to-ground; \`noise\`), the adapter's \`kind\` and the supply's \`limitMa\`. \`foreignChip\` set to RTL8710BN or BK7231T puts
another maker's chip in its place.

## How it listens

At 74880 baud, where the boot ROM's text can be read and where a ROM in download mode takes its rate from the call. What
makes no sense there is listened to at 115200, where firmwares talk, and the other way round. After the adapter has come
back it begins at 115200: the boot text is over by then. The other rates, at which a flasher's stub may have been left,
are called at now and then.

## What cannot be seen with every wiring

${String(describeFinding("nothing", CH340).visibility)}

An FT232's own 3.3 V pin gives 50 mA: the doctor reads the adapter's name and says so. Under Linux an FTDI adapter keeps
what it receives for up to 16 ms: plugsmith sets that to 1 ms while it has the port, or says what forbids it.

## Findings

Causes are in the order of their likelihood; circumstances (the adapter's kind, what was heard before, the reset's cause)
move one to the front. Each finding is reported once, until another takes its place.
`;

test("docs/doctor.md lists every finding as in the code", async () => {
  await expect(page()).toMatchFileSnapshot("../../../docs/doctor.md");
});

test("a weak regulator is named for the adapters known to have one, and for no other", () => {
  const ft232 = { label: "FTDI FT232R", vendorId: "0403", productId: "6001" };
  expect(supplyNote(ft232)).toContain("gives 50 mA");
  expect(supplyNote(CH340.adapter)).toBeUndefined();
  expect(describeFinding("boot-loop", { adapter: ft232, resetCause: 1 }).causes[0]).toContain("50 mA");
  expect(describeFinding("boot-loop", { ...CH340, resetCause: 1 }).causes[0]).not.toContain("50 mA");
  expect(describeFinding("boot-loop", { adapter: ft232, resetCause: 4 }).causes[0]).not.toContain("50 mA");
});

test("every problem has causes, and the next action fixes the first one", () => {
  for (const id of FINDING_IDS) {
    const { causes, nextAction } = describeFinding(id, CH340);
    const trouble = !["download-mode", "adapter-gone", "adapter-back", "answers"].includes(id);
    expect(causes.length > 0, id).toBe(trouble);
    expect(nextAction, id).toMatch(/\.$/);
  }
});

test("findings on a network port do not mention an adapter", () => {
  const adapter = { label: "RFC 2217 server", path: "rfc2217://192.0.2.7:2217" };
  for (const id of ["adapter-gone", "adapter-back"] as const) {
    const { text, nextAction } = describeFinding(id, { adapter });
    expect(text).toContain("connection to rfc2217://192.0.2.7:2217");
    expect(nextAction).not.toMatch(/plug it in/i);
  }
});

/** Every circumstance that a boot text can tell, and those that only the watcher knows. */
const CIRCUMSTANCES: readonly Partial<Circumstances>[] = [
  {},
  ...[0, 1, 2, 3, 4, 5, 6].flatMap((resetCause) => [1, 2, 3].map((bootMode) => ({ resetCause, bootMode }))),
  { exception: "Exception 28" },
  { speaker: "Tasmota" },
  { loader: "rBoot" },
  { fellSilent: true },
  { rateFixed: true },
  { heardBefore: true },
];

test.each(FINDING_IDS)("%s has a text, causes without repetition, and a next action in any circumstances", (id) => {
  for (const known of CIRCUMSTANCES) {
    const { text, causes, nextAction } = describeFinding(id, { ...CH340, ...known });
    for (const sentence of [text, nextAction]) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    for (const cause of causes) expect(cause).toMatch(/[^.\s]$/);
    expect(new Set(causes).size).toBe(causes.length);
  }
});

test("a watchdog reset is described by its mode", () => {
  const text = (id: "download-mode" | "flash-mode" | "boot-loop", resetCause: number, bootMode?: number): string =>
    describeFinding(id, { ...CH340, resetCause, bootMode }).text.toString();
  expect(text("download-mode", 4)).toContain("watchdog");
  expect(text("download-mode", 2)).not.toContain("watchdog");
  expect(text("flash-mode", 4)).toContain("watchdog reset it once");
  expect(text("boot-loop", 4, 3)).toContain("watchdog");
  expect(text("boot-loop", 2, 3)).not.toContain("watchdog");
  expect(text("boot-loop", 4, 1)).toContain("download mode");
});

test("a loop in download mode is put down to wires and the reset pin, never to a firmware", () => {
  const { causes } = describeFinding("boot-loop", { ...CH340, bootMode: 1, resetCause: 2 });
  expect(causes).toEqual([expect.stringContaining("loose joint"), expect.stringContaining("reset pin")]);
});

test("a loop that a watchdog or an exception ends each time is put down to the firmware first", () => {
  const first = (known: Partial<Circumstances>): string =>
    describeFinding("boot-loop", { ...CH340, bootMode: 3, ...known }).causes[0]!.toString();
  expect(first({ resetCause: 4 })).toContain("firmware in its flash");
  expect(first({ resetCause: 2, exception: "Exception 28" })).toContain("firmware in its flash");
  expect(first({ resetCause: 2 })).toContain("3.3 V sags");
  expect(describeFinding("boot-loop", { ...CH340, bootMode: 3, resetCause: 4 }).causes.join()).not.toContain(
    "loose joint",
  );
});

/** Reset causes 0, 5 and 6: espressif/ESP8266_RTOS_SDK#1170, esp8266/Arduino#1363. */
test.each([
  [0, true],
  [1, false],
  [2, false],
  [3, false],
  [4, false],
  [5, true],
  [6, true],
])("nothing to start after reset cause %i: an incomplete reset is the first suspect: %s", (resetCause, incomplete) => {
  const { text, causes, nextAction } = describeFinding("no-image", { ...CH340, bootMode: 3, resetCause });
  expect(text.includes("incomplete reset")).toBe(incomplete);
  expect(causes[0]?.includes("not fully reset")).toBe(incomplete);
  expect(nextAction.startsWith("Disconnect the 3.3 V for three seconds")).toBe(incomplete);
});

test("nothing to start where no boot text was heard says nothing about the reset", () => {
  expect(describeFinding("no-image", CH340).causes.join()).not.toContain("not fully reset");
});

test("a software reset with GPIO0 at ground is the first suspect only where both were heard", () => {
  const first = (known: Partial<Circumstances>): string =>
    describeFinding("no-image", { ...CH340, ...known }).causes[0]!.toString();
  expect(first({ bootMode: 1, resetCause: 3 })).toContain("GPIO0 was at ground");
  expect(first({ bootMode: 3, resetCause: 3 })).toContain("damaged");
  expect(first({ bootMode: 1, resetCause: 2 })).toContain("damaged");
});

test("GPIO2 at ground: boot mode 2 suspects GPIO0's wire, boot mode 0 a bridge", () => {
  const first = (bootMode: number): string =>
    describeFinding("gpio2-low", { ...CH340, bootMode }).causes[0]!.toString();
  expect(first(2)).toContain("wire for GPIO0 sits on GPIO2");
  expect(first(0)).toContain("joins GPIO2 to ground");
});

test("a chip heard before is not suspected of crossed wires", () => {
  const { causes } = describeFinding("nothing", { ...CH340, heardBefore: true });
  expect(causes[0]).toContain("running silently");
  expect(causes.join()).not.toContain("crossed");
});

test("the crossing of wires is the second suspect of a silence", () => {
  expect(describeFinding("nothing", CH340).causes[1]).toContain("not crossed");
});

test("a hung firmware is suspected in flash mode only after a watchdog's reset", () => {
  const has = (resetCause: number): boolean =>
    describeFinding("flash-mode", { ...CH340, resetCause })
      .causes.join()
      .includes("hung");
  expect([2, 4].map(has)).toEqual([false, true]);
});

/** FT232R data sheet, section 5.2, and FT231X data sheet, section 5.2: 3V3OUT gives 50 mA. */
test.each([
  ["0403", "6001", 50],
  ["0403", "6015", 50],
  ["0403", "6010", undefined],
  ["1a86", "7523", undefined],
  [undefined, undefined, undefined],
])("the 3.3 V pin of %s:%s is known to give %s mA", (vendorId, productId, milliamps) => {
  expect(weakRegulatorMa({ label: "adapter", vendorId, productId } as Circumstances["adapter"])).toBe(milliamps);
});

test("what a radio takes is said beside what the pin gives", () => {
  // ESP8266EX data sheet, "Power Consumption": 170 mA while sending 802.11b at 17 dBm.
  const note = supplyNote({ label: "FTDI FT232R", vendorId: "0403", productId: "6001" });
  expect(note).toContain("gives 50 mA");
  expect(note).toContain("170 mA");
});
