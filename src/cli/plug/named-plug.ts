/**
 * Which plug a person means: by its MAC, by the name that it has on record, or, where there is exactly one, without naming
 * it. The names are those of plugs that were set up or found in a network.
 */
import {
  type JobEvent,
  list,
  PlugsmithError,
  parsePortName,
  say,
  type Text,
  type TextValue,
} from "../../core/index.ts";
import { type Home, plugsOnRecord, rememberedPlugs } from "../../engine/index.ts";
import { virtualPlugHome } from "../../host/index.ts";

/** Twelve hex digits; between each two a separator may stand. */
const MAC = /^[0-9a-f]{2}(?:[:. -]?[0-9a-f]{2}){5}$/i;

interface PlugOnRecord {
  readonly mac: string;
  readonly name: string | undefined;
}

/** Where the plugs are on record that a command with this port is for. @param home that of the real plugs. */
export function homeAtPort(home: string, port: unknown): string {
  const name = typeof port === "string" && port.startsWith("sim:") ? parsePortName(port) : undefined;
  return name?.kind === "sim" ? virtualPlugHome(name.folder, home) : home;
}

/** @param flag the option that it came from. Returns 12 lower-case hex digits. Errors: bad-argument. */
export async function plugNamed(home: Home, written: string, flag?: string): Promise<string> {
  const text = written.trim();
  if (MAC.test(text)) return text.replace(/[^0-9a-f]/gi, "").toLowerCase();
  const known = await plugsWithNames(home);
  const exact = known.filter(({ name }) => name === text);
  const meant = exact.length > 0 ? exact : known.filter(({ name }) => name !== undefined && alike(name, text));
  if (meant.length === 1) return meant[0]!.mac;
  const refused = (message: Text, nextStep: Text): PlugsmithError =>
    refusal(flag === undefined ? message : say`${flag}: ${message}`, nextStep);
  if (meant.length > 1) {
    throw refused(
      say`Several plugs on record have the name "${text}": ${listOf(meant)}.`,
      say`Give the MAC of the plug that you mean.`,
    );
  }
  throw refused(say`"${text}" is not a MAC address, and no plug on record has this name.`, candidates(known, home));
}

/** The plug that is named, or the only one on record. Errors: bad-argument. */
export async function plugOf(home: Home, written: string | undefined): Promise<string> {
  return written === undefined ? await onlyPlug(home) : await plugNamed(home, written);
}

/** The only plug on record. Errors: bad-argument where there is none or more than one. */
export async function onlyPlug(home: Home): Promise<string> {
  const known = await plugsWithNames(home);
  if (known.length === 1) return known[0]!.mac;
  throw notOne(known, home, candidates(known, home));
}

/** The only plug on record, for a command that reaches it over the network. It says which. Errors: as `onlyPlug`. */
export async function onlyPlugInNetwork(home: Home, emit: (event: JobEvent) => void): Promise<string> {
  const known = await plugsWithNames(home);
  const [only] = known;
  if (only !== undefined && known.length === 1) {
    emit({ type: "notice", level: "info", text: say`The plug is ${listOf(known)}, the only one on record.` });
    return only.mac;
  }
  throw notOne(
    known,
    home,
    known.length === 0
      ? say`Give its address with --address, or look for it with \`plugsmith find\`.`
      : say`On record: ${listOf(known)}. Name one with --plug, or give its address with --address.`,
  );
}

function notOne(known: readonly PlugOnRecord[], { path }: Home, nextStep: Text): PlugsmithError {
  return refusal(
    known.length === 0
      ? say`No plug is on record in ${path}.`
      : say`${known.length} plugs are on record in ${path}, and the command does not name one.`,
    nextStep,
  );
}

async function plugsWithNames(home: Home): Promise<readonly PlugOnRecord[]> {
  const seen = await rememberedPlugs(home);
  const plugs = await plugsOnRecord(home.files, home.path);
  return plugs.map((mac) => ({ mac, name: seen.find((each) => each.mac === mac)?.name }));
}

function alike(one: string, other: string): boolean {
  const folded = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").toLowerCase();
  return folded(one) === folded(other);
}

function listOf(plugs: readonly PlugOnRecord[]): TextValue {
  return list(plugs.map(({ mac, name }) => (name === undefined ? mac : say`${mac} ("${name}")`)));
}

function candidates(known: readonly PlugOnRecord[], { path }: Home): Text {
  return known.length === 0
    ? say`No plug is on record in ${path}. Write a MAC like 5C:CF:7F:0A:0B:0C.`
    : say`On record: ${listOf(known)}. Give a name from this list, or a MAC like 5C:CF:7F:0A:0B:0C.`;
}

function refusal(message: Text, nextStep: Text): PlugsmithError {
  return new PlugsmithError("bad-argument", { message, plugState: say`untouched`, nextStep });
}
