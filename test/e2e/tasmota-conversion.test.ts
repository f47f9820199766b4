/**
 * The whole way on the virtual bench: a vendor's plug is backed up, flashed through the chip's boot ROM and the real
 * flasher stub, started cold, and set up. Flashing takes a while, so it is done for one transport; the other two start from
 * a chip that holds what the first one wrote.
 */
import { describe, expect, test } from "vitest";
import { WIFI_TRANSPORTS } from "../../src/core/tasmota/credentials.ts";
import { searchSettings } from "../../src/core/tasmota/settings/search.ts";
import { readTexts } from "../../src/core/tasmota/settings/sector.ts";
import { TEXT } from "../../src/core/tasmota/tables/text-pool.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import { setup } from "../../src/engine/jobs/setup.ts";
import { sleep } from "../../src/engine/time.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import type { FirmwareModel } from "../../src/sim/board/firmware.ts";
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { createNetwork } from "../../src/sim/tasmota/net/network.ts";
import { createTasmotaModel } from "../../src/sim/tasmota/tasmota-model.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { Computer } from "../../src/sim/world/network/computer.ts";
import { simHttp } from "../../src/sim/world/network/http-client.ts";
import { Lan } from "../../src/sim/world/network/lan.ts";
import { RadioMedium } from "../../src/sim/world/network/radio-medium.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { HOME } from "../support/plug-rig.ts";
import { EP2, NOBODY } from "../support/setup-rig.ts";

const MAC = Uint8Array.from([0x48, 0x55, 0x19, 0xa1, 0xb2, 0xc3]);

/** The chip after a conversion's write: the image, and 0xFF everywhere else. */
function flashed(image: Uint8Array): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(image);
  return flash;
}

describe.each(WIFI_TRANSPORTS)("a plug on the bench, its Wi-Fi given over %s", (transport) => {
  const flashing = transport === "serial";

  test(`is ${flashing ? "backed up, flashed, " : ""}started cold, configured, locked and audited`, async () => {
    const image = buildModelImage();
    const world = new SimClock();
    const clock = world.port();
    const lan = new Lan(world);
    const medium = new RadioMedium(world, 5);
    medium.add({ ...HOME, lan });
    const computer = new Computer(medium, { home: lan, homeBy: "cable" });
    const tasmota = createTasmotaModel({ network: createNetwork, meter: createMeter });
    const onTheMedium: FirmwareModel = {
      ...tasmota,
      boot: (host) => tasmota.boot({ ...host, radio: medium.radio(MAC) }),
    };
    const bench = createBench({
      clock: world,
      mac: MAC,
      firmwares: [onTheMedium],
      supply: { limitMa: 500 },
      gpio0Grounded: flashing,
      pluggedIn: true,
      flash: flashing ? undefined : flashed(image),
    });
    const vendor = bench.flash.slice();
    const files = new MemoryFiles();
    const convert = async (): Promise<void> => {
      if (flashing) {
        const session = openSession({ line: bench.line, clock, files, home: "/home", tool: "test" });
        await session.backup();
        await session.write(image, { target: "chip" });
        await session.finish("stay");
        await session.close();
        expect(bench.flash.slice()).toEqual(flashed(image));
      }
      bench.actions.releaseGpio0();
      bench.actions.pullAdapterOut();
      await sleep(clock, 3000);
      bench.actions.plugAdapterIn();
      await sleep(clock, 2000);
      const result = await setup(
        {
          http: simHttp(world, computer),
          random: { bytes: (count) => Uint8Array.from({ length: count }, (_, i) => (i * 37 + 11) & 0xff) },
          operator: NOBODY,
          home: { files, path: "/home" },
          line: bench.line,
          wifi: computer.wifi(),
        },
        {
          start: { transport, credentials: { ssid: HOME.ssid, passphrase: HOME.passphrase } },
          profile: EP2,
          config: { deviceName: "Kitchen plug" },
        },
        { clock, events: () => undefined },
      );
      expect(result.mac).toBe("485519a1b2c3");
      expect(result.report.failed).toEqual([]);
    };
    await world.complete(drain, convert());

    expect(bench.incidents).toEqual([]);
    await world.complete(drain, sleep(clock, 5000));
    const [newest] = searchSettings(bench.flash).found;
    const texts = readTexts(newest!.sector);
    const { webPassword } = await readSecrets({ files, path: "/home" }, "485519a1b2c3");
    expect(texts[TEXT.ssid1]).toBe(HOME.ssid);
    expect(texts[TEXT.password1]).toBe(HOME.passphrase);
    expect(texts[TEXT.webPassword]).toBe(webPassword);
    // The vendor's firmware lies sealed in the same folder as the new secrets.
    const sealed = [...files.now].find(([path]) => path.endsWith("/original.bin"));
    if (flashing) expect(sealed?.[1].bytes).toEqual(vendor);
  });
});
