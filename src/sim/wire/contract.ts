/**
 * A byte on a wire, and the two ends of it. Time in µs of the SimClock. The wire carries bit timing, so that a receiver
 * set to another rate hears garbage, not silence, and never the right byte.
 */
export interface FrameFormat {
  readonly dataBits: 5 | 6 | 7 | 8;
  readonly parity: "none" | "odd" | "even" | "mark" | "space";
  readonly stopBits: 1 | 1.5 | 2;
}

export interface WireByte {
  /** The data bits, LSB first on the wire; or, outside of 0 to 255, a break (line held low for longer than a frame). */
  readonly value: number;
  /** When the start bit begins. */
  readonly startAt: number;
  /** Length of one bit as the sender made it, µs. 8N1: the frame takes 10 of these. A break always does. */
  readonly bitTime: number;
  /** Default 8N1. */
  readonly format?: FrameFormat | undefined;
}

/** The chip's UART pins, seen from the wire. */
export interface ChipSerial {
  /**
   * The wire delivers a frame to RXD; called when its stop bit has ended. The UART samples it with its own divider.
   * @param copies how often a receiver of the same rate takes it: a fault that doubles bytes asks for 2. Default 1.
   */
  receive(byte: WireByte, copies?: number): void;
  /** Set by the wire: called when the chip begins to send a frame on TXD. */
  onTransmit: ((byte: WireByte) => void) | undefined;
}

/** The chip's other pins that the bench can touch. Levels 0/1; GPIO0 has a pull-up, EN (CH_PD/nRST) too. */
export interface ChipPins {
  /** Supply on or off. Off at any moment: an erase or program under way leaves garbage behind. */
  setPower(on: boolean): void;
  /** Reset pin; 0 holds the chip in reset, the rising edge boots it (cause 2) and latches the straps. */
  setReset(level: 0 | 1): void;
  /** What the outside world drives on GPIO0: 0 = held to ground, undefined = only the pull-up. */
  setGpio0(level: 0 | undefined): void;
}
