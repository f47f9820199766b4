/** `plugsmith setup`: from a plug that just got Tasmota to one that is configured, locked and audited. */
import { PlugsmithError } from "../../core/errors.ts";
import { roadsFor, WIFI_ROADS, type WifiCredentials, type WifiRoad } from "../../core/tasmota/credentials.ts";
import { scanRange } from "../../engine/tasmota/find.ts";
import { readSecrets } from "../../engine/tasmota/plug-records.ts";
import { checkCredentials } from "../../engine/tasmota/provision.ts";
import { type SetupStart, setup } from "../../engine/tasmota/setup.ts";
import {
  createNodeHttp,
  findComputerWifi,
  nodeClock,
  nodeFiles,
  nodeRandom,
  openLine,
} from "../../platform/node/index.ts";
import type { CommandModule, CommandRun } from "../command.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { ownRanges } from "../tasmota/own-networks.ts";
import { operatorOf, readSecret } from "../tasmota/secret-input.ts";
import { macOf } from "../tasmota/target.ts";
import { declareWishes, wishesOf } from "../tasmota/wishes.ts";

export const setupCommand: CommandModule = {
  name: "setup",
  summary: "bring a plug into the network, configure, lock and audit it",
  declare: (command) => {
    declareWishes(
      command
        .option(
          "--road <road>",
          `how the Wi-Fi credentials get to the plug: ${WIFI_ROADS.join(", ")} (default: the first that can carry them)`,
        )
        .option("--port <port>", "serial port, for the roads over wires")
        .option("--ssid <name>", "name of the Wi-Fi network")
        .option("--passphrase-file <file>", "its passphrase, - for standard input (or PLUGSMITH_WIFI_PASSPHRASE)")
        .option("--open", "the network has no passphrase")
        .option("--mac <mac>", "which plug, where several open an access point")
        .option("--address <host>", "the plug is in the network already")
        .option(
          "--range <addresses>",
          "where to look for the plug if it does not tell its address (default: this computer's networks)",
        )
        .option(
          "--web-password-file <file>",
          "web password to set, - for standard input (or PLUGSMITH_WEB_PASSWORD); default: one is generated",
        )
        .option("--mqtt-password-file <file>", "password at the broker (or PLUGSMITH_MQTT_PASSWORD)")
        .option("--show-password", "print the web password at the end"),
    );
  },
  run: async (run) => {
    const wishes = wishesOf(run.options);
    const profile = await loadProfile(String(run.options["profile"]));
    const webPassword = await readSecret(run, {
      file: run.options["webPasswordFile"],
      variable: "PLUGSMITH_WEB_PASSWORD",
      prompt: undefined,
    });
    const mqttPassword = await readSecret(run, {
      file: run.options["mqttPasswordFile"],
      variable: "PLUGSMITH_MQTT_PASSWORD",
      prompt: undefined,
    });
    const start = await startOf(run, webPassword);
    const port = optionText(run, "port");
    const line = port === undefined ? undefined : await openLine(port);
    const home = { files: nodeFiles, path: run.home };
    const range = optionText(run, "range");
    const http = createNodeHttp(nodeClock);
    const operator = operatorOf(run);
    try {
      const result = await setup(
        { http, random: nodeRandom, operator, home, line, wifi: await findComputerWifi(nodeClock) },
        {
          start,
          profile,
          wishes,
          secure: { webPassword, mqttPassword },
          locate: async (mac) => {
            for (const each of range === undefined ? ownRanges() : [range]) {
              const found = await scanRange({ http, clock: nodeClock, events: run.emit }, each, run.signal);
              const address = found.find((plug) => plug.mac === mac)?.address;
              if (address !== undefined) return address;
            }
            return undefined;
          },
        },
        { clock: nodeClock, events: run.emit, signal: run.signal, correct: correction(run) },
      );
      const shown =
        run.options["showPassword"] === true ? (await readSecrets(home, result.mac)).webPassword : undefined;
      return {
        data: {
          ...{ mac: result.mac, address: result.address, changed: result.changed, refused: result.lock.refused },
          ...{ passed: result.report.passed, facts: result.report.facts },
          ...(shown === undefined ? {} : { webPassword: shown }),
        },
        answer: [
          `Plug ${result.mac} at http://${result.address}/ is configured and locked; ${result.report.passed.length} checks passed.`,
          shown === undefined
            ? `Its web password is in ${run.home}/plugs/${result.mac}/secrets.json.`
            : `Web password of user admin: ${shown}`,
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

async function askCredentials(run: CommandRun, ssid: string): Promise<WifiCredentials> {
  if (run.options["open"] === true) return { ssid, passphrase: "" };
  const passphrase = await readSecret(run, {
    file: run.options["passphraseFile"],
    variable: "PLUGSMITH_WIFI_PASSPHRASE",
    prompt: `Passphrase of the Wi-Fi network "${ssid}":`,
  });
  return { ssid, passphrase: passphrase ?? "" };
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
  const credentials = await askCredentials(run, ssid);
  checkCredentials(credentials);
  const mac = optionText(run, "mac");
  return { road: roadOf(run, credentials), credentials, mac: mac === undefined ? undefined : macOf(mac) };
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

/** Asks for other credentials, where somebody is there to ask. */
function correction(run: CommandRun): ((failure: PlugsmithError) => Promise<WifiCredentials | undefined>) | undefined {
  if (!run.terminal.inIsTty || run.globals.json) return undefined;
  return async (failure) => {
    run.emit({ type: "notice", level: "warning", text: `${failure.message} ${failure.nextStep ?? ""}` });
    const operator = operatorOf(run);
    const ssid = await operator.provide(
      { id: "ssid", text: "Name of the Wi-Fi network (empty to give up):", secret: false },
      run.signal,
    );
    if (ssid === "") return undefined;
    const passphrase = await operator.provide(
      { id: "passphrase", text: `Passphrase of "${ssid}" (empty for an open network):`, secret: true },
      run.signal,
    );
    return { ssid, passphrase };
  };
}
