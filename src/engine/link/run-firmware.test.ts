import { expect, test } from "vitest";
import { replyFrame, type ScriptedStub, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { startFirmware } from "./run-firmware.ts";

const ROM_SYNC = { value: 0x20120707 };

interface FirmwareRig extends StubRig {
  readonly stub: ScriptedStub & { readonly happened: string[] };
}

/**
 * A chip that goes from one program to the next: the first runs now, the next after each reset. A SYNC to the firmware
 * stays without an answer.
 */
function rig(programs: readonly ("stub" | "rom" | "firmware")[], wires = false): FirmwareRig {
  const made = stubRig();
  const happened: string[] = [];
  const stub = Object.assign(made.stub, { happened });
  let runs = 0;
  const note = (what: string): void => void happened.push(`${Math.round(stub.clock.now / 1000)} ${what}`);
  if (wires) Object.assign(stub, { can: { baud: true, controlLines: true } });
  stub.setControlLines = ((lines: { dtr?: boolean; rts?: boolean }) => {
    note(JSON.stringify(lines));
    if (lines.rts === false) runs++;
    return Promise.resolve();
  }) as typeof stub.setControlLines;
  const setBaud = stub.setBaud.bind(stub);
  stub.setBaud = (baud) => {
    note(`${baud} baud`);
    return setBaud(baud);
  };
  stub.script = (name, frame) => {
    if (name === "sync") {
      if (programs[runs] === "rom") stub.say(replyFrame("sync", ROM_SYNC));
      return programs[runs] !== "stub";
    }
    const fields = Array.from(
      { length: (frame.length - 8) / 4 },
      (_, i) => `0x${u32le(frame, 8 + 4 * i).toString(16)}`,
    );
    note(`${name} ${fields.join(" ")}`);
    if (name !== "writeReg") return false;
    runs++;
    return true;
  };
  return { ...made, stub };
}

/** RTC control register, its bit for a software reset, the mask, and no delay (esptool, stub for the ESP8266). */
const SOFT_RESET = "writeReg 0x60000700 0x80000000 0x80000000 0x0";
/** FLASH_BEGIN of 0 bytes and FLASH_END that leaves the loader (esptool, loader.py, soft_reset). */
const LEAVE = ["flashBegin 0x0 0x0 0x0 0x0", "flashEnd 0x0"];

const acts = ({ happened }: { readonly happened: readonly string[] }): string[] =>
  happened.map((each) => each.slice(each.indexOf(" ") + 1));

test("a stub resets its chip, and a firmware that then runs is left alone", async () => {
  const { stub, link, run } = rig(["stub", "firmware"]);
  stub.baud = 460_800;
  await run(startFirmware(link, false));
  // The ROM's boot text takes some 10 ms and the start of a firmware longer: the rate goes back after 150 ms.
  expect(stub.happened).toEqual([`0 ${SOFT_RESET}`, "150 115200 baud"]);
  expect(stub.clock.now / 1000).toBe(150 + 3 * 100);
});

test("where the reset ends in the ROM, the ROM starts what is in flash", async () => {
  const { stub, link, run } = rig(["stub", "rom"]);
  await run(startFirmware(link, false));
  expect(acts(stub)).toEqual([SOFT_RESET, "115200 baud", ...LEAVE]);
  expect(link.answering).toBe("rom");
});

test("a line without rates keeps the one it has", async () => {
  const { stub, link, run } = rig(["stub", "firmware"]);
  Object.assign(stub, { can: { baud: false, controlLines: false } });
  await run(startFirmware(link, false));
  expect(acts(stub)).toEqual([SOFT_RESET]);
});

test("the ROM's loader is left without a reset", async () => {
  const { stub, link, run } = rig(["rom"]);
  await run(startFirmware(link, false));
  expect(acts(stub)).toEqual(LEAVE);
});

test("reset wires hold EN low for 100 ms with GPIO0 free, and nothing more is sent to the firmware that follows", async () => {
  const { stub, link, run } = rig(["stub", "firmware"], true);
  await run(startFirmware(link, true));
  expect(stub.happened).toEqual(['0 {"dtr":false,"rts":true}', '100 {"rts":false}']);
  // 150 ms for the boot text, then three calls of 100 ms each.
  expect(stub.clock.now / 1000).toBe(100 + 150 + 3 * 100);
});

test.each([
  ["are there and not allowed", true, false],
  ["are allowed and not there", false, true],
])("reset wires that %s are not used", async (_, wires, allowed) => {
  const { stub, link, run } = rig(["firmware"], wires);
  await run(startFirmware(link, allowed));
  expect(stub.happened).toEqual([]);
});

test("the ROM's first calls may be lost in its search for the rate", async () => {
  for (const lost of [1, 2, 3]) {
    const { stub, link, run } = rig(["rom"]);
    stub.lost.push(...Array<"sync">(lost).fill("sync"));
    await run(startFirmware(link, false));
    expect(acts(stub), `${lost} lost`).toEqual(lost < 3 ? LEAVE : []);
  }
});

test("a stub that still runs after its reset is an error that says how to start the plug", async () => {
  const { link, run } = rig(["stub", "stub"]);
  await expect(run(startFirmware(link, false))).rejects.toMatchObject({ code: "stub-failed", step: "finish" });
});
