import { expect, test } from "vitest";
import { lineLost } from "./line-lost.ts";

test.each(["tcp://192.0.2.7:4000", "rfc2217://bench.local:2217"])(
  "a lost connection to %s speaks of no adapter",
  (path) => {
    for (const download of [true, false]) {
      const error = lineLost(path, { download });
      expect(error.code).toBe("line-lost");
      expect(error.message).toBe(`The connection to ${path} broke.`);
      expect(error.nextStep).toContain("the program that serves the port. Then run the command again.");
      expect(`${error.message} ${error.nextStep}`).not.toMatch(/adapter|plug it in|by itself/i);
    }
  },
);

test.each(["/dev/ttyUSB0", "COM3", "sim:my-plug"])(
  "an adapter that is gone from %s is to be plugged in again",
  (path) => {
    expect(lineLost(path)).toMatchObject({
      message: `The adapter at ${path} is gone.`,
      nextStep: "Plug the adapter in again. Then run the command again.",
    });
    expect(lineLost(path, { download: true }).nextStep).toContain("while you hold the button (GPIO0 to GND). Then run");
  },
);
