/** Restart, Reset, upgrade, waiting. Source: Tasmota tasmota_support/support_command.ino (CmndRestart, CmndReset, CmndUpgrade). */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { RESTART_SOON } from "./answers.ts";
import { answerNumber, answerText } from "./json.ts";
import { shortcut, within } from "./payload.ts";

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
    if (call.payload !== 1 && call.payload !== 2) {
      call.respond(answerText(call.key, "1 to restart, 2 to halt"));
      return;
    }
    machine.haltOnRestart = call.payload === 2;
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

  function delay(call: CommandCall): void {
    const asked = within(call.payload, ...DELAY_RANGE);
    if (asked) machine.dispatcher.delayBacklog(call.payload / 10);
    else machine.dispatcher.delayBacklog(0);
    call.respond(answerNumber(call.key, asked ? machine.dispatcher.backlogRest : 0));
  }

  return { Restart: restart, Reset: reset, Upgrade: upgrade, Upload: upgrade, OtaUrl: otaUrl, Delay: delay };
}

/** "15.3" is newer than "15.2.0.2"; at least three characters of a version number. */
function isNewer(asked: string, present: string): boolean {
  if (asked.length < 3 || !/^\d+(\.\d+)+$/.test(asked)) return false;
  const [a, b] = [asked, present].map((text) => text.split(".").map(Number));
  for (let i = 0; i < Math.max(a!.length, b!.length); i++) {
    const difference = (a![i] ?? 0) - (b![i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
