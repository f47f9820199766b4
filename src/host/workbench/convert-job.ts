/** The whole conversion of a real plug, asked of the person at the page. Recorded steps are not repeated. */
import { type ConversionOptions, type ConversionResult, convert } from "../../engine/jobs/convert.ts";
import { plugOfStep, plugToResume } from "../../engine/jobs/known-plug.ts";
import { prepareFirmware } from "../../engine/jobs/prepare-conversion.ts";
import { wiresForConversion } from "../../engine/jobs/wires-needed.ts";
import { askRequest } from "../asking/ask-request.ts";
import { calibrationWith } from "../asking/reference-method.ts";
import type { JobContext } from "../job.ts";
import { jobPorts } from "../job-ports.ts";
import { HANDLING, openPort } from "../line/open-port.ts";
import type { JobOrder, WorkbenchPlatform } from "./contract.ts";

export type ConvertOrder = Extract<JobOrder, { readonly job: "convert" }>;

/** Errors: those of the conversion; nothing has been touched before the port is opened. */
export async function convertPlug(
  platform: WorkbenchPlatform,
  { port, plug, wired }: ConvertOrder,
  context: JobContext,
): Promise<ConversionResult> {
  const { environment } = platform;
  const { files, home, ports: serial, clock } = environment;
  const { operator, events, signal } = context;
  const records = { files, home, folder: undefined, virtual: false };
  const known =
    plug === undefined
      ? await plugToResume(records, { fresh: false, resume: undefined }, { operator, signal })
      : await plugOfStep(records, plug);
  if (known !== undefined) context.claimPlug(known.plug);
  const { profile, guide, texts } = await platform.device();
  const done = known?.state.finished;
  const asked = {
    credentials: done?.has("audit") !== true,
    firmware: done?.has("write") !== true,
    reference: done?.has("calibrate") !== true,
  };
  const given = { ssid: undefined, passphrase: undefined };
  const answered = await askRequest(operator, { home: { files, path: home }, files }, asked, given, signal);
  const { credentials, reference } = answered;
  const firmware = answered.firmware === undefined ? undefined : await platform.firmware(answered.firmware, context);
  // Refused before anybody is asked for an adapter.
  if (firmware !== undefined) prepareFirmware(firmware, profile, false);
  const calibration = calibrationWith(reference, profile);
  const wires = wiresForConversion(known?.state);
  const user = { emit: events, signal, attended: true };
  const line =
    wires === undefined
      ? undefined
      : await openPort(user, { name: port, handling: HANDLING[wires] }, { ...serial, clock });
  const options: ConversionOptions = {
    profile,
    guide,
    texts,
    virtual: false,
    firmware,
    credentials,
    wired,
    sameBatch: answered.sameBatch,
    askAgain: true,
    config: {},
    calibration,
    resume: known?.plug ?? "new",
    askTester: true,
  };
  try {
    return await convert(await jobPorts(environment, context, { line }), options);
  } finally {
    await line?.close();
  }
}
