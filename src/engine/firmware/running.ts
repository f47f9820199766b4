/** Asks a plug what it runs; where it knows no Status, its pages. */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { parsePageFoot, type RunningFirmware } from "../../core/firmware/running.ts";
import { firmwareVariant } from "../../core/firmware/variants.ts";
import { field, isObject, memberOf } from "../../core/tasmota/answer.ts";
import { query } from "../../core/tasmota/command.ts";
import { parseFirmware, parseMemory } from "../../core/tasmota/status.ts";
import { say } from "../../core/text/text.ts";
import { unauthorized } from "../tasmota/client.ts";
import { type HttpClient, textOf } from "../tasmota/http-client.ts";

const KIB = 1024;

/**
 * The build that the plug's own update address names ("tasmota-DE"): what it was flashed with, unless somebody changed
 * the address. Every build knows this command. Undefined where no official build is named.
 */
export async function namedBuild(client: HttpClient, signal?: AbortSignal): Promise<string | undefined> {
  const answer = await client.send(query("OtaUrl"), { signal });
  const url = memberOf(answer, "OtaUrl");
  const name = typeof url === "string" ? /\/([^/]+?)\.bin(\.gz)?$/.exec(url)?.[1] : undefined;
  return name === undefined || firmwareVariant(name) === undefined ? undefined : name;
}

/** Errors: unauthorized, no-answer, network-failed, not-supported (no Tasmota), aborted. */
export async function readRunning(client: HttpClient, signal?: AbortSignal): Promise<RunningFirmware> {
  const options = { signal };
  try {
    const { version, image, built } = parseFirmware(await client.send(query("Status 2"), options));
    const memory = parseMemory(await client.send(query("Status 4"), options));
    const sensors = memberOf(await client.send(query("Status 10"), options), "StatusSNS");
    const bytes = (kib: number | undefined): number | undefined => (kib === undefined ? undefined : kib * KIB);
    return {
      minimal: false,
      version,
      image,
      built,
      free: bytes(memory.free),
      flashSize: bytes(memory.flashSize),
      claimedFlashSize: bytes(memory.programFlashSize),
      metering: isObject(field(sensors, "ENERGY")),
    };
  } catch (error) {
    if (!isPlugsmithError(error, "command-refused")) throw error;
  }
  const page = await client.page({ method: "GET", path: "/", ...options });
  if (page.status === 401) throw unauthorized(client.where);
  const foot = parsePageFoot(textOf(page.body));
  if (foot?.minimal !== true) {
    throw new PlugsmithError("not-supported", {
      message: say`The device at ${client.where} does not run a Tasmota that can be upgraded: it does not know the command Status and is not a minimal build.`,
      step: "upgrade",
      plugState: say`unchanged`,
      nextStep: say`Check the address.`,
      context: { address: client.where },
    });
  }
  return {
    ...foot,
    built: undefined,
    free: undefined,
    flashSize: undefined,
    claimedFlashSize: undefined,
    metering: undefined,
  };
}
