import { expect, test } from "vitest";
import { chipRig } from "../../../test/support/chip-rig.ts";
import type { FirmwareHost, FirmwareModel } from "../board/firmware.ts";

/** Header, one segment of 16 bytes at 0x4010f000, checksum: eboot's shape. */
function image(entry = 0x4010f000): Uint8Array {
  const bytes = new Uint8Array(0x1000).fill(0xff);
  const view = new DataView(bytes.buffer);
  bytes.set([0xe9, 1, 3, 0x20]);
  view.setUint32(4, entry, true);
  view.setUint32(8, 0x4010f000, true);
  view.setUint32(12, 16, true);
  let sum = 0xef;
  for (let i = 0; i < 16; i++) {
    bytes[16 + i] = i * 3;
    sum ^= i * 3;
  }
  bytes.fill(0, 32, 48);
  bytes[47] = sum;
  return bytes;
}

function model(boot: (host: FirmwareHost) => void): FirmwareModel & { boots: number; stops: number } {
  const self = {
    notice: "a stand-in",
    boots: 0,
    stops: 0,
    recognises: (read: (address: number, length: number) => Uint8Array) => read(0, 1)[0] === 0xe9,
    boot: (host: FirmwareHost) => {
      self.boots++;
      boot(host);
      return { stop: () => self.stops++ };
    },
  };
  return self;
}

test("a stand-in that knows the image is started after the ROM's and eboot's text, with its own baud rate", () => {
  const firmware = model((host) => {
    host.uart0.setBaud(115200);
    host.uart0.write(new TextEncoder().encode("hello\r\n"));
    host.uart0.onByte((byte) => host.uart0.write(Uint8Array.of(byte ^ 0x20)));
  });
  const rig = chipRig({ firmwares: [firmware], flash: { contents: image() } });
  rig.pass(100);
  const frames = rig.take();
  expect(String.fromCharCode(...frames.map((f) => f.value))).toBe(
    "\r\n ets Jan  8 2013,rst cause:1, boot mode:(3,6)\r\n\r\n" +
      "load 0x4010f000, len 16, room 16 \r\ntail 0\r\nchksum 0xdf\r\ncsum 0xdf\r\nv3969889e\r\n~ld\nhello\r\n",
  );
  expect(1e6 / frames.at(-1)!.bitTime).toBeCloseTo(115273, -1);
  expect(1e6 / frames[0]!.bitTime).toBeCloseTo(74928, -1);
  expect(rig.chip.model?.notice).toBe("a stand-in");
  rig.send([0x41, 0x62]);
  rig.pass(2);
  expect(rig.text()).toBe("aB");
});

test("a long message leaves at the line's pace though the FIFO holds 128 bytes", () => {
  const rig = chipRig({
    firmwares: [
      model((host) => {
        host.uart0.setBaud(115200);
        host.uart0.write(new Uint8Array(1000).fill(0x55));
      }),
    ],
    flash: { contents: image() },
  });
  rig.pass(200);
  const frames = rig.take().filter((f) => f.value === 0x55);
  expect(frames).toHaveLength(1000);
  expect(frames.at(-1)!.startAt - frames[0]!.startAt).toBeCloseTo(999 * 10 * frames[0]!.bitTime, 3);
});

test("flash operations take the part's time, follow one another, and are cut short by the power", () => {
  const log: string[] = [];
  let host: FirmwareHost | undefined;
  const firmware = model((h) => {
    host = h;
  });
  const rig = chipRig({ firmwares: [firmware], flash: { contents: image() } });
  rig.pass(100);
  const t0 = rig.clock.now;
  host!.flash.eraseSector(0x5000, () => log.push(`erased ${Math.round(rig.clock.now - t0)}`));
  host!.flash.program(
    0x5080,
    Uint8Array.from({ length: 200 }, (_, i) => i),
    () => log.push(`programmed ${Math.round(rig.clock.now - t0)}`),
  );
  rig.pass(60);
  expect(log).toEqual(["erased 50000", "programmed 50580"]);
  expect([...host!.flash.read(0x50ff, 3)]).toEqual([127, 128, 129]);
  host!.flash.eraseSector(0, () => log.push("never"));
  rig.pass(20);
  rig.chip.setPower(false);
  rig.pass(100);
  expect(log).toHaveLength(2);
  expect(firmware.stops).toBe(1);
  expect(rig.chip.flash.subarray(0, 0x1000).every((b) => b === 0xff)).toBe(false);
});

test("a sector programmed as soon as its erase is reported is written whole, page after page", () => {
  let host: FirmwareHost | undefined;
  const firmware = model((h) => {
    host = h;
  });
  const rig = chipRig({ firmwares: [firmware], flash: { contents: image() } });
  rig.pass(100);
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) & 0xff);
  const log: string[] = [];
  host!.flash.eraseSector(0x5000, () => host!.flash.program(0x5000, bytes, () => log.push("done")));
  rig.pass(200);
  expect(log).toEqual(["done"]);
  expect(host!.flash.read(0x5000, 4096)).toEqual(bytes);
});

test("a restart boots again with the straps and the cause of the last real reset, and keeps RTC memory", () => {
  let host: FirmwareHost | undefined;
  const firmware = model((h) => {
    host = h;
  });
  const rig = chipRig({ firmwares: [firmware], flash: { contents: image() } });
  rig.pass(100);
  host!.rtcMemory[7] = 0x5a;
  rig.chip.setGpio0(0);
  host!.restart();
  rig.take();
  rig.pass(100);
  expect(rig.text()).toContain("rst cause:1, boot mode:(3,6)");
  expect(firmware.boots).toBe(2);
  expect(host!.rtcMemory[7]).toBe(0x5a);
  rig.chip.setReset(0);
  rig.chip.setReset(1);
  rig.pass(100);
  expect(rig.text()).toContain("rst cause:2, boot mode:(1,6)");
  expect(firmware.boots).toBe(2);
  expect(firmware.stops).toBe(2);
});

test("pins: the world's changes are reported, the firmware's own are not, and driving into a short is an accident", () => {
  const seen: string[] = [];
  let host: FirmwareHost | undefined;
  const rig = chipRig({
    firmwares: [
      model((h) => {
        host = h;
        h.pins.onChange(0, (level) => seen.push(`0:${level}`));
        h.pins.onChange(12, (level) => seen.push(`12:${level}`));
      }),
    ],
    flash: { contents: image() },
  });
  rig.pass(100);
  rig.chip.setGpio0(0);
  rig.chip.setGpio0(undefined);
  host!.pins.output(12, 0);
  expect(host!.pins.level(12)).toBe(0);
  expect(seen).toEqual(["0:0", "0:1"]);
  rig.chip.setGpio0(0);
  expect(rig.chip.incidents).toEqual([]);
  host!.pins.output(0, 1);
  expect(host!.pins.level(0)).toBe(0);
  expect(rig.chip.incidents).toHaveLength(1);
  expect(rig.chip.incidents[0]).toContain("GPIO0");
});

test("a sector erased, then programmed from the erase's own callback, holds every page", () => {
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) & 0xff);
  let finished = false;
  const firmware = model((host) => {
    host.flash.eraseSector(0xfb000, () => {
      host.flash.program(0xfb000, bytes, () => {
        finished = true;
      });
    });
  });
  const rig = chipRig({ firmwares: [firmware], flash: { contents: image() } });
  rig.pass(400);
  expect(finished).toBe(true);
  expect([...rig.chip.flash.subarray(0xfb000, 0xfc000)]).toEqual([...bytes]);
});
