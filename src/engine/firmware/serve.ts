/**
 * Delivery by letting the plug fetch the image from this computer, as Tasmota upgrades itself: its updater proves the
 * image by MD5 and tries again by itself. The plug must be able to reach this computer. Its update address is used for
 * it; who upgrades puts the old one back.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (ota_state_flag: first attempt some 3 s after the command,
 * five attempts 2 s apart and more; no room: the next ones ask for "-minimal"), documentation, Upgrading ("Private OTA
 * Server": no "-" and "." in the file's name); Arduino core for ESP8266 ESP8266httpUpdate.cpp (x-MD5).
 */
import { PlugsmithError } from "../../core/errors.ts";
import { setting } from "../../core/tasmota/command.ts";
import { joined, say } from "../../core/text/text.ts";
import type { FileServer, FileServing } from "../ports.ts";
import { sleep } from "../time.ts";
import { DownloadProgress } from "./download-progress.ts";
import type { Delivery } from "./send-image.ts";
import { UpgradeListener } from "./upgrade-outcome.ts";

const SERVED_NAME = "plugsmith.bin";

export function isServedAddress(url: string): boolean {
  return new RegExp(`/${SERVED_NAME.replace(".", "\\.")}(\\.gz)?$`).test(url);
}

/** From one sign of the plug (a request, bytes of it) to the next, slow attempts to connect among them. */
const PATIENCE_MS = 120_000;
/** A plug that says nothing in its log (WebLog 0) would have fetched again by then, had it not taken the image. */
const QUIET_MS = 15_000;
const POLL_MS = 1000;
/** So often in a row a plug that has the whole image must not answer to be taken for one that restarts. */
const SILENT = 2;

/** The address given to the plug. Default: the one toward it, and any free port. */
export interface ServedAt {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

export function serveBy(server: FileServer, at: ServedAt = {}): Delivery {
  let serving: FileServing | undefined;
  return {
    /** Errors: command-refused, network-failed, bad-argument; those of sending a command. */
    deliver: async (context, stage, step) => {
      const { client, clock, events, signal } = context;
      const name = `${SERVED_NAME}${stage.file[0] === 0x1f ? ".gz" : ""}`;
      const fetches = new DownloadProgress(context, step, name, stage.file.length);
      const [toward = ""] = client.where.split(":");
      serving = await server.serve({ [name]: stage.file }, { toward, ...at }, fetches);
      const url = serving.url(name);
      events({ type: "fact", name: "servedAt", value: url });
      const options = { signal };
      const listener = new UpgradeListener(client, signal);
      await listener.begin();
      await client.send(setting("OtaUrl", url), options);
      await client.send(setting("Upgrade", 1), options);
      let silent = 0;
      for (;;) {
        await sleep(clock, POLL_MS, signal);
        // While it loads it answers nobody.
        if (fetches.underWay) {
          silent = 0;
          if (fetches.idleMs() > PATIENCE_MS) throw stalled(stage.image.name, fetches);
          continue;
        }
        const word = await listener.word();
        if (word.kind === "successful") return undefined;
        if (word.kind === "failed") throw failed(stage.image.name, url, word.reason, fetches);
        silent = word.kind === "silent" ? silent + 1 : 0;
        const away = silent >= SILENT || word.kind === "restarted" || fetches.idleMs() > QUIET_MS;
        if (fetches.hasIt && !fetches.underWay && away) return undefined;
        if (fetches.idleMs() > PATIENCE_MS) throw stalled(stage.image.name, fetches, url);
      }
    },
    end: async () => {
      await serving?.close();
      serving = undefined;
    },
  };
}

const INSTEAD = say`Or leave out --serve: plugsmith then sends the image to the plug.`;
const CANNOT_REACH = joined([
  say`Check this computer's firewall, and that the plug can reach this address. --serve ADDRESS:PORT sets another one.`,
  INSTEAD,
]);
const TOO_FAR = joined([say`Move the plug closer to the access point.`, INSTEAD]);

function stalled(image: string, fetches: DownloadProgress, url?: string): PlugsmithError {
  const message =
    url === undefined || fetches.count > 0
      ? say`The plug downloaded ${fetches.sentOf()} of ${image}, and then nothing for ${PATIENCE_MS / 60_000} minutes.`
      : say`The plug did not download ${image} from ${url}.`;
  return new PlugsmithError("network-failed", {
    message,
    nextStep: fetches.count > 0 ? TOO_FAR : CANNOT_REACH,
  });
}

/** What the plug said when it had given up, put with what was seen from here. */
function failed(image: string, url: string, reason: string, fetches: DownloadProgress): PlugsmithError {
  const says = reason === "" ? [] : [say`The plug reports: ${reason}.`];
  if (/MD5/.test(reason)) {
    return new PlugsmithError("command-refused", {
      message: joined([
        say`The plug downloaded ${image} and rejected it: its MD5 digest is wrong (downloads: ${fetches.count}).`,
        ...says,
      ]),
      nextStep: joined([
        say`Something between this computer and the plug changes the data (a proxy or a bad link). Move the plug closer to the access point and run the command again.`,
        INSTEAD,
      ]),
      context: { image, count: fetches.count, reason },
    });
  }
  if (fetches.askedForMinimal || /space/i.test(reason)) {
    return new PlugsmithError("command-refused", {
      message: joined([say`The plug rejected ${image}: it has less space than it reported.`, ...says]),
      nextStep: say`Write the image over the wires with \`plugsmith write\`. It keeps the settings.`,
      context: { image, reason },
    });
  }
  if (fetches.count === 0) {
    return new PlugsmithError("network-failed", {
      message: joined([say`The plug did not download ${image} from ${url}.`, ...says]),
      nextStep: CANNOT_REACH,
      context: { image, url, reason },
    });
  }
  if (!fetches.hasIt) {
    return new PlugsmithError("network-failed", {
      message: joined([
        say`The plug stopped downloading ${image} after ${fetches.sentOf()} (downloads: ${fetches.count}).`,
        ...says,
      ]),
      nextStep: TOO_FAR,
      context: { image, url, count: fetches.count, reason },
    });
  }
  return new PlugsmithError("command-refused", {
    message: joined([say`The plug downloaded ${image} and rejected it.`, ...says]),
    nextStep: say`Check that the image is for this plug.`,
    context: { image, reason },
  });
}
