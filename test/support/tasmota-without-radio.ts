/** The firmware model with nothing around it: no network answers, no meter chip. For tests of its core. */
import type { FirmwareModel } from "../../src/sim/board/firmware.ts";
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { createTasmotaModel } from "../../src/sim/tasmota/tasmota-model.ts";
import { scriptedNetwork } from "./scripted-network.ts";

export function tasmotaWithoutRadio(): FirmwareModel {
  return createTasmotaModel({
    network: (core) =>
      scriptedNetwork(core, {
        ip: "192.168.1.50",
        ssid: "TestNet",
        password: "testpass123",
        bssid: "02:11:22:33:44:01",
        signalDbm: -58,
      }),
    meter: createMeter,
  });
}
