/** Patience is for wires and people. What the chip says in the same wrong way again and again is told, and soon. */
import { expect, test } from "vitest";
import type { ByteLine } from "../../src/engine/ports.ts";
import { SessionRig } from "../support/session-rig.ts";

/** READ_REG of an address in a SLIP frame: delimiter, direction, opcode, size, checksum, address, delimiter. */
const READ_REG = 0x0a;
const ADDRESS_AT = 9;

/** A line on which questions for one register become questions for others. */
function asking(inner: ByteLine, otherFor: (address: number) => number | undefined): ByteLine {
  const write = (bytes: Uint8Array): Promise<void> => {
    if (bytes.length !== 14 || bytes[2] !== READ_REG) return inner.write(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const other = otherFor(view.getUint32(ADDRESS_AT, true));
    if (other === undefined) return inner.write(bytes);
    const changed = bytes.slice();
    new DataView(changed.buffer).setUint32(ADDRESS_AT, other, true);
    return inner.write(changed);
  };
  return new Proxy(inner, {
    get: (target, name) => {
      if (name === "write") return write;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Second and fourth word of the efuses: they hold the MAC. */
const EFUSE_1 = 0x3ff00054;
const EFUSE_3 = 0x3ff0005c;
const MAGIC = 0x40001000;
const ROM_SECOND = 0x40001004;

test("efuses without a MAC are reported at once, even without a time limit", async () => {
  const rig = new SessionRig();
  const line = asking(rig.bench.openLine(), (address) =>
    address === EFUSE_1 ? MAGIC : address === EFUSE_3 ? 0x60000240 : undefined,
  );
  const error = await rig.run(
    rig
      .open({ line, patience: {} })
      .identify()
      .catch((thrown: unknown) => thrown),
  );
  expect(error).toMatchObject({
    code: "not-supported",
    message: expect.stringContaining("valid MAC address"),
    step: "identify",
    plugState: "untouched",
    nextStep: expect.stringContaining("wires"),
  });
  expect(rig.clock.now).toBeLessThan(10e6);
});

test.each([
  ["that ends", { connectMs: 600_000 }],
  ["without end", {}],
])(
  "readings that differ each time end a wait %s with their own error, and each attempt counts",
  async (_, patience) => {
    const rig = new SessionRig();
    let asked = 0;
    const line = asking(rig.bench.openLine(), (address) =>
      address === EFUSE_1 ? [EFUSE_1, MAGIC, ROM_SECOND][asked++ % 3] : undefined,
    );
    const error = await rig.run(
      rig
        .open({ line, patience })
        .identify()
        .catch((thrown: unknown) => thrown),
    );
    expect(error).toMatchObject({ code: "bad-reply", message: expect.stringContaining("different each time") });
    const attempts = rig.events.flatMap((event) =>
      event.type === "retry" && event.step === "connect" ? [event.attempt] : [],
    );
    expect(attempts).toEqual([1, 2, 3, 4]);
  },
);

test("the time limit also ends readings that differ each time", async () => {
  const rig = new SessionRig();
  let asked = 0;
  const line = asking(rig.bench.openLine(), (address) =>
    address === EFUSE_1 ? [EFUSE_1, MAGIC, ROM_SECOND][asked++ % 3] : undefined,
  );
  const work = rig.open({ line, patience: { connectMs: 100 } }).identify();
  await expect(rig.run(work)).rejects.toMatchObject({ code: "bad-reply" });
  expect(rig.events.filter((event) => event.type === "retry" && event.step === "connect")).toEqual([]);
});
