import { expect, test } from "vitest";
import { SessionRig } from "../../../test/support/session-rig.ts";

/** The rig's session over files that count how often the adapters' record is read. */
async function reads(rig: SessionRig, work: (rig: SessionRig) => void = () => {}): Promise<number> {
  let count = 0;
  const { files } = rig.disk;
  const counting = Object.assign(Object.create(files) as typeof files, {
    read: (path: string, limit?: number) => {
      if (path.endsWith("/adapters.json")) count++;
      return files.read(path, limit);
    },
  });
  const session = rig.open({ files: counting });
  await rig.run(session.identify());
  work(rig);
  await rig.run(session.verify(rig.bench.flash.slice(), { raw: true }));
  await rig.run(session.finish("stay"));
  await session.close();
  return count;
}

test("what an adapter carries is read once in a connection that learns nothing, also when the adapter was away", async () => {
  const rig = new SessionRig();
  await reads(rig);
  expect(await reads(rig)).toBe(1);
  const before = rig.events.length;
  const away = (at: SessionRig): void => {
    at.bench.actions.pullAdapterOut();
    at.clock.at(at.clock.now + 2e6, () => at.bench.actions.plugAdapterIn());
  };
  expect(await reads(rig, away)).toBe(1);
  expect(rig.events.slice(before).some(({ type }) => type === "retry")).toBe(true);
});
