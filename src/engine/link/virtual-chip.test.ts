/** The engine's link to a plug whose emulated chip executes Espressif's own stub: connecting, rates, streams, restarting. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { flashWith, SECTOR, SessionRig, SMALL_FLASH } from "../../../test/support/session-rig.ts";
import type { JobEvent } from "../../core/events.ts";
import type { AdapterOptions, BenchOptions } from "../../sim/bench/contract.ts";
import { RATES, returnToBase, stepBaud } from "./baud.ts";
import { ChipLink } from "./chip-link.ts";
import { type ConnectOptions, connect } from "./connect.ts";
import { flashMd5s } from "./digest-stream.ts";
import { readCoreIdentity, readFlashId } from "./identify.ts";
import { readFlash, readFlashOnce } from "./read-stream.ts";
import { moveRom, stepRom } from "./rom-baud.ts";
import { startFirmware } from "./run-firmware.ts";
import { isOurStub, startStub } from "./stub.ts";
import { isRate, rateOnWire } from "./wire-rate.ts";
import { writeRun } from "./write-stream.ts";

const FLASH = flashWith([0, 1, 2, 5, 40]);
const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

class Rig extends SessionRig {
  readonly told: JobEvent[] = [];
  link = this.newLink();

  newLink(): ChipLink {
    return new ChipLink(this.framePort(), (event) => this.told.push(event));
  }

  get baud(): number {
    return this.link.port.line.baud;
  }

  /** Virtual ms that the work takes. */
  async timed(work: Promise<unknown>): Promise<number> {
    const began = this.clock.now;
    await this.run(work).catch(() => undefined);
    return (this.clock.now - began) / 1000;
  }

  connect(options: Partial<ConnectOptions> = {}): Promise<void> {
    return this.run(connect(this.link, { patienceMs: 15_000, resetWires: false, ...options }));
  }

  get findings(): string[] {
    return this.told.flatMap((event) => (event.type === "hearing" ? [event.finding] : []));
  }
}

const rig = (options: Partial<BenchOptions> = {}): Rig => new Rig({ flash: FLASH.slice(), ...options });
const withAdapter = (adapter: AdapterOptions): Rig => rig({ adapter });

async function atRom(made = rig()): Promise<Rig> {
  await made.connect();
  return made;
}

async function atStub(made = rig()): Promise<Rig> {
  await made.connect();
  await made.run(startStub(made.link));
  return made;
}

describe("connecting", () => {
  test("the boot ROM is found and brought to 115200 baud, and its boot text is understood on the way", async () => {
    const { link, baud, findings } = await atRom();
    expect(link.answering).toBe("rom");
    expect(baud).toBe(115_200);
    expect(findings).toEqual(["download-mode"]);
  });

  test("a chip whose efuses and flash are known is told as what it is", async () => {
    const made = await atRom(rig({ mac: Uint8Array.of(0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12) }));
    expect(await made.run(readCoreIdentity(made.link))).toMatchObject({
      chip: "ESP8285",
      variant: "ESP8285N08",
      mac: "c4:4f:33:a1:b2:12",
      plug: "c44f33a1b212",
      crystalMhz: 26,
    });
    // GD25Q20: C8h 40h 12h, 256 KiB.
    expect(await made.run(readFlashId(made.link))).toEqual({
      flashId: 0x1240c8,
      flashMaker: "GigaDevice",
      flashSize: 0x40000,
    });
    await made.run(startStub(made.link));
    expect(await made.run(readFlashId(made.link))).toMatchObject({ flashId: 0x1240c8 });
    expect(made.told.filter(({ type }) => type === "retry")).toEqual([]);
  });

  test.each([115_200, 230_400, 921_600])("a stub left at %i baud is found there", async (rate) => {
    const made = await atStub();
    expect(await made.run(stepBaud(made.link, rate, 26))).toBe(true);
    await made.run(made.link.port.line.setBaud(9600));
    made.link = made.newLink();
    await made.connect();
    expect(made.link.answering).toBe("our-stub");
    expect(made.baud).toBe(rate);
  });

  test("a stub whose code is not ours is another tool's", async () => {
    const made = await atStub();
    // The first word of the code that plugsmith put there.
    const { text_start: at } = (
      await import("esptool-js/lib/targets/stub_flasher/esp8266.json", { with: { type: "json" } })
    ).default;
    expect(await made.run(isOurStub(made.link))).toBe(true);
    const word = await made.run(made.link.readReg(at));
    await made.run(made.link.writeReg(at, word ^ 1));
    expect(await made.run(isOurStub(made.link))).toBe(false);
    made.link = made.newLink();
    await made.connect();
    expect(made.link.answering).toBe("other-stub");
  });

  test("without a plug in download mode patience ends to the second, with what was heard and what to do", async () => {
    const made = rig({ gpio0Grounded: false, wiring: { chipTx: "open" } });
    const took = await made.timed(connect(made.link, { patienceMs: 9000, resetWires: false }));
    expect(took).toBeGreaterThanOrEqual(9000);
    expect(took).toBeLessThan(9500);
    made.link = made.newLink();
    const error: unknown = await made.connect({ patienceMs: 9000 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "no-sync",
      step: "connect",
      plugState: "untouched",
      message: expect.stringMatching(/^Neither the boot ROM nor a stub answered\. Last signal from the chip: No/),
      nextStep: expect.stringMatching(/Then try again\.$/),
    });
    expect(made.findings).toEqual(["nothing", "nothing"]);
    expect(made.link.port.onRaw).toBeUndefined();
  });

  test("patience that ends at once says what is needed, with nothing heard yet", async () => {
    const made = rig({ gpio0Grounded: false, wiring: { chipTx: "open" } });
    const error: unknown = await made.connect({ patienceMs: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "no-sync",
      message: "Neither the boot ROM nor a stub answered.",
      nextStep: expect.stringContaining("Hold the button (GPIO0 to GND)"),
    });
  });

  test("an adapter that is pulled out and comes back is waited for, and both are told", async () => {
    const made = rig({ gpio0Grounded: false });
    made.clock.at(2_000_000, () => made.bench.actions.pullAdapterOut());
    made.clock.at(4_000_000, () => {
      made.bench.actions.groundGpio0();
      made.bench.actions.plugAdapterIn();
    });
    await made.connect({ patienceMs: 30_000 });
    expect(made.link.answering).toBe("rom");
    expect(made.findings.filter((finding) => finding.startsWith("adapter"))).toEqual(["adapter-gone", "adapter-back"]);
    expect(made.findings.at(-1)).toBe("answers");
  });

  test("an adapter that does not come back ends with patience", async () => {
    const made = rig();
    made.bench.actions.pullAdapterOut();
    const error: unknown = await made.connect({ patienceMs: 3000 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "no-sync", message: expect.stringContaining("No adapter") });
    expect(made.clock.now / 1000).toBeLessThan(3500);
  });

  test.each([true, "direct"] as const)(
    "reset wires (%s) bring a running plug into download mode",
    async (autoReset) => {
      const made = rig({ gpio0Grounded: false, wiring: { autoReset } });
      await made.connect({ resetWires: true });
      expect(made.link.answering).toBe("rom");
    },
  );

  test("reset wires that nobody allows are left alone", async () => {
    const made = rig({ gpio0Grounded: false, wiring: { autoReset: true } });
    await expect(made.connect({ resetWires: false, patienceMs: 8000 })).rejects.toMatchObject({ code: "no-sync" });
  });

  test("an adapter that refuses the boot text's rate still finds the ROM at 115200", async () => {
    const made = withAdapter({ refusesBauds: [74_880] });
    await made.connect();
    expect([made.link.answering, made.baud]).toEqual(["rom", 115_200]);
  });
});

describe("rates", () => {
  test("each rate that adapter and chip carry is proven both ways", async () => {
    const made = await atStub();
    for (const rate of [460_800, 921_600, 230_400, 1_500_000, 115_200]) {
      expect(await made.run(stepBaud(made.link, rate, 26)), `${rate}`).toBe(true);
      expect(made.baud).toBe(rate);
      expect(await made.run(made.link.flashMd5(0, SECTOR, 1000))).toBe(md5(FLASH.subarray(0, SECTOR)));
    }
    expect(made.bench.flash).toEqual(FLASH);
  });

  test("the rate that one is at already is proven too, and 115200 needs no proof", async () => {
    const made = await atStub();
    expect(await made.timed(stepBaud(made.link, 115_200, 26))).toBe(0);
    await made.run(stepBaud(made.link, 460_800, 26));
    expect(await made.run(stepBaud(made.link, 460_800, 26))).toBe(true);
    expect(made.baud).toBe(460_800);
  });

  test("a rate above what the wires carry is given up, and the one before is back and works", async () => {
    const made = await atStub(withAdapter({ maxBaud: 500_000 }));
    expect(await made.run(stepBaud(made.link, 460_800, 26))).toBe(true);
    expect(await made.run(stepBaud(made.link, 921_600, 26))).toBe(false);
    expect(made.baud).toBe(460_800);
    expect(await made.run(made.link.flashMd5(0, SECTOR, 1000))).toBe(md5(FLASH.subarray(0, SECTOR)));
  });

  test("a rate that the driver refuses is never asked of the chip", async () => {
    const made = await atStub(withAdapter({ refusesBauds: [921_600] }));
    expect(await made.run(stepBaud(made.link, 921_600, 26))).toBe(false);
    expect(made.baud).toBe(115_200);
    expect(await made.run(made.link.flashMd5(0, SECTOR, 1000))).toBe(md5(FLASH.subarray(0, SECTOR)));
  });

  test("a stub is left at 115200, where the next tool looks for it", async () => {
    const made = await atStub();
    await made.run(stepBaud(made.link, 921_600, 26));
    await made.run(returnToBase(made.link, 26));
    expect(made.baud).toBe(115_200);
    expect(await made.run(made.link.flashMd5(0, SECTOR, 1000))).toBe(md5(FLASH.subarray(0, SECTOR)));
    expect(await made.timed(returnToBase(made.link, 26))).toBe(0);
  });

  test("one steps down from 3 Mbaud by standard rates", () => {
    expect(RATES).toEqual([3_000_000, 2_000_000, 1_500_000, 921_600, 460_800, 230_400, 115_200]);
  });

  test("the ROM is moved to a higher rate and proven there, and carries the upload of the stub", async () => {
    const made = await atRom();
    expect(await made.run(stepRom(made.link, 230_400, 26))).toBe(true);
    expect(made.baud).toBe(230_400);
    await made.run(startStub(made.link));
    expect(made.link.answering).toBe("our-stub");
    expect(await made.run(made.link.flashMd5(0, SECTOR, 1000))).toBe(md5(FLASH.subarray(0, SECTOR)));
  });

  test("the ROM is not moved down, nor where the adapter refuses", async () => {
    const made = await atRom(withAdapter({ refusesBauds: [230_400] }));
    for (const rate of [57_600, 115_200, 230_400]) expect(await made.run(stepRom(made.link, rate, 26))).toBe(false);
    expect(made.baud).toBe(115_200);
    expect(await made.run(moveRom(made.link, 115_200, 26))).toBe(true);
  });

  test("a ROM at a rate that the wires do not carry is brought back", async () => {
    const made = await atRom(withAdapter({ maxBaud: 150_000 }));
    expect(await made.run(stepRom(made.link, 460_800, 26))).toBe(false);
    expect(made.baud).toBe(115_200);
    await made.run(startStub(made.link));
    expect(made.link.answering).toBe("our-stub");
  });

  test("the rate on the wire is measured by the chip, whatever the adapter says", async () => {
    const made = await atStub(withAdapter({ clampsAboveBaud: 460_800, refusesBauds: [1_500_000] }));
    for (const [asked, real] of [
      [230_400, 230_400],
      [460_800, 460_800],
      [921_600, 460_800],
    ] as const) {
      const measured = await made.run(rateOnWire(made.link, asked));
      expect(isRate(measured as number, real), `${asked}: ${measured}`).toBe(true);
      expect(isRate(measured as number, asked)).toBe(asked === real);
      expect(made.baud).toBe(115_200);
    }
    expect(await made.run(rateOnWire(made.link, 1_500_000))).toBe("refused");
    expect(await made.run(made.link.flashMd5(0, SECTOR, 1000))).toBe(md5(FLASH.subarray(0, SECTOR)));
  });

  test("a measured rate may be an eighth off, since the next standard rate is a third away", () => {
    expect([0.89, 1, 1.11].map((factor) => isRate(factor * 460_800, 460_800))).toEqual([true, true, true]);
    expect([0.87, 1.13].map((factor) => isRate(factor * 460_800, 460_800))).toEqual([false, false]);
  });
});

describe("flash", () => {
  test("is read as a stream whose end the stub proves by its MD5", async () => {
    const made = await atStub();
    const parts: [number, Uint8Array][] = [];
    const outcome = await made.run(
      readFlash(made.link, SECTOR, 3 * SECTOR + 100, (at, data) => {
        parts.push([at, data]);
        return "more";
      }),
    );
    expect(outcome).toEqual({ length: 3 * SECTOR + 100, proven: true, trouble: undefined });
    let next = SECTOR;
    for (const [at, data] of parts) {
      expect(at).toBe(next);
      expect(data).toEqual(FLASH.subarray(at, at + data.length));
      next += data.length;
    }
  });

  test("is read no further than is wanted, and the stub answers what comes next", async () => {
    const made = await atStub();
    let packets = 0;
    const outcome = await made.run(readFlash(made.link, 0, SMALL_FLASH, () => (++packets === 3 ? "enough" : "more")));
    expect(outcome.proven).toBe(true);
    expect(outcome.length).toBeLessThan(SECTOR);
    expect(await made.run(readFlashOnce(made.link, SECTOR, 16))).toEqual(FLASH.slice(SECTOR, SECTOR + 16));
  });

  test("of which a byte is lost on the way is unproven, with the trouble in words, and the link works on", async () => {
    const made = await atStub();
    let packets = 0;
    const outcome = await made.run(
      readFlash(made.link, 0, 8 * SECTOR, () => {
        if (++packets === 5) made.bench.faults.damageNext("to-host", "drop");
        return "more";
      }),
    );
    expect(outcome.proven).toBe(false);
    expect(outcome.length).toBeLessThan(8 * SECTOR);
    expect(String(outcome.trouble)).toMatch(/packet|MD5|silent/);
    expect(await made.run(readFlashOnce(made.link, 0, 64))).toEqual(FLASH.slice(0, 64));
  });

  test("is compared range by range, behind an adapter of any latency", async () => {
    const ranges = [0, 1, 5, 40].map((sector) => ({ at: sector * SECTOR, length: SECTOR }));
    const digests = ranges.map(({ at, length }) => md5(FLASH.subarray(at, at + length)));
    for (const latencyMs of [1, 16]) {
      const made = await atStub(withAdapter({ latencyMs }));
      await made.run(made.link.readReg(0x60000014));
      expect(await made.run(flashMd5s(made.link, ranges))).toEqual(digests);
      expect(await made.run(flashMd5s(made.link, ranges.slice(1, 2)))).toEqual(digests.slice(1, 2));
      expect(await made.run(flashMd5s(made.link, []))).toEqual([]);
    }
  });

  test("of which a digest is lost on the way is asked again, and the retry is told", async () => {
    const made = await atStub(withAdapter({ latencyMs: 16 }));
    await made.run(made.link.readReg(0x60000014));
    const ranges = [0, 1, 2].map((sector) => ({ at: sector * SECTOR, length: SECTOR }));
    made.bench.faults.damageNext("to-host", "drop");
    const digests = await made.run(flashMd5s(made.link, ranges));
    expect(digests).toEqual(ranges.map(({ at, length }) => md5(FLASH.subarray(at, at + length))));
    expect(made.told).toContainEqual(expect.objectContaining({ type: "retry", attempt: 1 }));
  });

  test("is written compressed, block by block, each told once, and is then what was meant", async () => {
    const made = await atStub();
    await made.run(stepBaud(made.link, 921_600, 26));
    const bytes = flashWith([0, 1, 2, 3, 4, 5], 2).slice(0, 6 * SECTOR);
    const told: number[] = [];
    const { sentBytes } = await made.run(writeRun(made.link, 8 * SECTOR, bytes, (count) => told.push(count)));
    expect(told.reduce((sum, count) => sum + count)).toBe(bytes.length);
    expect(told).toHaveLength(Math.ceil(sentBytes / 0x4000));
    expect(sentBytes).toBeLessThan(bytes.length);
    expect(made.bench.flash.slice(8 * SECTOR, 14 * SECTOR)).toEqual(bytes);
    expect(made.bench.flash.slice(0, 8 * SECTOR)).toEqual(FLASH.slice(0, 8 * SECTOR));
  });

  test("is written whole although a block was damaged on its way", async () => {
    const made = await atStub();
    const bytes = flashWith([0, 1, 2], 3).slice(0, 3 * SECTOR);
    const work = writeRun(made.link, 8 * SECTOR, bytes, () => undefined);
    made.clock.at(made.clock.now + 200_000, () => made.bench.faults.damageNext("to-chip", "flip"));
    await made.run(work);
    expect(made.bench.flash.slice(8 * SECTOR, 11 * SECTOR)).toEqual(bytes);
    expect(made.told.filter(({ type }) => type === "retry")).toHaveLength(1);
  });
});

describe("starting the firmware", () => {
  /** Whether the ROM or a stub still answers. */
  const answers = (made: Rig): Promise<unknown> => {
    made.link.port.discard();
    return made.run(made.link.sync(500));
  };

  test("a stub is left through the chip's own reset, and the ROM's loader after it", async () => {
    const made = await atStub();
    await made.run(stepBaud(made.link, 460_800, 26));
    await made.run(startFirmware(made.link, false));
    expect(made.baud).toBe(115_200);
    expect(await answers(made)).toBeUndefined();
  });

  test("the ROM's loader is left with GPIO0 still held", async () => {
    const made = await atRom();
    await made.run(startFirmware(made.link, false));
    expect(await answers(made)).toBeUndefined();
  });

  test("the reset wire restarts a chip whose GPIO0 is free, and nothing more is sent to it", async () => {
    const made = rig({ gpio0Grounded: false, wiring: { autoReset: true } });
    await made.connect({ resetWires: true });
    await made.run(startStub(made.link));
    await made.run(startFirmware(made.link, true));
    expect(await answers(made)).toBeUndefined();
  });
});
