import { describe, expect, test } from "vitest";
import type { JobEvent } from "../../core/events.ts";
import { asText, say } from "../../core/text/text.ts";
import { row } from "./answer.ts";
import { columnsOf } from "./columns.ts";
import { FakeTerminal } from "./fake-terminal.test-support.ts";
import { HumanRenderer } from "./human-renderer.ts";
import { styleOf } from "./terminal.ts";

const MIB = 1024 * 1024;

const reading = (power: number, steadiness: string): JobEvent => ({
  type: "meter",
  voltage: 231.2,
  current: 0.26,
  power,
  factor: 1,
  steadiness: asText(steadiness),
  drift: 0.001,
  noise: 0.001,
});

const JOB: JobEvent[] = [
  { type: "job-started", job: "backup", version: 1, at: "2026-01-01T00:00:00.000Z" },
  { type: "step-started", step: "connect", title: say`connect` },
  {
    type: "hearing",
    finding: "silence",
    text: say`Nothing at all comes from the chip.`,
    nextAction: say`Check power and ground, and that GPIO0 was held low while the plug got its power.`,
    causes: [
      say`the plug has no 3.3 V`,
      say`RX and TX are not crossed`,
      say`the wire from the chip's TX, or ground, is open`,
    ],
    visibility: say`The chip says how it started in its first tenth of a second, which may be over.`,
  },
  { type: "step-finished", step: "connect", durationMs: 1_234, summary: say`download mode at 115200 baud` },
  { type: "step-started", step: "back-up", title: say`back up` },
  { type: "fact", name: "baud", value: 460_800 },
  { type: "fact", name: "adapter", value: say`CH340` },
  { type: "progress", step: "back-up", done: 0, total: MIB, rate: 0, leftMs: undefined },
  { type: "progress", step: "back-up", done: 0.3 * MIB, total: MIB, rate: 42_190, leftMs: 17_400 },
  { type: "retry", step: "back-up", attempt: 2, reason: say`a block was lost on the way` },
  { type: "progress", step: "back-up", done: 0.9 * MIB, total: MIB, rate: 42_190, leftMs: 2_400 },
  { type: "progress", step: "back-up", done: MIB, total: MIB, rate: 42_190, leftMs: 0 },
  { type: "step-finished", step: "back-up", durationMs: 75_000, summary: say`1 MiB, proven by the chip's MD5` },
  { type: "notice", level: "warning", text: say`The supply sags.` },
  reading(59.9, "settling"),
  reading(60.02, "settling"),
  reading(60.1, "steady"),
];

const FAILURE: JobEvent = {
  type: "result",
  ok: false,
  job: "backup",
  durationMs: 1,
  error: {
    code: "no-sync",
    message: say`The boot ROM never answered.`,
    step: "connect",
    plugState: say`untouched`,
    nextStep: say`Hold GPIO0 to ground, pull the adapter out and plug it in again, then let plugsmith try once more.`,
  },
};

function show(terminal: FakeTerminal, events: readonly JobEvent[], plain = false): FakeTerminal {
  let now = 0;
  const renderer = new HumanRenderer(terminal, styleOf(terminal, plain), () => (now += 100));
  for (const event of events) renderer.event(event);
  return terminal;
}

describe("a job on a terminal", () => {
  test.each([80, 120, 40])("every line fits %i columns", (columns) => {
    const terminal = show(new FakeTerminal({ tty: true, columns }), [...JOB, FAILURE]);
    for (const line of terminal.drawn()) expect(line.length, line).toBeLessThan(columns);
  });

  test("a restarted transfer reports its quarters again; a repeated block does not", () => {
    const terminal = new FakeTerminal();
    const renderer = new HumanRenderer(terminal, styleOf(terminal, false), () => 0);
    renderer.event({ type: "step-started", step: "upgrade", title: say`Send it` });
    for (const percent of [0, 30, 31, 60, 2, 55]) {
      renderer.event({ type: "retry", step: "upgrade", attempt: 2, reason: say`again` });
      renderer.event({ type: "progress", step: "upgrade", done: percent, total: 100, rate: 0, leftMs: undefined });
    }
    expect(terminal.stderr.match(/\d+ percent/g)).toEqual(["30 percent", "60 percent", "55 percent"]);
  });

  test("the progress bar shows percent, rate and time left, and drops what does not fit", () => {
    const wide = show(new FakeTerminal({ tty: true, columns: 80 }), JOB).drawn();
    expect(wide).toContain("..      back up  [###-------]  30 %  41.2 KiB/s    18 s left   307 KiB of 1 MiB");
    const narrow = show(new FakeTerminal({ tty: true, columns: 44 }), JOB).drawn();
    expect(narrow.find((line) => line.includes("30 %"))).toMatch(/^\.\. {6}back up {2}\[#+-+\] {2}30 %$/);
  });

  test.each([
    ["バックアップ", "完了しました"],
    ["Sauvegarde e\u0301crite", "fini e\u0301gal"],
    ["🔌 Einstecken 👩‍🔧", "✅ fertig"],
  ])("a step called %j stays within every terminal, and its time keeps its column", (title, summary) => {
    for (const columns of [40, 60, 80]) {
      const lines = show(new FakeTerminal({ tty: true, columns }), [
        { type: "step-started", step: "back-up", title: asText(title) },
        { type: "progress", step: "back-up", done: 0.3 * MIB, total: MIB, rate: 42_190, leftMs: 17_400 },
        { type: "notice", level: "info", text: asText(`${title} ${summary} `.repeat(5)) },
        { type: "step-finished", step: "back-up", durationMs: 75_000, summary: asText(summary) },
      ]).drawn();
      for (const line of lines) expect(columnsOf(line), line).toBeLessThan(columns);
      const timed = lines.filter((line) => line.startsWith("ok "));
      expect(timed.map(columnsOf), timed.join()).toEqual([columns - 1]);
    }
  });

  test.each([80, 120])("the bar keeps its place from the first line to the last at %i columns", (columns) => {
    const amounts = [0, 900, 10_000, 99_999, 500_000, MIB];
    const rates = [0, 900, 11_000, 131_072, 1_000_000, 50_000];
    const left = [undefined, 4_000_000, 600_000, 61_000, 59_000, 0];
    const lines = show(new FakeTerminal({ tty: true, columns }), [
      { type: "step-started", step: "back-up", title: say`Back up the whole flash` },
      ...amounts.map(
        (done, i): JobEvent => ({
          type: "progress",
          step: "back-up",
          done,
          total: MIB,
          rate: rates[i]!,
          leftMs: left[i],
        }),
      ),
    ]).drawn();
    const bars = lines.filter((line) => line.includes("["));
    expect(bars).toHaveLength(amounts.length);
    expect(new Set(bars.map((line) => `${line.indexOf("[")} ${line.indexOf("]")}`)).size, bars.join("\n")).toBe(1);
    for (const line of bars) expect(line.length).toBeLessThan(columns);
  });

  test("the pending step is redrawn after other output until it ends", () => {
    const [, start, hears] = JOB;
    const waiting = show(new FakeTerminal({ tty: true }), [start!, hears!, JOB.at(-4)!]).drawn();
    expect(waiting.at(-1)).toBe("..      connect …");
    expect(waiting.at(-2)).toBe("warn    The supply sags.");
    const ended = show(new FakeTerminal({ tty: true }), [start!, hears!, JOB[3]!, JOB.at(-4)!]).drawn();
    expect(ended.at(-1)).toBe("warn    The supply sags.");
  });

  test("the pending step is redrawn after a question, and its title stays above the question", () => {
    const terminal = new FakeTerminal({ tty: true });
    const renderer = new HumanRenderer(terminal, styleOf(terminal, false), () => 0);
    renderer.event({ type: "step-started", step: "boot", title: say`First cold start` });
    renderer.beforeQuestion();
    terminal.err("do      Pull the adapter out.\n");
    renderer.afterQuestion();
    expect(terminal.drawn().slice(1)).toEqual([
      "..      First cold start",
      "do      Pull the adapter out.",
      "..      First cold start …",
    ]);
    expect(terminal.stderr).toMatch(/First cold start …$/);
  });

  test("facts are shown in words with units, and a path on a line of its own", () => {
    const path = `/home/maker/.local/share/plugsmith/plugs/c44f33318b50/backups/2026-01-01T00-01-42.975Z/original.bin`;
    const facts: readonly [string, string | number][] = [
      ["flashSize", MIB],
      ["crystalMhz", 26],
      ["backup", path],
      ["VoltageCal", 1889],
      ["signal", -55],
      ["hostname", "tasmota-318B50-2896"],
      ["name", "Tasmota"],
    ];
    const events = facts.map(([name, value]): JobEvent => ({ type: "fact", name, value }));
    expect(show(new FakeTerminal(), [...events, JOB.at(-4)!]).drawn()).toEqual([
      "        flash: 1 MiB, crystal: 26 MHz",
      "        backup:",
      `        ${path}`,
      "        VoltageCal: 1889, signal: -55 dBm, hostname: tasmota-318B50-2896,",
      "        name: Tasmota",
      "warn    The supply sags.",
    ]);
  });

  test("a long meter line drops the power factor first", () => {
    const long = "too restless: something in the load is switching";
    const [line] = show(new FakeTerminal({ tty: true, columns: 80 }), [reading(959.8, long)]).drawn();
    expect(line).toBe(`..      231.2 V, 0.260 A, 959.8 W: ${long}`.slice(0, 79));
    expect(show(new FakeTerminal({ tty: true, columns: 120 }), [reading(959.8, long)]).drawn()[0]).toContain(
      `power factor 1.00: ${long}`,
    );
  });

  test("an answer is wrapped at words on a terminal; tables and file contents are not", () => {
    const long = "This was a virtual plug, and a stand-in for its firmware; nothing real was touched at all.";
    const table = `/dev/ttyUSB0  FTDI FT232R  0403:6001  serial A50285BI  USB 1-2.3.4  and so on until here`;
    const rows = [row("Well", long), row("Version", "9.5")];
    const answer = (tty: boolean): string => {
      const terminal = new FakeTerminal({ tty, columns: 80 });
      new HumanRenderer(terminal, styleOf(terminal, false), () => 0).answer([asText(long), asText(table), ...rows]);
      return terminal.stdout;
    };
    const folded = long.replace(" touched", "\ntouched");
    const cell = long.replace(" was touched", `\n${" ".repeat(9)}was touched`);
    expect(answer(true)).toBe(`${folded}\n${table}\nWell     ${cell}\nVersion  9.5\n`);
    expect(answer(false)).toBe(`${long}\n${table}\nWell     ${long}\nVersion  9.5\n`);
  });

  test("a finished step has its time at the right, virtual and real where both are known, and its outcome below", () => {
    const step: JobEvent = {
      type: "step-finished",
      step: "back-up",
      durationMs: 17_000,
      summary: say`sealed`,
      computerMs: 900,
    };
    expect(show(new FakeTerminal({ tty: true, columns: 60 }), [step]).drawn()).toEqual([
      `ok      back up${"17 s (here 0.9 s)".padStart(59 - 15)}`,
      "        sealed",
    ]);
  });

  test("an error shows what happened, the plug's state, the next step and the code", () => {
    const lines = show(new FakeTerminal({ tty: true }), [FAILURE]).drawn();
    expect(lines).toEqual([
      "FAILED  connect: The boot ROM never answered.",
      "        The plug: untouched",
      "        Next: Hold GPIO0 to ground, pull the adapter out and plug it in again,",
      "        then let plugsmith try once more.",
      "        Code: no-sync, exit code 20",
    ]);
  });

  test("mains on the wires is one line without pending facts", () => {
    const danger: JobEvent = {
      type: "result",
      ok: false,
      job: "status",
      durationMs: 1,
      error: {
        code: "mains-on-wires",
        message: say`MAINS ON THE WIRES (231 V): touch nothing, switch the mains off.`,
        step: "boot",
        plugState: say`live`,
        nextStep: say`Switch the socket off.`,
      },
    };
    const fact: JobEvent = { type: "fact", name: "baud", value: 115_200 };
    expect(show(new FakeTerminal({ tty: true }), [fact, danger]).drawn()).toEqual([
      "DANGER  MAINS ON THE WIRES (231 V): touch nothing, switch the mains off.",
    ]);
  });

  test("output is coloured on a terminal, not with NO_COLOR, and has the same words either way", () => {
    const coloured = show(new FakeTerminal({ tty: true }), [...JOB, FAILURE]);
    const grey = show(new FakeTerminal({ tty: true, env: { NO_COLOR: "1" } }), [...JOB, FAILURE]);
    expect(coloured.hasColour()).toBe(true);
    expect(grey.hasColour()).toBe(false);
    expect(grey.drawn()).toEqual(coloured.drawn());
  });

  test("control characters from outside never reach the terminal", () => {
    const evil: JobEvent = { type: "notice", level: "info", text: asText("a\u001b[2Jb\u0007") };
    expect(show(new FakeTerminal({ tty: true }), [evil]).drawn()).toEqual(["note    a\\x1b[2Jb\\x07"]);
  });
});

describe("a job in a log, on a dumb terminal, or read aloud", () => {
  const expected = [
    "..      connect",
    "hears   Nothing at all comes from the chip.",
    "        Likely: 1. the plug has no 3.3 V; 2. RX and TX are not crossed; 3. the",
    "        wire from the chip's TX, or ground, is open",
    "        Next: Check power and ground, and that GPIO0 was held low while the",
    "        plug got its power.",
    "        Note: The chip says how it started in its first tenth of a second,",
    "        which may be over.",
    "ok      connect: download mode at 115200 baud, 1.2 s",
    "..      back up",
    "        rate: 460800 baud, adapter: CH340",
    "..      back up: 30 percent, 307 KiB of 1 MiB, 41.2 KiB/s, 18 s left",
    "again   back up: a block was lost on the way (attempt 2)",
    "..      back up: 90 percent, 922 KiB of 1 MiB, 41.2 KiB/s, 3 s left",
    "ok      back up: 1 MiB, proven by the chip's MD5, 1 min 15 s",
    "warn    The supply sags.",
    "..      231.2 V, 0.260 A, 59.9 W, power factor 1.00: settling",
    "..      231.2 V, 0.260 A, 60.1 W, power factor 1.00: steady",
  ];

  test("a log or dumb terminal gets plain lines without redrawing or colour, and progress at each quarter", () => {
    const log = show(new FakeTerminal(), JOB);
    expect(log.stderr).toBe(`${expected.join("\n")}\n`);
    expect(show(new FakeTerminal({ tty: true }), JOB, true).stderr).toBe(log.stderr);
    expect(show(new FakeTerminal({ tty: true, env: { TERM: "dumb" } }), JOB).stderr).toBe(log.stderr);
  });
});
