/** `plugsmith cmnd`: one command to a plug, over HTTP, the serial console or MQTT. */

import { asText, type Command, PlugsmithError, parseCommand, Redactor, say, setting } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { secretFile } from "../options.ts";
import { atTarget } from "../tasmota/network-plug.ts";
import { readSecret } from "../tasmota/secret-input.ts";
import { TARGET_OPTIONS, withPassword } from "../tasmota/target.ts";

export const cmndCommand: CommandModule = defineCommand({
  arguments: [["<command...>", say`command and value, as in Tasmota's console`]],
  options: {
    value: secretFile(
      "--value-file <file>",
      say`file with the value, - for standard input; use it for passwords`,
      "PLUGSMITH_VALUE",
    ),
    ...TARGET_OPTIONS,
  },
  run: async (run, options) => {
    const words = run.args.flat().filter((word) => word !== undefined);
    const command = await withValue(options.value.file, parseCommand(words.join(" ")), () =>
      readSecret(run, options.value),
    );
    const redactor = new Redactor();
    redactor.add(command.secret ? command.argument : undefined);
    return await atTarget(run, options, async (target) => {
      if (/^backlog\d?$/i.test(command.name)) {
        await target.client.sendWithoutReply(command, { signal: run.signal });
        return {
          data: { sent: true },
          answer: [say`Sent. A Backlog returns no answers. To check it, query the settings one by one.`],
        };
      }
      const answer = await withPassword(run, target, () => target.client.send(command, { signal: run.signal }));
      const data = Object.fromEntries(answer.members.map((member) => [member.key, member.value]));
      const json = redactor.redact(JSON.stringify(data));
      const text = bounded(redactor.redact(answer.text ?? json));
      return { data: JSON.parse(json) as Record<string, unknown>, answer: [asText(text)] };
    });
  },
});

/** More than any answer of a plug: its log in RAM holds 4 kB, an MQTT packet 1.2 kB. */
const LONGEST_SHOWN = 16_384;

function bounded(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  return `${text.slice(0, LONGEST_SHOWN)}… (${text.length - LONGEST_SHOWN} more characters)`;
}

async function withValue(
  file: string | undefined,
  command: Command,
  read: () => Promise<string | undefined>,
): Promise<Command> {
  if (command.secret && command.argument !== undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`plugsmith takes no passwords from the command line, because other users can see it and the shell stores it.`,
      plugState: say`untouched`,
      nextStep: say`Run plugsmith cmnd ${command.name} --value-file FILE (or - for standard input).`,
    });
  }
  if (/^backlog\d?$/i.test(command.name) && /password\d*\s+\S/i.test(command.argument ?? "")) {
    throw new PlugsmithError("bad-argument", {
      message: say`plugsmith takes no passwords from the command line, not even inside a Backlog.`,
      plugState: say`untouched`,
      nextStep: say`Send the password on its own with --value-file.`,
    });
  }
  if (file === undefined) return command;
  const value = await read();
  return setting(command.name, value ?? "");
}
