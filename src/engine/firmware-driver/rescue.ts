/** What a firmware knows about getting a lost plug back. */
import type { UpgradeImage } from "../../core/firmware/upgrade-plan.ts";
import type { Observations, SerialObservation } from "../../core/rescue/observations.ts";
import type { RecoveryOption } from "../../core/rescue/recovery-options.ts";
import type { Home } from "../home/plug-records.ts";
import type { ByteLine, Files, Http } from "../ports.ts";
import type { WorkContext } from "./work.ts";

/** A plug on its wires. */
export interface WiredPlug extends Pick<WorkContext, "clock" | "signal"> {
  readonly line: ByteLine;
  readonly files: Files;
  /** Root of the home. */
  readonly home: string;
}

/** What `rescue` needs of a firmware beside setting a plug up. */
export interface FirmwareRescue {
  /** Every recovery option that is possible in the plug's state, the best first. */
  readonly options: (seen: Observations) => readonly RecoveryOption[];
  /**
   * Asks over the wires who is there, and changes nothing. Undefined where this firmware does not answer.
   * @param watch listens for restarts though it answers. Errors: aborted, line-lost, port-*.
   */
  readonly listen: (plug: WiredPlug, watch: boolean) => Promise<SerialObservation | undefined>;
  /** The address in the network that the plug reports over its wires. Errors: no-answer, line-lost, aborted. */
  readonly reportedAddress: (plug: WiredPlug) => Promise<string | undefined>;
  /** Sets the web password over the wires, which ask for none. Errors: no-answer, line-lost, aborted. */
  readonly setPassword: (plug: WiredPlug, password: string) => Promise<void>;
  readonly generatePassword: (bytes: (count: number) => Uint8Array) => string;
  /** Finishes an upgrade that was cut off. Errors: those of the upgrade. */
  readonly finishUpgrade: (
    ports: WorkContext & { readonly http: Http; readonly home: Home },
    at: { readonly address: string; readonly password: string | undefined },
    target: UpgradeImage,
  ) => Promise<void>;
}
