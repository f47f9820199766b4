/**
 * What the operating system says when a port does not open, with what to do. The texts matched are
 * those of serialport's native bindings (bindings-cpp: serialport_unix.cpp, serialport_linux.cpp, serialport_win.cpp),
 * which pass the system's message on without its number.
 */
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import { joined, say, type Text } from "../../core/text/text.ts";

/** What was found around a port that did not open. */
export interface PortSurroundings {
  readonly platform: NodeJS.Platform;
  readonly exists: boolean;
  /** Group that owns the device file, where the platform has such. */
  readonly group?: string | undefined;
  /** Whether the person is listed in that group, and whether this session already knows. */
  readonly listed?: boolean | undefined;
  readonly effective?: boolean | undefined;
  /** Programs known to hold the port, by name. */
  readonly holders: readonly string[];
  /** ModemManager runs: it probes every new port for some seconds. */
  readonly modemManager: boolean;
  /** Troubles of adapters without a port (see adapters.ts). */
  readonly troubles: readonly string[];
  /** The ports that are there, each with its adapter's name. */
  readonly others: readonly string[];
}

const UNTOUCHED = say`untouched`;

export function serialOpenError(
  path: string,
  reason: string,
  around: PortSurroundings,
  cause?: unknown,
): PlugsmithError {
  const make = (code: ErrorCode, message: Text, nextStep: Text): PlugsmithError =>
    new PlugsmithError(code, {
      message,
      step: "open-port",
      plugState: UNTOUCHED,
      nextStep,
      cause,
      context: { port: path },
    });

  // Windows reports a port that another program holds as "Access denied"; elsewhere that is a matter of permission.
  const denied = /access denied|permission denied|not permitted/i.test(reason);
  if (/busy|cannot lock|temporarily unavailable/i.test(reason) || (denied && around.platform === "win32")) {
    return make("port-busy", inUse(path, around.holders), busyRemedy(around));
  }
  if (denied) {
    return make("port-permission", say`You do not have permission to use ${path}.`, permissionRemedy(path, around));
  }
  if (/no such file|file not found|no such device|not configured/i.test(reason) || !around.exists) {
    if (around.troubles.length > 0) {
      return make(
        "port-driver",
        joined([say`There is no serial port ${path}.`, String(around.troubles[0])]),
        say`Follow that advice, then try again.`,
      );
    }
    return make(
      "port-not-found",
      joined([say`There is no serial port ${path}.`, instead(around)]),
      missingRemedy(around.platform),
    );
  }
  if (/error code 31|not functioning|code (433|1167)/i.test(reason)) {
    return make(
      "port-driver",
      say`${path} exists, but its driver does not work.`,
      say`Install the adapter maker's current driver (FTDI, Silicon Labs, WCH, Prolific). Then unplug the adapter and plug it in again.`,
    );
  }
  return make(
    "port-failed",
    say`${path} did not open: ${reason}.`,
    say`Unplug the adapter, plug it in again, and try again.`,
  );
}

function instead({ others }: PortSurroundings): Text {
  return others.length === 0 ? say`There are no other ports.` : say`These ports exist: ${others.join(", ")}.`;
}

function inUse(path: string, holders: readonly string[]): Text {
  return holders.length === 0
    ? say`${path} is in use by another program.`
    : say`${path} is in use by ${holders.join(", ")}.`;
}

function busyRemedy(around: PortSurroundings): Text {
  if (around.modemManager && around.holders.length === 0) {
    return say`ModemManager is running and probes new ports. Wait 30 seconds, or stop it with: sudo systemctl stop ModemManager`;
  }
  return say`Close the other program (a serial monitor, an editor's console, another flasher), then try again.`;
}

function permissionRemedy(path: string, around: PortSurroundings): Text {
  if (around.platform !== "linux")
    return say`Check the permissions of the device, or ask this computer's administrator.`;
  if (around.group === undefined || around.group === "root") {
    return say`Only root can use ${path}. Allow everyone who works at this computer to use it: add the line ${UDEV_RULE} to /etc/udev/rules.d/70-serial.rules. Then unplug the adapter and plug it in again.`;
  }
  if (around.listed === true && around.effective === false) {
    return say`You are in the group "${around.group}", but this session started before that. Log out and log in again.`;
  }
  return joined([
    say`Join the group "${around.group}": run sudo usermod -aG ${around.group} $USER, then log out and log in again.`,
    say`Or allow everyone who works at this computer to use the port: add the line ${UDEV_RULE} to /etc/udev/rules.d/70-serial.rules.`,
  ]);
}

/** systemd gives the person at the computer access to devices with this tag (systemd, 73-seat-late.rules). */
const UDEV_RULE = 'SUBSYSTEM=="tty", SUBSYSTEMS=="usb", TAG+="uaccess"';

function missingRemedy(platform: NodeJS.Platform): Text {
  const list = say`Run plugsmith ports to list the ports.`;
  if (platform === "win32") {
    return joined([
      list,
      say`If the adapter is missing, look for it in Device Manager under "Other devices" and install its maker's driver.`,
    ]);
  }
  if (platform === "darwin") {
    return joined([
      list,
      say`On macOS, the name starts with /dev/cu. CH34x adapters need WCH's driver before macOS 10.14.`,
    ]);
  }
  return joined([list, say`Check that the cable carries data: many cables only charge.`]);
}
