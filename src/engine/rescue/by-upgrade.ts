/** The recovery option off the minimal build: the upgrade that did not end is finished, over the air. */

import { PlugsmithError } from "../../core/errors.ts";
import type { UpgradeImage } from "../../core/firmware/upgrade-plan.ts";
import { say } from "../../core/text/text.ts";
import { prepareUpgrade, type UpgradeContext, upgrade } from "../firmware/upgrade.ts";
import { upload } from "../firmware/upload.ts";
import { HttpClient } from "../tasmota/http-client.ts";
import type { RescuePorts } from "./contract.ts";

/** Errors: those of the upgrade. */
export async function finishUpgrade(
  { http, clock, events, signal, files, home }: RescuePorts,
  address: string,
  password: string | undefined,
  target: UpgradeImage,
): Promise<void> {
  const client = new HttpClient({ http, clock, host: address, password });
  try {
    const context: UpgradeContext = {
      client,
      clock,
      events,
      home: { files, path: home },
      delivery: upload,
      signal,
    };
    const prepared = await prepareUpgrade(context, {
      target,
      minimal: () => Promise.reject(noRoom()),
      anyVariant: false,
      downgrade: false,
    });
    await upgrade(context, prepared);
  } finally {
    await client.close();
  }
}

function noRoom(): PlugsmithError {
  return new PlugsmithError("unsupported-transport", {
    message: say`This image does not fit, not even beside the minimal build.`,
    step: "upgrade",
    plugState: say`running the minimal build`,
    nextStep: say`Give the compressed file (tasmota.bin.gz) with --firmware, or write it over the wires.`,
  });
}
