/** The serial adapters of this computer, and how one of them is recognised when it comes back. */
import { say } from "../../core/text/text.ts";
import type { AdapterIdentity } from "../../engine/ports.ts";
import type { PortListing, PortTrouble } from "../../host/environment.ts";
import { adapterName } from "../adapter-names.ts";
import { brlttyInstalled, readUsbTree } from "./linux-usb.ts";
import { loadSerialPort } from "./load-serialport.ts";

export async function listAdapters(): Promise<PortListing> {
  if (process.platform === "linux") {
    const tree = await readUsbTree();
    const brltty = tree.portless.length > 0 && (await brlttyInstalled());
    return { adapters: tree.ports, troubles: tree.portless.map((identity) => missingPortTrouble(identity, brltty)) };
  }
  const SerialPort = await loadSerialPort();
  // Elsewhere than on Linux this asks the system's own registry; it needs no helper program.
  const ports = await SerialPort.list();
  return { adapters: ports.map((port) => fromSerialPort(port, process.platform)), troubles: [] };
}

export function missingPortTrouble(identity: AdapterIdentity, brltty: boolean): PortTrouble {
  const ids = `${identity.vendorId}:${identity.productId}`;
  const text = brltty
    ? say`${identity.label} (${ids}) is connected but has no port: brltty, a driver for braille displays, claims such adapters. If you do not use a braille display, run: sudo apt remove brltty. Then unplug the adapter and plug it in again.`
    : say`${identity.label} (${ids}) is connected but has no port: its kernel driver is missing or did not bind. Check the last lines of: sudo dmesg. On a minimal kernel, install the extra modules package. Then unplug the adapter and plug it in again.`;
  return { identity, text };
}

interface SystemPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly locationId?: string | undefined;
  readonly friendlyName?: string | undefined;
}

export function fromSerialPort(port: SystemPort, platform: NodeJS.Platform): AdapterIdentity {
  const vendorId = port.vendorId?.toLowerCase().padStart(4, "0");
  const productId = port.productId?.toLowerCase().padStart(4, "0");
  const label = adapterName(vendorId, productId) ?? port.friendlyName ?? port.manufacturer ?? "serial port";
  const optional = {
    vendorId,
    productId,
    serialNumber: port.serialNumber,
    manufacturer: port.manufacturer,
    usbPath: port.locationId,
  };
  const known = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined && value !== ""));
  return { path: platform === "darwin" ? calloutName(port.path) : port.path, ...known, label };
}

/** macOS: opening /dev/tty.* waits for a carrier that a three-wire adapter never raises; /dev/cu.* does not. */
export function calloutName(path: string): string {
  return path.replace(/^\/dev\/tty\./, "/dev/cu.");
}

/**
 * Finds `wanted` among what is plugged in now. Adapters in `others` (seen beside it when it was opened) are never taken
 * for it: cheap ones share a serial number or have none.
 */
export function recognise(
  wanted: AdapterIdentity,
  present: readonly AdapterIdentity[],
  others: readonly AdapterIdentity[],
): AdapterIdentity | undefined {
  if (wanted.vendorId === undefined) return present.find((port) => port.path === wanted.path);
  const candidates = present.filter(
    (port) =>
      port.vendorId === wanted.vendorId &&
      port.productId === wanted.productId &&
      port.serialNumber === wanted.serialNumber &&
      !others.some((other) => samePlace(other, port)),
  );
  const atSamePlace = candidates.find((port) => samePlace(port, wanted));
  return atSamePlace ?? (candidates.length === 1 ? candidates[0] : undefined);
}

/** By USB topology where it is known; the path otherwise (a path is handed out again to anyone who comes next). */
function samePlace(a: AdapterIdentity, b: AdapterIdentity): boolean {
  return a.usbPath !== undefined && b.usbPath !== undefined ? a.usbPath === b.usbPath : a.path === b.path;
}
