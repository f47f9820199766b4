/**
 * Commands of drivers that a plug does not need and the plain build has: JSON as a list of commands, device groups,
 * Domoticz, deep sleep. Their settings are kept; of themselves they send nothing.
 * Source: Tasmota support_command.ino (CmndJson, CmndJsonPP, CmndDevGroup…), xdrv_07_domoticz.ino, xdrv_29_deepsleep.ino.
 */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import { domoticzEnding, publishDomoticz } from "../device/domoticz.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedNumber, numberCommand, RESTART_SOON, stateText } from "./answers.ts";
import { answerNumber, answerText, hex, withinBytes } from "./json.ts";
import { type JsonValue, parseJsonObject } from "./json-tokens.ts";
import { optionSynonym, withBits } from "./option-commands.ts";
import { atoi, parameters, within } from "./payload.ts";

const GROUPS = 4;
const PRETTY_BIT = 16;
const PRETTY_WIDTH = 3;
const HIGHEST_INDENT = 7;
const MQTT_ENABLED = 3;
/** Indices kept in the settings; those of further relays are forgotten at a restart. */
const DOMOTICZ_KEPT = 4;
const DOMOTICZ_RELAYS = 32;
const DOMOTICZ_SENSORS = 11;
/** DzSend3 and DzSend4. */
const DOMOTICZ_NUMBER = 3;
const DOMOTICZ_SWITCHES = 4;
/** Bytes of a message that carries values. */
const DOMOTICZ_MESSAGE = 127;
/** SetOption19, 73, 114: commands of their own under Discover. */
const DISCOVERY_OFF = 19;
const BUTTONS_DETACHED = 73;
const SWITCHES_DETACHED = 114;
/** Ten years, s. */
const LONGEST_SLEEP = 10 * 366 * 86_400;
const SHORTEST_SLEEP = 11;

export function otherCommands(machine: Machine): () => CommandTable {
  const { settings } = machine;

  /** {"Power":1,"Channel":[1,2]}: each key a command; what has a semicolon in it runs at once, the rest as a backlog. */
  function json(call: CommandCall): void {
    const root = parseJsonObject(quoteInner(call.data));
    if (root === undefined) {
      call.respond(answerText(call.key, "Empty"));
      return;
    }
    const later: string[] = [];
    for (const [command, value] of root.entries) {
      for (const line of commandsOf(command, value)) {
        if (value.items === undefined && line.includes(";")) machine.execute(line, "system");
        else later.push(line);
      }
    }
    call.respond(undefined);
    if (later.length > 0) machine.execute(`Backlog0 ${later.join(";")}`, "system");
  }

  function commandsOf(command: string, value: JsonValue): readonly string[] {
    if (value.isObject) return [];
    return value.items?.map((item, i) => `${command}${i + 1} ${item.text()}`) ?? [`${command} ${value.text()}`];
  }

  /** Indents of JSON in the log; here it is kept and the log stays as it is. */
  function pretty(call: CommandCall): void {
    if (within(call.payload, 0, HIGHEST_INDENT)) {
      settings.set("mbflag2", withBits(settings.get("mbflag2"), PRETTY_BIT, PRETTY_WIDTH, call.payload));
    } else if (call.data !== "") {
      machine.execute(call.data, call.source);
      call.respond(undefined);
      return;
    }
    call.respond(answerNumber(call.key, (settings.get("mbflag2") >>> PRETTY_BIT) & HIGHEST_INDENT));
  }

  function groupName(call: CommandCall): void {
    if (!within(call.index, 1, GROUPS)) return;
    if (call.data !== "") {
      settings.setText(`DevGroupName${call.index}`, call.data === "0" || call.data === '"' ? "" : call.data);
      machine.restartFlag = RESTART_SOON;
    }
    call.respond(
      answerAll(
        machine,
        call,
        Array.from({ length: GROUPS }, (_, i) => `DevGroupName${i + 1}`),
      ),
    );
  }

  function groupShare(call: CommandCall): void {
    const [inward, outward] = parameters(call.typed, 2);
    if (inward !== undefined) settings.set("device_group_share_in", inward);
    if (outward !== undefined) settings.set("device_group_share_out", outward);
    const shown = (field: string): string => hex(settings.get(field), 1);
    call.respond(
      `{"${call.key}":{"In":"${shown("device_group_share_in")}","Out":"${shown("device_group_share_out")}"}}`,
    );
  }

  function groupTie(call: CommandCall): void {
    if (!within(call.index, 1, GROUPS)) return;
    if (call.data !== "") settings.set("device_group_tie", call.payload, call.index - 1);
    const all = Array.from(
      { length: GROUPS },
      (_, i) => `"${call.key}${i + 1}":${settings.get("device_group_tie", i)}`,
    );
    call.respond(`{${all.join(",")}}`);
  }

  const furtherRelays = new Map<number, number>();

  function domoticzRelay(call: CommandCall): void {
    if (call.index > DOMOTICZ_RELAYS) return;
    if (call.payload >= 0 && call.index === 0) {
      for (let i = 0; i < DOMOTICZ_KEPT; i++) settings.set("domoticz_relay_idx", 0, i);
      furtherRelays.clear();
    } else if (call.payload >= 0 && call.index <= DOMOTICZ_KEPT) {
      settings.set("domoticz_relay_idx", call.payload, call.index - 1);
    } else if (call.payload >= 0) furtherRelays.set(call.index, call.payload);
    const kept = within(call.index, 1, DOMOTICZ_KEPT);
    call.respond(
      answerIndexedNumber(
        call,
        kept ? settings.get("domoticz_relay_idx", call.index - 1) : (furtherRelays.get(call.index) ?? 0),
      ),
    );
  }

  function domoticz(field: string, count: number): CommandHandler {
    return (call) => {
      if (!within(call.index, 1, count)) return;
      if (call.payload >= 0) settings.set(field, call.payload, call.index - 1);
      call.respond(answerIndexedNumber(call, settings.get(field, call.index - 1)));
    };
  }

  /** "DzSend1 idx,values"; 3 sends them as a number, 4 and 5 switch a light and a scene. */
  function domoticzSend(call: CommandCall): void {
    const [, first, rest = ""] = /^,*([^,]+),?(.*)$/s.exec(call.data) ?? [];
    const index = atoi(first ?? "");
    if (!within(call.index, 1, 5) || !call.data.includes(",") || index <= 0) return;
    const values = rest.replaceAll(":", ";");
    let message: string;
    if (call.index >= DOMOTICZ_SWITCHES) {
      const command = call.index === DOMOTICZ_SWITCHES ? "switchlight" : "switchscene";
      const state = ["Off", "On", "Toggle"][atoi(values)] ?? "On";
      message = `{"command":"${command}","idx":${index},"switchcmd":"${state}"}`;
    } else {
      const value = call.index === DOMOTICZ_NUMBER ? `"nvalue":${values}` : `"nvalue":0,"svalue":"${values}"`;
      message = withinBytes(`{"idx":${index},${value},${domoticzEnding(machine)}`, DOMOTICZ_MESSAGE);
    }
    publishDomoticz(machine.messages, message);
    call.respond(answerText(call.key, "Done"));
  }

  function discover(call: CommandCall): void {
    if (call.payload >= 0) settings.setOption(DISCOVERY_OFF, 1 - (call.payload & 1));
    call.respond(answerText(call.key, stateText(machine, 1 - settings.option(DISCOVERY_OFF))));
  }

  function deepSleep(call: CommandCall): void {
    if (call.payload === 0 || within(call.payload, SHORTEST_SLEEP, LONGEST_SLEEP - 1)) {
      settings.set("deepsleep", call.payload);
    }
    call.respond(answerNumber(call.key, settings.get("deepsleep")));
  }

  const always: CommandTable = {
    Json: json,
    JsonPP: pretty,
    DevGroupName: groupName,
    DevGroupShare: groupShare,
    DevGroupTie: groupTie,
    /** Answered only where device groups are switched on. */
    DevGroupStatus: () => {},
    DeepSleepTime: deepSleep,
  };
  const domoticzTable: CommandTable = {
    DzIdx: domoticzRelay,
    DzKeyIdx: domoticz("domoticz_key_idx", DOMOTICZ_KEPT),
    DzSwitchIdx: domoticz("domoticz_switch_idx", DOMOTICZ_KEPT),
    DzSensorIdx: domoticz("domoticz_sensor_idx", DOMOTICZ_SENSORS),
    DzSend: domoticzSend,
    DzUpdateTimer: numberCommand(machine, { field: "domoticz_update_timer", low: 0, high: 3600 }),
  };
  const discovery: CommandTable = {
    Discover: discover,
    DiscoverOff: optionSynonym(machine, DISCOVERY_OFF),
    DiscoverButton: optionSynonym(machine, BUTTONS_DETACHED),
    DiscoverSwitch: optionSynonym(machine, SWITCHES_DETACHED),
  };
  /** As it was at boot: switching MQTT off does not take Domoticz away before the restart. */
  let hasDomoticz: boolean | undefined;
  return () => {
    const mqtt = settings.option(MQTT_ENABLED) === 1;
    hasDomoticz ??= mqtt;
    return { ...always, ...(hasDomoticz ? domoticzTable : {}), ...(mqtt ? discovery : {}) };
  };
}

/** Objects inside the object become texts, so that they reach their command as they are. */
function quoteInner(data: string): string {
  let depth = 0;
  let result = "";
  for (const character of data) {
    if (character === "{" && ++depth === 2) result += '"';
    result += depth > 1 && character === '"' ? '\\\\"'.slice(1) : character;
    if (character === "}" && --depth === 1) result += '"';
  }
  return result;
}
