/** Colours of the web pages. Source: Tasmota tasmota_xdrv_driver/xdrv_01_9_webserver.ino (CmndWebColor), support.ino (WebHexCode). */
import type { CommandCall, SettingsView } from "../contract.ts";
import { setDefaultColours } from "../settings/settings-defaults.ts";
import { hex } from "./json.ts";
import { within } from "./payload.ts";

/** 18 in the first field, two in the second; 3 bytes each. */
const FIRST = 18;
const COLOURS = 20;
/** A code has more than three characters, of which nine are looked at. */
const SHORTEST_CODE = 4;
const LONGEST_CODE = 9;

function place(index: number): readonly [field: string, at: number] {
  return index < FIRST ? ["web_color", 3 * index] : ["web_color2", 3 * (index - FIRST)];
}

/** "#abc", "abcdef", "#abcdef"; of anything else what is a number in hex at its beginning. */
function setColour(settings: SettingsView, index: number, text: string): void {
  const code = text.slice(0, LONGEST_CODE).replace(/^#/, "");
  const long = code.length === 3 ? code.replace(/./g, "$&$&") : code;
  const value = Number.parseInt(long, 16) || 0;
  const [field, at] = place(index);
  for (let i = 0; i < 3; i++) settings.set(field, Math.floor(value / 256 ** (2 - i)) & 0xff, at + i);
}

/** {"WebColor":["#eaeaea",…]}: as many as there are, from the first on. */
function setColours(settings: SettingsView, json: string): void {
  let root: unknown;
  try {
    root = JSON.parse(json);
  } catch {
    return;
  }
  const entry = Object.entries(root as Record<string, unknown>).find(([key]) => key.toLowerCase() === "webcolor");
  if (!Array.isArray(entry?.[1])) return;
  for (const [i, colour] of entry[1].slice(0, COLOURS).entries()) setColour(settings, i, String(colour));
}

export function webColor(settings: SettingsView, call: CommandCall): void {
  if (call.data.includes("{")) setColours(settings, call.data);
  else if (call.data.length >= SHORTEST_CODE && within(call.index, 1, COLOURS)) {
    setColour(settings, call.index - 1, call.data);
  } else if (call.data !== "" && call.payload === 0) setDefaultColours(settings);
  const shown = Array.from({ length: COLOURS }, (_, index) => {
    const [field, at] = place(index);
    return `"#${[0, 1, 2].map((i) => hex(settings.get(field, at + i), 2).toLowerCase()).join("")}"`;
  });
  call.respond(`{"${call.key}":[${shown.join(",")}]}`);
}
