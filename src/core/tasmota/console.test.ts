import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { memberOf } from "./answer.ts";
import { answerOfLine, type ConsoleOutput, ConsoleStream, parseLogLine } from "./console.ts";
import { eventOfLine } from "./plug-event.ts";

const FIXTURES = new URL("../../../test/fixtures/tasmota/", import.meta.url);

/** The bytes that the plug sent, from a recording ("   0.013 < 00:00:00.000 HDW: …\r\n"). */
function receivedBytes(name: string): Uint8Array {
  const bytes: number[] = [];
  for (const line of readFileSync(new URL(name, FIXTURES), "utf8").split("\n")) {
    const match = /^\s*\d+\.\d+ < (.*)$/.exec(line);
    if (match === null) continue;
    const text = match[1]!.replace(/\\(x[0-9a-f]{2}|[rnt\\])/g, (_, code: string) =>
      code.startsWith("x")
        ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
        : ({ r: "\r", n: "\n", t: "\t", "\\": "\\" }[code] ?? ""),
    );
    for (const char of text) bytes.push(char.charCodeAt(0) & 0xff);
  }
  return Uint8Array.from(bytes);
}

function outputsOf(bytes: Uint8Array, chunk = bytes.length): ConsoleOutput[] {
  const stream = new ConsoleStream();
  const outputs: ConsoleOutput[] = [];
  for (let i = 0; i < bytes.length; i += chunk) outputs.push(...stream.push(bytes.subarray(i, i + chunk)));
  return outputs;
}

function lines(outputs: readonly ConsoleOutput[]): Extract<ConsoleOutput, { kind: "line" }>[] {
  return outputs.filter((output) => output.kind === "line");
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("the console parser, over the recorded serial console", () => {
  for (const name of ["08_serial_console.serial.txt", "10_mqtt.serial.txt"]) {
    test(`gives every line of ${name} a time and a tag, and every answer a level`, () => {
      const found = lines(outputsOf(receivedBytes(name)));
      expect(found.length).toBeGreaterThan(100);
      for (const { line, answer } of found) {
        expect(line.time, JSON.stringify(line)).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
        if (line.tag === undefined) expect(line.text).toMatch(/^Project /);
        if (line.tag === "RSL" || (line.tag === "MQT" && line.text.includes(" = "))) expect(answer).toBeDefined();
        if (answer?.payload.startsWith("{")) expect(answer.answer, answer.payload).toBeDefined();
      }
    });
  }

  test("does not care how the bytes are cut into pieces", () => {
    const bytes = receivedBytes("09_improv_serial.serial.txt");
    const whole = outputsOf(bytes);
    for (const chunk of [1, 7, 64, 1000]) expect(outputsOf(bytes, chunk)).toEqual(whole);
  });

  test("finds the Improv frames between the log lines", () => {
    const frames = outputsOf(receivedBytes("09_improv_serial.serial.txt")).flatMap((output) =>
      output.kind === "improv" ? [output.frame] : [],
    );
    expect(frames[0]).toEqual({ kind: "state", state: 2 });
    expect(frames[1]).toEqual({
      kind: "result",
      command: 3,
      strings: ["Tasmota EN", "15.2.0.2", "ESP8266EX", "Tasmota"],
    });
    expect(frames).toContainEqual({ kind: "result", command: 4, strings: ["TestNet", "-55", "YES"] });
    expect(frames).toContainEqual({ kind: "result", command: 4, strings: [] });
    expect(frames).toContainEqual({ kind: "error", error: 1 });
    expect(frames).toContainEqual({ kind: "error", error: 2 });
    expect(frames).toContainEqual({ kind: "result", command: 1, strings: ["http://127.0.0.12:80"] });
  });

  test("tells what the lines mean", () => {
    const events = lines(outputsOf(receivedBytes("09_improv_serial.serial.txt"))).map(({ line }) => eventOfLine(line));
    expect(events).toContainEqual({ type: "started", deviceName: "Tasmota", version: "15.2.0.2", image: "tasmota" });
    expect(events).toContainEqual({ type: "settings-defaults" });
    expect(events).toContainEqual({ type: "settings-loaded", sector: 0xf7, saves: 5 });
    expect(events).toContainEqual({ type: "power-cycle-count", count: 1 });
    expect(events).toContainEqual({ type: "access-point-open" });
    expect(events).toContainEqual({ type: "wifi-connecting", ssid: "TestNet" });
    expect(events).toContainEqual({ type: "wifi-failed", reason: "wrong-passphrase" });
    expect(events).toContainEqual({ type: "wifi-connected" });
    expect(events).toContainEqual({ type: "web-server", hostname: "tasmota-1C1D1E-7454", address: "127.0.0.12" });
    expect(events).toContainEqual({ type: "restarting" });
  });
});

describe("the console parser", () => {
  test("starts over at the time stamp when boot ROM garbage runs into a line", () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x8c, 0x49, ...text("00:00:00.001 HDW: ESP8285N08\r\n")]);
    expect(lines(outputsOf(bytes))[0]?.line).toEqual({ time: "00:00:00.001", tag: "HDW", text: "ESP8285N08" });
  });

  test("reads lines of version 9, without milliseconds, and with the heap in the stamp", () => {
    expect(parseLogLine("00:16:22 CMD: Status 2")).toEqual({ time: "00:16:22", tag: "CMD", text: "Status 2" });
    expect(parseLogLine("00:00:00.012-026 CFG: Use defaults")).toEqual({
      time: "00:00:00.012",
      tag: "CFG",
      text: "Use defaults",
    });
  });

  test("reads answers with and without a broker, retained or not", () => {
    const result = answerOfLine(parseLogLine('10:00:00.000 MQT: stat/plug_10/RESULT = {"POWER":"ON"} (retained)'));
    expect(result?.level).toBe("RESULT");
    expect(result?.payload).toBe('{"POWER":"ON"}');
    expect(memberOf(result!.answer!, "power")).toBe("ON");
    const plain = answerOfLine(parseLogLine("10:00:00.000 RSL: POWER = ON"));
    expect(plain).toEqual({ level: "POWER", payload: "ON", answer: undefined });
    expect(answerOfLine(parseLogLine("10:00:00.000 WIF: Connected"))).toBeUndefined();
  });

  test("keeps a value that holds the words of the format", () => {
    const line = parseLogLine('00:00:01.000 RSL: RESULT = {"SSId1":"a = b (retained)"}');
    expect(memberOf(answerOfLine(line)!.answer!, "SSId1")).toBe("a = b (retained)");
  });

  test("shows a damaged Improv frame as a line instead of swallowing what follows", () => {
    const bytes = [...text("IMPROV"), 1, 1, 1, 2, 0x00, 0x0a, ...text("00:00:01.000 WIF: Connected\r\n")];
    const found = lines(outputsOf(Uint8Array.from(bytes)));
    expect(found.at(-1)?.line.text).toBe("Connected");
  });
});

test.each([
  ["WIF: Connect failed as AP cannot be reached", "network-not-found"],
  ["WIF: Connect failed", "wrong-passphrase"],
  ["WIF: Connect failed with AP timeout", "no-answer-from-router"],
  ["WIF: Connect failed as no IP address received", "no-address"],
])("%s is understood", (line, reason) => {
  expect(eventOfLine(parseLogLine(`00:00:05.000 ${line}`))).toEqual({ type: "wifi-failed", reason });
});
