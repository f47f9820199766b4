/** `plugsmith setup`: from a plug that just got Tasmota to one that is configured, locked and audited. */
import {
  list,
  PlugsmithError,
  say,
  WIFI_TRANSPORTS,
  type WifiCredentials,
  type WifiTransport,
} from "../../core/index.ts";
import { checkCredentials, type SetupStart } from "../../engine/index.ts";
import { HANDLING, JobHost, startSetup } from "../../host/index.ts";
import { followJob } from "../ask/watch-job.ts";
import { type CommandModule, type CommandRun, defineCommand } from "../command.ts";
import { askNetwork } from "../convert/ask-remembered.ts";
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
      say`how to send the Wi-Fi credentials to the plug: ${list(WIFI_TRANSPORTS)} (by default, the first one that can carry them)`,
    ),
    transportNamed,
  ),
  road: checked(hidden(text("--road <transport>", say`the old name of --transport`)), transportNamed),
  port: text("--port <port>", say`serial port, for the transports that use wires`),
  mac: plug(text("--mac <mac>", say`plug by MAC or name, if several plugs open an access point`)),
  address: text("--address <host>", say`address of a plug that is already in the network`),
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
          say`The plug ${result.mac} at http://${result.address}/ is configured and locked. Checks passed: ${result.report.passed.length}.`,
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
  if (ssid === undefined && !run.attended) {
    throw new PlugsmithError("bad-argument", {
      message: say`The command does not name the Wi-Fi network.`,
      plugState: say`untouched`,
      nextStep: say`Give --ssid, or give --address for a plug that is already in the network.`,
    });
  }
  const credentials = await credentialsOf(run, options, ssid);
  const { road, transport = road } = options;
  checkCredentials(credentials, transport);
  return { transport, credentials, mac };
}

async function credentialsOf(
  run: CommandRun,
  options: SetupOptions,
  ssid: string | undefined,
): Promise<WifiCredentials> {
  const passphrase = await readPassphrase(
    run,
    options,
    run.attended || ssid === undefined ? undefined : say`Passphrase of the Wi-Fi network "${ssid}":`,
  );
  if (ssid !== undefined && passphrase !== undefined) return { ssid, passphrase };
  const asked = await askNetwork(run, { ssid, passphrase });
  return asked ?? { ssid: "", passphrase: "" };
}

function transportNamed(named: string): WifiTransport {
  const transport = WIFI_TRANSPORTS.find((each) => each === named);
  if (transport !== undefined) return transport;
  throw new PlugsmithError("bad-argument", {
    message: say`There is no transport "${named}".`,
    nextStep: say`Choose one of: ${list(WIFI_TRANSPORTS)}.`,
  });
}
