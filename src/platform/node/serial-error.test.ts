import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../core/errors.ts";
import { type PortSurroundings, serialOpenError } from "./serial-error.ts";

const LINUX: PortSurroundings = {
  platform: "linux",
  exists: true,
  holders: [],
  modemManager: false,
  troubles: [],
  others: [],
};
const WINDOWS: PortSurroundings = { ...LINUX, platform: "win32" };
const MAC: PortSurroundings = { ...LINUX, platform: "darwin" };

interface Case {
  readonly what: string;
  readonly reason: string;
  readonly around: PortSurroundings;
  readonly code: ErrorCode;
  readonly says: string;
}

const cases: Case[] = [
  {
    what: "no permission, Debian",
    reason: "Permission denied, cannot open /dev/ttyUSB0",
    around: { ...LINUX, group: "dialout", listed: false, effective: false },
    code: "port-permission",
    says: "usermod -aG dialout",
  },
  {
    what: "no permission, Arch",
    reason: "Permission denied, cannot open /dev/ttyUSB0",
    around: { ...LINUX, group: "uucp", listed: false, effective: false },
    code: "port-permission",
    says: "uucp",
  },
  {
    what: "in the group, but since the last log-in only",
    reason: "Permission denied, cannot open /dev/ttyUSB0",
    around: { ...LINUX, group: "dialout", listed: true, effective: false },
    code: "port-permission",
    says: "Log out and log in again",
  },
  {
    what: "root's own device",
    reason: "Permission denied, cannot open /dev/ttyUSB0",
    around: { ...LINUX, group: "root" },
    code: "port-permission",
    says: "/etc/udev/rules.d/70-serial.rules",
  },
  {
    what: "held by a program of one's own",
    reason: "Resource temporarily unavailable Cannot lock port",
    around: { ...LINUX, holders: ["minicom (process 42)"] },
    code: "port-busy",
    says: "minicom (process 42)",
  },
  {
    what: "ModemManager probing",
    reason: "Device or resource busy, cannot open /dev/ttyUSB0",
    around: { ...LINUX, modemManager: true },
    code: "port-busy",
    says: "systemctl stop ModemManager",
  },
  {
    what: "held on Windows",
    reason: "Opening COM3: Access denied",
    around: WINDOWS,
    code: "port-busy",
    says: "another program",
  },
  {
    what: "taken by brltty",
    reason: "No such file or directory, cannot open /dev/ttyUSB0",
    around: { ...LINUX, exists: false, troubles: ["brltty takes it"] },
    code: "port-driver",
    says: "brltty",
  },
  {
    what: "no such port on Linux",
    reason: "No such file or directory, cannot open /dev/ttyUSB0",
    around: { ...LINUX, exists: false },
    code: "port-not-found",
    says: "only charge",
  },
  {
    what: "another name than the one given",
    reason: "No such file or directory, cannot open /dev/ttyUSB0",
    around: { ...LINUX, exists: false, others: ["/dev/ttyUSB1 (WCH CH340)", "/dev/ttyACM0 (USB 1234:5678)"] },
    code: "port-not-found",
    says: "These ports exist: /dev/ttyUSB1 (WCH CH340), /dev/ttyACM0 (USB 1234:5678).",
  },
  {
    what: "no driver on Windows",
    reason: "Opening COM3: File not found",
    around: WINDOWS,
    code: "port-not-found",
    says: "Device Manager",
  },
  {
    what: "a driver that does not work on Windows",
    reason: "Opening COM3: Unknown error code 31",
    around: WINDOWS,
    code: "port-driver",
    says: "current driver",
  },
  {
    what: "a wrong name on macOS",
    reason: "No such file or directory, cannot open /dev/cu.x",
    around: { ...MAC, exists: false },
    code: "port-not-found",
    says: "/dev/cu.",
  },
  {
    what: "anything else",
    reason: "Inappropriate ioctl for device, cannot open",
    around: LINUX,
    code: "port-failed",
    says: "Inappropriate ioctl",
  },
];

describe("a port that does not open is explained with its remedy", () => {
  test.each(cases)("$what", ({ reason, around, code, says }) => {
    const error = serialOpenError("/dev/ttyUSB0", reason, around);
    expect(error.code).toBe(code);
    expect(error.plugState).toBe("untouched");
    expect(`${error.message} ${error.nextStep}`).toContain(says);
  });
});
