/** `plugsmith firmware try`: runs an image on the virtual chip, in a virtual home, and reports what it did there. */
import { PlugsmithError, quantity, say, type Text, tasmotaOf, templateJson } from "../../core/index.ts";
import { loadSim } from "../../host/index.ts";
import { drain } from "../../platform/node/index.ts";
import type { RecordedCall, TrialPage, TrialResult } from "../../sim/index.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { flashWith } from "../plug/executed-firmware.ts";
import { type AnswerLine, indented, type Row } from "../render/answer.ts";
import { loadProfile } from "../tasmota/device-profile.ts";

/** Errors: file-*, bad-image; the latter after the answer where the image does nothing that can be seen. */
export async function tryImage(
  run: CommandRun,
  { profile }: { readonly profile: string },
  path: string | undefined,
): Promise<CommandOutcome> {
  if (path === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`The command needs a file to try.`,
      nextStep: say`Give a firmware image.`,
    });
  }
  const flash = await flashWith(path);
  const { template, module } = tasmotaOf(await loadProfile(profile));
  const { tryFirmware, isStandInImage } = await loadSim();
  if (isStandInImage((at, length) => flash.slice(at, at + length))) {
    throw new PlugsmithError("bad-image", {
      message: say`${path} is plugsmith's own image for virtual plugs. It has no code to execute.`,
      nextStep: say`Give the image of a real firmware.`,
    });
  }
  run.emit({ type: "notice", level: "info", text: say`The virtual chip executes ${path} itself, without a stand-in.` });
  const deviceCommands = [`Template ${templateJson(template)}`, `Module ${module}`];
  const result = await tryFirmware({ flash, drain, deviceCommands });
  const isSilent = result.console.length === 0 && result.ownNetwork === undefined;
  return {
    data: { path, ...result },
    failure: isSilent ? silent(path) : undefined,
    answer: answerOf(result),
  };
}

function silent(path: string): PlugsmithError {
  return new PlugsmithError("bad-image", {
    message: say`${path} neither wrote to its console nor opened a network within a few virtual seconds.`,
    nextStep: say`Check that it is an image for an ESP8266: plugsmith firmware inspect ${path}`,
  });
}

function answerOf(result: TrialResult): readonly AnswerLine[] {
  const { version, ownNetwork, joined, meter, calls, incidents, virtualSeconds } = result;
  return [
    version === undefined
      ? say`It does not say on its console that it is Tasmota. The console begins with:`
      : say`Its console says that it is Tasmota ${version}.`,
    ...(version === undefined ? result.console.map((line) => indented(line)) : []),
    ...(ownNetwork === undefined
      ? [say`It opens no Wi-Fi network.`]
      : [
          ownNetwork.isOpen
            ? say`It opens the Wi-Fi network "${ownNetwork.ssid}", without a passphrase.`
            : say`It opens the Wi-Fi network "${ownNetwork.ssid}", with a passphrase.`,
          ...pageRow(ownNetwork.page),
        ]),
    ...(version === undefined ? [] : joinedRows(joined)),
    ...(joined === undefined ? [] : [meterRow(meter)]),
    ...callRows(calls),
    ...incidents.map((incident) => say`Accident at the bench: ${incident}`),
    say`It ran for ${virtualSeconds.toFixed(0)} virtual seconds.`,
  ];
}

function joinedRows(joined: TrialResult["joined"]): readonly Text[] {
  if (joined === undefined) return [say`With the credentials of the virtual home, it served no page there.`];
  return [say`It joined the virtual home's network, at ${joined.address}.`, ...pageRow(joined.page)];
}

function pageRow(page: TrialPage | undefined): readonly Text[] {
  if (page === undefined) return [say`It serves no page there.`];
  return [say`Its page there has status ${page.status} and the title "${page.title}".`];
}

function meterRow(meter: TrialResult["meter"]): Text {
  if (meter === undefined) return say`Its meter shows nothing.`;
  const { volts, watts, trueVolts, trueWatts } = meter;
  return say`Its meter shows ${volts} V and ${watts} W, before any calibration; the true values are ${quantity(trueVolts, "V", 1)} and ${quantity(trueWatts, "W", 1)}.`;
}

/** What it asked for and called, in the home and beyond. */
function callRows(calls: readonly RecordedCall[]): readonly AnswerLine[] {
  if (calls.length === 0) return [say`It asked for no name and called nobody.`];
  return [say`It asked for and called:`, ...calls.map(callRow)];
}

function callRow({ kind, target, port, name, outcome, count }: RecordedCall): Row {
  const where = port === undefined ? target : `${target}:${port}`;
  const named = name === undefined ? where : `${where} (${name})`;
  return indented(kind, named, outcome, `${count} ×`);
}
