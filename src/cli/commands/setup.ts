/** `plugsmith setup`: from a plug that just got Tasmota to one that is configured, locked and audited. */
import { PlugsmithError } from "../../core/errors.ts";
import { roadsFor, WIFI_ROADS, type WifiCredentials, type WifiRoad } from "../../core/tasmota/credentials.ts";
import { recordStep } from "../../engine/jobs/step-record.ts";
import { checkCredentials } from "../../engine/tasmota/provision.ts";
import { type SetupStart, setup } from "../../engine/tasmota/setup.ts";
import {
  createNodeHttp,
  findComputerWifi,
  nodeClock,
  nodeFiles,
  nodeNeighbours,
  nodeRandom,
} from "../../platform/node/index.ts";
import type { CommandModule, CommandRun } from "../command.ts";
import { HANDLING, openPort } from "../plug/open-port.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { declareNewPasswords, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { macOf } from "../tasmota/target.ts";
import { askCredentials, correction, declareWifi, locator, readPassphrase } from "../tasmota/wifi-options.ts";
import { declareWishes, wishesOf } from "../tasmota/wishes.ts";

export const setupCommand: CommandModule = {
  declare: (command) => {
    declareWishes(
      command
        .option(
          "--road <road>",
          `how the Wi-Fi credentials get to the plug: ${WIFI_ROADS.join(", ")} (default: the first that can carry them)`,
        )
        .option("--port <port>", "serial port, for the roads over wires")
        .option("--mac <mac>", "which plug, where several open an access point")
        .option("--address <host>", "the plug is in the network already"),
    );
    declareNewPasswords(declareWifi(command), "first");
  },
  run: async (run) => {
    const wishes = wishesOf(run.options);
    const profile = await loadProfile(String(run.options["profile"]));
    const passwords = await newPasswords(run, "first");
    const start = await startOf(run, passwords.webPassword);
    const port = optionText(run, "port");
    const line = port === undefined ? undefined : await openPort(run, { name: port, handling: HANDLING.running });
    const home = { files: nodeFiles, path: run.home };
    const http = createNodeHttp(nodeClock);
    const { operator } = run;
    try {
      const result = await setup(
        {
          http,
          random: nodeRandom,
          operator,
          home,
          line,
          wifi: await findComputerWifi(nodeClock),
          neighbours: nodeNeighbours(),
        },
        {
          start,
          profile,
          wishes,
          secure: passwords,
          locate: locator(run, http, nodeClock),
          finished: (step, mac, data) => {
            const place = { files: nodeFiles, home: run.home, clock: nodeClock };
            const road = "road" in start ? start.road : "network";
            return recordStep(place, mac, step, step === "provision" ? { road, ...data } : data);
          },
        },
        {
          clock: nodeClock,
          events: run.emit,
          signal: run.signal,
          correct: run.attended ? correction(run, operator, optionText(run, "ssid")) : undefined,
        },
      );
      const password = await passwordOutcome(run, home, result.mac);
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
          `Plug ${result.mac} at http://${result.address}/ is configured and locked; ${result.report.passed.length} checks passed.`,
          password.line,
        ],
      };
    } finally {
      await line?.close();
    }
  },
};

function optionText(run: CommandRun, name: string): string | undefined {
  const value = run.options[name];
  return typeof value === "string" ? value : undefined;
}

async function startOf(run: CommandRun, password: string | undefined): Promise<SetupStart> {
  const address = optionText(run, "address");
  if (address !== undefined) return { address, password };
  const ssid = optionText(run, "ssid");
  if (ssid === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: "Into which Wi-Fi network is not said.",
      plugState: "untouched",
      nextStep: "Give --ssid, or --address for a plug that is in the network already.",
    });
  }
  const credentials = await credentialsOf(run, ssid);
  checkCredentials(credentials);
  const mac = optionText(run, "mac");
  return { road: roadOf(run, credentials), credentials, mac: mac === undefined ? undefined : macOf(mac) };
}

async function credentialsOf(run: CommandRun, ssid: string): Promise<WifiCredentials> {
  const passphrase = await readPassphrase(run, run.attended ? undefined : `Passphrase of the Wi-Fi network "${ssid}":`);
  if (passphrase !== undefined) return { ssid, passphrase };
  const asked = await askCredentials(run.operator, { ssid }, run.signal);
  return asked ?? { ssid: "", passphrase: "" };
}

/** Over wires if there are some and they can carry it, through the access point otherwise. Errors: bad-argument, road-blocked. */
function roadOf(run: CommandRun, credentials: WifiCredentials): WifiRoad {
  const named = optionText(run, "road");
  if (named !== undefined) {
    const road = WIFI_ROADS.find((each) => each === named);
    if (road === undefined)
      throw new PlugsmithError("bad-argument", {
        message: `There is no road "${named}".`,
        nextStep: `One of: ${WIFI_ROADS.join(", ")}.`,
      });
    checkCredentials(credentials, road);
    return road;
  }
  const { usable } = roadsFor(credentials);
  const wires = optionText(run, "port") !== undefined;
  return usable.find((road) => wires || road === "access-point") ?? "access-point";
}
