import { expect, test } from "vitest";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { Operator, OperatorProvision } from "../ports.ts";
import { askUntil } from "./ask-until.ts";

const QUESTION = { id: "firmware-file", text: say`Path of the image:`, secret: false };

function typist(...answers: string[]) {
  const texts: string[] = [];
  const provide = async ({ text }: OperatorProvision): Promise<string> => {
    texts.push(text.toString());
    return answers.shift()!;
  };
  return { operator: { provide } as unknown as Operator, texts };
}

test("a wrong file name is asked again with the reason, until the file can be read", async () => {
  const here = new URL(import.meta.url).pathname;
  const { operator, texts } = typist("/nowhere/at/all.bin", "", "/", here);
  const read = await askUntil(operator, QUESTION, (path) => nodeFiles.read(path, 0x10000));
  expect(read.text).toBe(here);
  expect(read.value.length).toBeGreaterThan(100);
  expect(texts).toHaveLength(4);
  expect(texts[1]).toMatch(/all\.bin.*Path of the image:/s);
});

test("an error that retyping cannot fix ends the question", async () => {
  const check = (): never => {
    throw new PlugsmithError("aborted", { message: say`Stopped.` });
  };
  await expect(askUntil(typist("x").operator, QUESTION, check)).rejects.toMatchObject({ code: "aborted" });
});
