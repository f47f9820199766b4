/**
 * GET of a file as the updater does it: HTTP/1.0, Content-Length required, `x-MD5` taken along where the server sends
 * it, what does not fit refused by its length before a byte of it is read.
 * Source: Arduino core for ESP8266 2.7.8 as Tasmota builds with it, ESP8266HTTPClient.cpp (errorToString),
 * ESP8266httpUpdate.cpp (handleUpdate), Updater.cpp (writeStream).
 */
import type { SimClock } from "../../world/clock.ts";
import type { Machine } from "../../world/network/lan.ts";

export type DownloadResult =
  | { readonly status: number; readonly body: Uint8Array; readonly md5: string | undefined }
  | { readonly error: string };

export interface DownloadRequest {
  readonly url: string;
  readonly userAgent: string;
  /** Why a file of so many bytes is not wanted. */
  readonly refuse: (length: number) => string | undefined;
  readonly done: (result: DownloadResult) => void;
}

/** HTTPCLIENT_DEFAULT_TCP_TIMEOUT: without a byte. */
const PATIENCE_US = 5_000_000;
/** The updater reads on twice, 0.1 s apart, and does not look whether the connection still stands. */
const BODY_PATIENCE_US = 2 * PATIENCE_US + 100_000;
const NOT_CONNECTED = "HTTP error: connection failed";
const LOST = "HTTP error: connection lost";
const STREAM_TIMEOUT = "Update error: ERROR[6]: Stream Read Timeout";

interface Head {
  readonly status: number;
  readonly length: number | undefined;
  readonly md5: string | undefined;
  /** Where the body begins. */
  readonly end: number;
}

export function download(clock: SimClock, machine: Machine | undefined, downloadRequest: DownloadRequest): () => void {
  let over = false;
  let cancel: (() => void) | undefined;
  let watchdog: (() => void) | undefined;
  const finish = (result: DownloadResult): void => {
    if (over) return;
    over = true;
    watchdog?.();
    downloadRequest.done(result);
  };
  const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(downloadRequest.url);
  if (machine === undefined || match === null) {
    cancel = clock.at(clock.now, () => finish({ error: NOT_CONNECTED }));
  } else {
    const [, host = "", port = "80", path = "/"] = match;
    cancel = machine.resolve(host, (address) => {
      if (over) return;
      if (address === undefined) {
        finish({ error: NOT_CONNECTED });
        return;
      }
      cancel = machine.connect(address, Number(port), {
        failed: () => finish({ error: NOT_CONNECTED }),
        connected: (stream) => {
          let received: Uint8Array = new Uint8Array(0);
          let head: Head | undefined;
          const patience = (): void => {
            watchdog?.();
            const reading = head !== undefined;
            watchdog = clock.at(clock.now + (reading ? BODY_PATIENCE_US : PATIENCE_US), () => {
              stream.reset();
              finish({ error: reading ? STREAM_TIMEOUT : "HTTP error: read Timeout" });
            });
          };
          const settle = (result: DownloadResult): void => {
            stream.end();
            finish(result);
          };
          const lost = (): void => {
            if (head === undefined) finish({ error: LOST });
          };
          patience();
          stream.listen({
            data: (bytes) => {
              if (over) return;
              const joined = new Uint8Array(received.length + bytes.length);
              joined.set(received);
              joined.set(bytes, received.length);
              received = joined;
              if (head === undefined) {
                head = parseHead(received);
                if (head !== undefined) {
                  const { status, length } = head;
                  const refusal = length === undefined ? "Server Did Not Report Size" : downloadRequest.refuse(length);
                  if (status !== 200) settle({ status, body: new Uint8Array(0), md5: undefined });
                  else if (refusal !== undefined) settle({ error: refusal });
                }
              }
              if (over) return;
              patience();
              const { length = 0, end = 0, md5 } = head ?? {};
              if (head !== undefined && received.length >= end + length) {
                settle({ status: head.status, body: received.slice(end, end + length), md5 });
              }
            },
            end: lost,
            closed: lost,
          });
          const request = `GET ${path} HTTP/1.0\r\nHost: ${host}\r\nUser-Agent: ${downloadRequest.userAgent}\r\nConnection: close\r\n\r\n`;
          stream.write(new TextEncoder().encode(request));
        },
      });
    });
  }
  return () => {
    over = true;
    cancel?.();
    watchdog?.();
  };
}

/** Names of fields in any case (HTTPClient::handleHeaderResponse). */
function parseHead(bytes: Uint8Array): Head | undefined {
  let text = "";
  for (const byte of bytes.subarray(0, 4096)) text += String.fromCharCode(byte);
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const fields = text.slice(0, end + 2);
  const length = /\r\ncontent-length: *(\d+)/i.exec(fields)?.[1];
  return {
    status: Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0),
    length: length === undefined ? undefined : Number(length),
    md5: /\r\nx-md5: *([^\r]*)\r/i.exec(fields)?.[1]?.trim(),
    end: end + 4,
  };
}
