/** The native serial port module, loaded when a real port is asked for and not before: the virtual plug needs none. */
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";

export async function loadSerialPort(): Promise<typeof import("serialport").SerialPort> {
  try {
    return (await import("serialport")).SerialPort;
  } catch (cause) {
    throw new PlugsmithError("not-supported", {
      message: say`The serial port module does not load on this system (${process.platform}, ${process.arch}).`,
      plugState: say`untouched`,
      nextStep: say`Use rfc2217:// or tcp:// from this computer, or the virtual plug with --port sim:.`,
      cause,
    });
  }
}
