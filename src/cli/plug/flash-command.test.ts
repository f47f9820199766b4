import { expect, test } from "vitest";
import { VIRTUAL_PATIENCE_MS } from "../../host/job-ports.ts";
import { firstPatienceMs, UNATTENDED_PATIENCE_MS } from "./flash-command.ts";

test.each([
  ["a person sits at the terminal: until Ctrl-C", false, true, undefined],
  ["--no-input, --json or no terminal: bounded", false, false, UNATTENDED_PATIENCE_MS],
  ["a virtual plug, with a person", true, true, VIRTUAL_PATIENCE_MS],
  ["a virtual plug, without one", true, false, VIRTUAL_PATIENCE_MS],
])(
  "a chip that has not answered is called for as long as somebody could still wire it: %s",
  (_, virtual, attended, ms) => {
    expect(firstPatienceMs(virtual, attended)).toBe(ms);
  },
);
