/** The names of all errors, for programs. */

/** Every code an error can carry, with what it means. The CLI maps each to an exit code (see docs/exit-codes.md). */
export const ERROR_CODES = {
  // the person or the program around us
  aborted: "the person or the program stopped it",
  "bad-argument": "an option or argument cannot be used as given",
  "needs-input": "a question had to be asked and there was nobody to answer it",
  "question-closed": "the question was answered already, or the job no longer waits for an answer",
  "not-supported": "this platform or this device cannot do it",
  "program-failed": "another program that is needed is missing, does not answer or failed",
  // the serial line
  "port-not-found": "no such serial port",
  "port-permission": "the operating system refuses access to the port",
  "port-busy": "another program holds the port",
  "port-driver": "the adapter's driver is missing or another driver grabbed it",
  "port-failed": "the port failed in a way the operating system did not explain",
  "line-lost": "the adapter vanished or the connection to it broke",
  // talking to the chip
  "no-sync": "the boot ROM never answered",
  "no-reply": "the chip stopped answering in the middle of a command",
  "bad-reply": "the chip answered with something that is not an answer to what was asked",
  "chip-refused": "the chip reported that a command failed",
  "wrong-chip": "the chip is not an ESP8266 or ESP8285",
  "stub-failed": "the flasher stub did not start or misbehaved",
  "baud-failed": "the requested baud rate does not carry data both ways",
  // flash contents
  "bad-image": "the file is not an image this chip can run",
  "image-too-big": "the image does not fit the chip's flash",
  "verify-failed": "what is in the flash is not what was meant to be there",
  "backup-unproven": "the backup could not be proven equal to the flash",
  "erase-gate": "erasing refused: no sealed backup of what the flash holds now",
  "wrong-plug": "the backup, record or address belongs to another plug, or may do so",
  "flash-protected": "the flash refused to erase or program",
  // files and records
  "file-not-found": "no such file",
  "file-exists": "the file exists already",
  "file-permission": "the file system refuses access",
  "file-unfit": "no plain file, or one too large for what is expected there",
  "disk-full": "no space left",
  "file-corrupt": "a record does not match its own digest or schema",
  "record-newer": "written by a newer plugsmith",
  locked: "another run is using this plug's folder",
  "file-failed": "the file system failed in a way it did not explain",
  // the firmware and the network
  "no-answer": "the plug's firmware did not answer",
  "bad-answer": "the plug's firmware answered something unexpected",
  "command-refused": "the plug's firmware refused the command",
  unauthorized: "the plug wants its web password, or refused the one given",
  "network-failed": "the network request failed",
  "wifi-failed": "the plug could not join the Wi-Fi network",
  "not-settled": "a setting read back differently from what was set",
  "audit-failed": "the plug is not in the state it should be in",
  "text-too-long": "the value does not fit where the firmware keeps it",
  "unsupported-transport": "no transport can carry this value to the plug, or no way to recover it is left",
  // people
  unsafe: "a safety condition is not met",
  "mains-on-wires": "the plug's meter reads mains while a serial line is open",
  "not-measurable": "a measurement cannot be taken or trusted",
  // us
  internal: "a bug in plugsmith",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
