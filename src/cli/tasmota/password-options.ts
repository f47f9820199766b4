/** Passwords that a plug is given: the options, what they say, and what is told of the result. */
import type { Command } from "commander";
import { type Home, readSecrets } from "../../engine/home/plug-records.ts";
import type { SecureOptions } from "../../engine/tasmota/plug-order.ts";
import { refuseUnusable } from "../../engine/tasmota/refuse-unusable.ts";
import type { CommandRun } from "../command.ts";
import { readSecret } from "./secret-input.ts";

/** `web`: to set it on a plug that may have one already, another option names the new one. */
const WEB = {
  first: { flag: "--web-password-file", option: "webPasswordFile", variable: "PLUGSMITH_WEB_PASSWORD" },
  new: { flag: "--new-password-file", option: "newPasswordFile", variable: "PLUGSMITH_NEW_WEB_PASSWORD" },
} as const;

export function declareNewPasswords(command: Command, web: keyof typeof WEB): Command {
  const { flag, variable } = WEB[web];
  return command
    .option(`${flag} <file>`, `web password to set, - for standard input (or ${variable}); default: one is generated`)
    .option("--mqtt-password-file <file>", "password at the broker (or PLUGSMITH_MQTT_PASSWORD)")
    .option("--show-password", "print the web password at the end");
}

/** Errors: bad-argument, before anything is touched; file-*. */
export async function newPasswords(run: CommandRun, web: keyof typeof WEB): Promise<SecureOptions> {
  const { option, variable } = WEB[web];
  const quiet = { prompt: undefined };
  const secure: SecureOptions = {
    webPassword: await readSecret(run, { file: run.options[option], variable, ...quiet }),
    mqttPassword: await readSecret(run, {
      file: run.options["mqttPasswordFile"],
      variable: "PLUGSMITH_MQTT_PASSWORD",
      ...quiet,
    }),
  };
  refuseUnusable({ secure });
  return secure;
}

/** The web password where `--show-password` wants it, else where it is kept. */
export async function passwordOutcome(
  run: CommandRun,
  home: Home,
  mac: string | undefined,
): Promise<{ readonly data: { readonly webPassword?: string }; readonly line: string }> {
  const wanted = run.options["showPassword"] === true && mac !== undefined;
  const shown = wanted ? (await readSecrets(home, mac)).webPassword : undefined;
  if (shown !== undefined) return { data: { webPassword: shown }, line: `Web password of user admin: ${shown}` };
  return { data: {}, line: `Its web password is in ${home.path}/plugs/${mac ?? "MAC"}/secrets.json.` };
}
