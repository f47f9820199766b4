/**
 * Recovery options through the chip's download mode: going on with what was cut off, or writing the firmware again. Nothing is
 * erased that is not sealed: the session's own gate decides, and a plug without a backup gets one first.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { stepEntry } from "../../core/journal/entries.ts";
import { entriesOf } from "../../core/journal/stored-entry.ts";
import { say } from "../../core/text/text.ts";
import type { FlashSession } from "../flash/contract.ts";
import { openSession } from "../flash/session.ts";
import { readTarget, unfinishedChange } from "../flash/unfinished.ts";
import { listBackups, readSealedImage } from "../home/backups.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { whileGpio0IsHeld } from "../jobs/operator-actions.ts";
import type { ByteLine } from "../ports.ts";
import { sleep } from "../time.ts";
import type { RescueOptions, RescuePorts } from "./contract.ts";

/** `vendor`: what was cut off was a restore, and it is finished. */
export type Written = "firmware" | "vendor";

type WiredPorts = RescuePorts & { readonly line: ByteLine };

/** @param there the chip is in download mode already: nobody is asked to bring it there. */
export async function resumeWriting(
  ports: WiredPorts,
  options: RescueOptions,
  plug: string,
  there: boolean,
): Promise<Written> {
  return inDownloadMode(ports, plug, there, async (session) => {
    const folder = plugFolder(ports.home, plug);
    const open = unfinishedChange(await readJournal(ports.files, folder));
    const target = open === undefined ? undefined : await readTarget(ports.files, folder, open);
    if (open?.kind === "restore") {
      const backups = await listBackups(ports.files, ports.home, plug);
      const meant = backups.find(({ manifest }) => manifest.md5 === open.md5);
      const bytes = target ?? (meant === undefined ? undefined : await readSealedImage(ports.files, meant));
      if (bytes === undefined) throw nothingToWrite();
      await session.restore({ bytes });
      return "vendor";
    }
    if (options.firmware !== undefined) {
      const { image, overrideImage } = options.firmware;
      const { md5 } = await session.write(image, { target: "chip", overrideImage });
      await noteWritten(session, ports, plug, md5);
      return "firmware";
    }
    // The target that was kept has its header set already.
    if (open?.kind !== "write" || target === undefined) throw nothingToWrite();
    const { md5 } = await session.write(target, { at: open.from, keepHeader: true, raw: true });
    await noteWritten(session, ports, plug, md5);
    return "firmware";
  });
}

/** `keep` leaves what lies outside the image: the settings. */
export async function reflash(
  ports: WiredPorts,
  { firmware }: RescueOptions,
  plug: string | undefined,
  keep: boolean,
): Promise<string> {
  if (firmware === undefined) throw nothingToWrite();
  return inDownloadMode(ports, plug, false, async (session) => {
    const identity = await session.identify();
    if ((await listBackups(ports.files, ports.home, identity.plug)).length === 0) await session.backup();
    const { md5 } = await session.write(firmware.image, {
      target: keep ? "image" : "chip",
      overrideImage: firmware.overrideImage,
    });
    await noteWritten(session, ports, identity.plug, md5);
    return identity.plug;
  });
}

/** A firmware is up and in its network within that time, or it will not be, ms. */
const START_MS = 20_000;

/** GPIO0 free and power really away: the straps are latched at power-up. What comes of it shows at the next look. */
export async function startFirmware({ operator, clock, signal }: WiredPorts): Promise<void> {
  await operator.act(
    {
      id: "release-gpio0",
      text: say`Let go of the button. From now on, nothing may connect the blue wire (GPIO0) to GND.`,
    },
    signal,
  );
  await operator.act(
    {
      id: "cold-start",
      text: say`Switch the power off and on: pull out the USB adapter, count to three, and plug it in again.`,
    },
    signal,
  );
  await sleep(clock, START_MS, signal);
}

function nothingToWrite(): PlugsmithError {
  return new PlugsmithError("unsupported-transport", {
    message: say`The image that was being written is no longer available.`,
    step: "write",
    plugState: say`in download mode, its flash half-written`,
    nextStep: say`Run rescue again with --firmware tasmota.bin, or restore the vendor's firmware with plugsmith restore.`,
  });
}

/** A conversion that was cut off finds its step done. */
async function noteWritten(
  session: FlashSession,
  { files, home }: WiredPorts,
  plug: string,
  md5: string,
): Promise<void> {
  const entries = await readJournal(files, plugFolder(home, plug));
  if (entriesOf(entries, "conversion-begun").length === 0) return;
  await session.note(stepEntry("write", { md5 }));
}

async function inDownloadMode<T>(
  ports: WiredPorts,
  plug: string | undefined,
  there: boolean,
  work: (session: FlashSession) => Promise<T>,
): Promise<T> {
  const { line, clock, files, home, tool, events, codec, signal } = ports;
  const session = openSession({
    line,
    clock,
    files,
    home,
    tool,
    events,
    patience: { connectMs: DOWNLOAD_MODE_MS },
    signal,
    codec,
  });
  try {
    const identify = () => session.identify();
    const identity = await (there ? identify() : whileGpio0IsHeld(ports, identify));
    if (plug !== undefined && identity.plug !== plug) {
      throw new PlugsmithError("wrong-plug", {
        message: say`Plug ${identity.plug} is on the wires, not ${plug}.`,
        step: "identify",
        plugState: say`untouched`,
        nextStep: say`Connect the other plug, or leave out --plug.`,
        context: { expected: plug, found: identity.plug },
      });
    }
    const result = await work(session);
    await session.finish("stay");
    return result;
  } catch (error) {
    throw await session.withPlugState(error);
  } finally {
    await session.close();
  }
}

/** Somebody finds the right pad with a wire in one hand, ms. */
const DOWNLOAD_MODE_MS = 300_000;
