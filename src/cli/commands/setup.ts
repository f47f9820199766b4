/** `plugsmith setup`: from a plug that just got Tasmota to one that is configured, locked and audited. */
import { PlugsmithError, say, WIFI_TRANSPORTS, type WifiCredentials, type WifiTransport } from "../../core/index.ts";
import { askCredentials, checkCredentials, type SetupStart } from "../../engine/index.ts";
import { HANDLING, JobHost, startSetup } from "../../host/index.ts";
import { followJob } from "../ask/watch-job.ts";
import { type CommandModule, type CommandRun, defineCommand } from "../command.ts";
import { checked, hidden, type OptionsOf, plug, text } from "../options.ts";
import { environmentOf, openRealPort } from "../plug/connection.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { FIRST_PASSWORDS, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { PLUG_OPTIONS, plugConfigOf } from "../tasmota/plug-config.ts";
import { readPassphrase, WIFI_OPTIONS } from "../tasmota/wifi-options.ts";

const OPTIONS = {
  transport: checked(
    text(
      "--transport <transport>",
      say`how the Wi-Fi credentials get to the plug: ${WIFI_TRANSPORTS.join(", ")} (default: the first that can carry them)`,
    ),
    transportNamed,
  ),
  road: checked(hidden(text("--road <transport>", say`the old name of --transport`)), transportNamed),
  port: text("--port <port>", say`serial port, for the transports over wires`),
  mac: plug(text("--mac <mac>", say`which plug (MAC, or name on record), where several open an access point`)),
  address: text("--address <host>", say`the plug is in the network already`),
  ...PLUG_OPTIONS,
  ...WIFI_OPTIONS,
  ...FIRST_PASSWORDS,
};

type SetupOptions = OptionsOf<typeof OPTIONS>;

export const setupCommand: CommandModule = defineCommand({
  options: OPTIONS,
  run: async (run, options) => {
    const { port, range } = options;
    const config = plugConfigOf(options);
    const profile = await loadProfile(options.profile);
    const passwords = await newPasswords(run, options);
    const start = await startOf(run, options, passwords.webPassword);
    const environment = environmentOf(run);
    const line = port === undefined ? undefined : await openRealPort(run, { name: port, handling: HANDLING.running });
    try {
      const job = startSetup(
        { host: new JobHost(environment), environment, line, range },
        { start, profile, config, secure: passwords, askAgain: run.attended },
      );
      const result = await followJob(environment, job, run.signal, run);
      const home = { files: environment.files, path: run.home };
      const password = await passwordOutcome(options, home, result.mac);
      return {
        data: {
          mac: result.mac,
          address: result.address,
          changed: result.changed,
          refused: result.lock.refused,
          passed: result.report.passed,
          facts: result.report.facts,
          ...password.data,
        },
        answer: [
          say`Plug ${result.mac} at http://${result.address}/ is configured and locked; ${result.report.passed.length} checks passed.`,
          password.line,
        ],
      };
    } finally {
      await line?.close();
    }
  },
});

async function startOf(run: CommandRun, options: SetupOptions, password: string | undefined): Promise<SetupStart> {
  const { address, ssid, mac } = options;
  if (address !== undefined) return { address, password };
  if (ssid === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`Into which Wi-Fi network is not said.`,
      plugState: say`untouched`,
      nextStep: say`Give --ssid, or --address for a plug that is in the network already.`,
    });
  }
  const credentials = await credentialsOf(run, options, ssid);
  const { road, transport = road } = options;
  checkCredentials(credentials, transport);
  return { transport, credentials, mac };
}

async function credentialsOf(run: CommandRun, options: SetupOptions, ssid: string): Promise<WifiCredentials> {
  const passphrase = await readPassphrase(
    run,
    options,
    run.attended ? undefined : say`Passphrase of the Wi-Fi network "${ssid}":`,
  );
  if (passphrase !== undefined) return { ssid, passphrase };
  const asked = await askCredentials(run.operator, { ssid }, run.signal);
  return asked ?? { ssid: "", passphrase: "" };
}

function transportNamed(named: string): WifiTransport {
  const transport = WIFI_TRANSPORTS.find((each) => each === named);
  if (transport !== undefined) return transport;
  throw new PlugsmithError("bad-argument", {
    message: say`There is no transport "${named}".`,
    nextStep: say`One of: ${WIFI_TRANSPORTS.join(", ")}.`,
  });
}
