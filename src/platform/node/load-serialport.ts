/** The native serial port module, loaded when a real port is asked for and not before: the virtual plug needs none. */
import { PlugsmithError } from "../../core/errors.ts";

export async function loadSerialPort(): Promise<typeof import("serialport").SerialPort> {
  try {
    return (await import("serialport")).SerialPort;
  } catch (cause) {
    throw new PlugsmithError("not-supported", {
      message: `The serial port module does not load on this system (${process.platform}, ${process.arch}).`,
      plugState: "untouched",
      nextStep: "Use rfc2217:// or tcp:// from here, or the virtual plug with --port sim:.",
      cause,
    });
  }
}
