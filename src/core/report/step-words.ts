/** What each step of a conversion left on record: as a short summary for programs, and as a sentence for people. */
import type { ConversionStep, FinishedSteps } from "../conversion/state.ts";
import { day, moment } from "./format.ts";
import { say } from "./say.ts";

export function stepSummary(step: ConversionStep, finished: FinishedSteps): string {
  switch (step) {
    case "prepare":
      return `supply ${finished.get(step)?.data.supply}`;
    case "identify": {
      const { chip, flashId } = finished.get(step)?.data ?? {};
      return `${chip}, flash id ${flashId}`;
    }
    case "back-up": {
      const { sha256, already } = finished.get(step)?.data ?? {};
      return `sealed, SHA-256 ${String(sha256).slice(0, 16)}…${already === true ? " (was there already)" : ""}`;
    }
    case "write":
      return `proven, MD5 ${finished.get(step)?.data.md5}`;
    case "boot": {
      const { deferred, restartReason } = finished.get(step)?.data ?? {};
      return deferred === true ? "left for the first time at mains" : `"${restartReason}"`;
    }
    case "provision": {
      const { road: transport, address } = finished.get(step)?.data ?? {};
      return `over ${transport}, at ${address}`;
    }
    case "calibrate":
      return finished.get(step)?.data.skipped === true ? "left for later" : "see its certificate";
    default:
      return "done";
  }
}

/** How the plug got its network's name and passphrase; as recorded in the step. */
const ROUTES: Readonly<Record<string, string>> = {
  serial: say`over the serial line`,
  improv: say`over the serial line (Improv)`,
  "access-point": say`through its own access point`,
};

/** Empty where the step says nothing to a person. */
export function stepWords(step: ConversionStep, finished: FinishedSteps): string {
  switch (step) {
    case "prepare": {
      const { supply } = finished.get(step)?.data ?? {};
      const fed = {
        strong: say`, fed with 3.3 V that carry its radio`,
        weak: say`, fed with 3.3 V that do not carry its radio`,
      };
      return say`Opened, wired and measured on ${day(finished.get(step)?.at ?? "")}${supply === undefined ? "" : fed[supply]}.`;
    }
    case "identify": {
      const { chip } = finished.get(step)?.data ?? {};
      return chip === undefined ? "" : say`Chip identified: ${chip}.`;
    }
    case "back-up":
      return say`Old firmware backed up and checked.`;
    case "write":
      return say`New firmware written and checked.`;
    case "boot":
      return finished.get(step)?.data.deferred === true
        ? say`First start left for mains, in the closed case.`
        : say`Started from cold.`;
    case "provision": {
      const { road: transport, address } = finished.get(step)?.data ?? {};
      const how = transport === undefined ? undefined : ROUTES[transport];
      return say`Joined the network${how === undefined ? "" : ` ${how}`}${address === undefined ? "" : say`, at ${address}`}.`;
    }
    case "configure":
      return say`Configured.`;
    case "secure": {
      const { refused } = finished.get(step)?.data ?? {};
      return refused === undefined ? say`Password set.` : say`Password set; ${refused} tries without it were refused.`;
    }
    case "audit":
      return say`Every setting read back.`;
    case "close-case": {
      const { confirmed, measured } = finished.get(step)?.data ?? {};
      return say`Closed: ${confirmed?.length ?? 0} items confirmed, ${measured?.length ?? 0} measured.`;
    }
    case "calibrate": {
      const { data, at } = finished.get(step) ?? {};
      return data?.skipped === true ? say`Calibration left for later.` : say`Calibrated ${moment(at ?? "")}.`;
    }
    default:
      return "";
  }
}
