/**
 * What a Wi-Fi chip's transmitter and receiver are connected to: frames of IEEE 802.11 on channels of the 2.4 GHz band.
 * A frame is what stands between the preamble and the frame check sequence; what arrives damaged does not arrive.
 */

export interface EtherFrame {
  /** From the frame control field to the last byte before the FCS. */
  readonly bytes: Uint8Array;
  /** 1 to 14. Undefined: the sender does not know its channel, and is heard on all. */
  readonly channel: number | undefined;
  /** Mbit/s. */
  readonly rate: number;
}

export interface EtherStation {
  /**
   * A frame ends at the clock's present.
   * @param signal dBm.
   * @returns whether it was for this station, which then acknowledges it.
   */
  hear(frame: EtherFrame, signal: number): boolean;
}

export interface Ether {
  /**
   * A frame ends at the clock's present.
   * @returns whether a station acknowledged it.
   */
  send(from: EtherStation, frame: EtherFrame): boolean;
  /** @returns leaves the air. */
  join(station: EtherStation): () => void;
}
