/** What each step of a conversion put on record: a short summary for programs, and a sentence for people. */
import type { ConversionStep, FinishedSteps } from "../conversion/state.ts";
import type { Supply } from "../journal/step-data.ts";
import { dayOf, say, type Text } from "../text/text.ts";
import { moment } from "./format.ts";

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

/** The plug is in the network: how it got there, as recorded in the step, and where. */
const JOINED: Readonly<Partial<Record<string, (address: string | undefined) => Text>>> = {
  serial: (address) =>
    address === undefined
      ? say`Connected to the network over the serial line.`
      : say`Connected to the network over the serial line, at ${address}.`,
  improv: (address) =>
    address === undefined
      ? say`Connected to the network over the serial line (Improv).`
      : say`Connected to the network over the serial line (Improv), at ${address}.`,
  "access-point": (address) =>
    address === undefined
      ? say`Connected to the network through its own access point.`
      : say`Connected to the network through its own access point, at ${address}.`,
};

function joinedNetwork(transport: string | undefined, address: string | undefined): Text {
  const how = transport !== undefined && Object.hasOwn(JOINED, transport) ? JOINED[transport] : undefined;
  if (how !== undefined) return how(address);
  return address === undefined ? say`Connected to the network.` : say`Connected to the network at ${address}.`;
}

function prepared(supply: Supply | undefined, at: string): Text {
  const day = dayOf(at);
  if (supply === undefined) return say`Opened, wired and measured on ${day}.`;
  return supply === "strong"
    ? say`Opened, wired and measured on ${day}. The 3.3 V supply is strong enough for Wi-Fi.`
    : say`Opened, wired and measured on ${day}. The 3.3 V supply is too weak for Wi-Fi.`;
}

export function stepWords(step: ConversionStep, finished: FinishedSteps): Text {
  switch (step) {
    case "prepare":
      return prepared(finished.get(step)?.data.supply, finished.get(step)?.at ?? "");
    case "identify": {
      const { chip } = finished.get(step)?.data ?? {};
      return chip === undefined ? say`Chip identified.` : say`Chip identified: ${chip}.`;
    }
    case "back-up":
      return say`Original firmware backed up and verified.`;
    case "write":
      return say`New firmware written and verified.`;
    case "boot":
      return finished.get(step)?.data.deferred === true
        ? say`First start postponed until the case is closed and the plug is on mains.`
        : say`First start from power-on seen.`;
    case "provision": {
      const { road: transport, address } = finished.get(step)?.data ?? {};
      return joinedNetwork(transport, address);
    }
    case "configure":
      return say`Configured.`;
    case "secure": {
      const { refused } = finished.get(step)?.data ?? {};
      return refused === undefined
        ? say`Password set.`
        : say`Password set. Attempts without it that were refused: ${refused}.`;
    }
    case "audit":
      return say`Every setting read back.`;
    case "close-case": {
      const { confirmed, measured } = finished.get(step)?.data ?? {};
      return say`Case closed. Items confirmed: ${confirmed?.length ?? 0}, measured: ${measured?.length ?? 0}.`;
    }
    case "calibrate": {
      const { data, at } = finished.get(step) ?? {};
      return data?.skipped === true ? say`Calibration postponed.` : say`Calibrated on ${moment(at ?? "")}.`;
    }
    default:
      return say`Done.`;
  }
}
