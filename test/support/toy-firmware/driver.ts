/** The toy firmware's driver: nothing of it is known to jobs, safety, flash or the report. */

import { BL0937, METER_QUANTITIES, type MeterQuantity } from "../../../src/core/calibration/meter.ts";
import { isPlugsmithError, PlugsmithError } from "../../../src/core/errors.ts";
import type { FirmwarePart } from "../../../src/core/profile/firmware-part.ts";
import { asText, say } from "../../../src/core/text/text.ts";
import type {
  AuditReport,
  ExpectedPlug,
  FirmwareDriver,
  FirmwarePorts,
  OnlinePlug,
  WorkContext,
} from "../../../src/engine/firmware-driver/contract.ts";
import type { FoundPlug } from "../../../src/engine/firmware-driver/finder.ts";
import type { PlugMeter } from "../../../src/engine/firmware-driver/meter.ts";
import { changeSecrets, readSecrets } from "../../../src/engine/home/plug-records.ts";
import type { ByteLine, Clock, Http } from "../../../src/engine/ports.ts";
import { sleep } from "../../../src/engine/time.ts";
import { recordedLine } from "../../../src/engine/wires/recorded-line.ts";

/** The toy's part of a profile: a label for its socket. */
export const TOY_PART: FirmwarePart<{ readonly label: string }> = {
  id: "toy",
  read: (json) => {
    const { label } = json as { label?: string };
    if (label === undefined) return { problems: [{ place: "label", message: "is missing" }] };
    return { part: { label }, problems: [] };
  },
  review: () => [],
  compare: () => [],
};

/** Sends one line of the protocol. */
type Ask = (line: string) => Promise<string>;

const labelOf = ({ profile }: Pick<ExpectedPlug, "profile">): string =>
  (profile.firmware["toy"] as { label: string }).label;

export const toyDriver: FirmwareDriver = {
  id: "toy",
  identify: (image) => {
    if (new TextDecoder().decode(image).includes("toy-firmware")) return "toy firmware 1.0";
    throw new PlugsmithError("not-supported", { message: say`The image is not the toy.` });
  },
  refuseUnusable: () => {},
  boot: {
    powerOn: "fresh-power",
    hear: async (line, clock, patienceMs, signal) => {
      const deadline = clock.now() + patienceMs;
      while (clock.now() < deadline) {
        const [, version, mac, restartReason] = (await overWires(line, clock, 1000)("who")).split(" ");
        if (version !== undefined && mac !== undefined && restartReason !== undefined)
          return { proof: { version, mac, restartReason } };
        await sleep(clock, 500, signal);
      }
      return {};
    },
  },
  provision: async ({ line, home: { files, path: home } }, { transport = "serial", credentials }, { clock, met }) => {
    const ask = overWires(recordedLine(line!, { files, home, clock }), clock, 2000);
    const [, , mac = ""] = (await ask("who")).split(" ");
    await met?.(mac);
    await ask(`set ssid ${credentials.ssid}`);
    await ask(`set passphrase ${credentials.passphrase}`);
    for (let attempt = 0; attempt < 30; attempt++) {
      const address = await ask("get address");
      if (/^\d/.test(address)) return { transport, mac, address };
      await sleep(clock, 1000);
    }
    throw new PlugsmithError("wifi-failed", { message: say`The toy does not join.` });
  },
  meet: async (ports, { address, mac }, _, context) => online(ports, address, mac!, context),
  open: async (ports, { address, mac }, context) => {
    for (let attempt = 0; !(await toyDriver.answersAt(ports, { address, mac }, false, context)); attempt++) {
      if (attempt === 60) throw new PlugsmithError("no-answer", { message: say`The toy does not answer.` });
      await sleep(context.clock, 1000, context.signal);
    }
    return online(ports, address, mac, context);
  },
  answersAt: async ({ http }, { address, mac }) => (await probeToy(http, address))?.mac === mac,
  wiring: (profile) => ({
    json: JSON.stringify({ label: labelOf({ profile }) }),
    words: [asText("GPIO15: the toy's relay")],
  }),
  finder: {
    probe: probeToy,
    scanRange: async ({ http }, range) => {
      const found = await probeToy(http, range);
      return found === undefined ? [] : [found];
    },
    awaitPlugAt: async ({ http }, address) => {
      const found = await probeToy(http, address);
      if (found === undefined) throw new PlugsmithError("no-answer", { message: say`The toy does not answer.` });
      return found;
    },
    passwordsFor: async ({ home }, { mac }) => {
      const { webPassword } = await readSecrets(home, mac);
      return webPassword === undefined ? [] : [webPassword];
    },
  },
  recovery: [say`The toy is reset by erasing it.`],
};

async function probeToy(http: Http, address: string): Promise<FoundPlug | undefined> {
  try {
    const body = new TextEncoder().encode("who");
    const answer = await http.request({ method: "POST", url: `http://${address}/toy`, body, timeoutMs: 3000 });
    const [, version, mac] = new TextDecoder().decode(answer.body).trim().split(" ");
    return { address, mac, version, hostname: undefined, name: undefined, needsPassword: false, minimal: false };
  } catch (error) {
    if (isPlugsmithError(error, "no-answer") || isPlugsmithError(error, "network-failed")) return undefined;
    throw error;
  }
}

function overWires(line: ByteLine, clock: Clock, timeoutMs: number): Ask {
  return async (text) => {
    if (line.baud !== 115_200) await line.setBaud(115_200);
    let heard = "";
    const end = line.listen({
      bytes: (bytes) => {
        heard += new TextDecoder().decode(bytes);
      },
    });
    try {
      await line.write(new TextEncoder().encode(`${text}\n`));
      const deadline = clock.now() + timeoutMs;
      while (!heard.includes("\n") && clock.now() < deadline) await sleep(clock, 50);
      return heard.trim();
    } finally {
      end();
    }
  };
}

async function online(
  { http, random, home }: FirmwarePorts,
  address: string,
  mac: string,
  { clock }: WorkContext,
): Promise<OnlinePlug> {
  const send = async (line: string, key: string | undefined): Promise<string> => {
    const answer = await http.request({
      method: "POST",
      url: `http://${address}/toy`,
      headers: key === undefined ? {} : { "X-Toy-Key": key },
      body: new TextEncoder().encode(line),
      timeoutMs: 3000,
    });
    return new TextDecoder().decode(answer.body);
  };
  const ask: Ask = async (line) => send(line, (await readSecrets(home, mac)).webPassword);
  return {
    mac,
    configure: async (profile) => {
      const label = labelOf({ profile });
      if ((await ask("get label")) === label) return [];
      await ask(`set label ${label}`);
      return ["label"];
    },
    secure: async () => {
      const kept = (await readSecrets(home, mac)).webPassword;
      const key = kept ?? [...random.bytes(8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      if (kept === undefined) await send(`set key ${key}`, undefined);
      await changeSecrets(home, mac, { webPassword: key });
      if ((await send("get label", undefined)) !== "refused")
        throw new PlugsmithError("audit-failed", { message: say`open` });
      return { refused: ["get"], generated: kept === undefined };
    },
    audit: async (expected): Promise<AuditReport> => {
      const [label, wanted] = [await ask("get label"), labelOf(expected)];
      if (label !== wanted) throw new PlugsmithError("audit-failed", { message: say`The label is ${label}.` });
      return { passed: ["label"], failed: [], facts: { version: "toy 1.0", label } };
    },
    meter: meterOf(ask, clock),
    close: async () => {},
  };
}

/** The channel's ratio and step are the metering chip's; the toy keeps the product of both with the constant. */
function meterOf(ask: Ask, clock: Clock): PlugMeter {
  const factor = (quantity: MeterQuantity): number => BL0937[quantity].ratio * BL0937[quantity].step;
  return {
    finest: { VoltRes: 1, WattRes: 1, AmpRes: 3 },
    refuseUnfit: async () => {},
    read: async () => {
      const [voltage = 0, current = 0, power = 0] = (await ask("get readings")).split(" ").map(Number);
      return { voltage, current, power, factor: undefined };
    },
    refreshMs: () => 1000,
    readConstants: async () => {
      const one = async (quantity: MeterQuantity): Promise<number> =>
        Math.round(Number(await ask(`get ${quantity}-constant`)) / factor(quantity));
      return { voltage: await one("voltage"), current: await one("current"), power: await one("power") };
    },
    writeConstants: async (constants) => {
      for (const quantity of METER_QUANTITIES) {
        const wanted = constants[quantity];
        if (wanted !== undefined) await ask(`set ${quantity}-constant ${wanted * factor(quantity)}`);
        await sleep(clock, 100);
      }
    },
    readResolutions: async () => ({ VoltRes: 1, WattRes: 1, AmpRes: 3 }),
    writeResolutions: async () => {},
    relayIsOn: async () => (await ask("get relay")) === "1",
    switchRelay: async (on) => void (await ask(`set relay ${on ? 1 : 0}`)),
  };
}
