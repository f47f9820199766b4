/** `plugsmith template`: explains, converts, checks and finds Tasmota templates. Touches no plug. */

import { existsSync } from "node:fs";
import {
  asText,
  checkTemplate,
  convertTemplate,
  explainTemplate,
  joined,
  list,
  PlugsmithError,
  PUBLISHED_LIST_URL,
  parsePublishedList,
  readTemplate,
  say,
  searchTemplates,
  type TemplateFinding,
  type Text,
  templateJson,
  toLegacyTemplate,
  type WrittenTemplate,
} from "../../core/index.ts";
import { writeHomeFile } from "../../engine/index.ts";
import { httpsDownloader, nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { flag, text } from "../options.ts";
import { indented, row } from "../render/answer.ts";
import { contents } from "../tasmota/secret-input.ts";

const ACTIONS = ["explain", "convert", "check", "search", "import"] as const;

export const templateCommand: CommandModule = defineCommand({
  arguments: [
    ["<action>", say`one of: ${list(ACTIONS)}`],
    ["[what...]", say`the template itself, a file, or - for standard input; for search, the words to look for`],
  ],
  options: {
    old: flag("--old", say`convert to the 13-entry form of firmware before 9`),
    list: text("--list <file>", say`use your own list of templates instead of the published one`),
  },
  run: async (run, { old, list: ownList }) => {
    const [action, ...what] = run.args.flat() as (string | undefined)[];
    const words = what.filter((each) => each !== undefined);
    switch (action) {
      case "explain":
        return explain(await written(words));
      case "convert":
        return convert(await written(words), old);
      case "check":
        return check(await written(words));
      case "search":
        return search(run, ownList, words.join(" "));
      case "import":
        return importList(run);
      default:
        throw new PlugsmithError("bad-argument", {
          message: say`template has no action "${String(action)}".`,
          nextStep: say`Choose one of: ${list(ACTIONS)}.`,
        });
    }
  },
});

async function written(words: readonly string[]): Promise<WrittenTemplate> {
  const source = words.join(" ");
  if (source === "") throw new PlugsmithError("bad-argument", { message: say`The command needs a template.` });
  const pasted = /[{&]/.test(source) && !existsSync(source);
  return readTemplate(pasted ? source : await contents(source, LIST_LIMIT));
}

function explain(template: WrittenTemplate): CommandOutcome {
  const explained = explainTemplate(convertTemplate(template));
  const used = explained.pins.filter((pin) => pin.code !== 0);
  return {
    data: { ...explained, form: template.form },
    answer: [
      template.form === "legacy"
        ? say`${explained.name}, based on ${explained.base}, in the old form (before firmware 9)`
        : say`${explained.name}, based on ${explained.base}, in the current form`,
      ...used.map((pin) => row(pin.pin, pin.name, pin.words)),
    ],
  };
}

function convert(template: WrittenTemplate, old: boolean): CommandOutcome {
  const converted = convertTemplate(template);
  const json = templateJson(old ? toLegacyTemplate(converted) : converted);
  return { data: { template: JSON.parse(json) as Record<string, unknown> }, answer: [asText(json)] };
}

const LEVELS: Readonly<Record<TemplateFinding["level"], Text>> = {
  error: say`error`,
  warning: say`warning`,
  note: say`note`,
};

function check(template: WrittenTemplate): CommandOutcome {
  const findings = checkTemplate(template);
  const placed = ({ pin, text }: TemplateFinding): Text => (pin === undefined ? asText(text) : say`${pin}: ${text}`);
  const errors = findings.filter((each) => each.level === "error");
  if (errors.length > 0) {
    throw new PlugsmithError("bad-argument", {
      message: say`The template has mistakes: ${joined(errors.map(placed))}`,
      step: "check",
      plugState: say`untouched`,
      nextStep: say`Correct it before you use it on a plug.`,
    });
  }
  return {
    data: { findings },
    answer:
      findings.length === 0 ? [say`No mistakes found.`] : findings.map((each) => row(LEVELS[each.level], placed(each))),
  };
}

/** Most bytes of the list; in 2026 it had about 400 KB. */
const LIST_LIMIT = 8_000_000;
const SHOWN = 40;

function cachePath(run: CommandRun): string {
  return `${run.home}/cache/templates.md`;
}

async function importList(run: CommandRun): Promise<CommandOutcome> {
  const bytes = await httpsDownloader().get(PUBLISHED_LIST_URL, { limit: LIST_LIMIT, signal: run.signal });
  const list = parsePublishedList(new TextDecoder().decode(bytes));
  if (list.length === 0) {
    throw new PlugsmithError("bad-answer", {
      message: say`The download from the published list's address contains no templates.`,
      nextStep: say`Try again later, or search your own file with --list.`,
    });
  }
  await writeHomeFile(nodeFiles, run.home, cachePath(run), bytes);
  return { data: { templates: list.length }, answer: [say`Templates imported: ${list.length}.`] };
}

async function search(run: CommandRun, own: string | undefined, words: string): Promise<CommandOutcome> {
  if (words.trim() === "")
    throw new PlugsmithError("bad-argument", { message: say`The command needs words to search for.` });
  if (own === undefined && !existsSync(cachePath(run))) {
    run.emit({
      type: "notice",
      level: "info",
      text: say`Downloading the list of templates that the Tasmota project publishes.`,
    });
    await importList(run);
  }
  const list = parsePublishedList(await contents(own ?? cachePath(run), LIST_LIMIT));
  const found = searchTemplates(list, words);
  const more = found.length > SHOWN ? [say`… and ${found.length - SHOWN} more. Add a word to narrow the search.`] : [];
  return {
    data: {
      found: found.map((each) => ({
        category: each.category,
        device: each.device,
        template: JSON.parse(templateJson(each.template)) as unknown,
      })),
    },
    answer:
      found.length === 0
        ? [say`Nothing found for "${words}".`]
        : [
            ...found
              .slice(0, SHOWN)
              .flatMap((each) => [asText(`${each.device} (${each.category})`), indented(templateJson(each.template))]),
            ...more,
          ],
  };
}
