/** Bringing a plug on Tasmota into the network by the route that was chosen. */
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { FirmwarePorts, ProvisionContext, Provisioned, ProvisionStart } from "../firmware-driver/contract.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { PlugConsole } from "./plug-console.ts";
import { provisionThroughAccessPoint } from "./provision-access-point.ts";
import { provisionOverImprov } from "./provision-improv.ts";
import { provisionOverSerial } from "./provision-serial.ts";
import { refuseUnusable } from "./refuse-unusable.ts";

/** Brings the plug into the network by the chosen road. Errors: those of the road; bad-argument without a line. */
export async function provision(
  ports: FirmwarePorts,
  start: ProvisionStart,
  context: ProvisionContext,
): Promise<Provisioned> {
  refuseUnusable(start);
  if (start.road === "access-point") {
    return await provisionThroughAccessPoint(ports, start.credentials, context, start);
  }
  if (ports.line === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`The road "${start.road}" needs a serial port.`,
      step: "provision",
      plugState: say`untouched`,
      nextStep: say`Name the port, or use the road access-point.`,
    });
  }
  const { files, path: home } = ports.home;
  const line = recordedLine(ports.line, { files, home, clock: context.clock });
  const console = await PlugConsole.open(line, context.clock);
  try {
    const road = start.road === "serial" ? provisionOverSerial : provisionOverImprov;
    return await road(console, start.credentials, context, { mac: start.mac });
  } finally {
    console.close();
  }
}
