/** `plugsmith setup`: from a plug that just got Tasmota to one that is configured, locked and audited. */
import { PlugsmithError } from "../../core/errors.ts";
import { roadsFor, WIFI_ROADS, type WifiCredentials, type WifiRoad } from "../../core/tasmota/credentials.ts";
import { say } from "../../core/text/text.ts";
import { type SetupStart, setup } from "../../engine/jobs/setup.ts";
import { recordStep } from "../../engine/jobs/step-record.ts";
import { checkCredentials } from "../../engine/tasmota/provision.ts";
import { HANDLING } from "../../host/line/open-port.ts";
import { type CommandModule, type CommandRun, defineCommand } from "../command.ts";
import { checked, mac, type OptionsOf, text } from "../options.ts";
import { environmentOf, openRealPort } from "../plug/connection.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { FIRST_PASSWORDS, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { askCredentials, correction, locator, readPassphrase, WIFI_OPTIONS } from "../tasmota/wifi-options.ts";
import { PLUG_OPTIONS, wishesOf } from "../tasmota/wishes.ts";

const OPTIONS = {
  road: checked(
    text(
      "--road <road>",
      `how the Wi-Fi credentials get to the plug: ${WIFI_ROADS.join(", ")} (default: the first that can carry them)`,
    ),
    roadNamed,
  ),
  port: text("--port <port>", "serial port, for the roads over wires"),
  mac: mac("--mac <mac>", "which plug, where several open an access point"),
  address: text("--address <host>", "the plug is in the network already"),
  ...PLUG_OPTIONS,
  ...WIFI_OPTIONS,
  ...FIRST_PASSWORDS,
};

type SetupOptions = OptionsOf<typeof OPTIONS>;

export const setupCommand: CommandModule = defineCommand({
  options: OPTIONS,
  run: async (run, options) => {
    const { port, range, ssid } = options;
    const wishes = wishesOf(options);
    const profile = await loadProfile(options.profile);
    const passwords = await newPasswords(run, options);
    const start = await startOf(run, options, passwords.webPassword);
    const line = port === undefined ? undefined : await openRealPort(run, { name: port, handling: HANDLING.running });
    const { clock, files, http, random, neighbours, wifi } = environmentOf(run);
    const home = { files, path: run.home };
    const { operator } = run;
    try {
      const result = await setup(
        {
          http,
          random,
          operator,
          home,
          line,
          wifi: await wifi(),
          neighbours,
        },
        {
          start,
          profile,
          wishes,
          secure: passwords,
          locate: locator(run, range, http, clock),
          finished: (step, mac, data) => {
            const place = { files, home: run.home, clock };
            const road = "road" in start ? start.road : "network";
            return recordStep(place, mac, step, step === "provision" ? { road, ...data } : data);
          },
        },
        {
          clock,
          events: run.emit,
          signal: run.signal,
          correct: run.attended ? correction(run, operator, ssid) : undefined,
        },
      );
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
  checkCredentials(credentials);
  return { road: roadOf(options, credentials), credentials, mac };
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

function roadNamed(named: string): WifiRoad {
  const road = WIFI_ROADS.find((each) => each === named);
  if (road !== undefined) return road;
  throw new PlugsmithError("bad-argument", {
    message: say`There is no road "${named}".`,
    nextStep: say`One of: ${WIFI_ROADS.join(", ")}.`,
  });
}

/** Over wires if there are some and they can carry it, through the access point otherwise. Errors: bad-argument, road-blocked. */
function roadOf({ road, port }: SetupOptions, credentials: WifiCredentials): WifiRoad {
  if (road !== undefined) {
    checkCredentials(credentials, road);
    return road;
  }
  const { usable } = roadsFor(credentials);
  const wires = port !== undefined;
  return usable.find((road) => wires || road === "access-point") ?? "access-point";
}
