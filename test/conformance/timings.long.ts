/** Every line of the table of virtual against real times is measured again. */
import { expect, test } from "vitest";
import { measureGroup, readTimingTable, timingGroups } from "../support/timing-table.ts";

const TABLE = readTimingTable();

test.each(timingGroups().map((group, i) => [group.cells.join(", "), group, i] as const))(
  "%s takes as long as docs/virtual-plug.md says",
  async (_, group, i) => {
    const { virtual, ratio } = TABLE[i]!;
    expect(await measureGroup(group)).toEqual({ virtual, ratio });
  },
);
