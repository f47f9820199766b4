/** The flash session: wires the operations to one connection. What each promises is written in contract.ts. */

import { md5Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { SECTOR } from "../../core/loader/tables.ts";
import type { StepId } from "../../core/step-id.ts";
import { say, type Text } from "../../core/text/text.ts";
import { flashMd5s } from "../link/digest-stream.ts";
import { backup, planBackup } from "./backup.ts";
import { type Changed, type ChangeOptions, change, planChange, requestRestore } from "./change.ts";
import type {
  FlashPlan,
  FlashRange,
  FlashSession,
  GateOptions,
  RestoreSource,
  SessionOptions,
  VerifyResult,
  WriteOptions,
} from "./contract.ts";
import { differing, split } from "./digests.ts";
import { Operation } from "./operation.ts";
import { type Request, requestAsWritten, requestWrite } from "./write-request.ts";

/**
 * Opens a session on a line. Nothing is sent until something is asked for.
 *
 * ```ts
 * const session = openSession({ line, clock, files, home, tool: "my-tool 1.0" });
 * const { path, manifest } = await session.backup();
 * await session.finish("stay");
 * await session.close();
 * ```
 */
export function openSession(options: SessionOptions): FlashSession {
  const operation = new Operation(options);
  const { connection } = operation;
  const failWithState = async <T>(step: StepId, work: () => Promise<T>): Promise<T> =>
    work().catch(async (error: unknown) => {
      throw await operation.withPlugState(error, step);
    });
  const asNewOperation = <T>(step: StepId, work: () => Promise<T>): Promise<T> => {
    operation.concluded();
    return failWithState(step, work);
  };
  const planned = (requestFor: RequestFor, change: ChangeOptions): Promise<FlashPlan> =>
    asNewOperation("plan", () => planChange(operation, requestFor, change));
  const changed = (step: StepId, title: Text, requestFor: RequestFor, gate: ChangeOptions): Promise<Changed> =>
    asNewOperation(step, () => change(operation, requestFor, gate, title));
  const writing =
    (image: Uint8Array, write: WriteOptions): RequestFor =>
    (identity) =>
      requestWrite(image, write, identity);
  const erasing =
    (range: FlashRange | undefined): RequestFor =>
    (identity) =>
      requestErase(identity, range);
  const restoring =
    (source: RestoreSource, gate: GateOptions): RequestFor =>
    (identity) =>
      requestRestore(operation, identity, source, gate);
  return {
    identify: () =>
      failWithState("identify", () => connection.withReconnect("identify", (identity) => Promise.resolve(identity))),
    planBackup: () => asNewOperation("plan", () => planBackup(operation)),
    backup: (backupOptions = {}) => asNewOperation("back-up", () => backup(operation, backupOptions)),
    planErase: (range, gate = {}) => planned(erasing(range), gate),
    erase: (range, gate = {}) => changed("erase", say`Erase`, erasing(range), gate),
    planWrite: (image, write = {}) => planned(writing(image, write), write),
    write: (image, write = {}) => changed("write", say`Write the image`, writing(image, write), write),
    verify: (image, write = {}) => asNewOperation("verify", () => verify(operation, image, write)),
    planRestore: (source, gate = {}) => planned(restoring(source, gate), gate),
    restore: (source, gate = {}) => changed("restore", say`Restore the backup`, restoring(source, gate), gate),
    note: (entry) =>
      failWithState("identify", () =>
        connection.withReconnect("identify", (identity) => operation.record(identity, entry)),
      ),
    finish: (after) => failWithState("finish", () => connection.finish(after)),
    withPlugState: (error) => operation.withPlugState(error, connection.link.step),
    close: () => operation.close(),
  };
}

type RequestFor = (identity: ChipIdentity) => Request | Promise<Request>;

function requestErase({ flashSize }: ChipIdentity, range: FlashRange | undefined): Request {
  const { at, length } = range ?? { at: 0, length: flashSize };
  const whole = Number.isInteger(at) && Number.isInteger(length) && at % SECTOR === 0 && length % SECTOR === 0;
  if (!whole || at < 0 || length <= 0 || at + length > flashSize) {
    throw new PlugsmithError("bad-argument", {
      message: say`Cannot erase ${length} bytes at ${at}: the range must consist of whole sectors of ${SECTOR} bytes within the flash.`,
      step: "erase",
      plugState: say`untouched`,
      nextStep: say`Round the range to whole sectors.`,
      context: { offset: at, size: length, sectorSize: SECTOR },
    });
  }
  return { kind: "erase", at, bytes: new Uint8Array(length).fill(0xff) };
}

async function verify(operation: Operation, image: Uint8Array, options: WriteOptions): Promise<VerifyResult> {
  return operation.step(
    "verify",
    say`Verify`,
    () =>
      operation.connection.withReconnect("verify", async ({ flashSize }) => {
        const { at, bytes } = requestAsWritten(image, options, flashSize);
        const { link } = operation.connection;
        const md5 = md5Hex(bytes);
        const [digest] = await flashMd5s(link, [{ at, length: bytes.length }]);
        if (digest === md5) return { at, length: bytes.length, md5 };
        const different = await differing(link, { at, length: bytes.length }, { at, bytes }, { known: digest });
        throw mismatch(different);
      }),
    ({ length, md5 }) => say`${length} bytes are correct, MD5 ${md5}`,
  );
}

function mismatch(different: readonly FlashRange[]): PlugsmithError {
  const sectors = different.flatMap((range) => split(range, SECTOR)).length;
  const ranges = different.slice(0, 4).map(({ at, length }) => `0x${at.toString(16)}-0x${(at + length).toString(16)}`);
  const list = [...ranges, ...(different.length > 4 ? ["…"] : [])].join(", ");
  return new PlugsmithError("verify-failed", {
    message: say`The flash differs from the file. Sectors that differ: ${sectors} (${list}).`,
    step: "verify",
    plugState: say`untouched`,
    nextStep: say`If the flash should contain this image, write it. Data that is already correct is not written again.`,
    context: { sectors, ranges },
  });
}
