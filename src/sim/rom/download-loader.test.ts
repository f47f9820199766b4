import { expect, test } from "vitest";
import { chipRig, packet, SYNC, words } from "../../../test/support/chip-rig.ts";

test("the chip powers up with GPIO0 low, says so at 74880 baud and answers the second SYNC eight times", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(50);
  const boot = rig.take();
  expect(String.fromCharCode(...boot.map((b) => b.value))).toBe(
    "\r\n ets Jan  8 2013,rst cause:1, boot mode:(1,6)\r\n\r\n",
  );
  expect(1e6 / boot[0]!.bitTime).toBeCloseTo(74928, -1);
  rig.send(SYNC);
  rig.pass(50);
  expect(rig.hex()).toBe("");
  rig.send(SYNC);
  rig.pass(50);
  expect(rig.hex()).toBe("c001080200070712200000c0".repeat(8));
  rig.send(packet(10, words(0x40001000)));
  rig.pass(50);
  expect(rig.hex()).toBe("c0010a020001c1f0ff0000c0");
});
