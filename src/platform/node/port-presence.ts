/** Whether a serial port of a name is there, without opening it. */
import { stat } from "node:fs/promises";
import { calloutName, listAdapters } from "./adapters.ts";

/** A device file is; a COM name is no path and is looked up among the system's ports. */
export async function isPortThere(path: string): Promise<boolean> {
  if (process.platform === "win32") {
    const wanted = path.replace(/^\\\\\.\\/, "").toUpperCase();
    return (await listAdapters()).adapters.some((adapter) => adapter.path.toUpperCase() === wanted);
  }
  return await pathExists(process.platform === "darwin" ? calloutName(path) : path);
}

export async function pathExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
