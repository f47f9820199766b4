/** The worker of the static site: engine, simulator and this browser's files and serial ports, behind the page's port. */
import guideData from "../../../profiles/gosund-ep2/guide.json" with { type: "json" };
import profileData from "../../../profiles/gosund-ep2/profile.json" with { type: "json" };
import texts from "../../../profiles/gosund-ep2/texts.en.json" with { type: "json" };
import { LARGEST_FLASH, PlugsmithError, parseGuide, parseProfile, say } from "../../core/index.ts";
import { type Device, Workbench, type WorkbenchPlatform } from "../../host/index.ts";
import { createBrowserEnvironment } from "../../platform/browser/index.ts";
import type { Port } from "./protocol.ts";
import { servePort } from "./serve-port.ts";

const TOOL = "plugsmith workbench (browser)";

async function platform(): Promise<WorkbenchPlatform> {
  const environment = await createBrowserEnvironment({ tool: TOOL });
  const device: Device = {
    profile: parseProfile(profileData),
    guide: parseGuide(guideData, texts, "guide.json"),
    texts,
  };
  return {
    environment,
    device: () => Promise.resolve(device),
    firmware: async (source) => {
      if (source.kind === "latest") throw noDownload();
      return { image: await environment.files.read(source.file, LARGEST_FLASH), origin: "a file of yours" };
    },
  };
}

function noDownload(): PlugsmithError {
  return new PlugsmithError("not-supported", {
    message: say`A page cannot download Tasmota: the release server does not allow it.`,
    plugState: say`untouched`,
    nextStep: say`Download tasmota.bin from the Tasmota project yourself and choose the file, or use npx plugsmith ui.`,
  });
}

// The page hands over a port at once; what it says there waits until the port is started.
addEventListener("message", ({ ports: [port] }) => {
  if (port === undefined) return;
  void platform().then((made) => {
    servePort(port as Port, new Workbench(made));
    port.start();
  });
});
