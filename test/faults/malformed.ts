/**
 * Things that are not what they should be, for everything that reads from outside: bytes on the line, replies, images,
 * manifests, journals. Each target may take them or refuse them with a PlugsmithError; nothing else.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { PlugsmithError } from "../../src/core/errors.ts";
import { inspectImage } from "../../src/core/image/inspect.ts";
import { imageSegments } from "../../src/core/image/segments.ts";
import { UnrecognizedEntry } from "../../src/core/journal/stored-entry.ts";
import { COMMANDS, type CommandName, isGoodReply, parseReply, refusalText } from "../../src/core/loader/protocol.ts";
import { SlipDecoder } from "../../src/core/slip.ts";
import { checkAgainstManifest, formatManifest, parseManifest } from "../../src/engine/home/backups.ts";
import { openJournal } from "../../src/engine/home/journal.ts";
import { firmwareLikeImage } from "../../src/sim/bench/firmware-like-image.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";

const FRAME_LIMIT = 64;

export interface Target {
  readonly name: string;
  /** Well-formed inputs, to be bent. */
  readonly samples: readonly Uint8Array[];
  /** Throws anything but a PlugsmithError where something is wrong with the reader. */
  take(input: Uint8Array): Promise<void> | void;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const digestOf = (name: string): string => createHash(name).update(new Uint8Array(4)).digest("hex");

const MANIFEST = formatManifest({
  version: 1,
  chip: "ESP8285N08",
  mac: "c4:4f:33:a1:b2:12",
  flashId: "c84014",
  flashMaker: "GigaDevice",
  size: 4,
  sha256: digestOf("sha256"),
  md5: digestOf("md5"),
  time: "2025-12-31T00:00:00.000Z",
  tool: "campaign",
});

const JOURNAL = bytesOf(
  [
    '{"type":"backup-sealed","at":"2025-12-31T00:00:00.000Z","backup":"x"}',
    '{"type":"erase-begun","at":"2025-12-31T00:00:01.000Z","backup":"x","from":0,"length":4096}',
    '{"type":"target-proven","at":"2025-12-31T00:00:02.000Z"}\n',
  ].join("\n"),
);

const IMAGE = firmwareLikeImage({ random: new SeededRandom("malformed"), size: 0x5000 });

/** A reply of each kind, with SLIP around it: a body as declared, status 0. */
const REPLIES = Object.values(COMMANDS).map(({ opcode, replyBody }) => {
  const frame = new Uint8Array(8 + replyBody + 2);
  frame.set([1, opcode, replyBody + 2, 0, 0xc0, 0xdb, 0xdc, 0xdd]);
  return frame;
});

export const TARGETS: readonly Target[] = [
  {
    name: "SLIP",
    samples: REPLIES.map((reply) => Uint8Array.from([0xc0, ...reply, 0xc0, 0xc0, 0xdb, 0xdc, 0x11, 0xc0])),
    take: (input) => {
      let reported = 0;
      const decoder = new SlipDecoder(
        {
          frame: (frame) => {
            if (frame.length === 0 || frame.length > FRAME_LIMIT) throw new Error(`a frame of ${frame.length} bytes`);
            reported += frame.length;
          },
          junk: (junk) => {
            reported += junk.length;
          },
        },
        FRAME_LIMIT,
      );
      for (let at = 0; at < input.length; at += 7) decoder.push(input.subarray(at, at + 7));
      if (reported + decoder.pending > input.length) throw new Error("more came out than went in");
      if (decoder.pending > FRAME_LIMIT) throw new Error("the decoder holds more than its limit");
    },
  },
  {
    name: "replies",
    samples: REPLIES,
    take: (input) => {
      const reply = parseReply(input);
      if (reply === undefined) return;
      if (reply.body.length + 10 !== input.length) throw new Error("a reply longer or shorter than its frame");
      refusalText(reply);
      for (const name of Object.keys(COMMANDS) as CommandName[]) isGoodReply(name, reply);
    },
  },
  {
    name: "images",
    samples: [IMAGE, IMAGE.subarray(0x1000)],
    take: (input) => {
      const { form, imageLength } = inspectImage(input, 0x100000);
      if (imageLength > input.length) throw new Error("an image longer than its file");
      for (const { offset, length } of imageSegments(input, form))
        if (offset + length > input.length) throw new Error("a segment beyond the file");
    },
  },
  {
    name: "manifests",
    samples: [MANIFEST, bytesOf("[1,2,3]"), bytesOf('{"version":1e99,"size":-0}')],
    take: (input) => checkAgainstManifest(new Uint8Array(4), parseManifest(input, "manifest.json"), "original.bin"),
  },
  {
    name: "journals",
    samples: [JOURNAL],
    take: async (input) => {
      const { files } = new VirtualDisk({ seed: 1 });
      await files.makeDirectory("/plug", 0o700);
      const handle = await files.open("/plug/journal.jsonl", "create", 0o600);
      await handle.write(input);
      await handle.close();
      const journal = await openJournal(files, "/plug");
      await journal.append(new UnrecognizedEntry({ type: "note", at: "2025-12-31T00:00:03.000Z" }));
      await journal.close();
      // What was opened once opens again, and nothing was lost: a torn end is cut off, no more.
      const again = await openJournal(files, "/plug");
      if (again.entries.length !== journal.entries.length) throw new Error("a journal that reads differently");
    },
  },
];

interface Bend {
  readonly how: "flip" | "insert" | "cut" | "double" | "word";
  /** Share of the length, 0 to 1. */
  readonly place: number;
  readonly value: number;
}

const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, 0xc0, 0xdb, 0x22, 0x7b, 0x5c, 0x0a, 0xe9];
const WORDS = [0, 1, 0xffffffff, 0x7fffffff, 0x80000000, 0x40100000, 0x1000, 0xfffffff0];

const bend: fc.Arbitrary<Bend> = fc.record({
  how: fc.constantFrom("flip" as const, "insert" as const, "cut" as const, "double" as const, "word" as const),
  place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  value: fc.nat(0xffff),
});

/** Bytes of any kind, or a well-formed input bent in up to eight places. */
export function malformed(target: Target): fc.Arbitrary<Uint8Array> {
  const bent = fc
    .tuple(fc.constantFrom(...target.samples), fc.array(bend, { maxLength: 8 }))
    .map(([sample, bends]) => bends.reduce(bentBy, sample));
  return fc.oneof({ weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) }, { weight: 4, arbitrary: bent });
}

function bentBy(bytes: Uint8Array, { how, place, value }: Bend): Uint8Array {
  const at = Math.floor(place * bytes.length);
  const span = value % 97;
  const copy = bytes.slice();
  if (how === "flip") {
    if (at < copy.length)
      copy[at] = value % 3 === 0 ? INTERESTING[value % INTERESTING.length]! : copy[at]! ^ (1 << (value % 8));
    return copy;
  }
  if (how === "word") {
    const word = WORDS[value % WORDS.length]!;
    for (let i = 0; i < 4 && at + i < copy.length; i++) copy[at + i] = (word >>> (8 * i)) & 0xff;
    return copy;
  }
  const middle =
    how === "insert" ? Uint8Array.of(value & 0xff, value >> 8) : how === "double" ? copy.subarray(at, at + span) : [];
  const rest = how === "cut" ? copy.subarray(at + span) : copy.subarray(at);
  return Uint8Array.from([...copy.subarray(0, at), ...middle, ...rest]);
}

/** True where it was taken, false where it was refused by name. */
export async function isTaken(target: Target, input: Uint8Array): Promise<boolean> {
  try {
    await target.take(input);
    return true;
  } catch (error) {
    if (error instanceof PlugsmithError && error.code !== "internal") return false;
    throw error;
  }
}
