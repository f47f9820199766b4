import { beforeEach, describe, expect, test } from "vitest";
import { status5, TalkingLine, WireRig } from "../../../test/support/wire-rig.ts";
import { foldConversion } from "../../core/conversion/state.ts";
import type { ByteLine } from "../ports.ts";
import { requireSafePower } from "./power-gate.ts";

const PLUG = "c44f33a1b212";
const OTHER = "c44f33000000";

let rig: WireRig;

beforeEach(() => {
  rig = new WireRig();
});

/** The code of the error, or undefined. */
async function outcome(line?: ByteLine): Promise<string | undefined> {
  const work = requireSafePower({ ...rig.ports, line }, PLUG, "set-up");
  return await rig.run(
    work.then(
      () => undefined,
      (error: { code?: string }) => error.code ?? "?",
    ),
  );
}

const wiresNoted = async (): Promise<number> =>
  (await rig.journal(PLUG)).filter(({ type }) => type === "wires-attached").length;

describe("without wires in this run", () => {
  test("a plug without wires on record is in use: no question, nothing journalled", async () => {
    expect(await outcome()).toBeUndefined();
    expect(rig.asked).toEqual([]);
    expect(await rig.journal(PLUG)).toEqual([]);
  });

  test("a plug with a complete closing list is in use", async () => {
    await rig.close(PLUG);
    expect(await outcome()).toBeUndefined();
    expect(rig.asked).toEqual([]);
  });

  test.each([
    ["no", "unsafe"],
    ["yes", undefined],
    ["perhaps", "unsafe"],
  ])("a plug with wires on record is asked about; the answer %s gives %s", async (answer, code) => {
    await rig.hear("A1", status5(PLUG));
    rig.answer = answer;
    expect(await outcome()).toBe(code);
    expect(rig.asked).toEqual(["away-from-mains"]);
    expect(rig.text).toContain("FTDI FT232R");
    expect(await rig.onRecord(PLUG)).toBe(true);
  });

  test("another plug's wires do not matter", async () => {
    await rig.hear("A1", status5(OTHER));
    expect(await outcome()).toBeUndefined();
    expect(rig.asked).toEqual([]);
  });
});

describe("with wires in this run", () => {
  test("wires are journalled once, and a plug that was never closed is not asked about", async () => {
    const line = new TalkingLine("A1");
    expect(await outcome(line)).toBeUndefined();
    expect(await wiresNoted()).toBe(1);
    expect(await outcome(line)).toBeUndefined();
    expect(await wiresNoted()).toBe(1);
    expect(rig.asked).toEqual([]);
    expect(line.sent).toEqual([]);
  });

  test("a plug recorded as closed is asked about, and its wires are journalled whatever the answer", async () => {
    await rig.close(PLUG);
    expect(await outcome(new TalkingLine("A1"))).toBe("unsafe");
    expect(rig.asked).toEqual(["away-from-mains"]);
    expect(await rig.onRecord(PLUG)).toBe(true);
    expect(foldConversion(await rig.journal(PLUG)).finished.has("close-case")).toBe(false);
  });

  test("a plug recorded as closed until this line heard it is asked about", async () => {
    await rig.close(PLUG);
    const line = new TalkingLine("A1");
    const recorded = rig.recorded(line);
    recorded.listen({ bytes: () => {} });
    line.say(status5(PLUG));
    await rig.run(recorded.settled());
    expect(await rig.onRecord(PLUG)).toBe(true);
    expect(await outcome(recorded)).toBe("unsafe");
    rig.answer = "yes";
    expect(await outcome(recorded)).toBeUndefined();
    expect(rig.asked).toEqual(["away-from-mains", "away-from-mains"]);
  });

  test("another plug heard on this line does not matter", async () => {
    await rig.close(OTHER);
    const line = new TalkingLine("A1");
    const recorded = rig.recorded(line);
    recorded.listen({ bytes: () => {} });
    line.say(status5(OTHER));
    await rig.run(recorded.settled());
    expect(await outcome(recorded)).toBeUndefined();
    expect(rig.asked).toEqual([]);
  });

  test("the plug's journal is unlocked for the next step", async () => {
    await outcome(new TalkingLine("A1"));
    await rig.close(PLUG);
    expect(foldConversion(await rig.journal(PLUG)).finished.has("close-case")).toBe(true);
  });
});

test("an abort reaches the question, and the error names the step", async () => {
  await rig.hear("A1", status5(PLUG));
  const stop = new AbortController();
  const heard: (AbortSignal | undefined)[] = [];
  const choose = (_: unknown, signal?: AbortSignal): Promise<string> => {
    heard.push(signal);
    return Promise.resolve("no");
  };
  const ports = { ...rig.ports, operator: { ...rig.operator, choose }, signal: stop.signal };
  await expect(rig.run(requireSafePower(ports, PLUG, "set-up"))).rejects.toMatchObject({
    code: "unsafe",
    step: "set-up",
    plugState: "untouched",
  });
  expect(heard).toEqual([stop.signal]);
});
