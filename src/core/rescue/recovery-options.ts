/**
 * The decision table: from what is seen to the recovery options, shortest first. A recovery option that keeps the plug's settings comes
 * before one that loses them, one without a hand on the plug before one with, wires last. Pure: the engine looks and walks.
 *
 * Constants of the person's acts, from the Tasmota documentation, "Device Recovery": a button held for 40 s resets to
 * defaults; so does the seventh of seven power cycles; six quick presses open the access point (page "Buttons and
 * Switches"), for three minutes where Wi-Fi credentials are stored.
 */
import { say, type Text } from "../text/text.ts";
import type { Observations } from "./observations.ts";

export const BUTTON_RESET_SECONDS = 40;
export const RESET_POWER_CYCLES = 7;
export const ACCESS_POINT_PRESSES = 6;
/** Shorter than this the plug may be on in each of the cycles, longer it has to be before and after; seconds. */
export const POWER_CYCLE_SECONDS = { on: 2, off: 2, before: 30 } as const;

export type RecoveryOptionId =
  | "in-network"
  | "finish-upgrade"
  | "console"
  | "access-point"
  | "resume-writing"
  | "start"
  | "wait"
  | "power-cycle"
  | "six-presses"
  | "hold-button"
  | "seven-power-cycles"
  | "write-anew"
  | "open-the-case";

export interface RecoveryOption {
  readonly id: RecoveryOptionId;
  /** Why it is possible, from what was seen. */
  readonly reason: Text;
  /** The one thing that happens next. */
  readonly nextAction: Text;
  /** Who has to do something: nobody, a hand at the plug, or somebody at its wires. */
  readonly needs: "nothing" | "a hand" | "wires";
  /** What the plug forgets on the way. All of it comes back: from the profile, the person and the journal. */
  readonly loses: "nothing" | "settings";
}

interface Rule extends Omit<RecoveryOption, "reason"> {
  /** In a few words. */
  readonly title: Text;
  /** The reason why this recovery option is possible; undefined where it is not. */
  readonly when: (seen: Observations) => Text | undefined;
}

const RULES: readonly Rule[] = [
  {
    id: "in-network",
    title: say`Configure and check it where it answers`,
    needs: "nothing",
    loses: "nothing",
    nextAction: say`Configure and check it at the address where it answers.`,
    when: ({ network, symptom }) => {
      const plug = network.find(({ access, minimal }) => access !== "wanted" && !minimal);
      // An open loop of restarts answers now and then; configuring it would only add to them.
      if (plug === undefined || symptom === "boot-loop") return undefined;
      const how = plug.access === "fits" ? say`the password on record lets in` : say`it asks for no password`;
      return say`it answers at ${plug.address}, and ${how}`;
    },
  },
  {
    id: "finish-upgrade",
    title: say`Finish the upgrade`,
    needs: "nothing",
    loses: "nothing",
    nextAction: say`Finish the upgrade: the whole Tasmota in place of the minimal one.`,
    when: ({ network, upgrade }) => {
      const plug = network.find(({ minimal }) => minimal);
      return plug === undefined || !upgrade ? undefined : say`a minimal Tasmota answers at ${plug.address}`;
    },
  },
  {
    id: "resume-writing",
    title: say`Continue the interrupted write`,
    needs: "wires",
    loses: "nothing",
    nextAction: say`Hold GPIO0 to ground while you switch the power on, then continue the interrupted write. What a digest proves to be there is not written again.`,
    // Even where a firmware starts: what is not proven is not finished.
    when: ({ serial, records }) =>
      serial !== undefined && records.halfWritten !== undefined && records.sealedBackup
        ? say`its journal says that a ${records.halfWritten} was interrupted, and a sealed backup holds what was there before`
        : undefined,
  },
  {
    id: "console",
    title: say`Repair its settings over the wires`,
    needs: "nothing",
    loses: "nothing",
    nextAction: say`Repair its settings over the wires: the console asks for no password.`,
    when: ({ serial, records }) =>
      serial?.kind === "tasmota" && !serial.minimal && serial.starts < 2 && records.halfWritten === undefined
        ? say`its serial console answers`
        : undefined,
  },
  {
    id: "access-point",
    title: say`Give it the network through its access point`,
    needs: "nothing",
    loses: "nothing",
    nextAction: say`Join its access point and give it the Wi-Fi network.`,
    when: ({ accessPoints }) => {
      const [first] = accessPoints ?? [];
      return first === undefined ? undefined : say`its access point "${first.ssid}" is in range`;
    },
  },
  {
    id: "start",
    title: say`Start its firmware`,
    needs: "wires",
    loses: "nothing",
    nextAction: say`Disconnect GPIO0 from ground and switch the power off and on: its firmware starts.`,
    when: ({ serial, records }) =>
      serial?.kind === "download-mode" && records.halfWritten === undefined
        ? say`the chip is in download mode, so its firmware may still be intact`
        : undefined,
  },
  {
    id: "wait",
    title: say`Wait for the boot-loop guard`,
    needs: "nothing",
    loses: "nothing",
    nextAction: say`Leave it alone: after the sixth quick restart Tasmota resets its module by itself (SetOption36).`,
    when: ({ serial, symptom }) =>
      (serial?.kind === "tasmota" && serial.starts >= 2) || (serial === undefined && symptom === "boot-loop")
        ? say`it restarts again and again until Tasmota's boot-loop guard stops that`
        : undefined,
  },
  {
    id: "power-cycle",
    title: say`Disconnect and reconnect the power`,
    needs: "a hand",
    loses: "nothing",
    nextAction: say`Disconnect its power for ten seconds, then reconnect it: it joins its network, or opens its access point again.`,
    when: (seen) =>
      quiet(seen) &&
      seen.records.halfWritten === undefined &&
      ["access-point-gone", "settings-gone", "lost-address", "unknown"].includes(seen.symptom)
        ? say`there is no sign of it: it may have no power, or its access point has closed`
        : undefined,
  },
  {
    id: "six-presses",
    title: say`Six presses of its button`,
    needs: "a hand",
    loses: "nothing",
    nextAction: say`Press its button ${ACCESS_POINT_PRESSES} times quickly: it opens its access point for three minutes.`,
    when: (seen) =>
      quiet(seen) && alive(seen) && seen.symptom !== "lost-password"
        ? say`there is no sign of it; a plug that cannot join its Wi-Fi opens no access point by itself`
        : undefined,
  },
  {
    id: "hold-button",
    title: say`Hold its button`,
    needs: "a hand",
    loses: "settings",
    nextAction: say`Hold its button for ${BUTTON_RESET_SECONDS} s: it resets its settings and opens its access point.`,
    when: (seen) => (alive(seen) ? say`its button resets it without a password` : undefined),
  },
  {
    id: "seven-power-cycles",
    title: say`Seven power cycles`,
    needs: "a hand",
    loses: "settings",
    nextAction: say`Switch its power on and off ${RESET_POWER_CYCLES} times, ${POWER_CYCLE_SECONDS.on} s each, and leave it on the last time: it resets its settings.`,
    when: (seen) =>
      seen.records.halfWritten === undefined && !isMinimal(seen) && seen.serial?.kind !== "not-starting"
        ? say`power cycles reset it even where its button does not, or where it restarts too fast for it`
        : undefined,
  },
  {
    id: "write-anew",
    title: say`Write the firmware again`,
    needs: "wires",
    loses: "settings",
    nextAction: say`Hold GPIO0 to ground, power it up, and write the firmware again.`,
    when: ({ serial, image, records }) => {
      if (serial === undefined || !image || records.halfWritten === "restore") return undefined;
      return records.sealedBackup
        ? say`wires are attached, an image is available, and a backup is sealed`
        : say`wires are attached and an image is available; a backup is sealed first`;
    },
  },
  {
    id: "open-the-case",
    title: say`Open the case`,
    needs: "wires",
    loses: "nothing",
    nextAction: say`Take it out of its socket, open it, attach the wires, and run rescue again with --port (and --firmware for a plug that does not start).`,
    when: ({ serial }) => (serial === undefined ? say`access over the wires needs no password` : undefined),
  },
];

/** A recovery option in a few words. */
export function recoveryTitle(option: RecoveryOptionId): Text {
  return RULES.find(({ id }) => id === option)!.title;
}

/** Neither network nor air nor wires show it. */
function quiet({ network, accessPoints, serial }: Observations): boolean {
  return (
    network.length === 0 && (accessPoints ?? []).length === 0 && (serial === undefined || serial.kind === "silent")
  );
}

/** Its firmware runs, as far as is known: somebody watches the button. */
function alive(seen: Observations): boolean {
  if (seen.records.halfWritten !== undefined || isMinimal(seen) || seen.symptom === "boot-loop") return false;
  const { serial } = seen;
  return serial === undefined || (serial.kind === "tasmota" && serial.starts < 2);
}

function isMinimal({ symptom, network, serial }: Observations): boolean {
  return (
    symptom === "minimal" || network.some(({ minimal }) => minimal) || (serial?.kind === "tasmota" && serial.minimal)
  );
}

/** Every recovery option that is possible now, the best first. Empty only where nothing can be done with what is at hand. */
export function recoveryOptions(seen: Observations): readonly RecoveryOption[] {
  return RULES.flatMap(({ when, ...option }) => {
    const reason = when(seen);
    return reason === undefined ? [] : [{ ...option, reason }];
  });
}
