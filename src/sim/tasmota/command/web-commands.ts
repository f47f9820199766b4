/** The web server's settings. Source: Tasmota tasmota_xdrv_driver/xdrv_01_9_webserver.ino (CmndWebServer …). */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerIndexedText, numberCommand, RESTART_SOON, stateText } from "./answers.ts";
import { answerNumber, answerText, quote } from "./json.ts";
import { withBits } from "./option-commands.ts";
import { shortcut, textArgument, within } from "./payload.ts";
import { webColor } from "./web-colours.ts";

const ADMIN = 2;
/** Emulation in flag2. */
const EMULATION_BIT = 21;
const EMULATION_WIDTH = 2;
/** MAX_BUTTON_TEXT, and how many of them are in the settings. */
const BUTTONS = 32;
const BUTTONS_STORED = 16;
/** MAX_XSNS_DRIVERS; the second half of the bits is for the main page. */
const SENSORS = 128;
const SENSOR_WORDS = 4;

/** strtoul: what a number starts with. */
function unsigned(text: string): number {
  return Number.parseInt(text, 10) || 0;
}

/** 0 none, 1 Belkin WeMo, 2 Philips Hue. */
export function emulation(flag2: number): number {
  return (flag2 >>> EMULATION_BIT) & ((1 << EMULATION_WIDTH) - 1);
}

export function webCommands(machine: Machine): CommandTable {
  const { settings } = machine;
  const buttons = new Map<number, string>();

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

  /** Which part of the date and time the main page shows. */
  function webTime(call: CommandCall): void {
    const now = machine.time.local();
    const [first, second] = call.data.split(/[, ]+/).filter((part) => part !== "");
    if (first !== undefined && second !== undefined) {
      const end = Math.min(unsigned(second), now.length);
      settings.set("web_time_end", end);
      settings.set("web_time_start", unsigned(first) >= end ? 0 : unsigned(first));
    }
    const [start, end] = [settings.get("web_time_start"), settings.get("web_time_end")];
    call.respond(`{"${call.key}":[${start},${end}],"Time":"${now.slice(start, end)}"}`);
  }

  const button = (index: number): string =>
    index <= BUTTONS_STORED ? settings.text(`ButtonText${index}`) : (buttons.get(index) ?? "");

  /** From the seventeenth on until the next boot only. */
  function webButton(call: CommandCall): void {
    if (!within(call.index, 1, BUTTONS)) return;
    if (!call.userIndex) {
      const all = Array.from({ length: BUTTONS }, (_, i) => `"${call.key}${i + 1}":${quote(button(i + 1))}`);
      call.respond(`{${all.join(",")}}`);
      return;
    }
    if (call.data !== "") {
      const text = call.data.startsWith('"') ? "" : call.data;
      if (call.index <= BUTTONS_STORED) settings.setText(`ButtonText${call.index}`, text);
      else buttons.set(call.index, text);
    }
    call.respond(answerIndexedText(call, button(call.index)));
  }

  function webCanvas(call: CommandCall): void {
    if (call.data !== "") settings.setText("Canvas", shortcut(call.data) === "clear" ? "" : call.data);
    call.respond(answerText(call.key, settings.text("Canvas")));
  }

  /** Which sensors the main page shows; the build's own list, "!" before those that are switched off. */
  function webSensor(call: CommandCall): void {
    if (call.index < SENSORS && call.payload >= 0) {
      const word = SENSOR_WORDS + Math.floor(call.index / 32);
      const mask = 2 ** (call.index % 32);
      const bits = settings.get("sensors", word);
      const on = (bits / mask) % 2 >= 1;
      if (on !== (call.payload % 2 === 1)) settings.set("sensors", on ? bits - mask : bits + mask, word);
    }
    const shown = machine.build.sensors.split(",").map((id) => {
      const bits = settings.get("sensors", SENSOR_WORDS + Math.floor(Number(id) / 32));
      return (bits / 2 ** (Number(id) % 32)) % 2 >= 1 ? id : `!${id}`;
    });
    call.respond(answerText("WebSensor", shown.join(",")));
  }

  /** Nothing is sent: every host is one that does not answer. */
  function webQuery(call: CommandCall): void {
    const [url, method = "GET"] = call.data.split(" ").filter((part) => part !== "");
    if (url === undefined) return;
    if (!/^https?:/i.test(url)) call.respond(answerText(call.key, "Host not found"));
    else {
      const known = /^(get|post|put|patch)$/i.test(method);
      call.respond(answerText(call.key, known ? "Connect failed" : "Wrong parameters"));
    }
  }

  function webSend(call: CommandCall): void {
    if (call.data === "") return;
    const host = /[^\]]/.test(call.data);
    call.respond(answerText(call.key, host ? "Connect failed" : "Wrong parameters"));
  }

  return {
    WebServer: webServer,
    WebPassword: webPassword,
    WebRefresh: numberCommand(machine, { field: "web_refresh", low: 400, high: 65000 }),
    WebColor: (call) => webColor(settings, call),
    Emulation: emulationCommand,
    WebTime: webTime,
    WebButton: webButton,
    WebCanvas: webCanvas,
    WebSensor: webSensor,
    WebQuery: webQuery,
    WebSend: webSend,
  };
}
