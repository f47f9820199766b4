/** Telemetry's period and the words for states: known with MQTT off, too. Source: Tasmota tasmota_support/support_command.ino. */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedText } from "./answers.ts";
import { answerNumber } from "./json.ts";
import { within } from "./payload.ts";

export function telemetryCommands(machine: Machine): CommandTable {
  const { settings } = machine;

  function stateTextCommand(call: CommandCall): void {
    if (!within(call.index, 1, 4)) return;
    const field = `StateText${call.index}`;
    if (!call.userIndex) {
      call.respond(
        answerAll(
          machine,
          call,
          [1, 2, 3, 4].map((n) => `StateText${n}`),
        ),
      );
      return;
    }
    if (call.data !== "") settings.setText(field, call.data.replace(/ /g, "_"));
    call.respond(answerIndexedText(call, settings.text(field)));
  }

  function telePeriod(call: CommandCall): void {
    if (within(call.payload, 0, 3600)) {
      const asked = call.payload === 1 ? 300 : call.payload;
      settings.set("tele_period", asked > 0 && asked < 10 ? 10 : asked);
    }
    machine.restartTelemetry();
    call.respond(answerNumber(call.key, settings.get("tele_period")));
  }

  return { StateText: stateTextCommand, TelePeriod: telePeriod };
}
