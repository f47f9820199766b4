/**
 * Every command, grouped as on the help page. To add one: a file in commands/ and a line here.
 * A command's file is loaded when it runs: one command does not pay for what only another needs.
 */
import { say, type Text } from "../core/index.ts";
import type { CommandEntry } from "./command.ts";

const entry = (name: string, summary: Text, load: CommandEntry["load"]): Omit<CommandEntry, "group"> => ({
  name,
  summary,
  load,
});

const GROUPS: readonly (readonly [heading: Text, readonly Omit<CommandEntry, "group">[]])[] = [
  [
    say`Start here`,
    [
      entry(
        "convert",
        say`the whole job, from a sealed plug to its certificate; goes on where it stopped`,
        async () => (await import("./commands/convert.ts")).convertCommand,
      ),
      entry(
        "rehearse",
        say`watch the whole conversion once, on a virtual plug`,
        async () => (await import("./commands/rehearse.ts")).rehearseCommand,
      ),
      entry(
        "doctor",
        say`listen to the plug and explain why it does not answer; goes on until it does`,
        async () => (await import("./commands/doctor.ts")).doctorCommand,
      ),
      entry(
        "rescue",
        say`bring a plug back: wrong Wi-Fi, lost password, lost address, boot loop, half-written flash …`,
        async () => (await import("./commands/rescue.ts")).rescueCommand,
      ),
    ],
  ],
  [
    say`Steps of a conversion`,
    [
      entry(
        "prepare",
        say`begin a conversion: check the firmware, open, wire and measure, meet the chip`,
        async () => (await import("./commands/prepare.ts")).prepareCommand,
      ),
      entry(
        "boot",
        say`start the written firmware cold, GPIO0 free, and prove it`,
        async () => (await import("./commands/boot.ts")).bootCommand,
      ),
      entry(
        "setup",
        say`bring a plug into the network, configure, lock and audit it`,
        async () => (await import("./commands/setup.ts")).setupCommand,
      ),
      entry(
        "provision",
        say`bring a converted plug into its network, and stop there`,
        async () => (await import("./commands/provision.ts")).provisionCommand,
      ),
      entry(
        "configure",
        say`give a converted plug its template, names and limits, and stop there`,
        async () => (await import("./commands/configure.ts")).configureCommand,
      ),
      entry(
        "secure",
        say`set a plug's web password and prove that nobody gets in without`,
        async () => (await import("./commands/secure.ts")).secureCommand,
      ),
      entry(
        "audit",
        say`compare a plug with its profile; differences are errors`,
        async () => (await import("./commands/audit.ts")).auditCommand,
      ),
      entry(
        "close",
        say`go through the closing list: what lets a plug onto mains`,
        async () => (await import("./commands/close.ts")).closeCommand,
      ),
      entry(
        "calibrate",
        say`calibrate a closed plug's meter against a reference, with its uncertainty`,
        async () => (await import("./commands/calibrate.ts")).calibrateCommand,
      ),
      entry(
        "report",
        say`write a plug's certificate: what was measured, how to log in, the way back`,
        async () => (await import("./commands/report.ts")).reportCommand,
      ),
    ],
  ],
  [
    say`The plug's flash, over its wires`,
    [
      entry(
        "ports",
        say`list serial ports with their adapters`,
        async () => (await import("./commands/ports.ts")).portsCommand,
      ),
      entry("info", say`identify the chip and its flash`, async () => (await import("./commands/info.ts")).infoCommand),
      entry(
        "backup",
        say`read the whole flash, prove it and seal it`,
        async () => (await import("./commands/backup.ts")).backupCommand,
      ),
      entry(
        "erase",
        say`erase the flash or a region of it`,
        async () => (await import("./commands/erase.ts")).eraseCommand,
      ),
      entry(
        "write",
        say`write a firmware image and prove it`,
        async () => (await import("./commands/write.ts")).writeCommand,
      ),
      entry(
        "verify",
        say`compare the flash with an image`,
        async () => (await import("./commands/verify.ts")).verifyCommand,
      ),
      entry(
        "restore",
        say`write a backup back, byte for byte`,
        async () => (await import("./commands/restore.ts")).restoreCommand,
      ),
      entry(
        "monitor",
        say`show what the plug says on its serial line; typed lines are sent to it`,
        async () => (await import("./commands/monitor.ts")).monitorCommand,
      ),
    ],
  ],
  [
    say`A plug in the network`,
    [
      entry("find", say`find plugs in the network`, async () => (await import("./commands/find.ts")).findCommand),
      entry("status", say`show how a plug is`, async () => (await import("./commands/status.ts")).statusCommand),
      entry(
        "cmnd",
        say`send one Tasmota command to a plug`,
        async () => (await import("./commands/cmnd.ts")).cmndCommand,
      ),
      entry(
        "settings",
        say`download, show, compare or restore a plug's settings`,
        async () => (await import("./commands/settings.ts")).settingsCommand,
      ),
      entry(
        "upgrade",
        say`bring a plug on Tasmota to another build over the air, keeping its settings`,
        async () => (await import("./commands/upgrade.ts")).upgradeCommand,
      ),
      entry(
        "verify-meter",
        say`check a calibrated plug's meter against a reference and tell its drift`,
        async () => (await import("./commands/verify-meter.ts")).verifyMeterCommand,
      ),
    ],
  ],
  [
    say`Records and reports`,
    [
      entry(
        "bug-report",
        say`make a text for an issue, with nothing private in it`,
        async () => (await import("./commands/bug-report.ts")).bugReportCommand,
      ),
      entry(
        "export",
        say`put a plug's records into one file, to go on with it on another computer`,
        async () => (await import("./commands/export.ts")).exportCommand,
      ),
      entry(
        "import",
        say`place what export made, whole or not at all`,
        async () => (await import("./commands/import.ts")).importCommand,
      ),
    ],
  ],
  [
    say`Firmware, devices, virtual plug`,
    [
      entry(
        "firmware",
        say`list, get, inspect or build firmware images`,
        async () => (await import("./commands/firmware.ts")).firmwareCommand,
      ),
      entry(
        "template",
        say`explain, convert, check, search or import device templates`,
        async () => (await import("./commands/template.ts")).templateCommand,
      ),
      entry(
        "profile",
        say`list devices, show one with its guide, or check one of your own`,
        async () => (await import("./commands/profile.ts")).profileCommand,
      ),
      entry(
        "capture",
        say`record a plug's answers and times for comparison with the virtual one; changes nothing`,
        async () => (await import("./commands/capture.ts")).captureCommand,
      ),
      entry(
        "sim",
        say`serve a virtual plug to other tools`,
        async () => (await import("./commands/sim.ts")).simCommand,
      ),
    ],
  ],
];

export const COMMANDS: readonly CommandEntry[] = GROUPS.flatMap(([group, entries]) =>
  entries.map((each) => ({ ...each, group })),
);
