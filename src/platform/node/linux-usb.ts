/**
 * Serial ports and their USB adapters as Linux shows them in sysfs. Needs neither udevadm nor a native module, and
 * holds the USB path, which separates two identical adapters. Documented in the kernel's
 * Documentation/ABI/{testing/sysfs-bus-usb,stable/sysfs-class-tty}.
 */
import { access, readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { AdapterIdentity } from "../../engine/ports.ts";
import { adapterName } from "../adapter-names.ts";

export interface UsbTree {
  readonly ports: readonly AdapterIdentity[];
  /** Known serial adapters for which no port exists: no driver, or something took the adapter away from it. */
  readonly portless: readonly AdapterIdentity[];
}

export async function readUsbTree(sys = "/sys"): Promise<UsbTree> {
  const ports: AdapterIdentity[] = [];
  const withPort = new Set<string>();
  for (const name of await names(`${sys}/class/tty`)) {
    const port = await readTty(sys, name);
    if (port === undefined) continue;
    ports.push(port.identity);
    if (port.usb !== undefined) withPort.add(port.usb);
  }
  const portless: AdapterIdentity[] = [];
  for (const name of await names(`${sys}/bus/usb/devices`)) {
    const device = await realpath(`${sys}/bus/usb/devices/${name}`).catch(() => undefined);
    if (device === undefined || withPort.has(device)) continue;
    const identity = await readUsbDevice(device, `USB ${name}`);
    if (identity !== undefined && adapterName(identity.vendorId, identity.productId) !== undefined) {
      portless.push(identity);
    }
  }
  return { ports: ports.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true })), portless };
}

async function readTty(sys: string, name: string): Promise<{ identity: AdapterIdentity; usb?: string } | undefined> {
  const path = `/dev/${name}`;
  const device = await realpath(`${sys}/class/tty/${name}/device`).catch(() => undefined);
  if (device === undefined) return undefined;
  for (let at = device; at.length > sys.length && at !== "/"; at = dirname(at)) {
    const identity = await readUsbDevice(at, path);
    if (identity === undefined) continue;
    const port = basename(device).startsWith("tty") ? basename(dirname(device)) : basename(device);
    const part = /:\d+\.(\d+)$/.exec(port)?.[1] ?? "0";
    // Adapters with several ports (FT2232) tell them apart by the interface.
    return { identity: part === "0" ? identity : { ...identity, usbPath: `${identity.usbPath}:1.${part}` }, usb: at };
  }
  // Ports without USB: the kernel reserves names for UARTs that are not there; their type is 0 (PORT_UNKNOWN).
  const type = await text(`${sys}/class/tty/${name}/type`);
  if (type === undefined || type === "0") return undefined;
  return { identity: { path, label: "built-in serial port" } };
}

async function readUsbDevice(device: string, path: string): Promise<AdapterIdentity | undefined> {
  const vendorId = await text(`${device}/idVendor`);
  const productId = await text(`${device}/idProduct`);
  if (vendorId === undefined || productId === undefined) return undefined;
  const [serialNumber, manufacturer, product] = await Promise.all(
    ["serial", "manufacturer", "product"].map((name) => text(`${device}/${name}`)),
  );
  return {
    path,
    vendorId,
    productId,
    usbPath: basename(device),
    label: adapterName(vendorId, productId) ?? product ?? `USB ${vendorId}:${productId}`,
    serialNumber,
    manufacturer,
  };
}

/** Whether the braille daemon is installed, which takes CH340 adapters for braille displays. */
export async function brlttyInstalled(): Promise<boolean> {
  const places = ["/usr/bin/brltty", "/bin/brltty", "/sbin/brltty", "/usr/sbin/brltty"];
  const found = await Promise.all(
    places.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

async function names(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}

async function text(path: string): Promise<string | undefined> {
  const value = await readFile(path, "utf8").catch(() => "");
  return value.trim() === "" ? undefined : value.trim();
}
