/** The set-up as a job of its own: on the record of a conversion that is under way, and asking where the plug cannot join. */
import type { ConversionPorts } from "./conversion-contract.ts";
import { type SetupOptions, type SetupResult, setup } from "./setup.ts";
import { recordStep } from "./step-record.ts";
import { correction } from "./wifi-credentials.ts";

export interface SetupRequest extends Pick<SetupOptions, "start" | "profile" | "config" | "secure"> {
  /** Asks for other credentials where the plug cannot join with these; else it is an error at once. */
  readonly askAgain: boolean;
}

/** Errors: those of `setup`. */
export async function setupOnRecord(ports: ConversionPorts, request: SetupRequest): Promise<SetupResult> {
  const { files, home, clock, events, signal, operator, locate, claimPlug } = ports;
  const { start, profile, config, secure, askAgain } = request;
  const tried = "address" in start ? undefined : start.credentials.ssid;
  return await setup(
    { ...ports, home: { files, path: home } },
    {
      start,
      profile,
      config,
      secure,
      locate,
      finished: async (step, mac, data) => {
        claimPlug?.(mac);
        await recordStep({ files, home, clock }, mac, step, data);
      },
    },
    { clock, events, signal, correct: askAgain ? correction({ operator, events, signal }, tried) : undefined },
  );
}
