/** Whether a serial port of a name is there, without opening it. */
import { stat } from "node:fs/promises";
import { calloutName, listAdapters } from "./adapters.ts";

/** A device file is; a COM name is no path and is looked up among the system's ports. */
export async function isPortThere(path: string): Promise<boolean> {
  if (process.platform === "win32") {
    return (await listAdapters()).adapters.some((adapter) => isSamePort(adapter.path, path));
  }
  return await pathExists(process.platform === "darwin" ? calloutName(path) : path);
}

/** Windows writes COM names in capitals and takes them in any case, with and without its prefix for devices. */
export function isSamePort(a: string, b: string, platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== "win32") return a === b;
  const bare = (path: string): string => path.replace(/^\\\\\.\\/, "").toUpperCase();
  return bare(a) === bare(b);
}

async function pathExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
