import { expect, test } from "vitest";
import { asError, ERROR_CODES, isPlugsmithError, PlugsmithError, withContext } from "./errors.ts";
import { say } from "./text/text.ts";

test.each(Object.entries(ERROR_CODES))("%s is explained by a short phrase", (_code, meaning) => {
  expect(meaning).toMatch(/^\p{L}.*[^.\s]$/u);
  expect(Object.values(ERROR_CODES).filter((each) => each === meaning)).toHaveLength(1);
});

test("an error carries what it was made of", () => {
  const cause = new Error("EIO");
  const error = new PlugsmithError("line-lost", {
    message: say`The adapter is gone.`,
    step: "backup",
    plugState: say`untouched`,
    nextStep: say`Plug it in.`,
    context: { port: "/dev/ttyUSB0", timeoutMs: 3000 },
    cause,
  });
  expect(error).toMatchObject({
    name: "PlugsmithError",
    code: "line-lost",
    message: "The adapter is gone.",
    step: "backup",
    plugState: "untouched",
    nextStep: "Plug it in.",
    context: { port: "/dev/ttyUSB0", timeoutMs: 3000 },
    cause,
  });
});

test("an error without a cause has no such property", () => {
  expect("cause" in new PlugsmithError("aborted", { message: say`Stopped.` })).toBe(false);
});

test("an error is recognised by its class and, where one is asked for, its code", () => {
  const error = new PlugsmithError("port-busy", { message: say`Busy.` });
  expect(isPlugsmithError(error)).toBe(true);
  expect(isPlugsmithError(error, "port-busy")).toBe(true);
  expect(isPlugsmithError(error, "no-sync")).toBe(false);
  const stranger = Object.assign(new Error("Busy."), { code: "port-busy" });
  expect(isPlugsmithError(stranger)).toBe(false);
  expect(isPlugsmithError(stranger, "port-busy")).toBe(false);
  expect(isPlugsmithError(undefined)).toBe(false);
});

const SAID = { step: "write", plugState: say`half erased`, nextStep: say`Restore.` };

test.each([["step"], ["plugState"], ["nextStep"]] as const)(
  "a missing %s is filled in, and the error is kept as cause",
  (field) => {
    const error = new PlugsmithError("no-reply", {
      message: say`Silence.`,
      ...SAID,
      [field]: undefined,
      context: { offset: 1 },
    });
    const full = withContext(error, { step: "later", plugState: say`unknown`, nextStep: say`Wait.` });
    const filling = { step: "later", plugState: "unknown", nextStep: "Wait." }[field];
    expect(full).toMatchObject({
      code: "no-reply",
      message: "Silence.",
      step: SAID.step,
      plugState: SAID.plugState.toString(),
      nextStep: SAID.nextStep.toString(),
      [field]: filling,
      context: { offset: 1 },
    });
    expect(full.cause).toBe(error);
  },
);

test("an error that says everything stays itself", () => {
  const error = new PlugsmithError("no-reply", { message: say`Silence.`, ...SAID });
  expect(withContext(error, { step: "later", plugState: say`unknown`, nextStep: say`Wait.` })).toBe(error);
});

test("an error to which nothing can be added stays itself", () => {
  const error = new PlugsmithError("no-reply", { message: say`Silence.` });
  expect(withContext(error, {})).toBe(error);
});

test("an error that was thrown is passed on as it is", () => {
  const error = new TypeError("x is not a function");
  expect(asError(error)).toBe(error);
});

test.each([["a text"], [undefined], [{ message: "looks like one" }]])(
  "%j that was thrown becomes an internal error",
  (thrown) => {
    const error = asError(thrown);
    expect(isPlugsmithError(error, "internal")).toBe(true);
    expect(error.message).not.toBe("");
    expect(error.cause).toBe(thrown);
  },
);
