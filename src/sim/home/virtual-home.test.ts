import { describe, expect, test } from "vitest";
import type { FirmwareHost, FirmwareModel } from "../board/firmware.ts";
import { buildModelImage } from "../tasmota/model-image.ts";
import { STAND_IN_TEXT } from "../tasmota/tasmota-model.ts";
import { SimClock } from "../world/clock.ts";
import { createVirtualHome, HOME_NETWORK, KNOWN_FIRMWARES, OWN_IMAGES_ONLY, type VirtualHome } from "./virtual-home.ts";

/** The smallest image that the boot ROM starts: one segment of code at eboot's usual address (esptool, image format). */
const ENTRY = 0x4010f000;
const MARK_AT = 0x40;

/** A firmware of its own kind: greets at 115200 baud, then joins the home's network. */
function toyFirmware(mark: string): FirmwareModel & { joined: string[]; hosts: FirmwareHost[] } {
  const self = {
    notice: `stand-in for the toy firmware ${mark}`,
    joined: [] as string[],
    hosts: [] as FirmwareHost[],
    recognises: (read: (address: number, length: number) => Uint8Array) =>
      new TextDecoder().decode(read(MARK_AT, mark.length)) === mark,
    boot: (host: FirmwareHost) => {
      self.hosts.push(host);
      host.uart0.setBaud(115_200);
      // The boot ROM's last characters still leave the chip.
      host.clock.at(host.clock.now + 5000, () => host.uart0.write(new TextEncoder().encode(`${mark} says hello\r\n`)));
      const { ssid, passphrase } = HOME_NETWORK;
      const leave = host.radio.join(
        { ssid, passphrase, hostname: mark },
        {
          joined: (link) => self.joined.push(link.machine.address),
          failed: (why) => self.joined.push(why),
          lost: () => self.joined.push("lost"),
        },
      );
      return { stop: leave };
    },
  };
  return self;
}

function toyImage(mark: string): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  const view = new DataView(flash.buffer);
  flash.set([0xe9, 1, 3, 0x20]);
  view.setUint32(4, ENTRY, true);
  view.setUint32(8, ENTRY, true);
  view.setUint32(12, 16, true);
  flash.fill(0, 16, 48);
  flash[47] = 0xef;
  flash.set(new TextEncoder().encode(mark), MARK_AT);
  return flash;
}

function tasmotaFlash(): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildModelImage());
  return flash;
}

function powered(flash: Uint8Array, firmwares?: readonly FirmwareModel[]): VirtualHome {
  const clock = new SimClock();
  const home = createVirtualHome({ clock, firmwares, bench: { flash, pluggedIn: true } });
  clock.runInternal(8e6);
  return home;
}

describe("the firmwares of a virtual home", () => {
  test("a firmware that is added answers for its own image, and joins the home's network through the radio", () => {
    const toy = toyFirmware("toy");
    const home = powered(toyImage("toy"), [...KNOWN_FIRMWARES, toy]);
    expect(home.bench.heard(115_200)).toContain("toy says hello");
    expect(toy.joined).toHaveLength(1);
    expect(home.lan.machines.map((machine) => machine.address)).toContain(toy.joined[0]);
  });

  test("Tasmota's stand-in still answers for Tasmota beside it", () => {
    const toy = toyFirmware("toy");
    const home = powered(tasmotaFlash(), [toy, ...KNOWN_FIRMWARES]);
    expect(home.bench.heard(115_200)).toContain("Project tasmota");
    expect(toy.hosts).toHaveLength(0);
  });

  test("the first one that recognises the image answers", () => {
    const [first, second] = [toyFirmware("toy"), toyFirmware("toy")];
    powered(toyImage("toy"), [first, second]);
    expect([first.hosts.length, second.hosts.length]).toEqual([1, 0]);
  });

  test("with an empty list nothing answers for Tasmota", () => {
    const home = powered(tasmotaFlash(), []);
    expect(home.bench.heard(115_200)).not.toContain("Project tasmota");
  });

  test("with plugsmith's own images only, the chip itself runs a real image, and the stand-in answers for its own", () => {
    const real = tasmotaFlash();
    const said = new TextEncoder().encode(STAND_IN_TEXT);
    const at = Buffer.from(real.buffer).indexOf(said);
    // The same marks of Tasmota, in an image that does not call itself a firmware model's.
    real.fill(0x20, at, at + said.length);
    expect(powered(real).bench.heard(115_200)).toContain("Project tasmota");
    const executed = powered(real, OWN_IMAGES_ONLY);
    expect(executed.bench.heard(115_200)).not.toContain("Project tasmota");
    expect(executed.bench.heard(74_880)).toContain("csum");
    expect(powered(tasmotaFlash(), OWN_IMAGES_ONLY).bench.heard(115_200)).toContain("Project tasmota");
  });

  test("without a list the known firmwares answer", () => {
    expect(powered(tasmotaFlash()).bench.heard(115_200)).toContain("Project tasmota");
  });
});
