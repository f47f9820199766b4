/** Bringing a plug on Tasmota into the network by the route that was chosen. */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import {
  transportObstacle,
  transportsAtHand,
  type WifiCredentials,
  type WifiTransport,
} from "../../core/tasmota/credentials.ts";
import { say } from "../../core/text/text.ts";
import type { FirmwarePorts, ProvisionContext, Provisioned, ProvisionStart } from "../firmware-driver/contract.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { PlugConsole } from "./plug-console.ts";
import { provisionThroughAccessPoint } from "./provision-access-point.ts";
import { lacksImprov, provisionOverImprov } from "./provision-improv.ts";
import { forgetNetwork, provisionOverSerial } from "./provision-serial.ts";
import { refuseUnusable } from "./refuse-unusable.ts";

/**
 * Brings the plug into the network by the transport that was chosen, or by the first that can carry the credentials.
 * Errors: those of the transport; bad-argument without a line.
 */
export async function provision(
  ports: FirmwarePorts,
  start: ProvisionStart,
  context: ProvisionContext,
): Promise<Provisioned> {
  refuseUnusable(start);
  if (start.transport !== undefined) return await provisionBy(start.transport, ports, start, context);
  let { credentials } = start;
  let withoutImprov = false;
  let failedOverWires = false;
  for (;;) {
    const wires = ports.line !== undefined;
    const transport = transportsAtHand(credentials, wires).find((each) => each !== "improv" || !withoutImprov)!;
    /** Given after a failure, and not to be carried by this transport. */
    let others: WifiCredentials | undefined;
    const correct: ProvisionContext["correct"] =
      context.correct === undefined
        ? undefined
        : async (failure) => {
            const corrected = await context.correct?.(failure);
            if (corrected === undefined || transportObstacle(transport, corrected) === undefined) return corrected;
            others = corrected;
            return undefined;
          };
    try {
      // After a failure over its wires the plug keeps looking for the network that it was given.
      if (failedOverWires && transport === "access-point") {
        await overWires("serial", ports, context, (console) => forgetNetwork(console, context));
      }
      return await provisionBy(transport, ports, { ...start, credentials }, { ...context, correct });
    } catch (error) {
      failedOverWires ||= transport !== "access-point";
      if (others !== undefined) credentials = others;
      else if (transport === "improv" && lacksImprov(error)) withoutImprov = true;
      else throw error;
      const reason = isPlugsmithError(error) ? error.texts.message : undefined;
      context.events({
        type: "retry",
        step: "provision",
        attempt: 1,
        reason: reason ?? say`another transport is needed`,
      });
    }
  }
}

async function provisionBy(
  transport: WifiTransport,
  ports: FirmwarePorts,
  start: ProvisionStart,
  context: ProvisionContext,
): Promise<Provisioned> {
  const { credentials, mac, along } = start;
  switch (transport) {
    case "access-point":
      return await provisionThroughAccessPoint(ports, credentials, context, start);
    case "serial":
      return await overWires(transport, ports, context, (line) =>
        provisionOverSerial(line, credentials, context, { mac, along }),
      );
    case "improv":
      return await overWires(transport, ports, context, (line) =>
        provisionOverImprov(line, credentials, context, { mac }),
      );
  }
}

/** Errors: bad-argument without a line. */
async function overWires<T>(
  transport: WifiTransport,
  ports: FirmwarePorts,
  { clock }: ProvisionContext,
  work: (console: PlugConsole) => Promise<T>,
): Promise<T> {
  if (ports.line === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`The transport "${transport}" needs a serial port.`,
      step: "provision",
      plugState: say`untouched`,
      nextStep: say`Name the port, or leave out the transport.`,
      context: { option: transport },
    });
  }
  const { files, path: home } = ports.home;
  const console = await PlugConsole.open(recordedLine(ports.line, { files, home, clock }), clock);
  try {
    return await work(console);
  } finally {
    console.close();
  }
}
