/**
 * Recovery options on which a hand at the plug does something: pressing, holding, switching. Where the power comes from decides the
 * words: with wires attached it is the adapter, and mains is never spoken of.
 */
import {
  ACCESS_POINT_PRESSES,
  BUTTON_RESET_SECONDS,
  POWER_CYCLE_SECONDS,
  RESET_POWER_CYCLES,
  type RecoveryOptionId,
} from "../../core/rescue/recovery-options.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { FirmwareFinder } from "../firmware-driver/finder.ts";
import { seenPlug } from "../home/plug-records.ts";
import { sleep } from "../time.ts";
import type { RescuePorts } from "./contract.ts";
import { surveyRadio } from "./survey.ts";

export type ManualOption = Extract<
  RecoveryOptionId,
  "power-cycle" | "six-presses" | "hold-button" | "seven-power-cycles"
>;

export function isManualOption(option: RecoveryOptionId): option is ManualOption {
  return ["power-cycle", "six-presses", "hold-button", "seven-power-cycles"].includes(option);
}

/** @param wires whether the plug has its power from the adapter, not from its socket. */
function textOf(option: ManualOption, wires: boolean): Text {
  const { before } = POWER_CYCLE_SECONDS;
  switch (option) {
    case "power-cycle":
      return wires
        ? say`Unplug the USB adapter (the plug stays out of its socket), count to ten, and plug the adapter in again.`
        : say`Pull the plug out of its socket, with nothing plugged into it, count to ten, and plug it in again.`;
    case "six-presses":
      return say`When the plug has been on for at least five seconds, press its button ${ACCESS_POINT_PRESSES} times quickly, at most half a second apart.`;
    case "hold-button":
      return say`With the plug switched on, hold its button down for ${BUTTON_RESET_SECONDS} seconds: count to ${BUTTON_RESET_SECONDS + 5}, then let go.`;
    case "seven-power-cycles":
      return wires
        ? say`Unplug the USB adapter (the plug stays out of its socket) and wait ${before} seconds. Then plug the adapter in, count to two, unplug it, count to two; repeat this until it was on ${RESET_POWER_CYCLES - 1} times. Then plug it in once more and leave it on.`
        : say`Pull the plug out of its socket, with nothing plugged into it, and wait ${before} seconds. Then plug it in, count to two, pull it out, count to two; repeat this until it was on ${RESET_POWER_CYCLES - 1} times. Then plug it in once more and leave it on.`;
  }
}

/** How long the effect of an act is waited for, ms: a reset erases for 3 s, a start takes 5, a scan sees it some time later. */
const SIGN_MS = 90_000;
const POLL_PAUSE_MS = 5000;

/** Asks for the act and waits until something is seen, or not. The next survey shows the effect. Errors: aborted, needs-input. */
export async function recoverByHand(
  ports: RescuePorts,
  { probe }: FirmwareFinder,
  option: ManualOption,
  plug: string | undefined,
  wires: boolean,
): Promise<void> {
  const { operator, clock, http, files, home, wifi, signal } = ports;
  await operator.act({ id: option, text: textOf(option, wires) }, signal);
  const deadline = clock.now() + SIGN_MS;
  const seen = plug === undefined ? undefined : await seenPlug({ files, path: home }, plug);
  while (clock.now() < deadline) {
    await sleep(clock, POLL_PAUSE_MS, signal);
    // Anyone who has to ask a person asks once, at the next look.
    if (wifi !== undefined && ((await surveyRadio(ports, plug)) ?? []).length > 0) return;
    const there = seen === undefined ? undefined : await probe(http, seen.address, { signal });
    if (there !== undefined && option !== "hold-button" && option !== "seven-power-cycles") return;
    if (wifi === undefined && clock.now() > deadline - SIGN_MS / 2) return;
  }
}
