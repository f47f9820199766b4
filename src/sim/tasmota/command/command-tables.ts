/** Which commands a build knows, in the order in which they are searched. */
import type { CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { energyCommands } from "./energy-commands.ts";
import { ledCommands } from "./led-commands.ts";
import { logCommands } from "./log-commands.ts";
import { minimalCommands } from "./minimal-commands.ts";
import { moduleCommands } from "./module-commands.ts";
import { mqttCommands } from "./mqtt-commands.ts";
import { optionCommands } from "./option-commands.ts";
import { otherCommands } from "./other-commands.ts";
import { powerCommands } from "./power-commands.ts";
import { restartCommands } from "./restart-commands.ts";
import { ruleCommands } from "./rule-commands.ts";
import { sensorCommands } from "./sensor-commands.ts";
import { statusCommands } from "./status-commands.ts";
import { telemetryCommands } from "./telemetry-commands.ts";
import { timeCommands } from "./time-commands.ts";
import { timerCommands } from "./timer-commands.ts";
import { variableCommands } from "./variable-commands.ts";
import { webCommands } from "./web-commands.ts";
import { wifiCommands } from "./wifi-commands.ts";

/** SetOption3. */
const MQTT_ENABLED = 3;

/** The tables as they are at any moment: the meter's own only while it works, those of MQTT only while it is on. */
export function commandTables(machine: Machine): () => readonly CommandTable[] {
  const { network, meter } = machine;
  const restart = restartCommands(machine);
  const log = logCommands(machine);
  if (machine.build.minimal) {
    const few = minimalCommands(restart, log);
    return () => few;
  }
  const energy = energyCommands(machine);
  const always = [
    ...[restart, log, powerCommands(machine), statusCommands(machine), optionCommands(machine)],
    ...[moduleCommands(machine), wifiCommands(machine), telemetryCommands(machine), webCommands(machine)],
    ...[timeCommands(machine), timerCommands(machine), ruleCommands(machine), variableCommands(machine)],
    ...[ledCommands(machine), sensorCommands(machine)],
  ];
  const mqtt = mqttCommands(machine);
  const other = otherCommands(machine);
  return () => [
    ...always,
    ...(machine.settings.option(MQTT_ENABLED) === 1 ? [mqtt] : []),
    other(),
    ...(network.commands === undefined ? [] : [network.commands]),
    ...(meter.present ? [energy] : []),
    ...(meter.present && meter.commands !== undefined ? [meter.commands] : []),
  ];
}
