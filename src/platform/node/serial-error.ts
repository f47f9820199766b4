/**
 * What the operating system says when a port does not open, with what to do. The texts matched are
 * those of serialport's native bindings (bindings-cpp: serialport_unix.cpp, serialport_linux.cpp, serialport_win.cpp),
 * which pass the system's message on without its number.
 */
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";

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
    new PlugsmithError(code, { message, step: "open-port", plugState: UNTOUCHED, nextStep, cause });

  // Windows reports a port that another program holds as "Access denied"; elsewhere that is a matter of permission.
  const denied = /access denied|permission denied|not permitted/i.test(reason);
  if (/busy|cannot lock|temporarily unavailable/i.test(reason) || (denied && around.platform === "win32")) {
    return make("port-busy", say`${path} is in use${by(around.holders)}.`, busyRemedy(around));
  }
  if (denied) {
    return make("port-permission", say`You have no permission to use ${path}.`, permissionRemedy(path, around));
  }
  if (/no such file|file not found|no such device|not configured/i.test(reason) || !around.exists) {
    if (around.troubles.length > 0) {
      return make(
        "port-driver",
        say`There is no ${path}. ${String(around.troubles[0])}`,
        say`Follow that advice, then try again.`,
      );
    }
    return make(
      "port-not-found",
      say`There is no serial port ${path}.${instead(around)}`,
      missingRemedy(around.platform),
    );
  }
  if (/error code 31|not functioning|code (433|1167)/i.test(reason)) {
    return make(
      "port-driver",
      say`${path} is there but its driver does not work.`,
      say`Install the adapter maker's current driver (FTDI, Silicon Labs, WCH, Prolific), then plug it in again.`,
    );
  }
  return make(
    "port-failed",
    say`${path} did not open: ${reason}.`,
    say`Unplug the adapter, plug it in again, and try again.`,
  );
}

function instead({ others }: PortSurroundings): Text {
  return others.length === 0 ? say` No other is there either.` : say` There is instead: ${others.join(", ")}.`;
}

function by(holders: readonly string[]): Text {
  return holders.length === 0 ? say` by another program` : say` by ${holders.join(", ")}`;
}

function busyRemedy(around: PortSurroundings): Text {
  if (around.modemManager && around.holders.length === 0) {
    return say`ModemManager is running and probes new ports: wait 30 seconds, or stop it with: sudo systemctl stop ModemManager`;
  }
  return say`Close the other program (a serial monitor, an editor's console, another flasher), then try again.`;
}

function permissionRemedy(path: string, around: PortSurroundings): Text {
  if (around.platform !== "linux")
    return say`Check the permissions of the device, or ask who administers this computer.`;
  const rule = say`or allow it to anyone who sits at this computer, in /etc/udev/rules.d/70-serial.rules: SUBSYSTEM=="tty", SUBSYSTEMS=="usb", TAG+="uaccess"`;
  if (around.group === undefined || around.group === "root") {
    return say`${path} belongs to root alone. Add a udev rule: ${rule}; then plug the adapter in again.`;
  }
  if (around.listed === true && around.effective === false) {
    return say`You are in the group "${around.group}", but this session does not know it yet: log out and in again.`;
  }
  return say`Join the group "${around.group}": sudo usermod -aG ${around.group} $USER, then log out and in again; ${rule}`;
}

function missingRemedy(platform: NodeJS.Platform): Text {
  const list = say`See what is there with: plugsmith ports.`;
  if (platform === "win32") {
    return say`${list} If the adapter is missing, Device Manager shows it under "Other devices": install its maker's driver.`;
  }
  if (platform === "darwin")
    return say`${list} On macOS the name begins with /dev/cu. and CH34x adapters before macOS 10.14 need WCH's driver.`;
  return say`${list} Check that the cable carries data: many charge only.`;
}
