/** Help pages in the language that is shown: everything on them that is commander's own, and the placeholders. */
import { type Argument, type Command, Help, type Option } from "commander";
import { say, type Text } from "../core/index.ts";

export type Wording = (text: Text) => string;

/** Headings as commander writes them. */
const TITLES: ReadonlyMap<string, Text> = new Map([
  ["Usage:", say`Usage:`],
  ["Arguments:", say`Arguments:`],
  ["Options:", say`Options:`],
]);

/** What stands in angle or square brackets. One that is not here stays as it is. */
const PLACEHOLDERS: Readonly<Record<string, Text>> = {
  options: say`options`,
  command: say`command`,
  "command...": say`command...`,
  action: say`action`,
  file: say`file`,
  folder: say`folder`,
  name: say`name`,
  language: say`language`,
  code: say`code`,
  plug: say`plug`,
  device: say`device`,
  backup: say`backup`,
  mac: say`MAC`,
  what: say`what`,
  "what...": say`what...`,
  other: say`other`,
  where: say`where`,
  kind: say`kind`,
  mode: say`mode`,
  size: say`size`,
  rate: say`rate`,
  n: say`n`,
  bytes: say`bytes`,
  volts: say`volts`,
  amperes: say`amperes`,
  watts: say`watts`,
  percent: say`percent`,
  accuracy: say`accuracy`,
  version: say`version`,
  image: say`image`,
  build: say`build`,
  program: say`program`,
  transport: say`transport`,
  git: say`git`,
  topic: say`topic`,
  zone: say`zone`,
  port: say`port`,
  host: say`host`,
  "host[:port]": say`host[:port]`,
  "host:port": say`host:port`,
  "address:port": say`address:port`,
  address: say`address`,
  addresses: say`addresses`,
  hosts: say`hosts`,
};

const HELP = new Help();

export function configureHelp(command: Command, worded: Wording): void {
  command.helpOption("-h, --help", worded(say`show this help`));
  command.configureHelp({
    styleTitle: (title) => {
      const text = TITLES.get(title);
      return text === undefined ? title : worded(text);
    },
    commandUsage: (cmd) => withPlaceholders(HELP.commandUsage(cmd), worded),
    optionTerm: (option) => withPlaceholders(HELP.optionTerm(option), worded),
    argumentTerm: (argument) => placeholder(HELP.argumentTerm(argument), worded),
    optionDescription: (option) => described(option, worded),
    argumentDescription: (argument) => described(argument, worded),
  });
}

/** Without "(default: false)" behind every switch: a switch that is not given is off. */
function described(
  { description, argChoices, defaultValue, defaultValueDescription }: Option | Argument,
  worded: Wording,
): string {
  const value = defaultValueDescription ?? JSON.stringify(defaultValue);
  const extra = [
    ...(argChoices === undefined ? [] : [say`choices: ${argChoices.map((each) => JSON.stringify(each)).join(", ")}`]),
    ...(defaultValue === undefined || defaultValue === false ? [] : [say`default: ${value}`]),
  ];
  return extra.length === 0 ? description : `${description} (${extra.map(worded).join(", ")})`;
}

function withPlaceholders(text: string, worded: Wording): string {
  return text.replace(
    /<([^<>]+)>|\[([^[\]]+(?:\[[^\]]*\])?)\]/g,
    (whole, angled: string | undefined, squared: string | undefined) =>
      whole[0] + placeholder(angled ?? squared ?? "", worded) + whole.at(-1),
  );
}

function placeholder(name: string, worded: Wording): string {
  const text = Object.hasOwn(PLACEHOLDERS, name) ? PLACEHOLDERS[name] : undefined;
  return text === undefined ? name : worded(text);
}
