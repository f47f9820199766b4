/** The option that names a serial port, in the commands that take any. */
import { type OptionField, text } from "../options.ts";

export const portOption = (): OptionField<string | undefined> =>
  text("--port <name>", "device, COM name, tcp://, rfc2217://, sim: or sim:FOLDER");

export const PORT = portOption();
