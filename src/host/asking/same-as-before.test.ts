import { expect, test } from "vitest";
import type { Defaults } from "../../engine/home/defaults.ts";
import type { Operator, OperatorChoice } from "../../engine/ports.ts";
import { offerDefaults } from "./same-as-before.ts";

const ALL: Defaults = {
  ssid: "Home",
  firmware: { kind: "file", file: "/tmp/tasmota.bin" },
  reference: { kind: "load", voltmeter: "unknown", load: 1000, loadVoltage: 230 },
  closingToolsAt: "2026-11-22T18:00:00Z",
};
const EVERYTHING = { ssid: true, firmware: true, reference: true };

/** What is offered, and what comes of the answer. `there`: whether the image's file still is. */
async function offered(remembered: Defaults, { wanted = EVERYTHING, answer = "same", there = true } = {}) {
  const asked: OperatorChoice[] = [];
  const operator = {
    choose: async (choice: OperatorChoice) => {
      asked.push(choice);
      return answer;
    },
  } as Partial<Operator> as Operator;
  const files = { stat: async () => (there ? { kind: "file" as const, size: 1, mode: undefined } : undefined) };
  const kept = await offerDefaults(operator, files, remembered, wanted, new AbortController().signal);
  return { kept, list: asked.map(({ list = [] }) => list.map(({ text }) => text.toString())) };
}

test("all that is remembered is offered in one question, which Enter accepts", async () => {
  const { kept, list } = await offered(ALL);
  expect(kept).toEqual({ ssid: ALL.ssid, firmware: ALL.firmware, reference: ALL.reference });
  expect(list).toEqual([
    [
      "Wi-Fi: Home",
      "Tasmota: the file /tmp/tasmota.bin",
      "Calibration: a multimeter (unknown) and a load of 1000 W at 230 V",
    ],
  ]);
});

test("who wants to change it is asked everything", async () => {
  expect((await offered(ALL, { answer: "change" })).kept).toEqual({});
});

test("what an option says already is not offered", async () => {
  const { kept, list } = await offered(ALL, { wanted: { ssid: false, firmware: true, reference: false } });
  expect(kept.ssid).toBeUndefined();
  expect(list).toEqual([["Tasmota: the file /tmp/tasmota.bin"]]);
});

test("a file that is gone is not offered", async () => {
  expect((await offered(ALL, { there: false })).kept.firmware).toBeUndefined();
});

test.each([{}, { closingToolsAt: "2026-11-22T18:00:00Z" }])(
  "with nothing of it remembered (%o) nothing is asked",
  async (remembered) => {
    expect(await offered(remembered)).toEqual({ kept: {}, list: [] });
  },
);
