/**
 * Upgrade over the network: attempts with the URL as given and compressed, by way of the minimal image where space is
 * short. What is loaded is stored; it is not executed.
 * Source: Tasmota tasmota_support/support_tasmota.ino (Every250mSeconds, ota_state_flag); Arduino core ESP8266httpUpdate.
 */
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

/** What the updater calls its errors, with the HTTP status that leads there. */
const HTTP_ERRORS: Readonly<Record<number, string>> = {
  404: "File Not Found (404)",
  403: "Forbidden (403)",
  401: "Unauthorized (401)",
};
const NO_SPACE = "Not Enough space";
const WRONG_SIZE = "New Binary Does Not Fit Flash Size";

export interface OtaHost {
  readonly core: TasmotaCore;
  /** Settings go to the fixed slot and stay there: the others may be written over. */
  saveFixed(): void;
  /** Bytes that fit between the running program and the settings. */
  freeSpace(): number;
}

export class OtaUpdater {
  readonly #host: OtaHost;
  #attempt = 0;
  #minimal = false;
  #running = false;
  #cancel: () => void = () => {};

  constructor(host: OtaHost) {
    this.#host = host;
  }

  start(): void {
    this.#attempt = 0;
    this.#minimal = false;
    this.#running = true;
    this.#after(FIRST_ATTEMPT, () => {
      this.#host.saveFixed();
      this.#try();
    });
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
  }

  #try(): void {
    const url = this.#url();
    this.#host.core.network.download(url, (result) => {
      if (!this.#running) return;
      if ("error" in result) this.#failed(result.error);
      else if (result.status !== 200) this.#failed(HTTP_ERRORS[result.status] ?? "Wrong HTTP Code");
      else this.#store(result.body);
    });
  }

  #store(image: Uint8Array): void {
    if (image[0] !== IMAGE_MAGIC && image[0] !== GZIP_MAGIC) this.#failed("Verify Bin Header Failed");
    else if (image.length > this.#host.freeSpace()) this.#failed(NO_SPACE);
    else {
      this.#host.core.storeFirmware(image, (error) => {
        if (!this.#running) return;
        if (error !== undefined) this.#failed(error);
        else this.#finished("Successful. Restarting", true);
      });
    }
  }

  #failed(error: string): void {
    this.#attempt++;
    if (error === NO_SPACE || error === WRONG_SIZE) this.#minimal = true;
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
    if (!this.#minimal) return packed;
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
