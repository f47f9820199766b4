/**
 * What a command is. One file in commands/ exports a `CommandModule`; registry.ts names it and loads it when it runs;
 * everything else (options that all commands have, events, rendering, errors, exit codes, Ctrl-C) is done for it.
 */
import type { Command } from "commander";
import type { PlugsmithError } from "../core/errors.ts";
import type { EventSink } from "../core/events.ts";
import type { Wording } from "../core/text/text.ts";
import type { TerminalOperator } from "./ask/terminal-operator.ts";
import type { Person } from "./person.ts";
import type { Terminal } from "./render/terminal.ts";

/** Options that every command understands. */
export interface GlobalOptions {
  readonly home?: string | undefined;
  /** Language of what is shown: "en", "de". Undefined: as the environment says. */
  readonly lang?: string | undefined;
  readonly json: boolean;
  readonly plain: boolean;
  readonly yes: boolean;
  /** False with `--no-input`: nothing is asked, whoever sits there. */
  readonly input: boolean;
}

export interface CommandRun {
  /** Positional arguments as declared; undefined where an optional one is missing. */
  readonly args: readonly (string | undefined)[];
  /** The command's own options, as commander parsed them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly globals: GlobalOptions;
  /** Root of the home for real plugs. */
  readonly home: string;
  readonly emit: EventSink;
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
  readonly person: Person;
  /** True where a person reads and writes: at a terminal, without `--json` and `--no-input`. */
  readonly attended: boolean;
  /** The person as the engine asks them; where nobody is, each question is an error that names it. */
  readonly operator: TerminalOperator;
  /** For commands whose output is a stream (monitor, sim). Others let the renderer speak. */
  readonly terminal: Terminal;
}

export interface CommandOutcome {
  /** The result's data with `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The answer for people, on standard output. */
  readonly answer?: readonly Wording[];
  /** Told after the answer, and decides the exit code: what was looked at is not as it should be. */
  readonly failure?: PlugsmithError | undefined;
}

/** A command as the help page lists it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Heading on the help page. */
  readonly group: string;
  load(): Promise<CommandModule>;
}

export interface CommandModule {
  /** Adds arguments and options. */
  declare?(command: Command): void;
  run(run: CommandRun): Promise<CommandOutcome>;
}
