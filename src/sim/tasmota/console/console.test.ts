import { expect, test } from "vitest";
import { TestBoard } from "../../../../test/support/tasmota-host.ts";
import { tasmotaWithoutRadio } from "../../../../test/support/tasmota-without-radio.ts";
import type { Firmware } from "../firmware.ts";

function started(): TestBoard {
  const board = new TestBoard({ model: tasmotaWithoutRadio() });
  board.powerOn();
  board.run(5);
  board.heard = "";
  return board;
}

/** What the console says to what is typed, without time stamps. */
function ask(board: TestBoard, text: string | Uint8Array, seconds = 0.6): string[] {
  board.heard = "";
  board.type(text);
  board.run(seconds);
  return board.heard
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/^\S+ /, ""));
}

test("a line of 799 characters is a command, one more is an overrun and nothing is done", () => {
  const board = started();
  const command = (length: number): string => `Mem1 ${"x".repeat(length - 5)}`;
  expect(ask(board, `${command(799)}\n`)[0]).toBe(`CMD: ${command(799)}`);
  ask(board, "Mem1 kept\n");
  expect(ask(board, `${command(800)}\n`)).toEqual(["CMD: Serial buffer overrun"]);
  expect(ask(board, "Mem1\n")[1]).toBe('RSL: RESULT = {"Mem1":"kept"}');
});

test("a byte over 127 throws away what was typed before it", () => {
  const board = started();
  expect(ask(board, new TextEncoder().encode("Mem1 Küche\n"))).toEqual([
    "CMD: che",
    'RSL: RESULT = {"Command":"Unknown","Input":"CHE"}',
  ]);
});

test("a carriage return alone does not end a line", () => {
  const board = started();
  expect(ask(board, "Power\r")).toEqual([]);
  expect(ask(board, "\n")[0]).toBe("CMD: Power");
});

test("SerialLog 0 is answered by silence, and the next command is answered again", () => {
  const board = started();
  expect(ask(board, "SerialLog 0\n")).toEqual(["CMD: SerialLog 0"]);
  expect(ask(board, "Sleep\n")).toEqual(["CMD: Sleep", 'RSL: RESULT = {"Sleep":{"50":{"Active":"50"}}}']);
});

test("after ten minutes the console falls silent until somebody types", () => {
  const board = started();
  board.run(600);
  expect(board.heard).toContain("APP: Serial logging disabled");
  board.heard = "";
  board.run(60);
  expect(board.heard).toBe("");
  expect(ask(board, "Power\n")).toHaveLength(3);
});

test("bytes that arrive faster than a flash write lets them be read are lost with an overrun", () => {
  const board = started();
  ask(board, "Mem1 a\n", 0.01);
  const firmware = board.running as Firmware;
  while (!firmware.store.busy) board.run(0.001);
  const answer = ask(board, `Mem2 ${"y".repeat(700)}\n`);
  expect(answer).toEqual(["CMD: Serial buffer overrun"]);
});

test("a Backlog's steps come 200 ms apart, Backlog0's at once, and Reset has no place in it", () => {
  const board = started();
  ask(board, "Backlog Mem1 1;Mem2 2; Reset 1 ;Mem3 {a;b}\n", 0.3);
  expect(board.heard).toContain('{"Mem2":"2"}');
  expect(board.heard).not.toContain('Mem3":');
  board.run(0.3);
  expect(board.heard).toContain('{"Mem3":"{a;b}"}');
  board.run(5);
  expect(board.heard).not.toContain('{"Reset"');
  ask(board, "Backlog0 Mem1 x;Mem2 y;Mem3 z\n", 0.02);
  expect(board.heard).toContain('{"Mem3":"z"}');
});

test("an Improv frame is answered with no log line inside it", () => {
  const board = started();
  const frame = [0x49, 0x4d, 0x50, 0x52, 0x4f, 0x56, 1, 3, 2, 2, 0, 0xe5, 0x0a];
  ask(board, Uint8Array.from(frame));
  expect(board.heard).toBe("IMPROV\x01\x01\x01\x02\xe2\n");
});
