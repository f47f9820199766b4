/** Commands as plain functions: for what is not to know how they travel. */
import { PlugsmithError } from "../../core/errors.ts";
import { isObject, type Json, textField } from "../../core/tasmota/answer.ts";
import { parseCommand, query } from "../../core/tasmota/command.ts";
import { say } from "../../core/text/text.ts";
import type { TasmotaClient } from "./client.ts";

/** Sends one command and gives its JSON answer, whatever transport it takes. */
export type CommandLink = (command: string, signal?: AbortSignal) => Promise<Readonly<Record<string, unknown>>>;

export function commandLink(client: TasmotaClient): CommandLink {
  return async (command, signal) => {
    const { members } = await client.send(parseCommand(command), { signal });
    return Object.fromEntries(members.map(({ key, value }): [string, Json] => [key, value]));
  };
}

/** 12 lower-case hex digits, asked of the plug. @throws bad-answer */
export async function macOfPlug(client: TasmotaClient, signal?: AbortSignal): Promise<string> {
  const { members } = await client.send(query("Status 5"), { signal });
  const status = members.find(({ key }) => key === "StatusNET")?.value;
  const written = isObject(status) ? textField(status, "Mac") : undefined;
  const digits = written?.replaceAll(":", "").toLowerCase();
  if (digits !== undefined && /^[0-9a-f]{12}$/.test(digits)) return digits;
  throw new PlugsmithError("bad-answer", {
    message: say`The plug at ${client.where} does not report its MAC address.`,
    nextStep: say`Check that it runs Tasmota 9 or later.`,
    context: { address: client.where },
  });
}
