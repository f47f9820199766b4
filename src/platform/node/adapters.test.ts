import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AdapterIdentity } from "../../engine/ports.ts";
import { fromSerialPort, missingPortTrouble, recognise } from "./adapters.ts";
import { readUsbTree } from "./linux-usb.ts";

const CH340: AdapterIdentity = {
  path: "/dev/ttyUSB0",
  vendorId: "1a86",
  productId: "7523",
  usbPath: "1-2",
  label: "WCH CH340",
};
const at = (identity: AdapterIdentity, usbPath: string, path: string): AdapterIdentity => ({
  ...identity,
  usbPath,
  path,
});

describe("recognising an adapter that came back", () => {
  test("by its USB socket, whatever its new path", () => {
    const back = at(CH340, "1-2", "/dev/ttyUSB3");
    expect(recognise(CH340, [at(CH340, "1-3", "/dev/ttyUSB0"), back], [])).toBe(back);
  });

  test("in another socket, if there is no doubt", () => {
    const moved = at(CH340, "1-4", "/dev/ttyUSB1");
    expect(recognise(CH340, [moved], [])).toBe(moved);
  });

  test("never takes a twin for it that was there before", () => {
    const twin = at(CH340, "1-3", "/dev/ttyUSB1");
    expect(recognise(CH340, [twin], [twin])).toBeUndefined();
  });

  test("stays undecided between two newcomers without serial numbers", () => {
    const two = [at(CH340, "1-5", "/dev/ttyUSB1"), at(CH340, "1-6", "/dev/ttyUSB2")];
    expect(recognise(CH340, two, [])).toBeUndefined();
  });

  test("tells adapters apart by serial number", () => {
    const ftdi = { ...CH340, vendorId: "0403", productId: "6001", serialNumber: "A1" };
    const other = { ...ftdi, serialNumber: "A2", usbPath: "1-2" };
    const same = { ...ftdi, usbPath: "2-1", path: "/dev/ttyUSB7" };
    expect(recognise(ftdi, [other, same], [])).toBe(same);
  });
});

describe("the USB tree of Linux", () => {
  let sys: string;
  const put = (path: string, content: string): void => writeFileSync(join(sys, path), `${content}\n`);
  const usb = (socket: string, ids: string, extra: Record<string, string> = {}): void => {
    const directory = `devices/usb1/${socket}`;
    mkdirSync(join(sys, directory, `${socket}:1.0`), { recursive: true });
    const [vendor, product] = ids.split(":");
    put(`${directory}/idVendor`, vendor ?? "");
    put(`${directory}/idProduct`, product ?? "");
    for (const [name, value] of Object.entries(extra)) put(`${directory}/${name}`, value);
    symlinkSync(join(sys, directory), join(sys, "bus/usb/devices", socket));
  };
  const tty = (name: string, device: string, type = "0"): void => {
    mkdirSync(join(sys, device), { recursive: true });
    mkdirSync(join(sys, "class/tty", name), { recursive: true });
    put(`class/tty/${name}/type`, type);
    symlinkSync(join(sys, device), join(sys, "class/tty", name, "device"));
  };

  beforeAll(() => {
    sys = mkdtempSync(join(tmpdir(), "plugsmith-sys-"));
    mkdirSync(join(sys, "class/tty/ptmx"), { recursive: true });
    mkdirSync(join(sys, "bus/usb/devices"), { recursive: true });
    usb("1-2", "0403:6001", { serial: "A50285BI", manufacturer: "FTDI", product: "FT232R USB UART" });
    tty("ttyUSB10", "devices/usb1/1-2/1-2:1.0/ttyUSB10");
    usb("1-3", "0403:6010");
    tty("ttyUSB2", "devices/usb1/1-3/1-3:1.1/ttyUSB2");
    usb("1-4", "2e8a:000a", { product: "Pico" });
    tty("ttyACM0", "devices/usb1/1-4/1-4:1.0");
    usb("1-5", "1a86:7523");
    usb("1-6", "046d:c077", { product: "USB Optical Mouse" });
    tty("ttyS0", "devices/platform/serial8250/tty0", "4");
    tty("ttyS1", "devices/platform/serial8250/tty1", "0");
  });
  afterAll(() => rmSync(sys, { recursive: true, force: true }));

  test("lists ports with adapter, ids, serial number and socket; leaves out UARTs that are not there", async () => {
    const { ports } = await readUsbTree(sys);
    expect(ports).toEqual([
      { path: "/dev/ttyACM0", vendorId: "2e8a", productId: "000a", usbPath: "1-4", label: "Pico" },
      { path: "/dev/ttyS0", label: "built-in serial port" },
      { path: "/dev/ttyUSB2", vendorId: "0403", productId: "6010", usbPath: "1-3:1.1", label: "FTDI FT2232" },
      {
        path: "/dev/ttyUSB10",
        vendorId: "0403",
        productId: "6001",
        usbPath: "1-2",
        label: "FTDI FT232R",
        serialNumber: "A50285BI",
        manufacturer: "FTDI",
      },
    ]);
  });

  test("names a serial adapter that has no port, and only that", async () => {
    const { portless } = await readUsbTree(sys);
    expect(portless.map((identity) => identity.label)).toEqual(["WCH CH340"]);
    expect(missingPortTrouble(portless[0]!, true).text).toContain("apt remove brltty");
    expect(missingPortTrouble(portless[0]!, false).text).toContain("kernel driver");
  });

  test("a system without sysfs has no ports", async () => {
    expect(await readUsbTree(join(sys, "nowhere"))).toEqual({ ports: [], portless: [] });
  });
});

test("macOS ports are listed by their callout name, and ids in one spelling everywhere", () => {
  expect(fromSerialPort({ path: "/dev/tty.usbserial-1", vendorId: "10C4", productId: "EA60" }, "darwin")).toEqual({
    path: "/dev/cu.usbserial-1",
    vendorId: "10c4",
    productId: "ea60",
    label: "Silicon Labs CP2102/CP2104",
  });
  expect(fromSerialPort({ path: "COM4", friendlyName: "Odd (COM4)" }, "win32").label).toBe("Odd (COM4)");
});
