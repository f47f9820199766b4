/** The worker of the static site: engine, simulator and this browser's files and serial ports, behind the page's port. */
import guideData from "../../../profiles/gosund-ep2/guide.json" with { type: "json" };
import profileData from "../../../profiles/gosund-ep2/profile.json" with { type: "json" };
import texts from "../../../profiles/gosund-ep2/texts.en.json" with { type: "json" };
import { parseGuide, parseProfile } from "../../core/index.ts";
import { type Device, Workbench, type WorkbenchPlatform } from "../../host/index.ts";
import { createBrowserEnvironment } from "../../platform/browser/index.ts";
import type { Port } from "./protocol.ts";
import { practiceOnly, servePort } from "./serve-port.ts";

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
    firmware: () => Promise.reject(practiceOnly()),
  };
}

// The page hands over a port at once; what it says there waits until the port is started.
addEventListener("message", ({ ports: [port] }) => {
  if (port === undefined) return;
  void platform().then((made) => {
    servePort(port as Port, new Workbench(made));
    port.start();
  });
});
