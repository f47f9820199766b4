/**
 * Upgrade over the network: attempts with the URL as given and compressed, by way of the minimal image where space is
 * short, which then goes on by itself. What is loaded is stored; it is not executed.
 * Source: Tasmota tasmota_support/support_tasmota.ino (Every250mSeconds, ota_state_flag, RtcSettings.ota_loader);
 * Arduino core ESP8266httpUpdate.cpp (handleUpdate, runUpdate, getLastErrorString), Updater.cpp (begin, setMD5, end).
 */
import { claimedFlashSize } from "../build-of-image.ts";
import type { TasmotaCore } from "../contract.ts";

/** µs from the command to the first attempt, between attempts, from the end to the message, and to the restart. */
const FIRST_ATTEMPT = 2_500_000;
const BETWEEN_ATTEMPTS = 2_000_000;
const TO_MESSAGE = 2_000_000;
const TO_RESTART = 5_000_000;
/** The main loop looks after it four times a second. */
const QUARTER = 250_000;
/** Attempts with the URL as given; then this many more with ".gz", or one if it ends so already. */
const PLAIN_ATTEMPTS = 5;
const COMPRESSED_ATTEMPTS = 4;
const IMAGE_MAGIC = 0xe9;
const GZIP_MAGIC = 0x1f;
/** Header byte with the flash size in its upper half. */
const SIZE_BYTE = 3;
const KIB = 1024;

/** What the updater calls its errors, with the HTTP status that leads there. */
const HTTP_ERRORS: Readonly<Record<number, string>> = {
  404: "File Not Found (404)",
  403: "Forbidden (403)",
  401: "Unauthorized (401)",
};
const NO_SPACE = "Not Enough space";
const WRONG_SIZE = "New Binary Does Not Fit Flash Size";
/** Hex digits of an MD5: another count of them in `x-MD5` is refused before anything is written. */
const MD5_DIGITS = 32;

export interface OtaHost {
  readonly core: TasmotaCore;
  /** Settings go to the fixed slot and stay there: the others may be written over. */
  saveFixed(): void;
  /** Bytes that fit between the running program and the settings. */
  freeSpace(): number;
  /** The running build is the minimal one. */
  minimal(): boolean;
}

export class OtaUpdater {
  readonly #host: OtaHost;
  #attempt = 0;
  #running = false;
  #cancel: () => void = () => {};

  constructor(host: OtaHost) {
    this.#host = host;
  }

  get running(): boolean {
    return this.#running;
  }

  start(): void {
    this.#attempt = 0;
    this.#running = true;
    this.#after(FIRST_ATTEMPT, () => {
      // Kept in RTC memory: the minimal image that is loaded finds it there and loads what was asked for.
      this.#host.core.rtc.set("ota", 0);
      this.#host.saveFixed();
      this.#try();
    });
  }

  /** The minimal build, come here on the way to another and now in the network, goes on. */
  propagate(): void {
    const { rtc, network } = this.#host.core;
    if (this.#running || !network.station.connected || rtc.get("ota") !== 1) return;
    rtc.set("ota", 0);
    this.start();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
  }

  #try(): void {
    const url = this.#url();
    const refuse = (length: number): string | undefined => (length > this.#host.freeSpace() ? NO_SPACE : undefined);
    this.#host.core.network.download(url, refuse, (result) => {
      if (!this.#running) return;
      if ("error" in result) this.#failed(result.error);
      else if (result.status !== 200) this.#failed(HTTP_ERRORS[result.status] ?? "Wrong HTTP Code");
      else this.#store(result.body, result.md5);
    });
  }

  #store(image: Uint8Array, reported: string | undefined): void {
    const { core } = this.#host;
    const real = core.host.flash.size / KIB;
    const claimed = claimedFlashSize(core.host.flash.read(SIZE_BYTE, 1)[0]!);
    // An empty field is as good as none.
    const md5 = reported === "" ? undefined : reported;
    if (image[0] !== IMAGE_MAGIC && image[0] !== GZIP_MAGIC) this.#failed("Verify Bin Header Failed");
    else if (image[0] === IMAGE_MAGIC && claimedFlashSize(image[SIZE_BYTE] ?? 0) > real) this.#failed(WRONG_SIZE);
    else if (claimed > real) {
      this.#failed(`Update error: ERROR[8]: Flash config wrong real: ${real * KIB} IDE: ${claimed * KIB}`);
    } else if (md5 !== undefined && md5.length !== MD5_DIGITS) this.#failed("Wrong MD5");
    else {
      const stored = (error: string | undefined): void => {
        if (!this.#running) return;
        if (error !== undefined) this.#failed(error);
        else this.#finished("Successful. Restarting", true);
      };
      core.storeFirmware(image, stored, md5);
    }
  }

  #failed(error: string): void {
    this.#attempt++;
    if ((error === NO_SPACE || error === WRONG_SIZE) && !this.#host.minimal()) this.#host.core.rtc.set("ota", 1);
    const compressed = this.#host.core.settings.text("OtaUrl").endsWith(".gz");
    const attempts = PLAIN_ATTEMPTS + (compressed ? 1 : COMPRESSED_ATTEMPTS);
    if (this.#attempt < attempts) this.#after(BETWEEN_ATTEMPTS, () => this.#try());
    else this.#finished(`Failed ${error}`, false);
  }

  #finished(outcome: string, restart: boolean): void {
    this.#after(TO_MESSAGE, () => {
      this.#host.core.publish("stat", "UPGRADE", `{"Upgrade":"${outcome}"}`);
      if (!restart) {
        this.#running = false;
        return;
      }
      this.#after(TO_RESTART - TO_MESSAGE, () => {
        this.#host.core.restartFlag = 2;
      });
    });
  }

  /** The URL of this attempt: minimal in place of the name up to its last '-', ".gz" after the plain attempts. */
  #url(): string {
    const given = this.#host.core.settings.text("OtaUrl");
    const packed = this.#attempt >= PLAIN_ATTEMPTS && !given.endsWith(".gz") ? `${given}.gz` : given;
    if (this.#host.minimal() || this.#host.core.rtc.get("ota") !== 1) return packed;
    return packed.replace(
      /([^/]*?)(-[^/.-]*)?(\.[^/]*)$/,
      (_, name: string, __, extension: string) => `${name}-minimal${extension}`,
    );
  }

  #after(delay: number, action: () => void): void {
    const { core } = this.#host;
    const { clock } = core.host;
    this.#cancel();
    this.#cancel = clock.at(clock.now + delay, () => {
      if (!this.#running) return;
      const late = core.network.busyUntil - clock.now;
      if (late > 0) this.#after(late + QUARTER, action);
      else action();
    });
  }
}
