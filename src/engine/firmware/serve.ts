/**
 * Delivery by letting the plug fetch the image from this computer, as Tasmota upgrades itself: its updater proves the
 * image by MD5 and tries again by itself. The plug must be able to reach this computer. Its update address is used for
 * it; who upgrades puts the old one back.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (ota_state_flag: first attempt some 3 s after the command,
 * five attempts 2 s apart and more), documentation, Upgrading ("Private OTA Server": no "-" and "." in the file's name);
 * Arduino core for ESP8266 ESP8266httpUpdate.cpp (x-MD5).
 */
import { PlugsmithError } from "../../core/errors.ts";
import { setting } from "../../core/tasmota/command.ts";
import type { FileServer, FileServing } from "../ports.ts";
import { sleep } from "../time.ts";
import type { Delivery } from "./send-image.ts";

const SERVED_NAME = "plugsmith.bin";

export function isServedAddress(url: string): boolean {
  return new RegExp(`/${SERVED_NAME.replace(".", "\\.")}(\\.gz)?$`).test(url);
}

/** All of the plug's own attempts, with slow ones among them. */
const FETCH_MS = 120_000;
const POLL_MS = 500;

export function serveBy(server: FileServer): Delivery {
  let serving: FileServing | undefined;
  return {
    deliver: async ({ client, clock, signal }, hop, step) => {
      const name = `${SERVED_NAME}${hop.file[0] === 0x1f ? ".gz" : ""}`;
      let fetched = false;
      const [host = ""] = client.where.split(":");
      serving = await server.serve({ [name]: hop.file }, host, () => {
        fetched = true;
      });
      const url = serving.url(name);
      const options = signal === undefined ? {} : { signal };
      await client.send(setting("OtaUrl", url), options);
      await client.send(setting("Upgrade", 1), options);
      const deadline = clock.now() + FETCH_MS;
      while (!fetched && clock.now() < deadline) await sleep(clock, POLL_MS, signal);
      if (fetched) return undefined;
      return new PlugsmithError("network-failed", {
        message: `The plug did not fetch ${hop.image.name} from ${url}.`,
        step,
        nextStep: "Check this computer's firewall, or leave out --serve: then the image is sent to the plug instead.",
      });
    },
    end: async () => {
      await serving?.close();
      serving = undefined;
    },
  };
}
