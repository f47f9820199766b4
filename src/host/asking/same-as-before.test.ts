import { expect, test } from "vitest";
import type { Defaults } from "../../engine/home/defaults.ts";
import type { Operator, OperatorChoice, OperatorProvision } from "../../engine/ports.ts";
import { offerDefaults } from "./same-as-before.ts";

const ALL: Defaults = {
  ssid: "Home",
  firmware: { kind: "file", file: "/tmp/tasmota.bin" },
  reference: { kind: "load", voltmeter: "unknown", load: 1000, loadVoltage: 230 },
  macPrefix: "5ccf7f",
};
const EVERYTHING = { ssid: true, passphrase: false, firmware: true, reference: true };

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
  const { kept } = await offerDefaults(operator, files, remembered, wanted, new AbortController().signal);
  return { kept, list: asked.map(({ list = [] }) => list.map(({ text }) => text.toString())) };
}

test("all that is remembered is offered in one question, which Enter accepts", async () => {
  const { kept, list } = await offered(ALL);
  expect(kept).toEqual(ALL);
  expect(list).toEqual([
    [
      "Wi-Fi: Home",
      "Tasmota: the file /tmp/tasmota.bin",
      "Calibration: a multimeter (unknown) and a load of 1000 W at 230 V",
      "MAC address: begins with 5C:CF:7F, as the last plug's",
    ],
  ]);
});

test("who wants to change it is asked everything", async () => {
  expect((await offered(ALL, { answer: "change" })).kept).toEqual({});
});

test("what an option says already is not offered", async () => {
  const { kept, list } = await offered(ALL, {
    wanted: { ssid: false, passphrase: true, firmware: true, reference: false },
  });
  expect(kept.ssid).toBeUndefined();
  expect(list[0]![0]).toBe("Tasmota: the file /tmp/tasmota.bin");
});

test("a file that is gone is not offered", async () => {
  expect((await offered(ALL, { there: false })).kept.firmware).toBeUndefined();
});

test("with nothing of it remembered nothing is asked", async () => {
  expect(await offered({})).toEqual({ kept: {}, list: [] });
});

/** Where the network's passphrase has to be typed. */
async function typed(remembered: Defaults, ...answers: string[]) {
  const asked: OperatorProvision[] = [];
  const operator = {
    provide: async (what: OperatorProvision) => {
      asked.push(what);
      return answers.shift()!;
    },
    choose: async ({ options }: OperatorChoice) => options[0]!.id,
  } as Partial<Operator> as Operator;
  const files = { stat: async () => ({ kind: "file" as const, size: 1, mode: undefined }) };
  const wanted = { ...EVERYTHING, passphrase: true };
  return { asked, reused: await offerDefaults(operator, files, remembered, wanted, new AbortController().signal) };
}

test("the passphrase is the answer where the network needs one: it is asked for once, hidden, with the list", async () => {
  const { asked, reused } = await typed(ALL, "a good passphrase");
  expect(reused).toEqual({ kept: ALL, passphrase: "a good passphrase" });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ id: "passphrase", secret: true });
  expect(asked[0]!.list).toHaveLength(4);
});

test("a passphrase that cannot be is asked for again with the reason, and Enter alone changes everything", async () => {
  const { asked, reused } = await typed(ALL, "short", "");
  expect(asked[1]!.text).toMatch(/5 .*8 to 63/);
  expect(reused).toEqual({ kept: {}, passphrase: undefined });
});

test("a network without a passphrase is taken as a whole, without typing anything", async () => {
  const { asked, reused } = await typed({ ...ALL, open: true });
  expect(asked).toEqual([]);
  expect(reused).toMatchObject({ kept: { ssid: "Home" }, passphrase: "" });
});

test("a MAC address that was not looked up is said to be so", async () => {
  const { asked } = await typed({ ssid: "Home", firmware: { kind: "latest" }, macPrefix: "" }, "a good passphrase");
  expect(asked[0]!.list!.at(-1)!.text).toMatch(/not looked up/);
});
