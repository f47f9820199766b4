/** A line on which frames of no meaning keep coming where the answer to READ_FLASH is awaited. */
import { expect, test } from "vitest";
import type { ByteLine, LineListener } from "../../src/engine/ports.ts";
import { drain } from "../../src/platform/node/system.ts";
import { SessionRig } from "../support/session-rig.ts";

const READ_FLASH = 0xd2;
const GARBAGE = Uint8Array.from([0xc0, 0x41, 0x42, 0xc0]);
const CHATTER_US = 300_000;
/** Asked again a few times, then given up, virtual ms. */
const PATIENCE_MS = 120_000;

/** From the first READ_FLASH on the chip is not heard, only garbage. */
function babbling(rig: SessionRig, inner: ByteLine): ByteLine {
  const listeners = new Set<LineListener>();
  let chatters = false;
  const tell = (bytes: Uint8Array): void => {
    for (const listener of listeners) listener.bytes(bytes, rig.clock.now / 1000);
  };
  const chatter = (): void => {
    tell(GARBAGE.slice());
    rig.clock.hostAt(rig.clock.now + CHATTER_US, chatter);
  };
  inner.listen({ bytes: (bytes) => chatters || tell(bytes) });
  return new Proxy(inner, {
    get: (target, name) => {
      if (name === "listen") {
        return (listener: LineListener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        };
      }
      if (name === "write") {
        return (bytes: Uint8Array) => {
          if (!chatters && bytes[0] === 0xc0 && bytes[2] === READ_FLASH) {
            chatters = true;
            chatter();
          }
          return target.write(bytes);
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

test("unsolicited frames instead of READ_FLASH data do not block forever", async () => {
  const rig = new SessionRig();
  const line = babbling(rig, rig.bench.openLine());
  const session = rig.open({ line, patience: { connectMs: 5000, reconnectMs: 5000 } });
  let ended: unknown;
  session.backup().then(
    () => {
      ended = "backed up";
    },
    (error: unknown) => {
      ended = error;
    },
  );
  await rig.clock.run(drain, () => ended !== undefined, rig.clock.now + PATIENCE_MS * 1000);
  expect(ended).toMatchObject({ name: "PlugsmithError" });
});
