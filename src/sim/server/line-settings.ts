/**
 * The numbers by which RFC 2217 (section 3) names a line's settings, and the settings they stand for. A number that no
 * USB adapter has a setting for gives undefined.
 */
import type { FlowControl } from "../wire/adapter.ts";
import type { FrameFormat } from "../wire/contract.ts";

/** SET-PARITY and SET-STOPSIZE, from 1 on. SET-DATASIZE is the number of bits itself. */
const PARITIES: readonly FrameFormat["parity"][] = ["none", "odd", "even", "mark", "space"];
const STOP_BITS: readonly FrameFormat["stopBits"][] = [1, 2, 1.5];
const DATA_BITS: readonly FrameFormat["dataBits"][] = [5, 6, 7, 8];
/** SET-CONTROL, from 1 on. */
const FLOWS: readonly FlowControl[] = ["none", "xon-xoff", "rts-cts"];

export type FormatSetting = "dataBits" | "parity" | "stopBits";

/** @returns the format with one setting changed, or undefined where the number stands for none. */
export function changedFormat(format: FrameFormat, setting: FormatSetting, value: number): FrameFormat | undefined {
  switch (setting) {
    case "dataBits": {
      const dataBits = DATA_BITS.find((bits) => bits === value);
      return dataBits && { ...format, dataBits };
    }
    case "parity": {
      const parity = PARITIES[value - 1];
      return parity && { ...format, parity };
    }
    case "stopBits": {
      const stopBits = STOP_BITS[value - 1];
      return stopBits && { ...format, stopBits };
    }
  }
}

export function formatNumber(format: FrameFormat, setting: FormatSetting): number {
  switch (setting) {
    case "dataBits":
      return format.dataBits;
    case "parity":
      return PARITIES.indexOf(format.parity) + 1;
    case "stopBits":
      return STOP_BITS.indexOf(format.stopBits) + 1;
  }
}

export function flowOf(control: number): FlowControl | undefined {
  return FLOWS[control - 1];
}

export function flowNumber(flow: FlowControl): number {
  return FLOWS.indexOf(flow) + 1;
}

/** SET-CONTROL's numbers for the flow towards the client, a setting of its own in RFC 2217 and none of an adapter's. */
const INBOUND_NUMBERS = { none: 14, "xon-xoff": 15, "rts-cts": 16 } as const;

export function inboundFlowNumber(flow: FlowControl): number {
  return INBOUND_NUMBERS[flow];
}
