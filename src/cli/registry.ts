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
        say`convert a plug, from the closed case to its certificate; continue an unfinished conversion`,
        async () => (await import("./commands/convert.ts")).convertCommand,
      ),
      entry(
        "rehearse",
        say`watch a whole conversion on a virtual plug`,
        async () => (await import("./commands/rehearse.ts")).rehearseCommand,
      ),
      entry(
        "ui",
        say`open the workbench: do the whole job in a browser on this computer`,
        async () => (await import("./commands/ui.ts")).uiCommand,
      ),
      entry(
        "doctor",
        say`listen to the plug until it answers, and explain why it does not`,
        async () => (await import("./commands/doctor.ts")).doctorCommand,
      ),
      entry(
        "rescue",
        say`recover a plug: wrong Wi-Fi, lost password, lost address, boot loop, half-written flash …`,
        async () => (await import("./commands/rescue.ts")).rescueCommand,
      ),
    ],
  ],
  [
    say`Steps of a conversion`,
    [
      entry(
        "prepare",
        say`start a conversion: check the firmware; open, wire and measure the plug; identify the chip`,
        async () => (await import("./commands/prepare.ts")).prepareCommand,
      ),
      entry(
        "boot",
        say`cold-start the new firmware with GPIO0 released, and check that it runs`,
        async () => (await import("./commands/boot.ts")).bootCommand,
      ),
      entry(
        "setup",
        say`connect a plug to the network, then configure, secure and audit it`,
        async () => (await import("./commands/setup.ts")).setupCommand,
      ),
      entry(
        "provision",
        say`only connect a converted plug to its network`,
        async () => (await import("./commands/provision.ts")).provisionCommand,
      ),
      entry(
        "configure",
        say`only set a converted plug's template, names and limits`,
        async () => (await import("./commands/configure.ts")).configureCommand,
      ),
      entry(
        "secure",
        say`set a plug's web password and prove that nobody gets in without it`,
        async () => (await import("./commands/secure.ts")).secureCommand,
      ),
      entry(
        "audit",
        say`compare a plug with its profile; differences are errors`,
        async () => (await import("./commands/audit.ts")).auditCommand,
      ),
      entry(
        "close",
        say`go through the closing list, which a plug must pass before it goes back to mains`,
        async () => (await import("./commands/close.ts")).closeCommand,
      ),
      entry(
        "calibrate",
        say`calibrate the meter of a closed plug against a reference, and state the uncertainty`,
        async () => (await import("./commands/calibrate.ts")).calibrateCommand,
      ),
      entry(
        "report",
        say`write a plug's certificate: what was measured, how to log in, how to restore the original`,
        async () => (await import("./commands/report.ts")).reportCommand,
      ),
    ],
  ],
  [
    say`The plug's flash, over the serial wires`,
    [
      entry(
        "ports",
        say`list serial ports and their adapters`,
        async () => (await import("./commands/ports.ts")).portsCommand,
      ),
      entry("info", say`identify the chip and its flash`, async () => (await import("./commands/info.ts")).infoCommand),
      entry(
        "backup",
        say`read the whole flash, prove the copy and seal it`,
        async () => (await import("./commands/backup.ts")).backupCommand,
      ),
      entry(
        "erase",
        say`erase the flash or a region of it`,
        async () => (await import("./commands/erase.ts")).eraseCommand,
      ),
      entry(
        "write",
        say`write a firmware image and prove what is in the flash`,
        async () => (await import("./commands/write.ts")).writeCommand,
      ),
      entry(
        "verify",
        say`compare the flash with an image`,
        async () => (await import("./commands/verify.ts")).verifyCommand,
      ),
      entry(
        "restore",
        say`restore a backup, byte for byte`,
        async () => (await import("./commands/restore.ts")).restoreCommand,
      ),
      entry(
        "monitor",
        say`show what the plug sends on its serial line, and send it what you type`,
        async () => (await import("./commands/monitor.ts")).monitorCommand,
      ),
    ],
  ],
  [
    say`A plug in the network`,
    [
      entry("find", say`find plugs in the network`, async () => (await import("./commands/find.ts")).findCommand),
      entry("status", say`show the state of a plug`, async () => (await import("./commands/status.ts")).statusCommand),
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
        say`install another Tasmota build over the air, keeping the plug's settings`,
        async () => (await import("./commands/upgrade.ts")).upgradeCommand,
      ),
      entry(
        "verify-meter",
        say`check the meter of a calibrated plug against a reference and report its drift`,
        async () => (await import("./commands/verify-meter.ts")).verifyMeterCommand,
      ),
    ],
  ],
  [
    say`Records and reports`,
    [
      entry(
        "bug-report",
        say`write a text for a bug report, without private data`,
        async () => (await import("./commands/bug-report.ts")).bugReportCommand,
      ),
      entry(
        "export",
        say`pack a plug's records into one file, to continue on another computer`,
        async () => (await import("./commands/export.ts")).exportCommand,
      ),
      entry(
        "import",
        say`unpack a file that export made, all of it or nothing`,
        async () => (await import("./commands/import.ts")).importCommand,
      ),
    ],
  ],
  [
    say`Firmware, devices, virtual plug`,
    [
      entry(
        "firmware",
        say`list, download, inspect or build firmware images`,
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
        say`record a plug's answers and timing, for comparison with the virtual plug; changes nothing`,
        async () => (await import("./commands/capture.ts")).captureCommand,
      ),
      entry(
        "sim",
        say`offer a virtual plug to other programs`,
        async () => (await import("./commands/sim.ts")).simCommand,
      ),
    ],
  ],
];

export const COMMANDS: readonly CommandEntry[] = GROUPS.flatMap(([group, entries]) =>
  entries.map((each) => ({ ...each, group })),
);
