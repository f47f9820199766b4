/**
 * What a command is. One file in commands/ exports a `CommandModule`; registry.ts names it and loads it when it runs;
 * everything else (options that all commands have, events, rendering, errors, exit codes, Ctrl-C) is done for it.
 */

import type { Command } from "commander";
import { type Catalogue, type EventSink, type PlugsmithError, say, type Text } from "../core/index.ts";
import type { Home } from "../engine/index.ts";
import type { TerminalOperator } from "./ask/terminal-operator.ts";
import { LANGUAGES } from "./language.ts";
import {
  choice,
  declareOptions,
  flag,
  type GivenOptions,
  type OptionShape,
  type OptionsOf,
  readOptions,
  resolveOptions,
  text,
} from "./options.ts";
import type { AnswerLine } from "./render/answer.ts";
import type { Terminal } from "./render/terminal.ts";

/** Options that every command understands. */
export const GLOBAL_OPTIONS = {
  home: text("--home <folder>", say`folder for backups and records`),
  json: flag("--json", say`print one JSON event per line; the last one is the result`),
  plain: flag("--plain", say`no bars, no colours, no redrawing: for logs and screen readers`),
  /** Undefined: as the environment says. */
  lang: choice("--lang <language>", say`language of the output`, LANGUAGES),
  yes: flag("--yes", say`answer yes to every confirmation`),
  /** False with `--no-input`: nothing is asked, even at a terminal. */
  input: flag("--no-input", say`never ask; fail at once and name what is missing`),
};

export type GlobalOptions = OptionsOf<typeof GLOBAL_OPTIONS>;

export interface CommandRun {
  /** Of the command, such as "convert". */
  readonly name: string;
  /** Positional arguments as declared; undefined where an optional one is missing. */
  readonly args: readonly (string | undefined)[];
  readonly globals: GlobalOptions;
  /** Root of the home for real plugs. */
  readonly home: string;
  readonly emit: EventSink;
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** True where a person reads and writes: at a terminal, without `--json` and `--no-input`. */
  readonly attended: boolean;
  /** The person as the engine asks them; where nobody is, each question is an error that names it. */
  readonly operator: TerminalOperator;
  /** For commands whose output is a stream (monitor, sim). Others let the renderer speak. */
  readonly terminal: Terminal;
  /** The language of what is shown, and of a certificate that is written. */
  readonly catalogue: Catalogue;
}

export interface CommandOutcome {
  /** The result's data with `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The answer for people, on standard output. */
  readonly answer?: readonly AnswerLine[];
  /** Told after the answer, and decides the exit code: what was looked at is not as it should be. */
  readonly failure?: PlugsmithError | undefined;
}

/** A command as the help page lists it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: Text;
  /** Heading on the help page. */
  readonly group: Text;
  load(): Promise<CommandModule>;
}

export interface CommandModule {
  /** Adds arguments and options. @param worded a text in the language of the help page. */
  declare(command: Command, worded: (text: Text) => string): void;
  /** @param given the command's own options, as commander parsed them. */
  run(run: CommandRun, given: GivenOptions): Promise<CommandOutcome>;
}

export interface CommandDefinition<S extends OptionShape> {
  /** Positional arguments, each with its words on the help page. */
  readonly arguments?: readonly (readonly [name: string, description: Text])[] | undefined;
  readonly options: S;
  run(run: CommandRun, options: OptionsOf<S>): Promise<CommandOutcome>;
}

/** A command whose code gets its options as a typed record. */
export function defineCommand<const S extends OptionShape>(definition: CommandDefinition<S>): CommandModule {
  return {
    declare: (command, worded) => {
      for (const [name, description] of definition.arguments ?? []) command.argument(name, worded(description));
      declareOptions(command, definition.options, worded);
    },
    run: async (run, given) => {
      const options = readOptions(definition.options, given);
      const home = async (): Promise<Home> => {
        const { homeAtPort } = await import("./plug/named-plug.ts");
        const { nodeFiles } = await import("../platform/node/files.ts");
        return { files: nodeFiles, path: homeAtPort(run.home, given["port"]) };
      };
      return await definition.run(run, await resolveOptions(definition.options, options, home));
    },
  };
}
