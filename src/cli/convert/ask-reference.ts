/** How a person tells what their plug's meter is to be compared with. The answers are the options of `calibrate`. */
import type { Operator } from "../../engine/ports.ts";
import type { CommandRun } from "../command.ts";

export type ReferenceAnswers = Readonly<Record<string, string>>;

/** What lies in the virtual home: an ordinary multimeter, and a heater whose label is right to one percent. */
export const VIRTUAL_REFERENCE = {
  voltmeter: "0.8 % + 3 digits",
  load: "1000",
  loadTolerance: "1",
} as const satisfies ReferenceAnswers;

/** Undefined: later. */
export async function askReference(operator: Operator, signal: AbortSignal): Promise<ReferenceAnswers | undefined> {
  const kind = await operator.choose(
    {
      id: "reference",
      text: "With what is the plug's meter to be compared, once it is closed and at mains?",
      options: [
        { id: "load", text: "A multimeter for volts, and a heater or kettle with its watts on the label" },
        { id: "meter", text: "A power meter that shows watts" },
        { id: "plug", text: "Another plug that is calibrated already, in the same circuit" },
        { id: "later", text: "Nothing now; calibrate later" },
      ],
    },
    signal,
  );
  const provide = (id: string, text: string): Promise<string> => operator.provide({ id, text, secret: false }, signal);
  const accuracy = 'as its data sheet prints it, such as "0.8 % + 3 digits":';
  switch (kind) {
    case "load":
      return {
        voltmeter: await provide("voltmeter", `The multimeter's accuracy for AC volts, ${accuracy}`),
        load: await provide("load", "Watts on the load's label:"),
        loadVoltage: await provide("load-voltage", "Volts on the load's label (the middle of a range):"),
      };
    case "meter":
      return { powerMeter: await provide("power-meter", `The meter's accuracy for watts, ${accuracy}`) };
    case "plug":
      return { reference: await provide("reference-plug", "Its address: tasmota:HOST, shelly1:HOST or shelly2:HOST") };
    default:
      return undefined;
  }
}

const REFERENCES = ["load", "voltmeter", "powerMeter", "ammeter", "reference"];

export function referenceNamed(options: Readonly<Record<string, unknown>>): boolean {
  return REFERENCES.some((name) => typeof options[name] === "string");
}

export function withReference(run: CommandRun, answers: ReferenceAnswers): CommandRun {
  return { ...run, options: { ...run.options, ...answers } };
}

/** What the options name, else what lies in the virtual home. */
export function virtualReferenceRun(run: CommandRun): CommandRun {
  return referenceNamed(run.options) ? run : withReference(run, VIRTUAL_REFERENCE);
}
