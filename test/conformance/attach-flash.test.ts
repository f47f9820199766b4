/**
 * plugsmith's own loader on a chip whose flash is not attached: a flasher that forgets to attach it sees no flash here, as
 * on a real ESP8266 (esptool 5.3, test/test_esptool.py, test_attach_flash).
 */
import { expect, test } from "vitest";
import { REGISTERS } from "../../src/core/loader/tables.ts";
import { ChipLink } from "../../src/engine/link/chip-link.ts";
import { connect } from "../../src/engine/link/connect.ts";
import { FramePort } from "../../src/engine/link/frame-port.ts";
import { readFlashId } from "../../src/engine/link/identify.ts";
import { startStub } from "../../src/engine/link/stub.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { recorded } from "../support/recorded.ts";

async function onRom<T>(work: (link: ChipLink) => Promise<T>): Promise<T> {
  const clock = new SimClock();
  const bench = createBench({ clock, gpio0Grounded: true });
  const link = new ChipLink(new FramePort(recorded(bench.line, clock), clock.port(), undefined), () => {});
  const whole = async (): Promise<T> => {
    await connect(link, { patienceMs: 5000, resetWires: false });
    return work(link);
  };
  return clock.complete(drain, whole());
}

const GD25Q80 = { flashId: 0x1440c8, flashMaker: "GigaDevice", flashSize: 0x100000 };

test("the flash id is read through the ROM and through a stub, which attach the flash if needed", async () => {
  expect(await onRom(readFlashId)).toEqual(GD25Q80);
  expect(
    await onRom(async (link) => {
      await startStub(link);
      return readFlashId(link);
    }),
  ).toEqual(GD25Q80);
});

test("a loader that takes the ROM for a stub and does not attach the flash reads no flash id", async () => {
  const error = await onRom(async (link) => {
    link.answering = "our-stub";
    return readFlashId(link);
  }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "flash-protected", message: expect.stringContaining("0xffffff") });
});

test("reading the flash id leaves the controller's registers unchanged", async () => {
  const registers = await onRom(async (link) => {
    await readFlashId(link);
    return [await link.readReg(REGISTERS.spiUser), await link.readReg(REGISTERS.spiUser2)];
  });
  expect(registers).toEqual([0x80000044, 0x70000000]);
});
