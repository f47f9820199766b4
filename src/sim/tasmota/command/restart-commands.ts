/** Restart, Reset, upgrade, waiting. Source: Tasmota tasmota_support/support_command.ino (CmndRestart, CmndReset, CmndUpgrade). */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { RESTART_SOON } from "./answers.ts";
import { answerNumber, answerText } from "./json.ts";
import { atoi, shortcut, within } from "./payload.ts";

/** Restart 9: deep sleep, which without a wire from GPIO16 to reset is a restart. */
const DEEP_SLEEP = 9;
const DEFAULT_OTA_URL = "http://ota.tasmota.com/tasmota/release/tasmota.bin.gz";
/** restartFlag of Reset n is this plus n. */
export const RESET_FLAG = 210;
/** Delay: 0.1 s, lowest and highest. */
const DELAY_RANGE: readonly [number, number] = [2, 3600];

export function restartCommands(machine: Machine): CommandTable {
  const { settings } = machine;

  function restart(call: CommandCall): void {
    if (call.payload === 99) {
      call.respond(undefined);
      machine.restartNow();
      return;
    }
    if (call.payload === DEEP_SLEEP) {
      machine.restartFlag = RESTART_SOON;
      call.respond(answerText(call.key, "Go to sleep"));
      return;
    }
    if (call.payload !== 1 && call.payload !== 2) {
      call.respond(answerText(call.key, "1 to restart, 2 to halt"));
      return;
    }
    if (call.payload === 2) machine.haltOnRestart = true;
    machine.restartFlag = RESTART_SOON;
    call.respond(answerText(call.key, call.payload === 2 ? "Halting" : "Restarting"));
  }

  function reset(call: CommandCall): void {
    if (within(call.payload, 1, 6)) {
      machine.restartFlag = RESET_FLAG + call.payload;
      call.respond(answerText(call.key, `${call.payload === 1 ? "" : "Erase, "}Reset and Restarting`));
    } else if (call.payload === 99) {
      settings.set("bootcount", 0);
      settings.set("bootcount_reset_time", 0);
      call.respond(answerText(call.key, "Done"));
    } else call.respond(answerText(call.key, "1 to reset"));
  }

  function upgrade(call: CommandCall): void {
    const wanted = (call.data.length === 1 && call.payload === 1) || isNewer(call.data, machine.build.number);
    if (wanted) machine.ota.start();
    const answer = wanted
      ? `Version ${machine.build.number} from ${settings.text("OtaUrl")}`
      : `1 or >${machine.build.number} to upgrade`;
    call.respond(answerText(call.key, answer));
  }

  function otaUrl(call: CommandCall): void {
    if (call.data !== "") {
      settings.setText("OtaUrl", shortcut(call.data) === "default" ? DEFAULT_OTA_URL : call.data);
    }
    call.respond(answerText(call.key, settings.text("OtaUrl")));
  }

  /**
   * Every command sets the backlog's pause; Delay lengthens it, -1 until the next full second. Its lower bound is unsigned:
   * a negative number, and so no number too, ends the pause.
   */
  function delay(call: CommandCall): void {
    if (call.payload === -1) machine.dispatcher.delayBacklog(1 - Math.floor(machine.time.millis % 1000) / 1000);
    else if (call.payload < 0 || within(call.payload, ...DELAY_RANGE))
      machine.dispatcher.delayBacklog(call.payload / 10);
    call.respond(answerNumber(call.key, machine.dispatcher.backlogRest));
  }

  return { Restart: restart, Reset: reset, Upgrade: upgrade, Upload: upgrade, OtaUrl: otaUrl, Delay: delay };
}

/** Bytes of a version, most significant first. */
const VERSION_PARTS = 4;

/** NewerVersion: two to four numbers up to 255; a letter after the third is the fourth. */
function isNewer(asked: string, present: string): boolean {
  if (asked.length < 3) return false;
  const parts: number[] = [];
  for (const part of asked.split(".").filter((each) => each !== "")) {
    if (parts.length === VERSION_PARTS) break;
    const number = atoi(part);
    if (!within(number, 0, 255)) return false;
    parts.push(number);
    const letter = part.at(-1)!;
    if (parts.length === 3 && /[A-Za-z]/.test(letter)) parts.push(letter.charCodeAt(0) & 0x1f);
  }
  if (parts.length < 2) return false;
  return versionOf(parts) > versionOf(present.split(".").map(Number));
}

function versionOf(parts: readonly number[]): number {
  return Array.from({ length: VERSION_PARTS }, (_, i) => parts[i] ?? 0).reduce((sum, part) => sum * 256 + part, 0);
}
