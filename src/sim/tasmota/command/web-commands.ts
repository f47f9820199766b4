/** The web server's settings. Source: Tasmota tasmota_xdrv_driver/xdrv_01_9_webserver.ino (CmndWebServer …). */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { numberCommand, RESTART_SOON, stateText } from "./answers.ts";
import { answerNumber, answerText, hex } from "./json.ts";
import { withBits } from "./option-commands.ts";
import { textArgument, within } from "./payload.ts";

const ADMIN = 2;
/** Emulation in flag2. */
const EMULATION_BIT = 21;
const EMULATION_WIDTH = 2;
/** Colours: 18 in the first field, two in the second; 3 bytes each. */
const COLOURS_FIRST = 18;
const COLOURS = 20;

/** 0 none, 1 Belkin WeMo, 2 Philips Hue. */
export function emulation(flag2: number): number {
  return (flag2 >>> EMULATION_BIT) & ((1 << EMULATION_WIDTH) - 1);
}

export function webCommands(machine: Machine): CommandTable {
  const { settings } = machine;

  function webServer(call: CommandCall): void {
    if (within(call.payload, 0, ADMIN)) {
      settings.set("webserver", call.payload);
      machine.network.webServerChanged();
    }
    const mode = settings.get("webserver");
    const who = mode === ADMIN ? "Admin" : "User";
    const where = `${machine.hostname} with IP address ${machine.network.station.ip}`;
    call.respond(`{"Webserver":"${mode === 0 ? stateText(machine, 0) : `Active for ${who} on ${where}`}"}`);
  }

  function webPassword(call: CommandCall): void {
    if (call.data !== "") settings.setText("WebPassword", textArgument(call));
    const shown = call.data !== "" && call.index !== 2 ? settings.text("WebPassword") : "****";
    call.respond(answerText(call.key, shown));
  }

  function emulationCommand(call: CommandCall): void {
    if (within(call.payload, 0, 2)) {
      settings.set("flag2", withBits(settings.get("flag2"), EMULATION_BIT, EMULATION_WIDTH, call.payload));
      machine.restartFlag = RESTART_SOON;
    }
    call.respond(answerNumber(call.key, emulation(settings.get("flag2"))));
  }

  function colour(index: number): string {
    const [field, first] = index < COLOURS_FIRST ? ["web_color", index] : ["web_color2", index - COLOURS_FIRST];
    return `#${[0, 1, 2]
      .map((i) => hex(settings.get(field as string, 3 * (first as number) + i), 2))
      .join("")
      .toLowerCase()}`;
  }

  function webColor(call: CommandCall): void {
    const value = /^#?([0-9a-f]{6})$/i.exec(call.data)?.[1];
    if (value !== undefined && within(call.index, 1, COLOURS)) {
      const at = call.index - 1;
      for (let i = 0; i < 3; i++) {
        const byte = Number.parseInt(value.slice(2 * i, 2 * i + 2), 16);
        if (at < COLOURS_FIRST) settings.set("web_color", byte, 3 * at + i);
        else settings.set("web_color2", byte, 3 * (at - COLOURS_FIRST) + i);
      }
    }
    const all = Array.from({ length: COLOURS }, (_, i) => `"${colour(i)}"`);
    call.respond(`{"${call.key}":[${all.join(",")}]}`);
  }

  return {
    WebServer: webServer,
    WebPassword: webPassword,
    WebRefresh: numberCommand(machine, { field: "web_refresh", low: 400, high: 65000 }),
    WebColor: webColor,
    Emulation: emulationCommand,
    /** Known, and refused: nothing here sends. */
    WebSend: () => {},
  };
}
