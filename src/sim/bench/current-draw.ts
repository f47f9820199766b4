/**
 * What the chip draws from its supply, mA, and when it changes: little while the ROM, a stub or a program without radio
 * runs, much once a firmware starts its radio. ESP8266EX datasheet, "Power consumption": modem-sleep 15 mA, sending
 * 802.11b 170 mA. A supply that gives less than the latter flashes well and never gets a firmware onto the air.
 */
import type { Ether } from "../board/ether.ts";
import type { FirmwareModel } from "../board/firmware.ts";

/** With the LEDs and pull-ups of a plug's board. */
export const IDLE_MA = 20;
export const RADIO_MA = 170;
/** From the start of a firmware until it calibrates its radio, µs: about where the SDK does. */
const RADIO_START_US = 60_000;

/** The same firmware, with what it does to the supply. */
export function drawingFirmware(firmware: FirmwareModel, draws: (milliamps: number) => void): FirmwareModel {
  return {
    notice: firmware.notice,
    recognises: (read) => firmware.recognises(read),
    boot: (host) => {
      const cancel = host.clock.at(host.clock.now + RADIO_START_US, () => draws(RADIO_MA));
      const running = firmware.boot(host);
      return {
        stop: () => {
          cancel();
          draws(IDLE_MA);
          running.stop();
        },
        get isAtRest() {
          return running.keep !== undefined && running.isAtRest === true;
        },
        keep: () => running.keep?.() ?? {},
      };
    },
  };
}

/** The same ether, with what a chip draws while its receiver is on. */
export function drawingEther(ether: Ether | undefined, draws: (milliamps: number) => void): Ether {
  return {
    send: (from, frame) => ether?.send(from, frame) ?? false,
    join: (station) => {
      const leave = ether?.join(station);
      draws(RADIO_MA);
      return () => {
        leave?.();
        draws(IDLE_MA);
      };
    },
  };
}
