import { expect, test } from "vitest";
import { status5, TalkingLine, WireRig } from "../../../test/support/wire-rig.ts";
import { drain } from "../../platform/node/system.ts";
import { readContacts } from "../home/contacts.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import { recordedLine } from "./recorded-line.ts";

const PLUG = "c44f33a1b212";
const OTHER = "c44f33000001";

function listening(rig: WireRig) {
  const line = new TalkingLine("A");
  const recorded = rig.recorded(line);
  const heard: string[] = [];
  const stop = recorded.listen({ bytes: (chunk) => void heard.push(new TextDecoder().decode(chunk)) });
  return { line, recorded, heard, stop };
}

test("listeners get bytes only after the contact is on disk, in their order", async () => {
  const rig = new WireRig();
  const { line, recorded, heard } = listening(rig);
  let flushed = false;
  rig.disk.onOperation = (_, what) => {
    if (what === "sync") flushed = true;
    if (!flushed) expect(heard).toEqual([]);
  };
  line.say("one");
  line.say("two");
  expect(heard).toEqual([]);
  const written = recorded.write(new TextEncoder().encode("answer"));
  expect(line.sent).toEqual([]);
  await rig.run(written);
  expect(flushed).toBe(true);
  expect(heard).toEqual(["one", "two"]);
  rig.disk.crash();
  expect(await readContacts(rig.disk.files, "/home")).toMatchObject([
    { number: 1, where: "FTDI FT232R at /dev/ttyUSB0", plug: undefined },
  ]);
});

test("silence, sent bytes and bytes without a listener are no contact", async () => {
  const rig = new WireRig();
  const { line, recorded, stop } = listening(rig);
  await rig.run(recorded.write(Uint8Array.of(1)));
  line.lose();
  stop();
  line.say("nobody listens");
  await rig.run(recorded.settled());
  expect(await rig.disk.files.list("/home")).toEqual([]);
});

test("a plug that reports its MAC has wires on record before listeners get the bytes", async () => {
  const rig = new WireRig();
  await rig.close(PLUG);
  const { line, recorded, heard } = listening(rig);
  const before: boolean[] = [];
  recorded.listen({ bytes: () => void rig.onRecord(PLUG).then((wired) => before.push(wired)) });
  line.say(status5(PLUG));
  await rig.run(recorded.settled());
  await drain();
  expect(heard).toHaveLength(1);
  expect(before).toEqual([true]);
  expect(recorded.reopened.has(PLUG)).toBe(true);
  expect((await rig.journal(PLUG)).at(-1)).toMatchObject({
    type: "wires-attached",
    where: "FTDI FT232R at /dev/ttyUSB0",
  });
});

test("wires already on record are not recorded again", async () => {
  const rig = new WireRig();
  await rig.hear("A", status5(PLUG));
  await rig.hear("A", status5(PLUG), status5(PLUG));
  expect(await rig.journal(PLUG)).toHaveLength(1);
});

test("a contact lasts until it is identified, even across replugging; the next byte starts another", async () => {
  const rig = new WireRig();
  const { line, recorded } = listening(rig);
  line.say("noise");
  line.lose();
  line.say("more noise");
  line.say(status5(PLUG));
  line.lose();
  line.say("noise of another");
  line.say(status5(OTHER));
  await rig.run(recorded.settled());
  const contacts = await readContacts(rig.disk.files, "/home");
  expect(contacts.map(({ number, plug }) => [number, plug])).toEqual([
    [1, PLUG],
    [2, OTHER],
  ]);
  expect(await rig.onRecord(OTHER)).toBe(true);
});

test.each(["the adapter was away", "nobody listened for a while"])(
  "a byte after %s belongs to another contact, although the plug before was identified",
  async (what) => {
    const rig = new WireRig();
    const { line, recorded, stop } = listening(rig);
    line.say(status5(PLUG));
    await rig.run(recorded.settled());
    if (what === "the adapter was away") line.lose();
    else {
      stop();
      recorded.listen({ bytes: () => {} });
    }
    line.say("noise");
    await rig.run(recorded.settled());
    const contacts = await readContacts(rig.disk.files, "/home");
    expect(contacts.map(({ plug }) => plug)).toEqual([PLUG, undefined]);
  },
);

test("two plugs that report their MACs over one line without replugging are both on record", async () => {
  const rig = new WireRig();
  await rig.hear("A", status5(PLUG), "noise", status5(OTHER), status5(PLUG));
  expect([await rig.onRecord(PLUG), await rig.onRecord(OTHER)]).toEqual([true, true]);
});

test("a later listener on the same line continues the same contact", async () => {
  const rig = new WireRig();
  const line = new TalkingLine("A");
  const stop = rig.recorded(line).listen({ bytes: () => {} });
  line.say("noise");
  await rig.run(rig.recorded(line).settled());
  stop();
  expect(recordedLine(rig.recorded(line), rig.ports)).toBe(rig.recorded(line));
  await rig.run(rig.recorded(line).met(PLUG));
  expect(await readContacts(rig.disk.files, "/home")).toMatchObject([{ number: 1, plug: PLUG }]);
});

test("with a full disk nothing is sent, the error says so, and received bytes are still delivered; it continues once there is space", async () => {
  const rig = new WireRig();
  const { line, recorded, heard } = listening(rig);
  rig.disk.capacity = 10;
  const reported: unknown[] = [];
  recorded.onUnrecordable((error) => reported.push(error));
  line.say("mains!");
  await expect(rig.run(recorded.write(Uint8Array.of(1)))).rejects.toMatchObject({ code: "disk-full" });
  line.say("mains again!");
  expect(line.sent).toEqual([]);
  expect(heard).toEqual(["mains!", "mains again!"]);
  expect(reported[0]).toMatchObject({ code: "disk-full" });
  rig.disk.capacity = Number.POSITIVE_INFINITY;
  await rig.run(recorded.write(Uint8Array.of(1)));
  expect(line.sent).toHaveLength(1);
  expect(await readContacts(rig.disk.files, "/home")).toHaveLength(1);
});

test("two processes that hear something at once both keep their contact", async () => {
  const rig = new WireRig();
  const lines = ["A", "B", "C"].map((adapter) => new TalkingLine(adapter));
  const recorded = lines.map((line) => rig.recorded(line));
  for (const each of recorded) each.listen({ bytes: () => {} });
  for (const line of lines) line.say("noise");
  await rig.run(Promise.all(recorded.map((each) => each.settled())));
  const contacts = await readContacts(rig.disk.files, "/home");
  expect(contacts.map(({ number }) => number)).toEqual([1, 2, 3]);
});

test("a plug whose journal is locked by another process is revoked by the gate of its closing proof", async () => {
  const rig = new WireRig();
  await rig.close(PLUG);
  const held = await rig.run(openPlugJournal(rig.disk.files, "/home", PLUG));
  await rig.hear("A", status5(PLUG));
  expect(await rig.onRecord(PLUG)).toBe(false);
  await rig.run(held.close());
  expect(await rig.wired(PLUG)).toBe(true);
  expect(rig.asked).toEqual([]);
});

test("after a power loss at any point, a heard byte has left a contact or wires on record", async () => {
  for (let at = 1; at < 40; at++) {
    const rig = new WireRig();
    await rig.close(PLUG);
    const heard: string[] = [];
    const line = new TalkingLine("A");
    rig.recorded(line).listen({ bytes: (chunk) => void heard.push(new TextDecoder().decode(chunk)) });
    let count = 0;
    rig.disk.onOperation = () => {
      if (++count === at) rig.disk.crash();
    };
    line.say(status5(PLUG));
    await drain();
    rig.disk.onOperation = undefined;
    rig.disk.crash();
    if (heard.length === 0) continue;
    rig.answer = "yes";
    expect(await rig.wired(PLUG), `crash at ${at}`).toBe(true);
  }
});
