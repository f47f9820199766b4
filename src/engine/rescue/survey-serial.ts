/**
 * A look along the wires: does the firmware answer, does the boot ROM, or what is heard instead. Asks, changes
 * nothing on the plug, and ends within a minute.
 */
import { isPlugsmithError } from "../../core/errors.ts";
import type { SerialObservation } from "../../core/rescue/observations.ts";
import type { FirmwareRescue } from "../firmware-driver/rescue.ts";
import { openSession } from "../flash/session.ts";
import type { ByteLine } from "../ports.ts";
import type { RescuePorts } from "./contract.ts";

/** Long enough for a boot ROM that is there: it answers the first or second call. */
const ROM_MS = 10_000;

/** @param watch listens on for restarts though the firmware answers. Errors: aborted, line-lost, port-*. */
export async function surveySerial(
  ports: RescuePorts & { readonly line: ByteLine },
  firmware: Pick<FirmwareRescue, "listen">,
  watch: boolean,
): Promise<SerialObservation> {
  return (await firmware.listen(ports, watch)) ?? (await askRom(ports));
}

async function askRom(ports: RescuePorts & { readonly line: ByteLine }): Promise<SerialObservation> {
  const { line, clock, files, home, tool, events, codec, signal } = ports;
  let heard: string | undefined;
  const session = openSession({
    line,
    clock,
    files,
    home,
    tool,
    events: (event) => {
      if (event.type === "hearing") heard = event.finding;
      events(event);
    },
    patience: { connectMs: ROM_MS },
    signal,
    codec,
  });
  try {
    const { plug } = await session.identify();
    await session.finish("stay");
    return { kind: "download-mode", mac: plug };
  } catch (error) {
    if (!isPlugsmithError(error, "no-sync")) throw error;
    switch (heard) {
      case "flash-mode":
      case "no-image":
      case "crash":
        return { kind: "not-starting" };
      case "firmware":
        return { kind: "other-firmware" };
      case "noise":
      case "echo":
        return { kind: "noise" };
      default:
        return { kind: "silent" };
    }
  } finally {
    await session.close();
  }
}
