/** Passwords that a plug is given: the options, their meaning, and what is reported of the result. */

import { say, type Text } from "../../core/index.ts";
import { type Home, readSecrets, refuseUnusable, type SecureOptions } from "../../engine/index.ts";
import type { CommandRun } from "../command.ts";
import { flag, type OptionsOf, secretFile } from "../options.ts";
import { readSecret } from "./secret-input.ts";

const toSet = (flags: string, variable: string) => ({
  newWebPassword: secretFile(
    flags,
    say`file with the web password to set, - for standard input (or set ${variable}); by default, plugsmith generates one`,
    variable,
  ),
  mqttPassword: secretFile(
    "--mqtt-password-file <file>",
    say`file with the password for the broker (or set PLUGSMITH_MQTT_PASSWORD)`,
    "PLUGSMITH_MQTT_PASSWORD",
  ),
  showPassword: flag("--show-password", say`print the web password at the end`),
});

/** For a plug that has no password yet. */
export const FIRST_PASSWORDS = toSet("--web-password-file <file>", "PLUGSMITH_WEB_PASSWORD");
/** For a plug that may have one already, which has the option --web-password-file then. */
export const NEW_PASSWORDS = toSet("--new-password-file <file>", "PLUGSMITH_NEW_WEB_PASSWORD");

export type PasswordOptions = OptionsOf<typeof FIRST_PASSWORDS>;

/** Errors: bad-argument, before anything is touched; file-*. */
export async function newPasswords(
  run: CommandRun,
  { newWebPassword, mqttPassword }: Pick<PasswordOptions, "newWebPassword" | "mqttPassword">,
): Promise<SecureOptions> {
  const secure: SecureOptions = {
    webPassword: await readSecret(run, newWebPassword),
    mqttPassword: await readSecret(run, mqttPassword),
  };
  refuseUnusable({ secure });
  return secure;
}

/** The web password where `--show-password` wants it, else where it is kept. */
export async function passwordOutcome(
  { showPassword }: Pick<PasswordOptions, "showPassword">,
  home: Home,
  mac: string | undefined,
): Promise<{ readonly data: { readonly webPassword?: string }; readonly line: Text }> {
  const shown = showPassword && mac !== undefined ? (await readSecrets(home, mac)).webPassword : undefined;
  if (shown !== undefined) return { data: { webPassword: shown }, line: say`To log in: user admin, password ${shown}` };
  return {
    data: {},
    line: say`To log in: user admin, password in ${home.path}/plugs/${mac ?? "MAC"}/secrets.json (--show-password prints it).`,
  };
}
