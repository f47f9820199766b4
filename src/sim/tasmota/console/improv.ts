/**
 * Improv over the console's UART: Wi-Fi credentials in frames between log lines.
 * Source: improv-wifi.com/serial; Tasmota tasmota_xdrv_driver/xdrv_62_improv.ino.
 */
import type { TasmotaCore } from "../contract.ts";

const MARK = "IMPROV";
const VERSION = 1;
const TYPE = { state: 1, error: 2, rpc: 3, result: 4 } as const;
const STATE = { authorized: 2, provisioning: 3, provisioned: 4 } as const;
const ERROR = { none: 0, invalid: 1, unknown: 2, unableToConnect: 3 } as const;
const RPC = { wifi: 1, state: 2, info: 3, networks: 4 } as const;
/** Seconds the plug tries before it gives up, and the uptime from which they count. */
const CONNECT_TIMEOUT = 30;
const TRIES_FROM = 2;
const LONGEST_COMMAND = 150;
/** Bytes in front of the data: mark, version, type, length; behind it: checksum and line feed. */
const HEAD = MARK.length + 3;
const TAIL = 2;

export class Improv {
  readonly #core: TasmotaCore;
  readonly #write: (bytes: Uint8Array) => void;
  #frame: number[] | undefined;
  #left = CONNECT_TIMEOUT;

  constructor(core: TasmotaCore, write: (bytes: Uint8Array) => void) {
    this.#core = core;
    this.#write = write;
    if (core.rtc.get("improvState") === 0) core.rtc.set("improvState", STATE.authorized);
  }

  /** A frame is coming in: the log keeps silent. */
  get receiving(): boolean {
    return this.#frame !== undefined;
  }

  /** @returns true where the byte belongs to a frame. */
  intercept(byte: number, line: string): boolean {
    if (this.#frame === undefined) {
      if (line !== MARK || byte !== VERSION) return false;
      this.#frame = [...new TextEncoder().encode(MARK)];
    }
    const frame = this.#frame;
    frame.push(byte);
    if (frame.length < HEAD) return true;
    const length = frame[HEAD - 1]!;
    if (frame.length < HEAD + length + TAIL) return true;
    this.#frame = undefined;
    this.#received(frame.slice(0, HEAD + length + 1));
    return true;
  }

  everySecond(): void {
    const { rtc, network } = this.#core;
    const connected = network.station.connected;
    switch (rtc.get("improvState")) {
      case STATE.authorized:
        if (connected) rtc.set("improvState", STATE.provisioned);
        return;
      case STATE.provisioning:
        if (connected) {
          this.#setState(STATE.provisioned);
          this.#sendUrl(RPC.wifi);
        } else if (this.#core.time.uptime > TRIES_FROM && --this.#left === 0) {
          this.#send(TYPE.error, [ERROR.unableToConnect]);
          this.#setState(STATE.authorized);
        }
    }
  }

  #received(frame: readonly number[]): void {
    const sum = frame.slice(0, -1).reduce((total, byte) => (total + byte) & 0xff, 0);
    if (sum !== frame.at(-1)) {
      this.#send(TYPE.error, [ERROR.invalid]);
      return;
    }
    const [command, length, ...rest] = frame.slice(HEAD, -1);
    if (frame[MARK.length + 1] !== TYPE.rpc || command === undefined || length !== rest.length) return;
    switch (command) {
      case RPC.wifi:
        this.#connect(rest);
        return;
      case RPC.state:
        this.#send(TYPE.state, [this.#core.rtc.get("improvState")]);
        if (this.#core.rtc.get("improvState") === STATE.provisioned) this.#sendUrl(RPC.state);
        return;
      case RPC.info:
        this.#sendStrings(RPC.info, [
          "Tasmota EN",
          this.#core.build.number,
          this.#core.host.chipName,
          this.#core.settings.text("DeviceName"),
        ]);
        return;
      case RPC.networks:
        this.#core.network.scan((networks) => {
          const strongest = [...networks].sort((a, b) => b.signalDbm - a.signalDbm);
          const seen = new Set<string>();
          for (const { ssid, signalDbm, encryption } of strongest) {
            if (seen.has(ssid)) continue;
            seen.add(ssid);
            this.#sendStrings(RPC.networks, [ssid, String(signalDbm), encryption === "OPEN" ? "NO" : "YES"]);
          }
          this.#sendStrings(RPC.networks, []);
        });
        return;
      default:
        this.#send(TYPE.error, [ERROR.unknown]);
    }
  }

  /** Payload: length and bytes of the SSID, then of the password. */
  #connect(payload: readonly number[]): void {
    const [ssid, after] = text(payload, 0);
    const [password] = text(payload, after);
    this.#left = CONNECT_TIMEOUT;
    this.#setState(STATE.provisioning);
    const command = `Backlog0 SSID1 ${ssid};Password1 ${password}`;
    this.#core.execute(command.slice(0, LONGEST_COMMAND), "serial");
  }

  #setState(state: number): void {
    this.#core.rtc.set("improvState", state);
    this.#send(TYPE.state, [state]);
  }

  #sendUrl(command: number): void {
    this.#sendStrings(command, [`http://${this.#core.network.station.ip}:80`]);
  }

  #sendStrings(command: number, strings: readonly string[]): void {
    const body = strings.flatMap((each) => {
      const bytes = new TextEncoder().encode(each);
      return [bytes.length, ...bytes];
    });
    this.#send(TYPE.result, [command, body.length, ...body]);
  }

  #send(type: number, data: readonly number[]): void {
    const frame = [...new TextEncoder().encode(MARK), VERSION, type, data.length, ...data];
    const sum = frame.reduce((total, byte) => (total + byte) & 0xff, 0);
    this.#write(Uint8Array.from([...frame, sum, 10]));
  }
}

function text(payload: readonly number[], at: number): readonly [text: string, next: number] {
  const length = payload[at] ?? 0;
  const bytes = Uint8Array.from(payload.slice(at + 1, at + 1 + length));
  return [new TextDecoder().decode(bytes), at + 1 + length];
}
