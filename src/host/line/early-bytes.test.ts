import { expect, test } from "vitest";
import type { ByteLine, LineListener } from "../../engine/ports.ts";
import { EarlyBytes } from "./early-bytes.ts";

/** A line that says what the test has it say. */
function scripted(): { line: ByteLine; say: (text: string) => void; listeners: Set<LineListener> } {
  const listeners = new Set<LineListener>();
  const line: ByteLine = {
    identity: { path: "tcp://h:1", label: "TCP" },
    present: true,
    can: { baud: false, controlLines: false },
    baud: 115200,
    write: async () => {},
    setBaud: async () => {},
    setControlLines: async () => {},
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {},
  };
  const say = (text: string): void => {
    for (const listener of [...listeners]) listener.bytes(new TextEncoder().encode(text), 7);
  };
  return { line, say, listeners };
}

const diagnostics = (heard: string[]): LineListener => ({
  bytes: (chunk, at) => void heard.push(`${new TextDecoder().decode(chunk)}@${at}`),
});

test("the first listener gets what came before, in its order and with its times, before what comes later", async () => {
  const { line, say } = scripted();
  const early = new EarlyBytes(line);
  say("one");
  say("two");
  const heard: string[] = [];
  early.listen(diagnostics(heard));
  await Promise.resolve();
  say("three");
  const second: string[] = [];
  early.listen(diagnostics(second));
  await Promise.resolve();
  expect(heard).toEqual(["one@7", "two@7", "three@7"]);
  expect(second).toEqual([]);
});

test("a listener that ends at once gets nothing, and nothing is kept twice", async () => {
  const { line, say, listeners } = scripted();
  const early = new EarlyBytes(line);
  say("one");
  const heard: string[] = [];
  early.listen(diagnostics(heard))();
  await Promise.resolve();
  expect(heard).toEqual([]);
  expect(listeners.size).toBe(0);
});

test("what is kept has a bound: a server that pours is not followed", async () => {
  const { line, say } = scripted();
  const early = new EarlyBytes(line);
  for (let i = 0; i < 40; i++) say("x".repeat(0x1000));
  let size = 0;
  early.listen({
    bytes: (chunk) => {
      size += chunk.length;
    },
  });
  await Promise.resolve();
  expect(size).toBe(0x2_0000);
});
