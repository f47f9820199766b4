import { expect, test } from "vitest";
import type { EtherFrame, EtherStation } from "../../board/ether.ts";
import { SharedEther } from "./shared-ether.ts";

const FRAME: EtherFrame = { bytes: Uint8Array.of(1, 2, 3), channel: 1, rate: 6 };

class Listener implements EtherStation {
  readonly heard: EtherFrame[] = [];
  readonly #answers: boolean;

  constructor(answers = false) {
    this.#answers = answers;
  }

  hear(frame: EtherFrame): boolean {
    this.heard.push(frame);
    return this.#answers;
  }
}

test("a frame reaches every station but its sender, and is acknowledged when one of them says so", () => {
  const ether = new SharedEther();
  const [sender, first, second] = [new Listener(true), new Listener(), new Listener()];
  for (const station of [sender, first, second]) ether.join(station);
  expect(ether.send(sender, FRAME)).toBe(false);
  expect([sender, first, second].map(({ heard }) => heard.length)).toEqual([0, 1, 1]);
  ether.join(new Listener(true));
  expect(ether.send(sender, FRAME)).toBe(true);
});

test("a station that has left hears nothing more", () => {
  const ether = new SharedEther();
  const gone = new Listener(true);
  const leave = ether.join(gone);
  leave();
  expect(ether.send(new Listener(), FRAME)).toBe(false);
  expect(gone.heard).toEqual([]);
});
