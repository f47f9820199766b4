/**
 * A command's options as typed values. Each option is declared once, as a field of a shape; the shape gives commander its
 * options, and what commander parsed comes back as a record with a type. This is the one place where untyped becomes typed.
 */

import { type Command, Option } from "commander";
import { PlugsmithError, say, type Text } from "../core/index.ts";
import type { Home } from "../engine/index.ts";

/** What commander parsed: by attribute name, of any type. */
export type GivenOptions = Readonly<Record<string, unknown>>;

export interface OptionField<T> {
  readonly option: Option;
  /** On the help page, in the language that is shown. */
  readonly description: Text;
  /** @param given undefined where the option has neither a value nor a default. @throws bad-argument that names the option. */
  readonly read: (given: unknown) => T;
  /** Completes the value by what is on record. Errors: bad-argument that names the option. */
  resolve?(value: T, home: Home): Promise<T>;
}

/** Fields in the order of the help page. */
export type OptionShape = Readonly<Record<string, OptionField<unknown>>>;

export type OptionsOf<S extends OptionShape> = {
  readonly [K in keyof S]: S[K] extends OptionField<infer T> ? T : never;
};

/** @param worded a text in the language that is shown. */
export function declareOptions(command: Command, shape: OptionShape, worded: (text: Text) => string): void {
  for (const { option, description } of Object.values(shape)) {
    option.description = worded(description);
    command.addOption(option);
  }
}

/** @throws bad-argument that names the option. */
export function readOptions<S extends OptionShape>(shape: S, given: GivenOptions): OptionsOf<S> {
  const entries = Object.entries(shape).map(([key, { option, read }]) => [key, read(given[option.attributeName()])]);
  return Object.fromEntries(entries) as OptionsOf<S>;
}

/** The same options with plugs by their MAC, however they were named. @param home where plugs are on record. @throws bad-argument */
export async function resolveOptions<S extends OptionShape>(
  shape: S,
  options: OptionsOf<S>,
  home: () => Promise<Home>,
): Promise<OptionsOf<S>> {
  const entries = Object.entries(shape).map(async ([key, field]) => {
    const value = options[key];
    return [
      key,
      field.resolve === undefined || value === undefined ? value : await field.resolve(value, await home()),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as OptionsOf<S>;
}

/** An option with a text for its value. */
export function text(flags: string, description: Text): OptionField<string | undefined>;
export function text(flags: string, description: Text, fallback: string): OptionField<string>;
export function text(flags: string, description: Text, fallback?: string): OptionField<string | undefined> {
  const read = (given: unknown): string | undefined => (typeof given === "string" ? given : fallback);
  return { option: new Option(flags).default(fallback), description, read };
}

/** An option whose value may be left out: `true` then. */
export function optionalText(flags: string, description: Text): OptionField<string | true | undefined> {
  const read = (given: unknown): string | true | undefined =>
    typeof given === "string" || given === true ? given : undefined;
  return { option: new Option(flags), description, read };
}

/** A switch: off where it is not given; `--no-…` is on where it is not given. */
export function flag(flags: string, description: Text): OptionField<boolean> {
  const option = new Option(flags);
  if (!option.negate) option.default(false);
  return { option, description, read: (given) => (typeof given === "boolean" ? given : option.negate) };
}

/** One of some words; any other is refused before the command runs. */
export function choice<const T extends string>(
  flags: string,
  description: Text,
  choices: readonly T[],
): OptionField<T | undefined>;
export function choice<const T extends string>(
  flags: string,
  description: Text,
  choices: readonly T[],
  fallback: NoInfer<T>,
): OptionField<T>;
export function choice<const T extends string>(
  flags: string,
  description: Text,
  choices: readonly T[],
  fallback?: T,
): OptionField<T | undefined> {
  const read = (given: unknown): T | undefined => choices.find((each) => each === given) ?? fallback;
  return { option: new Option(flags).choices(choices).default(fallback), description, read };
}

/** How the value of an option is read. */
export interface Parser<T> {
  /** Undefined: it cannot be read. */
  readonly parse: (text: string) => T | undefined;
  /** What to write, shown when something else was written. */
  readonly expected: Text;
}

/** An option whose value is read before the command runs. */
export function parsed<T>(flags: string, description: Text, parser: Parser<T>): OptionField<T | undefined>;
export function parsed<T>(flags: string, description: Text, parser: Parser<T>, fallback: T): OptionField<T>;
export function parsed<T>(
  flags: string,
  description: Text,
  { parse, expected }: Parser<T>,
  fallback?: T,
): OptionField<T | undefined> {
  const option = new Option(flags).default(fallback);
  const read = (given: unknown): T | undefined => {
    if (typeof given !== "string") return fallback;
    const value = parse(given);
    if (value !== undefined) return value;
    throw new PlugsmithError("bad-argument", {
      message: say`${option.long ?? option.flags} cannot be "${given}".`,
      plugState: say`untouched`,
      nextStep: expected,
    });
  };
  return { option, description, read };
}

/**
 * A field with its value checked and converted as the command begins: an error has the plug's state and the next step.
 * @param convert gets the option's long flag, to name it in its error.
 */
export function checked<T extends NonNullable<unknown>, U>(
  field: OptionField<T>,
  convert: (value: T, flag: string) => U,
): OptionField<U>;
export function checked<T, U>(
  field: OptionField<T | undefined>,
  convert: (value: T, flag: string) => U,
): OptionField<U | undefined>;
export function checked<T, U>(
  { option, description, read }: OptionField<T | undefined>,
  convert: (value: T, flag: string) => U,
): OptionField<U | undefined> {
  return {
    option,
    description,
    read: (given) => {
      const value = read(given);
      return value === undefined ? undefined : convert(value, option.long ?? option.flags);
    },
  };
}

/** An older name that still works: not on the help page. */
export function hidden<T>({ option, description, read }: OptionField<T>): OptionField<T> {
  return { option: option.hideHelp(), description, read };
}

/** An option without which the command does not run. */
export function required<T>({ option, description, read }: OptionField<T | undefined>): OptionField<T> {
  return { option: option.makeOptionMandatory(), description, read: (given) => read(given) as T };
}

/** Where a secret comes from: never from the command line itself, which other users can read. */
export interface SecretSource {
  /** As the option that names the file gave it; "-" is standard input. */
  readonly file: string | undefined;
  /** Name of the environment variable. */
  readonly variable: string;
}

/** An option that names a file with a secret; the environment may hold it instead. */
export function secretFile(flags: string, description: Text, variable: string): OptionField<SecretSource> {
  const { option, read } = text(flags, description);
  return { option, description, read: (given) => ({ file: read(given), variable }) };
}

/** 12 lower-case hex digits of a MAC however written. @param flag the option that it came from. Errors: bad-argument. */
export function macOf(written: string, flag?: string): string {
  const mac = written.replace(/[^0-9A-Fa-f]/g, "").toLowerCase();
  if (mac.length === 12) return mac;
  throw new PlugsmithError("bad-argument", {
    message:
      flag === undefined
        ? say`"${written}" is not a MAC address.`
        : say`The value of ${flag}, "${written}", is not a MAC address.`,
    nextStep: say`Write it like 5C:CF:7F:0A:0B:0C.`,
  });
}

/** An option that names a plug by its MAC or its name: 12 lower-case hex digits once it is resolved. */
export function plug<T extends string | true | undefined>(field: OptionField<T>): OptionField<T> {
  const resolve = async (value: T, home: Home): Promise<T> => {
    if (typeof value !== "string") return value;
    const { plugNamed } = await import("./plug/named-plug.ts");
    return (await plugNamed(home, value, field.option.long ?? undefined)) as T;
  };
  return { ...field, resolve };
}

/** The option that names a serial port, in the commands that take any. */
export function anyPort(): OptionField<string | undefined> {
  return text(
    "--port <name>",
    say`serial port: device, COM name, tcp://HOST:PORT, rfc2217://HOST:PORT; sim: or sim:FOLDER for a virtual plug`,
  );
}
