import { Command, CommanderError, Option } from "commander";
import { expect, test } from "vitest";
import { usageError, usageText } from "./usage-error.ts";

/** What commander itself says of a line, so that its messages are recognised as they are. */
function commanderSays(...argv: string[]): string {
  const program = new Command("plugsmith").exitOverride().configureOutput({ writeErr: () => {} });
  const command = program
    .command("write")
    .argument("<image>")
    .addOption(new Option("--erase <what>").choices(["needed", "all"]))
    .option("--at <address>")
    .action(() => {});
  program
    .command("verify")
    .requiredOption("--port <name>")
    .action(() => {});
  program.command("find").action(() => {});
  program.command("bind").action(() => {});
  for (const each of program.commands) each.exitOverride().configureOutput({ writeErr: () => {} });
  expect(command.name()).toBe("write");
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
  }
  throw new Error(`commander finds nothing wrong with ${argv.join(" ")}`);
}

test.each([
  [["write", "a", "--nope"], "unknown option '{0}'", ["--nope"]],
  [["write", "a", "--ad"], "unknown option '{0}'", ["--ad"]],
  [["nope"], "unknown command '{0}'", ["nope"]],
  [["write"], "missing required argument '{0}'", ["image"]],
  [["write", "a", "--at"], "option '{0}' needs a value", ["--at <address>"]],
  [["verify"], "required option '{0}' is missing", ["--port <name>"]],
  [
    ["write", "a", "--erase", "some"],
    "option '{0}' cannot be '{1}'. Choose one of: {2}",
    ["--erase <what>", "some", "needed, all"],
  ],
  [["write", "a", "b", "c"], "too many arguments for '{0}': {1} expected, {2} given", ["write", "1", "3"]],
] as const)("the line %j is refused with a sentence that a language can translate", (argv, source, values) => {
  const { message } = usageError(commanderSays(...argv));
  expect(message.source).toBe(source);
  expect(message.values).toEqual(values);
});

test.each([
  [["vrify"], "(Did you mean {0}?)", ["verify"]],
  [["find-"], "(Did you mean {0}?)", ["find"]],
  [["ind"], "(Did you mean one of {0}?)", ["bind, find"]],
] as const)("what was probably meant with %j is a sentence of its own", (argv, source, values) => {
  const { hint } = usageError(commanderSays(...argv));
  expect(hint?.source).toBe(source);
  expect(hint?.values).toEqual(values);
});

test("a message that is not known is kept as it is, and the hint stands behind the message on one line", () => {
  expect(usageText("error: something new").toString()).toBe("something new");
  expect(usageText(commanderSays("vrify")).toString()).toBe("unknown command 'vrify' (Did you mean verify?)");
});
