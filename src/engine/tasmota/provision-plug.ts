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

/** Brings the plug into the network by the chosen transport. Errors: those of the transport; bad-argument without a line. */
export async function provision(
  ports: FirmwarePorts,
  start: ProvisionStart,
  context: ProvisionContext,
): Promise<Provisioned> {
  refuseUnusable(start);
  if (start.transport === "access-point") {
    return await provisionThroughAccessPoint(ports, start.credentials, context, start);
  }
  if (ports.line === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`The transport "${start.transport}" needs a serial port.`,
      step: "provision",
      plugState: say`untouched`,
      nextStep: say`Name the port, or use the transport access-point.`,
    });
  }
  const { files, path: home } = ports.home;
  const line = recordedLine(ports.line, { files, home, clock: context.clock });
  const console = await PlugConsole.open(line, context.clock);
  try {
    const transport = start.transport === "serial" ? provisionOverSerial : provisionOverImprov;
    return await transport(console, start.credentials, context, { mac: start.mac });
  } finally {
    console.close();
  }
}
