import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { PlugsmithError } from "../core/errors.ts";
import { say } from "../core/text/text.ts";
import {
  checked,
  choice,
  declareOptions,
  flag,
  macOf,
  type OptionShape,
  type OptionsOf,
  optionalText,
  type Parser,
  parsed,
  readOptions,
  required,
  secretFile,
  text,
} from "./options.ts";

function read<S extends OptionShape>(shape: S, ...argv: string[]): OptionsOf<S> {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  declareOptions(command, shape, String);
  command.parse(argv, { from: "user" });
  return readOptions(shape, command.opts());
}

const count: Parser<number> = {
  parse: (words) => (/^\d+$/.test(words) ? Number(words) : undefined),
  expected: say`Write a number.`,
};
const even = (words: string, name: string): number => {
  if (Number(words) % 2 === 0) return Number(words);
  throw new PlugsmithError("bad-argument", { message: say`${name} ${words} is odd.` });
};

const SHAPE = {
  port: text("--port <name>", say`a text`),
  variant: text("--variant <name>", say`a text with a default`, "plain"),
  resume: optionalText("--resume [mac]", say`with or without a value`),
  fresh: flag("--new", say`a switch whose field has another name`),
  resetWires: flag("--no-reset-wires", say`a switch that is on`),
  mode: choice("--mode <mode>", say`one of two`, ["dio", "dout"], "dout"),
  engine: choice("--engine <program>", say`one of two, or none`, ["docker", "podman"]),
  at: parsed("--at <address>", say`a number with a default`, count, 0),
  length: parsed("--length <bytes>", say`a number`, count),
  pairs: checked(text("--pairs <n>", say`an even number`), even),
  secret: secretFile("--secret-file <file>", say`a secret`, "TRY_SECRET"),
};

describe("a command's options as a typed record", () => {
  test("an option that is not given has its default, or nothing", () => {
    expect(read(SHAPE)).toEqual({
      port: undefined,
      variant: "plain",
      resume: undefined,
      fresh: false,
      resetWires: true,
      mode: "dout",
      engine: undefined,
      at: 0,
      length: undefined,
      pairs: undefined,
      secret: { file: undefined, variable: "TRY_SECRET" },
    });
  });

  test("a record where nothing was given is the same, with or without commander", () => {
    expect(readOptions(SHAPE, {})).toEqual(read(SHAPE));
  });

  test.each([
    ["port", ["--port", "sim:"], "sim:"],
    ["port", ["--port", ""], ""],
    ["variant", ["--variant", "lite"], "lite"],
    ["resume", ["--resume"], true],
    ["resume", ["--resume", "5ccf7f0a0b0c"], "5ccf7f0a0b0c"],
    ["fresh", ["--new"], true],
    ["resetWires", ["--no-reset-wires"], false],
    ["mode", ["--mode", "dio"], "dio"],
    ["engine", ["--engine", "podman"], "podman"],
    ["at", ["--at", "16"], 16],
    ["length", ["--length", "4096"], 4096],
    ["pairs", ["--pairs", "4"], 4],
    ["secret", ["--secret-file", "-"], { file: "-", variable: "TRY_SECRET" }],
  ] as const)("%s is read from %j", (name, argv, value) => {
    expect(read(SHAPE, ...argv)).toHaveProperty(name, value);
  });

  test.each([
    [["--mode", "qio"], /'--mode <mode>' argument 'qio' is invalid/],
    [["--at", "x"], /^--at cannot be "x"/],
    [["--pairs", "3"], /^--pairs 3 is odd/],
    [["--port"], /'--port <name>' argument missing/],
  ])("a bad value of %j is refused and its option named", (argv, message) => {
    expect(() => read(SHAPE, ...argv)).toThrow(message);
  });

  test("a default is checked as a given value is", () => {
    const shape = { samples: checked(text("--samples <n>", say`readings`, "12"), even) };
    expect(read(shape)).toEqual({ samples: 12 });
    expect(read(shape, "--samples", "8")).toEqual({ samples: 8 });
  });

  test("a command does not run without an option that it requires", () => {
    const shape = { port: required(text("--port <name>", say`a port`)) };
    expect(read(shape, "--port", "COM3")).toEqual({ port: "COM3" });
    expect(() => read(shape)).toThrow(/required option '--port <name>' not specified/);
  });
});

test.each(["5C:CF:7F:0A:0B:0C", "5c-cf-7f-0a-0b-0c", "5ccf7f0a0b0c"])("a MAC may be written %s", (written) => {
  expect(read({ plug: checked(text("--plug <mac>", say`which plug`), macOf) }, "--plug", written)).toEqual({
    plug: "5ccf7f0a0b0c",
  });
});

test("what is not a MAC is refused and its option named", () => {
  expect(() => read({ plug: checked(text("--plug <mac>", say`which plug`), macOf) }, "--plug", "kettle")).toThrow(
    /of --plug, "kettle", is not a MAC address/,
  );
});
